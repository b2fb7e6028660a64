/** Whether a text begins as a calendar does (RFC 5545, section 3.4). */
export function looksLikeCalendar(start: string): boolean {
  return /^BEGIN:VCALENDAR/i.test(start);
}

/** Numbers of the lines, from 1, at which events begin; in the order in which `readCalendar` gives them. */
export function linesOfEvents(bytes: Buffer): number[] {
  const lines = bytes.toString('latin1').split('\n');
  return lines.flatMap((line, at) => (/^BEGIN:VEVENT\s*$/i.test(line) ? [at + 1] : []));
}
