import { allParts, textOf, type MailPart } from './mime-tree.js';

/** Characters that a calendar, and one unfolded line of it, may have to be read ([CQ1]). */
export const CALENDAR_LIMITS = { characters: 1_000_000, line: 100_000 } as const;

/**
 * The calendars that a mail carries, each once ([CQ3]): `text/calendar`, `application/ics`, files named `*.ics` also
 * inside octet-streams; the same text in two parts counts once. What is beyond the limits is left out and counted.
 */
export function calendarsIn(root: MailPart): { texts: string[]; tooLarge: number } {
  const found = new Set<string>();
  let tooLarge = 0;
  for (const part of allParts(root)) {
    if (!isCalendar(part)) continue;
    const text = unified(textOf(part));
    if (text.length > CALENDAR_LIMITS.characters || longestLine(text) > CALENDAR_LIMITS.line) tooLarge++;
    else if (text !== '') found.add(text);
  }
  return { texts: [...found], tooLarge };
}

function isCalendar({ type, filename, parts }: MailPart): boolean {
  if (parts.length > 0) return false;
  if (['text/calendar', 'application/ics', 'text/x-vcalendar', 'application/calendar'].includes(type)) return true;
  return /\.ics$/i.test(filename ?? '');
}

/** One kind of line end and no byte order mark, so that equal calendars are equal texts. */
function unified(text: string): string {
  return `${text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?|\n/g, '\r\n')
    .trimEnd()}\r\n`.replace(/^\r\n$/, '');
}

function longestLine(text: string): number {
  const unfolded = text.replace(/\r\n[ \t]/g, '');
  let longest = 0;
  for (let from = 0; from < unfolded.length;) {
    const to = unfolded.indexOf('\r\n', from);
    const end = to < 0 ? unfolded.length : to;
    longest = Math.max(longest, end - from);
    from = end + 2;
  }
  return longest;
}
