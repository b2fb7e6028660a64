import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { NotFound, Stale } from '../../kernel/errors.js';
import type { Localized } from '../../kernel/locale.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { ConferenceOutbox } from '../../platform/mail/conference-outbox.js';
import { PublishedAnswers } from '../../platform/web/published-answers.js';
import { Conflicts } from './conflicts/conflicts.service.js';
import { ProgrammeReleased } from './programme.events.js';
import { Programme } from './programme.entity.js';
import { PeopleToTell, type PlannedChange, type PlannedMail } from './programme.ports.js';
import { inProgramme, Programmes } from './programmes.service.js';
import type { NameAsPrinted } from './release-content.rules.js';
import {
  changesBetween,
  checkReady,
  differences,
  type ReleasedSnapshot,
  type SessionChange,
  type ShownChange,
} from './release.rules.js';
import { ReleaseSnapshots } from './release-snapshots.service.js';
import { ReleaseStore } from './release-store.service.js';
import { Release } from './release.entity.js';
import { ReleasedCalendar } from './released-calendar.service.js';
import { printOfContent } from './calendar-revision.js';

export interface NewRelease {
  name?: Localized;
  note?: Localized;
  final?: boolean;
  /** Number of the release that the organizer has seen as the latest, 0 before the first. Left out: whatever is latest. */
  after?: number;
  /** Sessions that are different in what a feature above keeps beside them: they count as changed, too. */
  beside?: readonly string[];
  /** How much else is different that a feature above shows beside the programme: counts as sessions and changes of it. */
  elsewhere?: number;
  /** Errors do not block it: what is only sent for agreement may still have some. */
  withErrors?: boolean;
  /** How many mails are seen to follow from it, and leave at once. Left out: they wait until their number is confirmed. */
  send?: number | null;
}

/** What differs between two releases, or between a release and the draft; 0 is nothing at all. */
export interface Comparison {
  readonly changes: readonly ShownChange[];
  /** As printed on either side, the newer one first; who is missing had the name removed. */
  readonly names: ReadonlyMap<string, string>;
}

export interface NextRelease extends Comparison {
  /** Number of the latest release, 0 before the first. */
  after: number;
  final: boolean;
  openErrors: number;
  unconfirmed: number;
  /** How many people would get a mail. */
  peopleToTell: number;
  told: readonly PlannedMail[];
}

/** Immutable publications of a programme. */
@Injectable()
export class Releases {
  constructor(
    private readonly db: Database,
    private readonly journal: Journal,
    private readonly published: PublishedAnswers,
    private readonly programmes: Programmes,
    private readonly conflicts: Conflicts,
    private readonly snapshots: ReleaseSnapshots,
    private readonly store: ReleaseStore,
    private readonly calendar: ReleasedCalendar,
    private readonly peopleToTell: PeopleToTell,
    private readonly outbox: ConferenceOutbox,
  ) {}

  /** Newest first. */
  all(programmeId: string): Promise<Release[]> {
    return this.db.repository(Release).find({ where: { programmeId }, order: { number: 'DESC' } });
  }

  /** The latest release; null before the first. */
  async current(programmeId: string): Promise<Release | null> {
    return this.db.repository(Release).findOne({ where: { programmeId }, order: { number: 'DESC' } });
  }

  async byNumber(programmeId: string, number: number): Promise<Release> {
    const release = await this.db.repository(Release).findOneBy({ programmeId, number });
    if (!release) throw new NotFound();
    return release;
  }

  /** What changed from one release to another, or to the draft; 0 is nothing at all. A fixed number of statements. */
  async compare(programmeId: string, from: number, to: number | 'draft'): Promise<Comparison> {
    const before = await this.side(programmeId, from);
    const after = await this.side(programmeId, to);
    return {
      changes: changesBetween(before.sessions, after.sessions),
      names: new Map([...before.names, ...after.names]),
    };
  }

  /** What some sessions say in a release, and said in the one before; null where they are not shown. */
  async sidesOf(
    programmeId: string,
    number: number,
    sessionIds: readonly string[],
  ): Promise<Map<string, Pick<ShownChange, 'before' | 'after'>>> {
    const numbers = In([number - 1, number]);
    const releases = await this.db.repository(Release).findBy({ programmeId, number: numbers });
    const idOf = (which: number) => releases.find((release) => release.number === which)?.id ?? '';
    const contents = await this.snapshots.contentsIn(
      releases.map(({ id }) => id),
      sessionIds,
    );
    const side = (which: number, id: string) => contents.get(`${idOf(which)} ${id}`) ?? null;
    return new Map(sessionIds.map((id) => [id, { before: side(number - 1, id), after: side(number, id) }]));
  }

  /** A release, and how it differs from the one before. */
  async withChanges(programmeId: string, number: number): Promise<Release & Comparison> {
    const release = await this.byNumber(programmeId, number);
    return { ...release, ...(await this.compare(programmeId, number - 1, number)) };
  }

