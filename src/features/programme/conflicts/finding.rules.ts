/** A conflict as data: pages word it, releases count it, overrides name it by its key. */
export const FINDING_RULES = [
  'room-double',
  'room-closed',
  'person-double',
  'outside-presence',
  'walk-short',
  'travel-short',
  'setup-short',
  'journey-short',
  'attended-double',
  'attended-way-short',
  'attended-outside-stay',
  'outside-availability',
  'interpretation-missing',
  'interpreter-alone',
  'capacity-below-signups',
  'public-holiday',
  'online-at-night',
  'room-below-expected',
] as const;
export type FindingRule = (typeof FINDING_RULES)[number];

export const SEVERITIES = ['error', 'warning', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const SEVERITY_OF: Readonly<Record<FindingRule, Severity>> = {
  'room-double': 'error',
  'room-closed': 'error',
  'person-double': 'error',
  'outside-presence': 'error',
  'walk-short': 'warning',
  'travel-short': 'warning',
  'setup-short': 'warning',
  'journey-short': 'warning',
  // For the conference, which goes on without them; for those who attend see `severityFor`.
  'attended-double': 'warning',
  'attended-way-short': 'warning',
  'attended-outside-stay': 'warning',
  'outside-availability': 'warning',
  'interpretation-missing': 'warning',
  'interpreter-alone': 'warning',
  'capacity-below-signups': 'warning',
  'public-holiday': 'warning',
  'online-at-night': 'hint',
  'room-below-expected': 'hint',
};

/** What a finding weighs when places are compared: no number of hints outweighs a warning, nor of warnings an error. */
export const POINTS: Readonly<Record<Severity, number>> = { error: 10_000, warning: 100, hint: 1 };

export interface Finding {
  readonly rule: FindingRule;
  readonly severity: Severity;
  /** Sorted by id. */
  readonly sessions: readonly string[];
  readonly people: readonly string[];
  readonly rooms: readonly string[];
  /** How much overlaps or is missing; for capacity rules the number of places. */
  readonly minutes: number;
  /** The programme of those who attend, where it is about them. */
  readonly by?: string;
}

export function finding(
  rule: FindingRule,
  involved: {
    sessions: readonly string[];
    people?: readonly string[];
    rooms?: readonly string[];
    minutes: number;
    by?: string;
  },
): Finding {
  const { sessions, people = [], rooms = [], minutes, by } = involved;
  const found = { rule, severity: SEVERITY_OF[rule], sessions: [...sessions].sort(), people, rooms, minutes };
  return by === undefined ? found : { ...found, by };
}

/** How grave it is for one programme: people who attend elsewhere cannot be in two places, but a conference goes on without them. */
export function severityFor({ rule, severity, by }: Finding, programmeId: string): Severity {
  return by === programmeId && rule !== 'attended-way-short' ? 'error' : severity;
}

/**
 * Names a conflict by what it is between, not by when: an override holds while both sessions move together. Those who attend
 * are one delegation, whoever is in it.
 */
export function findingKey({ rule, sessions, people, rooms, by }: Finding): string {
  return [rule, ...sessions, ...(by === undefined ? people : [by]), ...rooms].join('|');
}

const RANK: Record<Severity, number> = { error: 0, warning: 1, hint: 2 };

/** Worst first, then by rule and key, so that two runs list the same. */
export function byWeight(a: Finding, b: Finding): number {
  return RANK[a.severity] - RANK[b.severity] || (findingKey(a) < findingKey(b) ? -1 : 1);
}

export function pointsOf(found: readonly Finding[]): number {
  return found.reduce((sum, { severity }) => sum + POINTS[severity], 0);
}

/** The worst of what was found; undefined when nothing was. */
export function worst(found: readonly Finding[]): Severity | undefined {
  return SEVERITIES.find((severity) => found.some((one) => one.severity === severity));
}
