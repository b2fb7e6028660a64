/** A dated fact, as it is printed: the date as it was typed. */
export interface BriefingFact {
  readonly date: string;
  readonly fact: string;
}

/** A day, a month or a year: `14.03.2025`, `03.2025`, `2025`. */
const DATED = /^((?:(?:0?[1-9]|[12]\d|3[01])\.)?(?:0?[1-9]|1[0-2])\.\d{4}|\d{4})[.:,]?\s+(?:[–—-]\s*)?(\S.*)$/u;

/** Facts as people write them, one a line, each begun with its date. Answers the number of the first line that has none. */
export function readFacts(text: string): { facts: BriefingFact[] } | { wrongLine: number } {
  const facts: BriefingFact[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [, date, fact] = DATED.exec(line.trim()) ?? [];
    if (date === undefined || fact === undefined) return { wrongLine: at + 1 };
    facts.push({ date, fact });
  }
  return { facts };
}

/** The same as it is typed. */
export function typedFacts(facts: readonly BriefingFact[]): string {
  return facts.map(({ date, fact }) => `${date} ${fact}`).join('\n');
}

/** Points, one a line; dashes and bullets that people put before them are not theirs. */
export function pointsOf(text: string | null): string[] {
  return (text ?? '')
    .split('\n')
    .map((line) => line.trim().replace(/^[–—•*-]\s+/u, ''))
    .filter(Boolean);
}
