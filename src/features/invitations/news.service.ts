import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Partstat } from '../../platform/calendar/index.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import type { MailMessage } from '../../platform/mail/message.js';
import { Outbox } from '../../platform/mail/outbox.js';
import {
  CalendarObjects,
  OFF,
  standsInCalendar,
  stepFor,
  Tellings,
  type CalendarObject,
  type HeldNews,
  type SubjectPart,
} from '../programme/index.js';
import { about } from './invitation-drafts.service.js';
import { InvitationCalendar } from './invitation-calendar.service.js';
import type { Subject } from './invitation-subjects.service.js';
import { Invitation } from './invitation.entity.js';
import { ConfirmationAsked } from './invitation.events.js';
import { NewsDigests, type ToldBefore } from './news-digests.js';
import { NewsLetters, type NewsKind } from './news-letters.js';
import { mailsOf, type Carriage } from './news.rules.js';
import type { Involved } from './release-involved.queries.js';

/** What may be news to one person: something in their calendar as it is now. */
export interface PossibleNews {
  readonly to: Involved;
  readonly subject: Subject;
  readonly part: SubjectPart;
  /** `printOf` it, as this person would be told. */
  readonly print: string;
  /** The held mail that tells it goes because of something else in it. */
  readonly torn: boolean;
  /** It changes today. */
  readonly urgent: boolean;
}

export type Compared = Pick<PossibleNews, 'to' | 'print' | 'torn' | 'urgent'>;

type Due<T extends Compared> = T & Carriage & { readonly kind: NewsKind };

/** Why there is news: a release, or new days of a conference. */
export interface NewsCause {
  readonly batch: string;
  readonly id: string;
  /** The held mail of the same batch in whose place this is told. */
  readonly instead?: string;
}

interface Letter {
  readonly message: MailMessage;
  readonly held: readonly Omit<HeldNews, 'mailId'>[];
}

const CHUNK = 500;

/**
 * Tells people what changed, in held mails, compared with what they were last told by a mail that left: a newer one takes
 * the place of one that is still held, and who knows it so already gets none (rulings 4 and 9). Much for one person is one
 * mail, as far as `news.rules` lets it be.
 */
@Injectable()
export class News {
  constructor(
    private readonly db: Database,
    private readonly journal: Journal,
    private readonly outbox: Outbox,
    private readonly objects: CalendarObjects,
    private readonly tellings: Tellings,
    private readonly calendar: InvitationCalendar,
    private readonly letters: NewsLetters,
    private readonly digests: NewsDigests,
  ) {}

  /** The held mails that would be discarded because they say what is true no more. */
  static overtaken(news: readonly Omit<Compared, 'urgent'>[]): string[] {
    return news.flatMap((one) => (['tell', 'discard'].includes(stepOf(one)) ? (one.to.object?.heldMail ?? []) : []));
  }

  /** The mails that would be written, each with all that it would tell. */
  mails<T extends Compared>(news: readonly T[]): Due<T>[][] {
    return mailsOf(news.filter((one) => stepOf(one) === 'tell').map((one) => this.due(one)));
  }

  /** Part of the transaction of the change. A fixed number of statements for each few hundred people. */
  async tell(news: readonly PossibleNews[], cause: NewsCause): Promise<void> {
    const mails = this.mails(news);
    const due = mails.flat();
    const known = news.filter((one) => stepOf(one) === 'discard');
    await this.tellings.discard([...due, ...known].flatMap(({ to }) => to.object ?? []));
    const letters: Letter[] = [];
    const before = await this.digests.toldBefore(mails.flatMap((mail) => (mail.length > 1 ? mail : [])));
    for (const mail of mails)
      letters.push(mail.length > 1 ? await this.digest(mail, before, cause) : await this.letter(mail[0]!, cause));
    const mailIds = await this.outbox.enqueueAll(letters.map(({ message }) => message));
    if (mailIds.length !== letters.length) throw new Error('a cause of news was used before');
    await this.tellings.hold(
      letters.flatMap(({ held }, n) => held.map((one): HeldNews => ({ ...one, mailId: mailIds[n]! }))),
      known.map((one) => this.revised(one, partstatOf(one))),
    );
    const asked = due.filter((one) => one.to.invitation && !one.to.invitation.confirmAgain && asks(one));
    await this.confirm(asked, true);
    for (const { to } of asked)
      await this.journal.record(ConfirmationAsked({ ...about(to.invitation!), causeId: cause.id }));
    // What the answer was given to is true again.
    await this.confirm(
      news.filter(({ to, print }) => {
        const { invitation, object } = to;
        return invitation?.confirmAgain && object && print === object.sentPrint && print !== OFF && !object.sentAsks;
      }),
      false,
    );
  }

