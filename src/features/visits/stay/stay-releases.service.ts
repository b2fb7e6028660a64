import { Injectable } from '@nestjs/common';
import { NotFound, RuleViolation } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import type { Localized } from '../../../kernel/locale.js';
import {
  changesBetween,
  Programmes,
  Releases,
  sameContent,
  Session,
  significantPart,
  type ReleasedSnapshot,
  type SessionContent,
  type ShownChange,
} from '../../programme/index.js';
import { AttendedQueries } from '../attended/attended.queries.js';
import { nextEntries, type AttendedEntry, type AttendedNow } from '../attended/attended.rules.js';
import { Visit } from '../visit.entity.js';
import { hasReached } from '../visit.rules.js';
import { VisitStateChanged } from '../visits.events.js';
import { ChangeSheetIssued, StayAgreed, StayFrozen, StaySent } from './stay.events.js';
import { VisitRelease, VisitSession } from './stay.entity.js';
import {
  baseOf,
  countingText,
  differingParts,
  isAgreeable,
  markOfNext,
  NO_SURROUNDINGS,
  toFreeze,
  type AgreedThrough,
  type SurroundingPart,
  type Surroundings,
} from './stay.rules.js';

/** The number of a release, or what is planned now. */
export type StaySide = number | 'draft';

/** A session as a text of the programme says it. */
export interface StaySession {
  readonly sessionId: string;
  readonly content: SessionContent;
  readonly beside: Surroundings;
  /** The conference whose session it is; null: it is the visit's own. */
  readonly attended: Localized | null;
}

export interface StayText {
  /** In order of time. */
  readonly sessions: readonly StaySession[];
  /** As printed, by person; who is missing had the name removed. */
  readonly names: ReadonlyMap<string, string>;
}

/** A difference of a session and of what lies beside it. */
export interface StayChange extends ShownChange {
  readonly parts: readonly SurroundingPart[];
  readonly was: Surroundings;
  readonly is: Surroundings;
}

export interface StayDifferences {
  readonly changes: readonly StayChange[];
  readonly names: ReadonlyMap<string, string>;
}

export interface ChangeSheet extends StayDifferences {
  readonly release: VisitRelease;
  /** Number of the release that the differences are to. */
  readonly base: number;
}

