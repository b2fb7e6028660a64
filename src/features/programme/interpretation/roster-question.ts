import type { KnownInterpreter } from '../../people/index.js';
import { ConflictIndex } from '../conflicts/conflict-index.rules.js';
import { timeFindings } from '../conflicts/person-time.rules.js';
import type { PlacedSession } from '../conflicts/placed-session.rules.js';
import type { Roster } from '../scheduler/interpreters/roster.rules.js';
import { canServe, type FilledBooth } from './booths.rules.js';
import { dayOf, type Interpretation, type InterpretedSession } from './interpretation-source.js';

/** A booth of the question, as the programme knows it. */
export interface AskedBooth {
  readonly interpreted: InterpretedSession;
  readonly booth: FilledBooth;
}

/** The question "who interprets where", and what its numbers mean. */
export interface RosterQuestion {
  readonly roster: Roster;
  readonly booths: readonly AskedBooth[];
  readonly people: readonly KnownInterpreter[];
}

/**
 * The question for some people. Whoever is assigned already stays there, as do all other commitments in all programmes;
 * the same rules that find conflicts say who is free: no overlap, time to walk and to travel, stated times, arrival and
 * departure.
 */
export function rosterQuestion(of: Interpretation, people: readonly KnownInterpreter[]): RosterQuestion {
  const { programme, limits, sessions, ledger } = of;
  const placed = new Map(
    sessions.flatMap(({ session }) => {
      const found = ledger.index.get(session.id);
      return found ? [[session.id, found] as const] : [];
    }),
  );
  const booths = sessions
    .filter(({ session }) => placed.has(session.id))
    .flatMap((interpreted) => interpreted.booths.map((booth): AskedBooth => ({ interpreted, booth })));
  const isFree = freeIn(of, placed);
  const able = ({ person, profile }: KnownInterpreter) =>
    booths.flatMap(({ interpreted, booth }, index) =>
      booth.missing > 0 && canServe(profile.directions, booth) && isFree(person.id, interpreted.session.id)
        ? [index]
        : [],
    );
  return {
    booths,
    people,
    roster: {
      booths: booths.map(({ interpreted: { session }, booth }) => ({
        day: dayOf(session, programme.zone),
        minutes: session.minutes,
        wanted: booth.missing,
      })),
      interpreters: people.map((one) => ({
        able: able(one),
        isExternal: one.profile.standing === 'external',
        minutesOn: minutesOn(of, one.person.id),
      })),
      apart: apartOf(of, placed, booths),
      dayMinutes: limits.interpreterDay,
    },
  };
}

/** Whether somebody can come to a session, whatever else of this question they are asked to do. */
function freeIn({ programme, limits, ledger }: Interpretation, placed: ReadonlyMap<string, PlacedSession>) {
  const known = new Map<string, boolean>();
  return (personId: string, sessionId: string): boolean => {
    const key = `${personId} ${sessionId}`;
    let isFree = known.get(key);
    if (isFree === undefined) {
      const session = placed.get(sessionId)!;
      const alone = { ...session, people: [personId], online: {} };
      const time = ledger.house.time(programme.id, personId);
      isFree =
        !session.people.includes(personId) &&
        !ledger.index.against(alone).some(({ people }) => people.includes(personId)) &&
        (time === undefined || timeFindings(session, personId, time, limits).length === 0);
      known.set(key, isFree);
    }
    return isFree;
  };
}

/** Booths of one session, and of two between which the conflict rules would not let anybody go. */
function apartOf(
  { ledger }: Interpretation,
  placed: ReadonlyMap<string, PlacedSession>,
  booths: readonly AskedBooth[],
): [number, number][] {
  const somebody = 'somebody';
  const index = new ConflictIndex(
    ledger.house,
    [...placed.values()].map((session) => ({ ...session, people: [somebody], online: {} })),
  );
  const met = new Set(
    index
      .all()
      .filter(({ people }) => people.includes(somebody))
      .map(({ sessions }) => sessions.join(' ')),
  );
  const areApart = (a: string, b: string) => a === b || met.has([a, b].sort().join(' '));
  return booths.flatMap((one, a) =>
    booths.flatMap((other, b): [number, number][] =>
      b > a && areApart(one.interpreted.session.id, other.interpreted.session.id) ? [[a, b]] : [],
    ),
  );
}

function minutesOn({ engagements, programme }: Interpretation, personId: string): Record<string, number> {
  const minutes: Record<string, number> = {};
  for (const { session, personId: of } of engagements) {
    if (of !== personId) continue;
    const day = dayOf(session, programme.zone);
    minutes[day] = (minutes[day] ?? 0) + session.minutes;
  }
  return minutes;
}
