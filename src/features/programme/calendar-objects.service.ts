import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { personalUid, wholeSecond } from '../../platform/calendar/index.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database } from '../../platform/database/database.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { Secrets } from '../../platform/runtime/secrets.js';
import { CalendarObject, type ObjectStatus } from './calendar-object.entity.js';
import { SharedNews } from './shared-news.service.js';
import { OFF } from './telling.rules.js';
import { nextRevision, NO_SUBJECT, printOf, type PersonalContent, type SubjectPart } from './calendar-revision.js';

export type CalendarSubject = { sessionId: string } | { conferenceId: string };

/** Identity and revision of a calendar entry: what a file or feed prints. */
export interface CalendarStamp {
  readonly uid: string;
  readonly sequence: number;
  /** Whole seconds; DTSTAMP and LAST-MODIFIED. */
  readonly stamp: Date;
  readonly created: Date;
  readonly status: ObjectStatus;
  readonly cancelledAt: Date | null;
}

export interface Told extends CalendarStamp {
  readonly method: 'REQUEST' | 'CANCEL';
  /** Nothing was told yet, or SEQUENCE grew since: a mail is due. False: the same mail again. */
  readonly changed: boolean;
}

const TRIES = 20;

/** Personal and public calendar objects (ruling 2): their UID never changes, SEQUENCE never goes back. */
@Injectable()
export class CalendarObjects {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly secrets: Secrets,
    private readonly shared: SharedNews,
  ) {}

  /** The public objects of released sessions, by session. */
  async publicFor(sessionIds: readonly string[]): Promise<Map<string, CalendarStamp>> {
    const rows =
      sessionIds.length === 0
        ? []
        : await this.db.repository(CalendarObject).findBy({ kind: 'public', sessionId: In([...sessionIds]) });
    return new Map(rows.map((row) => [row.sessionId!, stampOf(row)]));
  }

  /**
   * The objects of one person's commitments, by session or conference id; what is missing is made, at SEQUENCE 0. For
   * feeds and downloads: nothing counts as told by mail. One statement when all are there.
   */
  async personalFor(personId: string, subjects: readonly CalendarSubject[]): Promise<Map<string, CalendarStamp>> {
    const keys = subjects.map((subject) => subjectKey(personId, subject));
    const rows = await this.db.all(CalendarObject, { subjectKey: keys });
    const known = new Map(rows.map((row) => [row.subjectKey, row]));
    const found = new Map<string, CalendarStamp>();
    for (const [index, subject] of subjects.entries()) {
      const row = known.get(keys[index]!) ?? (await this.settle(personId, subject, {}, false, null)).row;
      found.set(idOf(subject), stampOf(row));
    }
    return found;
  }

  /**
   * Says that the person is told this now, by mail, and answers what the calendar part must carry. Equal content gives the
   * same revision again. What is held about it says less, and is discarded. In a transaction of the caller it commits
   * with the mail.
   */
  async told(personId: string, subject: CalendarSubject, content: PersonalContent = {}): Promise<Told> {
    const { row, changed } = await this.db.transaction(() => this.settle(personId, subject, content, true));
    return { ...stampOf(row), method: methodOf(row), changed };
  }

  /** The personal object with this UID, which its person was told by mail; null: none. */
  async byUid(uid: string): Promise<CalendarObject | null> {
    const object = await this.db.one(CalendarObject, { uid });
    return object?.kind === 'personal' && object.sentSequence !== null ? object : null;
  }

  /**
   * Their own calendar program took the entry in, or out: it stands there as it was told last, or no more, and no later
   * release need tell them so.
   */
  async answeredThere(personId: string, subject: CalendarSubject, stands: boolean): Promise<void> {
    const known = await this.db.one(CalendarObject, { subjectKey: subjectKey(personId, subject) });
    if (!known || known.sentSequence === null) return;
    const { id, sentSequence } = known;
    const sentPrint = stands ? standing(known) : OFF;
    await this.db.compareAndSet(CalendarObject, { id, sentSequence }, { sentPrint, sentAsks: false });
    if (!stands) await this.shared.leave(known);
  }

  /** Nobody is told any more what is held about it. */
  async forgetHeld(personId: string, subject: CalendarSubject): Promise<void> {
    const known = await this.db.one(CalendarObject, { subjectKey: subjectKey(personId, subject) });
    if (known) await this.shared.leave(known);
  }

  /** The object that tells this, not yet written; `known` is null where there is none. */
  revised(
    personId: string,
    subject: CalendarSubject,
    known: CalendarObject | null,
    part: SubjectPart,
    own: PersonalContent,
  ): CalendarObject {
    const next = nextRevision(known, part, own, this.clock.now());
    return known ? { ...known, ...next } : this.fresh(personId, subject, next);
  }

  /**
   * Get or create, advance, and (`mailed`) note what goes out; repeated until nobody interferes. `seen` null: the caller
   * has looked, and there is none.
   */
  private async settle(
    personId: string,
    subject: CalendarSubject,
    own: PersonalContent,
    mailed: boolean,
    seen?: null,
  ): Promise<{ row: CalendarObject; changed: boolean }> {
    const key = subjectKey(personId, subject);
    for (let attempt = 1; ; attempt++) {
      const none = seen === null && attempt === 1;
      const known = none ? null : await this.db.one(CalendarObject, { subjectKey: key });
      const next = this.revised(personId, subject, known, await this.publicPart(subject), own);
      const changed = mailed && (known === null || known.sentSequence === null || next.sequence > known.sentSequence);
      const row = mailed ? { ...next, ...SENT, sentSequence: next.sequence, sentPrint: printOf(next) } : next;
      try {
        if (!known) {
          await this.db.insert(CalendarObject, row);
          return { row, changed };
        }
        const { id, sequence, stamp, withdrawn, heldMail } = known;
        const expected = { id, sequence, stamp, withdrawn, heldMail: heldMail ?? IsNull() };
        const { id: _id, ...changes } = row;
        if (await this.db.compareAndSet(CalendarObject, expected, changes)) {
          if (mailed) await this.shared.leave(known);
          return { row, changed };
        }
        if (attempt === TRIES) throw new Error('a calendar object never comes to rest');
      } catch (error) {
        if (!isUniqueViolation(error) || attempt === TRIES) throw error;
      }
    }
  }

  /** What the latest release says of the session; nothing for a conference, where the caller says all. */
  private async publicPart(subject: CalendarSubject): Promise<SubjectPart> {
    const released =
      'sessionId' in subject
        ? await this.db.repository(CalendarObject).findOneBy({ subjectKey: publicKey(subject.sessionId) })
        : null;
    return released ?? NO_SUBJECT;
  }

  private fresh(personId: string, subject: CalendarSubject, next: ReturnType<typeof nextRevision>): CalendarObject {
    const [to, id] =
      'sessionId' in subject
        ? (['session', subject.sessionId] as const)
        : (['conference', subject.conferenceId] as const);
    return {
      id: this.ids.next(),
      kind: 'personal',
      uid: personalUid(this.secrets.signingKey('calendar-uid'), personId, to, id),
      subjectKey: subjectKey(personId, subject),
      programmeId: null,
      sessionId: to === 'session' ? id : null,
      conferenceId: to === 'conference' ? id : null,
      personId,
      createdAt: wholeSecond(this.clock.now()),
      hiddenAt: null,
      ...NEVER_TOLD,
      ...next,
    };
  }
}