  /** What a release now would bring, and what blocks it. */
  async next(programmeId: string): Promise<NextRelease> {
    const programme = await this.programmes.byId(programmeId);
    const latest = await this.current(programmeId);
    const draft = await this.snapshots.draft(programme);
    const before = latest
      ? await this.snapshots.released(latest.id)
      : { sessions: [], names: new Map<string, never>() };
    const changes = changesBetween(before.sessions, draft.sessions);
    const told = await this.peopleToTell.told(programme.ownerId, changes.map(planned));
    return {
      after: latest?.number ?? 0,
      final: latest?.final ?? false,
      changes,
      names: new Map([...namesOf(before.names.values()), ...namesOf(draft.names)]),
      openErrors: await this.conflicts.openErrors(programmeId),
      unconfirmed: draft.unconfirmed,
      peopleToTell: new Set(told.map(({ personId }) => personId)).size,
      told,
    };
  }

  /**
   * Publishes the draft. Of several at once exactly one wins, the others get Stale. Throws RuleViolation when errors are
   * neither solved nor overridden, when nothing changed, and when there is nothing to show; Overtaken when other mails
   * follow than were to be sent at once: then nothing is published.
   */
  publish(programmeId: string, input: NewRelease = {}): Promise<Release> {
    return this.db.transaction(async () => {
      const programme = await this.programmes.byId(programmeId);
      const after = input.after ?? programme.currentRelease ?? 0;
      const number = after + 1;
      // First of all, so that whoever comes second waits here and then finds that it is too late.
      const claimed = await this.db.compareAndSet(
        Programme,
        { id: programmeId, currentRelease: after === 0 ? IsNull() : after },
        { currentRelease: number },
      );
      if (!claimed) throw new Stale(await this.current(programmeId));
      const previous = after === 0 ? null : await this.byNumber(programmeId, after);
      const before = previous ? (await this.snapshots.released(previous.id)).sessions : [];
      const draft = await this.snapshots.draft(programme);
      const changes = withBeside(differences(before, draft.sessions), draft.sessions, input.beside ?? []);
      const changed = new Set(changes.map(({ sessionId }) => sessionId));
      const final = input.final ?? previous?.final ?? false;
      checkReady({
        openErrors: input.withErrors ? 0 : await this.conflicts.openErrors(programmeId),
        sessions: draft.sessions.length + (input.elsewhere ?? 0),
        changes: changes.length + (input.elsewhere ?? 0),
        first: previous === null,
        becomesFinal: final && !(previous?.final ?? false),
      });
      const release = await this.store.write(
        programme,
        number,
        { name: input.name ?? {}, note: input.note ?? {}, final },
        { ...draft, before, changed },
      );
      const shown = new Set(draft.sessions.map(({ sessionId }) => sessionId));
      await this.calendar.advance(
        programmeId,
        draft.sessions.filter(({ sessionId }) => changed.has(sessionId)),
        before.filter(({ sessionId }) => !shown.has(sessionId)),
      );
      await this.journal.record(ProgrammeReleased({ id: release.id, ...inProgramme(programme), number, changes }));
      if (input.send) await this.outbox.send(programme.ownerId, `release:${release.id}`, input.send);
      this.db.afterCommit(() => this.published.forget(programme.ownerId));
      return release;
    });
  }

  private async side(programmeId: string, which: number | 'draft'): Promise<Side> {
    if (which === 0) return { sessions: [], names: new Map() };
    if (which === 'draft') {
      const { sessions, names } = await this.snapshots.draft(await this.programmes.byId(programmeId));
      return { sessions, names: namesOf(names) };
    }
    const { sessions, names } = await this.snapshots.released((await this.byNumber(programmeId, which)).id);
    return { sessions, names: namesOf(names.values()) };
  }
}

interface Side {
  readonly sessions: readonly ReleasedSnapshot[];
  readonly names: ReadonlyMap<string, string>;
}

function namesOf(names: Iterable<NameAsPrinted>): Map<string, string> {
  return new Map([...names].map(({ personId, name }) => [personId, name]));
}

/** The differences, and the sessions that are equal in themselves and not in what lies beside them. */
function withBeside(
  changes: readonly SessionChange[],
  shown: readonly ReleasedSnapshot[],
  beside: readonly string[],
): SessionChange[] {
  const known = new Set(changes.map(({ sessionId }) => sessionId));
  const more = shown.filter(({ sessionId }) => beside.includes(sessionId) && !known.has(sessionId));
  return [
    ...changes,
    ...more.map(({ sessionId }): SessionChange => ({ sessionId, kind: 'changed', significant: false })),
  ];
}

function planned(change: ShownChange): PlannedChange {
  return { ...change, print: printOfContent(change.after) };
}
