import type { WebContext } from '../../../platform/web/web-context.js';
import { titled } from '../../conferences/index.js';
import { personName } from '../../people/index.js';
import { isProposal } from './reply-decision.rules.js';
import { isWaiting } from './reply-desk.service.js';
import type { KnownReply } from './reply.queries.js';

/** An answer as organizers read it; addresses only for those who may see them. */
export function shownReply(web: WebContext, { reply, person, invitation, session }: KnownReply) {
  const { attendee, sender, delegatedTo, comment, proposedStart, proposedEnd, receivedAt } = reply;
  const { trust, fate, waitsFor, decision, decidedAt } = reply;
  const addresses = web.viewer.level('person', web.conference.id) !== undefined;
  return {
    name: person ? personName(person) : '',
    person: addresses && person ? `/org/people/${person.publicId}` : '',
    attendee: addresses ? attendee : '',
    otherAttendee: addresses && person?.email?.toLowerCase() !== attendee ? attendee : '',
    sender: addresses && sender !== null && sender !== person?.email?.toLowerCase() ? sender : '',
    delegatedTo: addresses ? (delegatedTo ?? '') : '',
    session: session && titled(web, session),
    invited: invitation !== null,
    said: saidIn(reply),
    comment,
    proposedStart,
    proposedEnd,
    receivedAt,
    trust: trust ?? 'none',
    fate: decision ?? fate,
    waiting: isWaiting(reply),
    waitsFor,
    decidedAt,
  };
}

/** Message key of what they said, below `reply.said`. */
function saidIn(reply: KnownReply['reply']): string {
  if (reply.method === 'REFRESH') return 'refresh';
  if (isProposal(reply)) return 'proposal';
  return {
    ACCEPTED: 'accepted',
    TENTATIVE: 'tentative',
    DECLINED: 'declined',
    DELEGATED: 'delegated',
    'NEEDS-ACTION': 'nothing',
  }[reply.partstat];
}
