export const PASSPORT_TYPES = ['ordinary', 'service', 'diplomatic', 'un'] as const;
export type PassportType = (typeof PASSPORT_TYPES)[number];

/** Where somebody comes into the country: the rules of an airport are not those of a border, nor of the way through Russia. */
export const ENTRY_POINTS = ['airport', 'border', 'russia'] as const;
export type EntryPoint = (typeof ENTRY_POINTS)[number];

export const ENTRY_OUTCOMES = ['not_needed', 'on_arrival', 'needed'] as const;
export type EntryOutcome = (typeof ENTRY_OUTCOMES)[number];

/** One regime as the officer keeps it. Days are `YYYY-MM-DD`; an empty list means all of them. */
export interface EntryRule {
  readonly id: string;
  /** ISO 3166-1 alpha-2. */
  readonly citizenships: readonly string[];
  readonly passportTypes: readonly PassportType[];
  readonly entryPoints: readonly EntryPoint[];
  readonly outcome: EntryOutcome;
  /** Longest stay that it covers; null: any. */
  readonly maxDays: number | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly checkedOn: string;
}

export interface Entry {
  readonly citizenship: string;
  readonly passportType: PassportType;
  readonly entryPoint: EntryPoint;
  /** First and last day of the stay: a rule covers all of it or does not count. */
  readonly from: string;
  readonly to: string;
}

export interface EntryDecision {
  readonly outcome: EntryOutcome;
  /** The rule that decided; null when none covers this entry, and then a visa is needed. */
  readonly ruleId: string | null;
  /** When that rule, or without one the oldest of the table, was last compared with the law; null for an empty table. */
  readonly checkedOn: string | null;
}

/** An exception that asks for a visa counts before what is kinder. */
const ORDER: readonly EntryOutcome[] = ['needed', 'not_needed', 'on_arrival'];

/** Does this person need a visa? What no rule covers needs one: a letter too many does no harm, one too few does. */
export function decideEntry(rules: readonly EntryRule[], entry: Entry): EntryDecision {
  const covering = rules.filter((rule) => covers(rule, entry));
  const [first] = ORDER.flatMap((outcome) => covering.filter((rule) => rule.outcome === outcome).sort(byCheck));
  if (first) return { outcome: first.outcome, ruleId: first.id, checkedOn: first.checkedOn };
  const oldest = rules.map(({ checkedOn }) => checkedOn).sort()[0];
  return { outcome: 'needed', ruleId: null, checkedOn: oldest ?? null };
}

function covers(rule: EntryRule, { citizenship, passportType, entryPoint, from, to }: Entry): boolean {
  return (
    has(rule.citizenships, citizenship) &&
    has(rule.passportTypes, passportType) &&
    has(rule.entryPoints, entryPoint) &&
    (rule.validFrom === null || rule.validFrom <= from) &&
    (rule.validTo === null || to <= rule.validTo) &&
    (rule.maxDays === null || daysOf(from, to) <= rule.maxDays)
  );
}

function has<T>(list: readonly T[], value: T): boolean {
  return list.length === 0 || list.includes(value);
}

/** The most recently checked stands first; ids make the order certain. */
function byCheck(a: EntryRule, b: EntryRule): number {
  return a.checkedOn === b.checkedOn ? (a.id < b.id ? -1 : 1) : a.checkedOn < b.checkedOn ? 1 : -1;
}

/** Days of a stay, both ends counted. */
export function daysOf(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
}