  private due<T extends Compared>(one: T): Due<T> {
    const { person, invitation, dropped, object } = one.to;
    return {
      ...one,
      kind: kindOf(one),
      personId: person.id,
      answerable: this.calendar.mayAsk(person.email!),
      asked: invitation !== null && asks(one),
      withdrawn: dropped,
      meeting: object !== null && object.sentSequence !== null && !object.sentPublished,
    };
  }

  private async digest(mail: readonly Due<PossibleNews>[], before: ToldBefore, cause: NewsCause): Promise<Letter> {
    // One mail speaks one language, the events in its file too.
    const { locale } = mail[0]!.to;
    const own = mail.map((one) => ({ ...one, to: { ...one.to, locale } }));
    const objects = own.map((one) => this.revised(one, one.to.partstat));
    const message: MailMessage = {
      ...(await this.digests.write(own, before)),
      kind: 'release-digest',
      cause: [cause.batch, cause.instead, 'digest', mail[0]!.personId].filter(Boolean).join(':'),
      calendar: await this.calendar.file(own.map(({ to, subject }, n) => ({ to, subject, object: objects[n]! }))),
      hold: true,
      batch: cause.batch,
    };
    const held = own.map(({ asked }, n) => ({ object: objects[n]!, asks: asked, published: true }));
    return { message, held };
  }

  private async letter(one: Due<PossibleNews>, cause: NewsCause): Promise<Letter> {
    const { to, subject, kind } = one;
    const partstat = partstatOf(one);
    const object = this.revised(one, partstat);
    const asking = partstat === 'NEEDS-ACTION';
    const { person, locale, role } = to;
    const message: MailMessage = {
      ...(await this.letters.write(to, subject, kind, asking && to.invitation !== null)),
      kind: `release-${subject.session === null ? 'days' : kind}`,
      cause: `${cause.batch}:${subject.session?.id ?? subject.conference.id}:${person.id}`,
      calendar: await this.calendar.part({ person, locale, role, partstat }, subject, object),
      hold: true,
      batch: cause.batch,
    };
    return { message, held: [{ object, asks: asking, published: false }] };
  }

  private revised({ to, subject, part }: PossibleNews, partstat: Partstat): CalendarObject {
    const { person, locale, role, dropped } = to;
    const own = this.calendar.own({ person, locale, role, partstat }, subject, dropped);
    return this.objects.revised(person.id, aboutOf(subject), to.object, part, own);
  }

  private async confirm(news: readonly PossibleNews[], confirmAgain: boolean): Promise<void> {
    const ids = news.flatMap(({ to }) => to.invitation?.id ?? []);
    for (let at = 0; at < ids.length; at += CHUNK) {
      const query = this.db.manager.createQueryBuilder().update(Invitation);
      await query
        .set({ confirmAgain, version: () => 'version + 1' })
        .where({ id: In(ids.slice(at, at + CHUNK)) })
        .execute();
    }
  }
}

function aboutOf({ conference, session }: Subject) {
  return session ? { sessionId: session.id } : { conferenceId: conference.id };
}

function stepOf({ to, print, torn }: Omit<Compared, 'urgent'>): ReturnType<typeof stepFor> {
  return stepFor(to.object ?? { sentPrint: null, heldPrint: null }, print, torn);
}

/** It was in their calendar, or was called off for everybody: the answer was given to something else ([CM3]). */
function asks({ to, print }: Pick<Compared, 'to' | 'print'>): boolean {
  if (print === OFF || to.object === null) return false;
  const { sentPrint, withdrawn, sentAsks } = to.object;
  if (sentPrint === print) return sentAsks;
  return standsInCalendar(to.object) || (sentPrint === OFF && !withdrawn);
}

function partstatOf(one: PossibleNews): Partstat {
  return asks(one) ? 'NEEDS-ACTION' : one.to.partstat;
}

function kindOf(one: Pick<Compared, 'to' | 'print'>): NewsKind {
  if (one.to.dropped) return 'dropped';
  if (one.print === OFF) return 'cancelled';
  return asks(one) ? 'moved' : 'added';
}
