import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { In, LessThan } from 'typeorm';
import { NotFound, RuleViolation, Stale } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { Jobs } from '../../../platform/runtime/jobs.js';
import { currentContext } from '../../../platform/runtime/request-context.js';
import { People, personName } from '../../people/index.js';
import { Venues } from '../../venues/index.js';
import { Conflicts } from '../conflicts/conflicts.service.js';
import { isId } from '../ids.rules.js';
import { Programme } from '../programme.entity.js';
import { inProgramme, Programmes } from '../programmes.service.js';
import { isShown } from '../release-content.rules.js';
import { ReleaseSnapshots } from '../release-snapshots.service.js';
import { Releases } from '../releases.service.js';
import { same } from '../same.rules.js';
import { stepsBetween, type DraftState, type DraftSteps, type LeftOut, type ReleasedRow } from './draft-state.rules.js';
import { DraftStates } from './draft-states.service.js';
import { contentsOf, fatesOf, type Around, type Fate } from './fates.rules.js';
import { KeptDraft } from './kept-draft.entity.js';
import { DraftRestored } from './restore.events.js';
import { restoredFromKept, restoredFromRelease } from './restored.rules.js';

/** What is to take the place of the draft. */
export type Source = { readonly release: number } | { readonly kept: string };

/** What a restoration would do, or has done. */
export interface Restoration {
  readonly fates: readonly Fate[];
  readonly leftOut: readonly LeftOut[];
  /** Sessions that will still be otherwise than in the release: by what is left out, or because rooms are called otherwise. */
  readonly remaining: readonly string[];
  /** By person. */
  readonly names: ReadonlyMap<string, string>;
  /** What the person has seen, for `restore`. */
  readonly seen: string;
  readonly empty: boolean;
}

interface Plan extends Restoration {
  readonly before: DraftState;
  readonly steps: DraftSteps;
}

const HOUR = 3_600_000;
const KEPT_DAYS = 90;
const MOST_KEPT = 20;

