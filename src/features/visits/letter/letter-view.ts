import type { LetterReading } from './letter.rules.js';
import type { Found, Passage } from './letter-text.rules.js';

/** A piece of a letter as the page shows it: plain, or part of the passages that the numbers name. */
export interface LetterPiece {
  readonly text: string;
  /** Numbers of the passages that it is part of. */
  readonly of: readonly number[];
  /** Of those that begin here; a link leads there. */
  readonly begins: readonly number[];
}

export interface ShownPassage {
  readonly number: number;
  readonly text: string;
}

/** What stands beside a field: where the letter says it. */
export interface FieldPassages {
  readonly passages: readonly ShownPassage[];
  readonly note: 'year' | 'case' | null;
}

export interface LetterView {
  readonly pieces: readonly LetterPiece[];
  /** By the name of the field. */
  readonly beside: Readonly<Record<string, FieldPassages>>;
  /** How many fields it fills in. */
  readonly count: number;
}

/** The letter with its passages marked and numbered in the order of the text, and which of them stand beside which field. */
export function letterView(text: string, reading: LetterReading): LetterView {
  const fields = fieldsOf(reading);
  const places = [...new Map(fields.flatMap(([, { passages }]) => passages).map((one) => [keyOf(one), one])).values()];
  const ordered = places.toSorted((a, b) => a.from - b.from || b.to - a.to);
  const numbers = new Map(ordered.map((one, index) => [keyOf(one), index + 1]));
  const numbered = ordered.map((one) => ({ ...one, number: numbers.get(keyOf(one))! }));
  return {
    pieces: piecesOf(text, numbered),
    beside: Object.fromEntries(
      fields.map(([field, { passages, note }]) => [
        field,
        {
          passages: passages.map((one) => ({ number: numbers.get(keyOf(one))!, text: text.slice(one.from, one.to) })),
          note: note ?? null,
        },
      ]),
    ),
    count: fields.length,
  };
}

function fieldsOf({ institution, country, stay, people, emails: _emails, phones: _phones, ...rest }: LetterReading) {
  const named: [string, Found<unknown> | null][] = [
    ['title', institution ?? country],
    ['institutionId', institution],
    ['country', country],
    ['startsOn', stay],
    ['endsOn', stay],
    ...Object.entries(rest),
    ...people.map((person, at): [string, Found<unknown>] => [`people.${at}`, person]),
  ];
  return named.filter((pair): pair is [string, Found<unknown>] => pair[1] !== null);
}

function piecesOf(text: string, places: readonly (Passage & { number: number })[]): LetterPiece[] {
  const cuts = [...new Set([0, text.length, ...places.flatMap(({ from, to }) => [from, to])])].toSorted(
    (a, b) => a - b,
  );
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1]!;
    return {
      text: text.slice(from, to),
      of: places.filter((place) => place.from <= from && to <= place.to).map(({ number }) => number),
      begins: places.filter((place) => place.from === from).map(({ number }) => number),
    };
  });
}

function keyOf({ from, to }: Passage): string {
  return `${from}-${to}`;
}
