/** What is wrong with a file, and where: a line `12`, a cell `B7`, a path `days[0].rooms["Hall"][3]`; empty for the file as a whole. */
export interface FileProblem {
  readonly place: string;
  /** Message key. */
  readonly code: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** A file that cannot be read at all. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';

  constructor(readonly problem: FileProblem) {
    super(problem.code);
  }
}

/** Throws UnreadableFile. */
export function unreadable(code: string, place = '', params: Readonly<Record<string, unknown>> = {}): never {
  throw new UnreadableFile({ place, code, params });
}

/** Problems in the order of their lines, or of the rows of their cells. */
export function byPlace(a: FileProblem, b: FileProblem): number {
  const number = (place: string): number => Number(/\d+/.exec(place)?.[0] ?? 0);
  return number(a.place) - number(b.place);
}