/** Brings an old release, or a draft that was kept, back into the draft. The public sees nothing of it until a release. */
@Injectable()
export class Restorations {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly programmes: Programmes,
    private readonly releases: Releases,
    private readonly snapshots: ReleaseSnapshots,
    private readonly states: DraftStates,
    private readonly people: People,
    private readonly venues: Venues,
    private readonly conflicts: Conflicts,
    jobs: Jobs,
  ) {
    jobs.every(HOUR, 'programme: forget kept drafts', () => this.forgetOld());
  }

  /** Drafts that something took the place of, the newest first; without what they hold. */
  keptOf(programmeId: string): Promise<KeptDraft[]> {
    return this.db.repository(KeptDraft).find({
      where: { programmeId },
      select: { id: true, programmeId: true, keptAt: true, accountId: true, releaseNumber: true },
      order: { keptAt: 'DESC', id: 'DESC' },
    });
  }

  /** Throws NotFound, also for one of another programme. */
  async keptById(programmeId: string, id: string): Promise<KeptDraft> {
    const found = isId(id) ? await this.db.repository(KeptDraft).findOneBy({ id, programmeId }) : null;
    if (!found) throw new NotFound();
    return found;
  }

  /** What restoring would change now. A fixed number of statements. */
  async preview(programmeId: string, source: Source): Promise<Restoration> {
    return this.plan(await this.programmes.byId(programmeId), source);
  }

  /**
   * Restores, and keeps what was there. Throws Stale when the draft, or what it can become, is not any more what `seen`
   * stands for, and RuleViolation when there is nothing to restore. Answers the kept draft and how many errors stand open
   * now: like every edit of the draft it is not refused because of a conflict (ruling 6).
   */
  restore(
    programmeId: string,
    source: Source,
    seen: string,
  ): Promise<{ kept: Omit<KeptDraft, 'programme' | 'content'>; sessions: number; openErrors: number }> {
    return this.db.transaction(async () => {
      const programme = await this.held(programmeId);
      const plan = await this.plan(programme, source);
      if (plan.seen !== seen) throw new Stale(null);
      if (plan.empty) throw new RuleViolation('error.restore.nothing');
      const release = 'release' in source ? source.release : null;
      const kept = await this.keep(programmeId, plan.before, release);
      await this.states.write(programme, plan.steps);
      const sessions = plan.fates.length;
      await this.journal.record(DraftRestored({ id: kept.id, ...inProgramme(programme), release, sessions }));
      return { kept, sessions, openErrors: await this.conflicts.openErrors(programmeId) };
    });
  }

  async forgetOld(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_DAYS * 24 * HOUR);
    await this.db.repository(KeptDraft).delete({ keptAt: LessThan(before) });
  }

  private async plan(programme: Programme, source: Source): Promise<Plan> {
    const before = await this.states.read(programme.id);
    const release = 'release' in source ? await this.released(programme.id, source.release) : null;
    const kept = 'kept' in source ? unpacked(await this.keptById(programme.id, source.kept)) : null;
    if (kept && !this.states.fits(kept)) throw new RuleViolation('error.restore.outdated');
    const rooms = new Map((await this.venues.rooms()).map((room) => [room.id, room]));
    const mentioned = [
      ...[...before.people, ...(kept?.people ?? [])].map(({ personId }) => personId),
      ...(release ?? []).flatMap(({ content }) => content.people.map(({ personId }) => personId)),
    ];
    const people = await this.people.byIds(new Set(mentioned));
    const house = {
      zone: programme.zone,
      rooms: new Set(rooms.keys()),
      people: new Set(people.keys()),
      newId: () => this.ids.next(),
    };
    const { state, leftOut } = release
      ? restoredFromRelease(before, release, house)
      : restoredFromKept(before, kept!, house);
    const around: Around = { zone: programme.zone, rooms };
    const steps = stepsBetween(before, state);
    return {
      before,
      steps,
      fates: fatesOf(before, state, around),
      leftOut,
      remaining: release ? stillDifferent(release, contentsOf(state, around, isShown)) : [],
      names: new Map([...people.values()].map((person) => [person.id, personName(person)])),
      seen: digestOf([source, programme.currentRelease, versionsIn(before), leftOut]),
      empty: Object.values(steps).every(
        ({ added, changed, removed }) => added.length + changed.length + removed.length === 0,
      ),
    };
  }

  private async released(programmeId: string, number: number): Promise<ReleasedRow[]> {
    return (await this.snapshots.released((await this.releases.byNumber(programmeId, number)).id)).sessions;
  }

  private async keep(programmeId: string, state: DraftState, releaseNumber: number | null) {
    const older = (await this.keptOf(programmeId)).slice(MOST_KEPT - 1);
    if (older.length > 0) await this.db.repository(KeptDraft).delete({ id: In(older.map(({ id }) => id)) });
    const kept = {
      id: this.ids.next(),
      programmeId,
      keptAt: this.clock.now(),
      accountId: currentContext().actor.id,
      releaseNumber,
    };
    await this.db.insert(KeptDraft, { ...kept, content: gzipSync(JSON.stringify(state), { level: 1 }) });
    return kept;
  }

  /** The row of the programme, written so that whoever imports, restores or releases at the same time waits. */
  private async held(programmeId: string): Promise<Programme> {
    // Before anything is read, so that what is read is what the others have left.
    await this.db.compareAndSet(Programme, { id: programmeId }, { zone: () => 'zone' });
    return this.programmes.byId(programmeId);
  }
}

function stillDifferent(release: readonly ReleasedRow[], now: ReadonlyMap<string, unknown>): string[] {
  return release
    .filter(({ sessionId, content }) => !same(content, now.get(sessionId)))
    .map(({ sessionId }) => sessionId);
}

function unpacked({ content }: KeptDraft): DraftState {
  return JSON.parse(gunzipSync(content).toString('utf8')) as DraftState;
}

function versionsIn({ strands, sessions, talks, people }: DraftState): unknown {
  return [strands, sessions, talks, people].map((rows) => rows.map(({ id, version }) => [id, version]));
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}