/** The texts of a programme of stay: sent, agreed, frozen with the visit, and numbered changes after that. */
@Injectable()
export class StayReleases {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly programmes: Programmes,
    private readonly releases: Releases,
    private readonly attended: AttendedQueries,
  ) {
    journal.on(VisitStateChanged, async ({ id, to }) => {
      if (to === 'frozen') await this.freeze(id);
    });
  }

  /** The latest first. */
  async of(visitId: string): Promise<VisitRelease[]> {
    return this.db.repository(VisitRelease).find({ where: { visitId }, order: { number: 'DESC' } });
  }

  /** The text that counts. */
  async current(visit: Visit): Promise<VisitRelease | null> {
    return countingText(await this.of(visit.id), isFrozen(visit));
  }

  /** What lies beside the sessions of the text that counts, by session, and when it was made; null: no text, or no visit. */
  async beside(visitId: string): Promise<Pick<VisitRelease, 'surroundings' | 'attended' | 'createdAt'> | null> {
    const visit = await this.db.one(Visit, { id: visitId });
    return visit ? this.current(visit) : null;
  }

  /**
   * Makes what is planned now the text that counts: one that is sent to the guest side, or, once the programme is frozen,
   * the next change sheet. `after` is the number that was seen as the latest. Throws Stale when somebody was faster, and
   * RuleViolation when nothing changed or, for a change sheet, when there are conflicts that nobody accepted.
   */
  send(visit: Visit, after: number): Promise<VisitRelease> {
    return this.db.transaction(async () => {
      const { id: programmeId } = await this.programmes.ofOwner(visit.id);
      const frozen = isFrozen(visit);
      const before = await this.of(visit.id);
      const now = await this.draftSurroundings(visit.id, programmeId);
      const was = countingText(before, frozen)?.surroundings ?? {};
      const attended = await this.attended.texts(visit);
      const base = countingText(before, frozen);
      const elsewhere = changesBetween(snapshotsOf(base?.attended ?? {}), snapshotsNow(attended)).length;
      const beside = [...now].flatMap(([id, one]) => (differingParts(was[id], one).length > 0 ? [id] : []));
      const { number } = await this.releases.publish(programmeId, { after, beside, elsewhere, withErrors: !frozen });
      const entries = this.entriesAfter(before[0], attended);
      const row = await this.insert(visit.id, number, markOfNext(before, frozen), now, entries);
      await this.journal.record(
        row.changeSheet === null
          ? StaySent({ id: visit.id, number })
          : ChangeSheetIssued({ id: visit.id, number, sheet: row.changeSheet }),
      );
      return row;
    });
  }

  /** The guest side agrees with the text it was sent last. `by`: who said so. */
  agree(visit: Visit, number: number, { by, through }: { by: string; through: AgreedThrough }): Promise<VisitRelease> {
    return this.db.transaction(async () => {
      const all = await this.of(visit.id);
      const row = all.find((one) => one.number === number);
      if (!row) throw new NotFound();
      if (!isAgreeable(all, number)) throw new RuleViolation('error.visit.stay.notAgreeable');
      const changes = { mark: 'agreed', agreedBy: by, agreedThrough: through, agreedAt: this.clock.now() } as const;
      const version = await this.db.updateIfUnchanged(VisitRelease, row, changes);
      await this.journal.record(StayAgreed({ id: visit.id, number, through }));
      return { ...row, ...changes, version };
    });
  }

  /** What a text says. Throws NotFound for a release that there is not. */
  async text(visit: Visit, side: StaySide): Promise<StayText> {
    const { id: programmeId } = await this.programmes.ofOwner(visit.id);
    const { changes, names } = await this.releases.compare(programmeId, 0, side);
    const beside = await this.surroundings(visit.id, programmeId, side);
    const own = changes.flatMap(({ sessionId, after }): StaySession[] =>
      after ? [{ sessionId, content: after, beside: beside.get(sessionId) ?? NO_SURROUNDINGS, attended: null }] : [],
    );
    const attended = await this.attendedIn(visit, side);
    const elsewhere = [...attended].map(([sessionId, { content, conference }]): StaySession => ({
      sessionId,
      content,
      beside: NO_SURROUNDINGS,
      attended: conference,
    }));
    return {
      sessions: [...own, ...elsewhere].toSorted((a, b) => inTime(a.content, b.content)),
      names: await this.withNames(names, [...attended.values()]),
    };
  }

  /** What one text says otherwise than another, 0 being nothing at all. */
  async differences(visit: Visit, from: number, to: StaySide): Promise<StayDifferences> {
    const { id: programmeId } = await this.programmes.ofOwner(visit.id);
    const { changes, names } = await this.releases.compare(programmeId, from, to);
    const [before, after] = [await this.attendedIn(visit, from), await this.attendedIn(visit, to)];
    const attended = changesBetween(snapshotsNow(before), snapshotsNow(after));
    const was = await this.surroundings(visit.id, programmeId, from);
    const is = await this.surroundings(visit.id, programmeId, to);
    const known = new Set([...changes.map(({ sessionId }) => sessionId), ...after.keys()]);
    const beside = (await this.text(visit, to)).sessions
      .filter(
        ({ sessionId }) => !known.has(sessionId) && differingParts(was.get(sessionId), is.get(sessionId)).length > 0,
      )
      .map(({ sessionId, content }): ShownChange => ({
        sessionId,
        kind: 'changed',
        significant: false,
        before: content,
        after: content,
      }));
    const all = [...changes, ...attended, ...beside].map((change): StayChange => {
      const [old, now] = [was.get(change.sessionId), is.get(change.sessionId)];
      // What came or went says everything by itself.
      const parts = change.before && change.after ? differingParts(old, now) : [];
      return { ...change, parts, was: old ?? NO_SURROUNDINGS, is: now ?? NO_SURROUNDINGS };
    });
    return {
      changes: all.toSorted(byTime),
      names: await this.withNames(names, [...before.values(), ...after.values()]),
    };
  }

  /** What is planned and not yet in a text. */
  async pending(visit: Visit): Promise<StayDifferences> {
    return this.differences(visit, (await this.current(visit))?.number ?? 0, 'draft');
  }

  /** Change sheet No `sheet`. Throws NotFound. */
  async sheet(visit: Visit, sheet: number): Promise<ChangeSheet> {
    const all = await this.of(visit.id);
    const release = all.find(({ changeSheet }) => changeSheet === sheet);
    if (!release) throw new NotFound();
    const base = baseOf(all, release.number);
    return { release, base, ...(await this.differences(visit, base, release.number)) };
  }

  /** Part of the step that freezes the visit: what was agreed is what counts; without any text, what is planned becomes one. */
  private async freeze(visitId: string): Promise<void> {
    const known = toFreeze(await this.of(visitId));
    const row = known ?? (await this.firstText(visitId));
    if (!row) return;
    await this.db.updateIfUnchanged(VisitRelease, row, { mark: 'frozen', frozenAt: this.clock.now() });
    await this.journal.record(StayFrozen({ id: visitId, number: row.number }));
  }

  private async firstText(visitId: string): Promise<VisitRelease | null> {
    const { id: programmeId } = await this.programmes.ofOwner(visitId);
    const now = await this.draftSurroundings(visitId, programmeId);
    const attended = await this.attended.texts(await this.db.repository(Visit).findOneByOrFail({ id: visitId }));
    const elsewhere = attended.size;
    if (now.size + elsewhere === 0) return null;
    const { number } = await this.releases.publish(programmeId, { after: 0, elsewhere, withErrors: true });
    const entries = this.entriesAfter(undefined, attended);
    return this.insert(visitId, number, { mark: 'sent', changeSheet: null }, now, entries);
  }

  private async insert(
    visitId: string,
    number: number,
    { mark, changeSheet }: Pick<VisitRelease, 'mark' | 'changeSheet'>,
    surroundings: ReadonlyMap<string, Surroundings>,
    attended: VisitRelease['attended'],
  ): Promise<VisitRelease> {
    const row = {
      id: this.ids.next(),
      visitId,
      number,
      mark,
      changeSheet,
      agreedBy: null,
      agreedThrough: null,
      agreedAt: null,
      frozenAt: null,
      surroundings: Object.fromEntries(surroundings),
      attended,
      createdAt: this.clock.now(),
      version: 1,
    };
    await this.db.insert(VisitRelease, row);
    return row as unknown as VisitRelease;
  }

  /** What the next text keeps of sessions that are attended: the calendars of the visit read it. */
  private entriesAfter(
    latest: VisitRelease | undefined,
    now: ReadonlyMap<string, AttendedNow<SessionContent>>,
  ): VisitRelease['attended'] {
    return nextEntries(latest?.attended ?? {}, now, this.clock.now(), {
      same: sameContent,
      significant: significantPart,
      cancelled: ({ status }) => status === 'cancelled',
    });
  }

  /** What a text says of sessions that are attended, by session; of what is planned now, what the conference has published. */
  private async attendedIn(visit: Visit, side: StaySide): Promise<Map<string, AttendedNow<SessionContent>>> {
    if (side === 'draft') return this.attended.texts(visit);
    return shownEntries((await this.db.one(VisitRelease, { visitId: visit.id, number: side }))?.attended ?? {});
  }

  /** With the names of those who attend, as they are now: names are no part of what is kept. */
  private async withNames(
    names: ReadonlyMap<string, string>,
    attended: readonly AttendedNow<SessionContent>[],
  ): Promise<ReadonlyMap<string, string>> {
    const people = attended.flatMap(({ content }) => content.people.map(({ personId }) => personId));
    const missing = people.filter((id) => !names.has(id));
    return missing.length === 0 ? names : new Map([...names, ...(await this.attended.names(missing))]);
  }

  private async surroundings(
    visitId: string,
    programmeId: string,
    side: StaySide,
  ): Promise<ReadonlyMap<string, Surroundings>> {
    if (side === 'draft') return this.draftSurroundings(visitId, programmeId);
    const row = await this.db.one(VisitRelease, { visitId, number: side });
    return new Map(Object.entries(row?.surroundings ?? {}));
  }

  /** Of every session that has a time. */
  private async draftSurroundings(visitId: string, programmeId: string): Promise<Map<string, Surroundings>> {
    const rows = new Map((await this.db.all(VisitSession, { visitId })).map((row) => [row.sessionId, row]));
    const sessions = await this.db.all(Session, { programmeId });
    return new Map(
      sessions
        .filter(({ startsAt, status }) => startsAt !== null && status !== 'removed')
        .map(({ id, layout }) => [id, surroundingsOf(rows.get(id), layout)]),
    );
  }
}

