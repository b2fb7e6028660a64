import { Injectable } from '@nestjs/common';
import { InvalidInput, Stale } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import type { KnownInterpreter, Person } from '../../people/index.js';
import { Assignments } from '../assignments.service.js';
import type { Assignment } from '../assignment.entity.js';
import type { Programme } from '../programme.entity.js';
import { Programmes } from '../programmes.service.js';
import { ExactSolver } from '../scheduler/exact/exact-solver.service.js';
import { assignInterpreters } from '../scheduler/interpreters/interpreters.rules.js';
import { missingOf, only, RosterTables, type Rostered } from '../scheduler/interpreters/roster.rules.js';
import { canServe } from './booths.rules.js';
import { InterpretationSource, type Interpretation } from './interpretation-source.js';
import { rosterQuestion, type AskedBooth, type RosterQuestion } from './roster-question.js';

/** How long a page may wait for the proof. */
const SECONDS = 8;

/** One person for one booth. */
export interface ProposedSeat extends AskedBooth {
  readonly person: Person;
}

export type LackingBooth = AskedBooth & { readonly missing: number };

export interface UnservedBooths {
  readonly empty: readonly LackingBooth[];
  /** Whoever could help is needed in these. */
  readonly because: readonly AskedBooth[];
  readonly isMinimal: boolean;
}

export interface RosterProposal {
  readonly programme: Programme;
  readonly state: Rostered['state'];
  /** In the order of time. */
  readonly seats: readonly ProposedSeat[];
  /** Booths that lack somebody, and how many. */
  readonly left: readonly LackingBooth[];
  /** The same by what keeps them so; empty where that is not proven. */
  readonly groups: readonly UnservedBooths[];
  /** Whose languages are wanted anywhere, and whether they were thought of. */
  readonly candidates: readonly (KnownInterpreter & { readonly isAsked: boolean })[];
}

export interface ChosenSeat {
  readonly sessionId: string;
  readonly personId: string;
}

/** Proposes who interprets where, and takes proposals over. A proposal is not kept: it is the same while nothing changes. */
@Injectable()
export class RosterProposals {
  /** The same question of two people at once is answered once. */
  private readonly running = new Map<string, Promise<RosterProposal>>();

  constructor(
    private readonly db: Database,
    private readonly programmes: Programmes,
    private readonly source: InterpretationSource,
    private readonly solver: ExactSolver,
    private readonly assignments: Assignments,
  ) {}

  /** `asked`: public ids of those who may be thought of; null: everybody. */
  async propose(conferenceId: string, asked: readonly string[] | null): Promise<RosterProposal> {
    const key = JSON.stringify([conferenceId, asked]);
    const running = this.running.get(key);
    if (running) return running;
    const answer = this.answer(conferenceId, asked).finally(() => this.running.delete(key));
    this.running.set(key, answer);
    return answer;
  }

  /**
   * Assigns people as interpreters, as proposed: all of them or none. Throws Stale when something that stands meanwhile
   * is against one of them, InvalidInput when nothing is chosen.
   */
  async accept(conferenceId: string, chosen: readonly ChosenSeat[]): Promise<Assignment[]> {
    if (chosen.length === 0) throw InvalidInput.at('seat', 'error.programme.chooseSeats');
    const programme = await this.programmes.ofOwner(conferenceId);
    const all = await this.source.of(programme);
    if (!isPossible(rosterQuestion(all, all.known), chosen)) throw new Stale(null);
    return this.db.transaction(async () => {
      const made: Assignment[] = [];
      for (const { sessionId, personId } of chosen) {
        const { assignment, findings } = await this.assignments.assign(programme.id, {
          sessionId,
          personId,
          role: 'interpreter',
        });
        // Somebody was faster, and has asked the same person elsewhere.
        if (findings.some(({ rule, people }) => rule === 'person-double' && people.includes(personId)))
          throw new Stale(null);
        made.push(assignment);
      }
      return made;
    });
  }

  private async answer(conferenceId: string, asked: readonly string[] | null): Promise<RosterProposal> {
    const programme = await this.programmes.ofOwner(conferenceId);
    const all = await this.source.of(programme);
    const candidates = all.known.filter((one) => isWanted(all, one));
    const isAsked = ({ person }: KnownInterpreter) => asked === null || asked.includes(person.publicId);
    const question = rosterQuestion(all, candidates.filter(isAsked));
    const { state, seats, groups } = await this.solver.interpreters(question.roster, SECONDS);
    const missing = missingOf(question.roster, seats);
    const lacking = (booth: number): LackingBooth => ({ ...question.booths[booth]!, missing: missing[booth]! });
    return {
      programme,
      state,
      seats: seats.map(({ booth, interpreter }) => ({
        ...question.booths[booth]!,
        person: question.people[interpreter]!.person,
      })),
      left: [...missing.keys()].filter((booth) => missing[booth]! > 0).map(lacking),
      groups: groups.map(({ empty, because, isMinimal }) => ({
        empty: empty.map(lacking),
        because: because.map((booth) => question.booths[booth]!),
        isMinimal,
      })),
      candidates: candidates.map((one) => ({ ...one, isAsked: isAsked(one) })),
    };
  }
}

/** Whether somebody's languages are wanted in any booth. */
function isWanted({ sessions }: Interpretation, { profile }: KnownInterpreter): boolean {
  return sessions.some(({ booths }) => booths.some((booth) => canServe(profile.directions, booth)));
}

/** Whether people can be in the booths of these sessions as things stand: free, able, wanted, and not too long a day. */
function isPossible({ roster, booths, people }: RosterQuestion, chosen: readonly ChosenSeat[]): boolean {
  const bySession = Map.groupBy(chosen, ({ sessionId }) => sessionId);
  const seats = [...bySession].flatMap(([sessionId, wanted]) => {
    const own = new Set([...booths.keys()].filter((booth) => booths[booth]!.interpreted.session.id === sessionId));
    const isChosen = ({ person }: KnownInterpreter) => wanted.some(({ personId }) => personId === person.id);
    const interpreters = roster.interpreters.map((one, index) =>
      isChosen(people[index]!) ? one : { ...one, able: [] },
    );
    // Nobody is in two booths of one session, so this is a flow.
    return assignInterpreters({ ...only(roster, own), interpreters, dayMinutes: null }, null)!.seats;
  });
  const tables = new RosterTables(roster);
  return seats.length === chosen.length && !tables.hasClash(seats) && tables.overworked(seats).length === 0;
}
