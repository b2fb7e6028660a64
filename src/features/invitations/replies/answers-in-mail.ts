import { CalendarReadError, readCalendar } from '../../../platform/calendar/index.js';
import { calendarsIn } from '../../../platform/inbound/calendar-parts.js';
import { allParts } from '../../../platform/inbound/mime-tree.js';
import { fieldsOf, isAutomatic, type ReceivedMail } from '../../../platform/inbound/received-mail.js';
import { repliesIn, type UnusableReply } from './calendar-reply.js';
import { authenticationOf, type CalendarReply, type MailOrigin } from './reply-verdict.rules.js';

export interface FoundAnswers {
  readonly replies: readonly CalendarReply[];
  /** What was said besides, or instead, and could not be taken: last word of a message key. */
  readonly problem: 'brokenCalendar' | 'unusableAnswer' | 'tooManyAnswers' | null;
}

/** Answers that one mail may give: a program sends one for each entry. */
const MOST = 20;

/** The answers of calendar programs in a mail; null when there is none: another calendar is a letter's affair. */
export function answersIn({ root }: ReceivedMail): FoundAnswers | null {
  const { texts, tooLarge } = calendarsIn(root);
  const found: (CalendarReply | UnusableReply)[] = [];
  let claims = allParts(root).some(({ parameters }) => isAnswering(parameters['method'] ?? ''));
  let broken = tooLarge > 0;
  for (const text of texts) {
    try {
      found.push(...(repliesIn(readCalendar(text)) ?? []));
    } catch (error) {
      if (!(error instanceof CalendarReadError)) throw error;
      broken = true;
      claims ||= isAnswering(/^METHOD:(\w+)\s*$/im.exec(text)?.[1] ?? '');
    }
  }
  if (found.length > MOST) return { replies: [], problem: 'tooManyAnswers' };
  const replies = unanimous(found.filter((one): one is CalendarReply => !('unusable' in one)));
  if (found.length > replies.length) return { replies, problem: 'unusableAnswer' };
  if (broken && claims) return { replies, problem: 'brokenCalendar' };
  return replies.length > 0 ? { replies, problem: null } : null;
}

/** Who wrote the mail, as far as the mail and our own server say. */
export function originOf(mail: ReceivedMail, authservId: string | null): MailOrigin {
  const { root, from, sender } = mail;
  const named = fieldsOf(root, 'from').length;
  return {
    from: named === 0 ? null : named > 1 ? '' : (from ?? ''),
    sender,
    automatic: isAutomatic(mail),
    ...authenticationOf(root.fields, authservId),
  };
}

function isAnswering(method: string): boolean {
  return /^(?:reply|counter|refresh)$/i.test(method);
}

/** Of two answers about one entry in the same mail, neither is believed when they differ. */
function unanimous(replies: readonly CalendarReply[]): CalendarReply[] {
  const saying = ({ method, attendee, proposal }: CalendarReply) =>
    JSON.stringify([method, attendee.partstat, attendee.delegatedTo, proposal]);
  return [...Map.groupBy(replies, ({ uid }) => uid).values()].flatMap((ofOne) =>
    new Set(ofOne.map(saying)).size === 1 ? ofOne : [],
  );
}