/** After this, what counts changes by numbered change sheets only. */
export function isFrozen(visit: Pick<Visit, 'state' | 'postponedFrom'>): boolean {
  return visit.state !== 'postponed' && hasReached(visit, 'frozen');
}

export function surroundingsOf(row: VisitSession | undefined, layout: string | null): Surroundings {
  if (!row) return { ...NO_SURROUNDINGS, layout };
  const { address, setUp, menu, internalNote, guestNote, shownToGuests, planB, leadId } = row;
  return { address, layout, setUp, menu, internalNote, guestNote, shownToGuests, planB, leadId };
}

function shownEntries(entries: VisitRelease['attended']): Map<string, AttendedNow<SessionContent>> {
  return new Map(Object.entries(entries).filter(([, { gone }]) => !gone));
}

function snapshotsOf(entries: Readonly<Record<string, AttendedEntry<SessionContent>>>): ReleasedSnapshot[] {
  return snapshotsNow(shownEntries(entries));
}

/** As the rules about differences read sessions. */
function snapshotsNow(attended: ReadonlyMap<string, AttendedNow<SessionContent>>): ReleasedSnapshot[] {
  return [...attended].map(([sessionId, { content }]) => ({ sessionId, content, printed: '' }));
}

function inTime(a: SessionContent, b: SessionContent): number {
  return a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : 0;
}

function byTime(a: ShownChange, b: ShownChange): number {
  const at = ({ before, after }: ShownChange) => (after ?? before)!.startsAt;
  return at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : a.sessionId < b.sessionId ? -1 : 1;
}
