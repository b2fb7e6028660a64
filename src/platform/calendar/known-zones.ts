import ICAL from 'ical.js';

/** Years whose times are computed by the zones of a file: every year more is one more turn of its rules. */
const YEARS = { first: 1900, last: 2200 } as const;
const MOST_RULES = 200;
const MOST_DATES = 500;

/**
 * A rule as zones have it: once a year. With `FREQ=SECONDLY` the library would compute every second of the years since,
 * which takes longer than anybody waits: a mail of four hundred bytes would be the last that was read.
 */
const YEARLY =
  /^FREQ=YEARLY(?:;(?:INTERVAL=1|WKST=[A-Z]{2}|COUNT=\d+|UNTIL=[^;]+|BY(?!SECOND|MINUTE)[A-Z]+=[^;,]+(?:,[^;,]+){0,7}))*$/;

/** The zones that a file declares and that can be computed with; times in any other have no instant. */
export class KnownZones {
  private readonly names: ReadonlySet<string>;

  constructor(calendar: ICAL.Component) {
    const zones = calendar.getAllSubcomponents('vtimezone');
    const refused = new Set(zones.filter((zone) => !isComputable(zone)).map(nameOf));
    this.names = new Set(zones.map(nameOf).filter((name) => !refused.has(name)));
  }

  /** The instant of a time; undefined for floating ones, unknown zones and years that nobody plans in. */
  instantOf(time: ICAL.Time): Date | undefined {
    const { zone, year } = time;
    if (zone === ICAL.Timezone.localTimezone || year < YEARS.first || year > YEARS.last) return undefined;
    if (zone !== ICAL.Timezone.utcTimezone && !this.names.has(zone?.tzid ?? '')) return undefined;
    const instant = time.toJSDate();
    return Number.isNaN(instant.getTime()) ? undefined : instant;
  }
}

function isComputable(zone: ICAL.Component): boolean {
  try {
    return isSmall(zone) && zone.getAllSubcomponents().every(isCalm);
  } catch {
    return false; // a rule or a beginning that is none
  }
}

function isSmall(zone: ICAL.Component): boolean {
  const parts = zone.getAllSubcomponents();
  const dates = parts.reduce((sum, part) => sum + part.getAllProperties('rdate').length, 0);
  return parts.length <= MOST_RULES && dates <= MOST_DATES;
}

function isCalm(part: ICAL.Component): boolean {
  const start: unknown = part.getFirstPropertyValue('dtstart');
  if (!(start instanceof ICAL.Time) || start.year < 1 || start.year > YEARS.last) return false;
  const rules = part.getAllProperties('rrule');
  return rules.length <= 1 && rules.every((rule) => YEARLY.test(String(rule.getFirstValue())));
}

function nameOf(zone: ICAL.Component): string {
  return String(zone.getFirstPropertyValue('tzid') ?? '');
}
