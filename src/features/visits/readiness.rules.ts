import { STAGES, type Stage, type VisitState } from './visit.rules.js';

/** What must be there before a visit enters a stage. Computed, never typed. */
export const READINESS_KEYS = [
  'decision',
  'invitation_letter',
  'head',
  'names',
  'places',
  'owners',
  'double_bookings',
  'interpreters',
  'visas',
  'report',
  'purge_date',
] as const;
export type ReadinessKey = (typeof READINESS_KEYS)[number];

/** The stage that each line guards. */
export const GUARDS: Readonly<Record<ReadinessKey, Stage>> = {
  decision: 'approved',
  invitation_letter: 'invited',
  head: 'composition_confirmed',
  names: 'composition_confirmed',
  places: 'frozen',
  owners: 'frozen',
  double_bookings: 'frozen',
  interpreters: 'frozen',
  visas: 'frozen',
  report: 'reported',
  purge_date: 'closed',
};

/** The one line that no reason replaces: it is a rule of privacy. */
export const NEVER_OVERRIDDEN: readonly ReadinessKey[] = ['purge_date'];

/** One thing that is missing, with the part of the visit's pages where it can be given. */
export interface Missing {
  /** Below the visit's address: `/delegation#member-…`. */
  readonly href: string;
  /** A name or title as typed; null where the line says all. */
  readonly what: string | null;
}

export interface ReadinessFacts {
  readonly decided: boolean;
  readonly invitationLetter: boolean;
  readonly members: readonly {
    readonly id: string;
    readonly name: string;
    readonly role: string;
    readonly titled: boolean;
    /** Needs no visa, or has what it takes. */
    readonly visaSettled: boolean;
  }[];
  readonly sessions: readonly {
    readonly id: string;
    readonly title: string;
    readonly placed: boolean;
    readonly owned: boolean;
    /** Its people share no language, and nobody interprets. */
    readonly lacksInterpreter: boolean;
    readonly doubleBooked: boolean;
  }[];
  /** Sessions of the conference that are attended, and cannot be: elsewhere at the time, not in the days, or off. */
  readonly missed: readonly { readonly id: string; readonly title: string }[];
  readonly report: boolean;
  readonly purgeDate: boolean;
}

export interface ReadinessLine {
  readonly key: ReadinessKey;
  readonly guards: Stage;
  readonly state: 'done' | 'missing' | 'overridden';
  readonly missing: readonly Missing[];
  readonly reason: string | null;
}

/** Every line, in the order of the stages they guard. `overrides`: the reason per key. */
export function readiness(facts: ReadinessFacts, overrides: ReadonlyMap<ReadinessKey, string>): ReadinessLine[] {
  return READINESS_KEYS.map((key) => {
    const missing = MISSING[key](facts);
    const reason = NEVER_OVERRIDDEN.includes(key) ? null : (overrides.get(key) ?? null);
    const state = missing.length === 0 ? 'done' : reason === null ? 'missing' : 'overridden';
    return { key, guards: GUARDS[key], state, missing, reason };
  });
}

/** What still keeps the visit from that state; empty: nothing. Lines of earlier stages count too. */
export function inTheWay(lines: readonly ReadinessLine[], to: VisitState): ReadinessLine[] {
  const target = STAGES.indexOf(to as Stage);
  return lines.filter(({ guards, state }) => state === 'missing' && STAGES.indexOf(guards) <= target);
}

const one = (there: boolean, href: string): Missing[] => (there ? [] : [{ href, what: null }]);

const MISSING: Readonly<Record<ReadinessKey, (facts: ReadinessFacts) => Missing[]>> = {
  decision: ({ decided }) => one(decided, '#decision'),
  invitation_letter: ({ invitationLetter }) => one(invitationLetter, '/documents'),
  head: ({ members }) =>
    one(
      members.some(({ role }) => role === 'head'),
      '/delegation',
    ),
  names: ({ members }) => members.filter(({ titled }) => !titled).map(ofMember),
  // A stay without a single session is not prepared, whatever else is there.
  places: ({ sessions }) =>
    sessions.length === 0 ? one(false, '/programme') : sessions.filter(({ placed }) => !placed).map(ofSession),
  owners: ({ sessions }) => sessions.filter(({ owned }) => !owned).map(ofSession),
  double_bookings: ({ sessions, missed }) => [
    ...sessions.filter(({ doubleBooked }) => doubleBooked).map(ofSession),
    ...missed.map(ofSession),
  ],
  interpreters: ({ sessions }) => sessions.filter(({ lacksInterpreter }) => lacksInterpreter).map(ofSession),
  visas: ({ members }) =>
    members
      .filter(({ visaSettled }) => !visaSettled)
      .map(({ id, name }) => ({ href: `/visa#member-${id}`, what: name })),
  report: ({ report }) => one(report, '#papers'),
  purge_date: ({ purgeDate }) => one(purgeDate, '/edit#field-purgeOn'),
};

function ofMember({ id, name }: ReadinessFacts['members'][number]): Missing {
  return { href: `/delegation#member-${id}`, what: name };
}

function ofSession({ id, title }: ReadinessFacts['missed'][number]): Missing {
  return { href: `/programme#session-${id}`, what: title };
}