/** Nothing is held, and what was sent asks for nothing. */
const SENT = {
  sentAsks: false,
  sentPublished: false,
  heldMail: null,
  heldSequence: null,
  heldPrint: null,
  heldAsks: false,
  heldPublished: false,
} as const;
export const NEVER_TOLD = { ...SENT, sentSequence: null, sentPrint: null } as const;

/** What was told last of an entry that stands again; what has changed since it went is like nothing that was told. */
function standing(known: CalendarObject): string | null {
  if (known.sentPrint !== OFF) return known.sentPrint;
  return known.sequence === known.sentSequence ? printOf(known) : '';
}

export function publicKey(sessionId: string): string {
  return `public:${sessionId}`;
}

function subjectKey(personId: string, subject: CalendarSubject): string {
  return 'sessionId' in subject
    ? `person:${personId}:session:${subject.sessionId}`
    : `person:${personId}:conference:${subject.conferenceId}`;
}

function idOf(subject: CalendarSubject): string {
  return 'sessionId' in subject ? subject.sessionId : subject.conferenceId;
}

export function stampOf({ uid, sequence, stamp, createdAt, status, cancelledAt }: CalendarObject): CalendarStamp {
  return { uid, sequence, stamp, created: createdAt, status, cancelledAt };
}

export function methodOf({ status }: Pick<CalendarObject, 'status'>): Told['method'] {
  return status === 'cancelled' ? 'CANCEL' : 'REQUEST';
}
