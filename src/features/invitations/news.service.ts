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
import { NewsLetters, type NewsKind } from './news-letters.js';
import type { Involved } from './release-involved.queries.js';

/** What may be news to one person: something in their calendar as it is now. */
export interface PossibleNews {
  readonly to: Involved;
  readonly subject: Subject;
  readonly part: SubjectPart;
  /** `printOf` it, as this person would be told. */
  readonly print: string;
}

type Compared = Pick<PossibleNews, 'to' | 'print'>;

/** Why there is news: a release, or new days of a conference. */
export interface NewsCause {
  readonly batch: string;
  readonly id: string;
}

interface Letter {
  readonly object: CalendarObject;
  readonly message: MailMessage;
  readonly asks: boolean;
}

const CHUNK = 500;

/**
 * Tells people what changed, in one held mail for each thing, compared with what they were last told by a mail that left:
 * a newer one takes the place of one that is still held, and who knows it so already gets none (rulings 4 and 9).
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
  ) {}

  /** Those of whom a mail would be written, and what it would say. */
  static due<T extends Compared>(news: readonly T[]): (T & { kind: NewsKind })[] {
    return news.filter((one) => stepOf(one) === 'tell').map((one) => ({ ...one, kind: kindOf(one) }));
  }

  /** Part of the transaction of the change. A fixed number of statements for each few hundred people. */
  async tell(news: readonly PossibleNews[], cause: NewsCause): Promise<void> {
    const due = News.due(news);
    const known = news.filter((one) => stepOf(one) === 'discard');
    await this.tellings.discard([...due, ...known].flatMap(({ to }) => to.object ?? []));
    const letters: Letter[] = [];
    for (const one of due) letters.push(await this.letter(one, one.kind, cause));
    const mailIds = await this.outbox.enqueueAll(letters.map(({ message }) => message));
    if (mailIds.length !== letters.length) throw new Error('a cause of news was used before');
    const held = letters.map(({ object, asks }, n): HeldNews => ({ object, asks, mailId: mailIds[n]! }));
    await this.tellings.hold(
      held,
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

  private async letter(one: PossibleNews, kind: NewsKind, cause: NewsCause): Promise<Letter> {
    const { to, subject } = one;
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
    return { object, message, asks: asking };
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

function stepOf({ to, print }: Compared): ReturnType<typeof stepFor> {
  return stepFor(to.object ?? { sentPrint: null, heldPrint: null }, print);
}

/** It was in their calendar, or was called off for everybody: the answer was given to something else ([CM3]). */
function asks({ to, print }: Compared): boolean {
  if (print === OFF || to.object === null) return false;
  const { sentPrint, withdrawn, sentAsks } = to.object;
  if (sentPrint === print) return sentAsks;
  return standsInCalendar(to.object) || (sentPrint === OFF && !withdrawn);
}

function partstatOf(one: PossibleNews): Partstat {
  return asks(one) ? 'NEEDS-ACTION' : one.to.partstat;
}

function kindOf(one: Compared): NewsKind {
  if (one.to.dropped) return 'dropped';
  if (one.print === OFF) return 'cancelled';
  return asks(one) ? 'moved' : 'added';
}
