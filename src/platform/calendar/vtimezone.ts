import { offsetSeconds } from '../../kernel/zones.js';

interface Change {
  readonly year: number;
  readonly from: number;
  readonly to: number;
  /** Onset on the clock before it, as if it were UTC. */
  readonly onset: Date;
}

const QUARTER = 900_000;
const WEEK = 7 * 86_400_000;
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
const REMEMBERED = 2_000;
const remembered = new Map<string, string | undefined>();

const UTC =
  /^(?:UTC|GMT|Zulu|UCT|Universal|Greenwich|Etc\/(?:UTC|GMT|GMT[+-]?0|Zulu|UCT|Universal|Greenwich)|GMT[+-]?0)$/;

/**
 * VTIMEZONE (RFC 5545 section 3.6.5) for events of the years `firstYear` to `lastYear`, built from Intl for the window of
 * a year more on both sides. Lines end with CRLF. Undefined when neither a fixed offset nor one yearly pair of rules
 * describes that window: such events are written in UTC. Throws ZoneError `zone.unknown`.
 */
export function vtimezone(zone: string, firstYear: number, lastYear: number): string | undefined {
  if (isUtc(zone)) return undefined;
  const key = `${zone} ${firstYear} ${lastYear}`;
  if (remembered.has(key)) return remembered.get(key);
  const text = build(zone, firstYear - 1, lastYear + 1);
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(key, text);
  return text;
}

/** Whether a zone is a name of UTC itself: its times are written with `Z`, never with a TZID. */
export function isUtc(zone: string): boolean {
  return UTC.test(zone);
}

function build(zone: string, firstYear: number, lastYear: number): string | undefined {
  const start = Date.UTC(firstYear, 0, 1);
  const changes = changesBetween(zone, start, Date.UTC(lastYear + 1, 0, 1));
  const parts = changes.length === 0 ? [fixed(offsetSeconds(zone, start))] : yearly(changes, firstYear, lastYear);
  return parts && ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...parts.flat(), 'END:VTIMEZONE', ''].join('\r\n');
}

function changesBetween(zone: string, start: number, end: number): Change[] {
  const found: Change[] = [];
  for (let low = start; low < end; low += WEEK) {
    const high = Math.min(low + WEEK, end);
    const from = offsetSeconds(zone, low);
    const to = offsetSeconds(zone, high);
    if (from === to) continue;
    const onset = new Date(firstQuarter(zone, low, high, from) + from * 1000);
    found.push({ year: onset.getUTCFullYear(), from, to, onset });
  }
  return found;
}

/** The quarter of an hour from which the offset is no longer `from`. */
function firstQuarter(zone: string, low: number, high: number, from: number): number {
  while (high - low > QUARTER) {
    const middle = low + Math.floor((high - low) / 2 / QUARTER) * QUARTER;
    if (offsetSeconds(zone, middle) === from) low = middle;
    else high = middle;
  }
  return high;
}

function fixed(offset: number): string[] {
  return observance('STANDARD', '19700101T000000', offset, offset);
}

function yearly(changes: readonly Change[], firstYear: number, lastYear: number): string[][] | undefined {
  const parts: string[][] = [];
  for (const kind of ['DAYLIGHT', 'STANDARD'] as const) {
    const onsets = changes.filter((change) => change.to > change.from === (kind === 'DAYLIGHT'));
    const rule = yearlyRule(onsets, firstYear, lastYear);
    const first = onsets[0];
    if (!rule || !first) return undefined;
    parts.push(observance(kind, clock(first.onset), first.from, first.to, rule));
  }
  return parts;
}

/** The rule that gives exactly these onsets, once a year; undefined when there is none. */
function yearlyRule(onsets: readonly Change[], firstYear: number, lastYear: number): string | undefined {
  const first = onsets[0];
  if (!first || onsets.length !== lastYear - firstYear + 1) return undefined;
  const alike = onsets.every(
    ({ year, from, to, onset }, i) =>
      year === firstYear + i &&
      from === first.from &&
      to === first.to &&
      onset.getUTCMonth() === first.onset.getUTCMonth() &&
      onset.getUTCDay() === first.onset.getUTCDay() &&
      clock(onset).slice(9) === clock(first.onset).slice(9),
  );
  if (!alike) return undefined;
  const occurrence = onsets.every(({ onset }) => isLast(onset)) ? -1 : nth(first.onset);
  if (occurrence !== -1 && onsets.some(({ onset }) => nth(onset) !== occurrence)) return undefined;
  return `FREQ=YEARLY;BYMONTH=${first.onset.getUTCMonth() + 1};BYDAY=${occurrence}${WEEKDAYS[first.onset.getUTCDay()]}`;
}

function observance(kind: string, start: string, from: number, to: number, rule?: string): string[] {
  return [
    `BEGIN:${kind}`,
    `DTSTART:${start}`,
    ...(rule ? [`RRULE:${rule}`] : []),
    `TZOFFSETFROM:${signed(from)}`,
    `TZOFFSETTO:${signed(to)}`,
    `TZNAME:${signed(to).replace(/00$/, '')}`,
    `END:${kind}`,
  ];
}

function signed(seconds: number): string {
  const total = Math.abs(seconds);
  const parts = [total / 3600, (total / 60) % 60, total % 60].map((part) => String(Math.floor(part)).padStart(2, '0'));
  return `${seconds < 0 ? '-' : '+'}${parts[0]}${parts[1]}${parts[2] === '00' ? '' : parts[2]}`;
}

function clock(onset: Date): string {
  return onset.toISOString().replace(/[-:]/g, '').slice(0, 15);
}

function nth(onset: Date): number {
  return Math.ceil(onset.getUTCDate() / 7);
}

function isLast(onset: Date): boolean {
  return new Date(onset.getTime() + WEEK).getUTCMonth() !== onset.getUTCMonth();
}
