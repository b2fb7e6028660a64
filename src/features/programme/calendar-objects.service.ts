import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { In } from 'typeorm';
import { advance, personalUid, wholeSecond } from '../../platform/calendar/index.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database } from '../../platform/database/database.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { Secrets } from '../../platform/runtime/secrets.js';
import { CalendarObject, type ObjectStatus } from './calendar-object.entity.js';

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

/**
 * What is said to this person beyond what the release says of the session (for a conference: everything).
 * `significant`: a change of it asks for an answer again; `content`: everything else that is printed. Any texts.
 */
export interface PersonalContent {
  readonly cancelled?: boolean;
  readonly significant?: string;
  readonly content?: string;
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
   * same revision again; a new one is decided by `advance`. In a transaction of the caller it commits with the mail.
   */
  async told(personId: string, subject: CalendarSubject, content: PersonalContent = {}): Promise<Told> {
    const { row, changed } = await this.db.transaction(() => this.settle(personId, subject, content, true));
    return { ...stampOf(row), method: row.status === 'cancelled' ? 'CANCEL' : 'REQUEST', changed };
  }

  /** `seen` null: the caller has looked, and there is none. Get or create, advance, and (`mailed`) note the SEQUENCE that goes out; repeated until nobody interferes. */
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
      const next = this.next(known, await this.publicPart(subject), own);
      const changed = mailed && (known === null || known.sentSequence === null || next.sequence > known.sentSequence);
      const sentSequence = mailed ? next.sequence : (known?.sentSequence ?? null);
      try {
        if (!known) {
          const row = this.fresh(personId, subject, key, { ...next, sentSequence });
          await this.db.insert(CalendarObject, row);
          return { row, changed };
        }
        const expected = { id: known.id, sequence: known.sequence, stamp: known.stamp, withdrawn: known.withdrawn };
        if (await this.db.compareAndSet(CalendarObject, expected, { ...next, sentSequence }))
          return { row: { ...known, ...next, sentSequence }, changed };
        if (attempt === TRIES) throw new Error('a calendar object never comes to rest');
      } catch (error) {
        if (!isUniqueViolation(error) || attempt === TRIES) throw error;
      }
    }
  }

  private next(known: CalendarObject | null, subject: SubjectPart, own: PersonalContent) {
    const withdrawn = own.cancelled ?? false;
    const status: ObjectStatus = withdrawn || subject.status === 'cancelled' ? 'cancelled' : 'confirmed';
    const parts = {
      significant: subject.significant,
      content: subject.content,
      ownSignificant: digest(own.significant),
      ownContent: digest(own.content),
    };
    const { sequence, stamp } = advance(
      known ? { sequence: known.sequence, stamp: known.stamp, ...joined(known, known.status) } : undefined,
      joined(parts, status),
      this.clock.now(),
    );
    const cancelledAt = status === 'confirmed' ? null : known?.status === 'cancelled' ? known.cancelledAt : stamp;
    return { ...parts, sequence, stamp, status, cancelledAt, withdrawn };
  }

  /** What the latest release says of the session; nothing for a conference, where the caller says all. */
  private async publicPart(subject: CalendarSubject): Promise<SubjectPart> {
    const released =
      'sessionId' in subject
        ? await this.db.repository(CalendarObject).findOneBy({ subjectKey: publicKey(subject.sessionId) })
        : null;
    return released ?? { significant: '', content: '', status: 'confirmed' };
  }

  private fresh(personId: string, subject: CalendarSubject, key: string, next: NextRevision): CalendarObject {
    const [to, id] =
      'sessionId' in subject
        ? (['session', subject.sessionId] as const)
        : (['conference', subject.conferenceId] as const);
    return {
      id: this.ids.next(),
      kind: 'personal',
      uid: personalUid(this.secrets.signingKey('calendar-uid'), personId, to, id),
      subjectKey: key,
      programmeId: null,
      sessionId: to === 'session' ? id : null,
      conferenceId: to === 'conference' ? id : null,
      personId,
      createdAt: wholeSecond(this.clock.now()),
      hiddenAt: null,
      ...next,
    };
  }
}

type NextRevision = Pick<
  CalendarObject,
  | 'significant'
  | 'content'
  | 'ownSignificant'
  | 'ownContent'
  | 'sequence'
  | 'stamp'
  | 'status'
  | 'cancelledAt'
  | 'withdrawn'
  | 'sentSequence'
>;

interface SubjectPart {
  readonly significant: string;
  readonly content: string;
  readonly status: ObjectStatus;
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

function joined(
  parts: Pick<CalendarObject, 'significant' | 'content' | 'ownSignificant' | 'ownContent'>,
  status: ObjectStatus,
) {
  return {
    significant: [status, parts.significant, parts.ownSignificant].join(),
    content: [parts.content, parts.ownContent].join(),
  };
}

/** SHA-256 of a text, nothing for nothing. */
export function digest(text: string | undefined): string {
  return text ? createHash('sha256').update(text).digest('hex') : '';
}
