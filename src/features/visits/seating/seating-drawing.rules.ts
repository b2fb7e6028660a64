import type { Seat, TableShape } from './seating.rules.js';

/** Sizes of the drawing, in its own units. */
const CHAIR = 138;
const GAP = 16;
const ROW = 74;
const MARGIN = 24;

export interface DrawnSeat {
  readonly no: number;
  readonly left: number;
  readonly top: number;
  readonly middle: number;
  readonly baseline: number;
  readonly side: Seat['side'];
  /** The name on two short lines at most; the whole stands in the list beside the plan. */
  readonly lines: readonly { readonly text: string; readonly y: number }[];
  readonly name: string | null;
}

export interface DrawnPlan {
  readonly width: number;
  readonly height: number;
  readonly chair: { readonly width: number; readonly height: number };
  readonly table: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null;
  readonly seats: readonly DrawnSeat[];
}

/** Letters that fit on one line of a chair. */
const LINE = 15;

/** A plan as a picture: where each chair and the table stand. Seats are those of the plan with the names of their people. */
export function drawnPlan(shape: TableShape, seats: readonly (Seat & { readonly name: string | null })[]): DrawnPlan {
  const xs = seats.map(({ x }) => x);
  const ys = seats.map(({ y }) => y);
  const [left, top] = [Math.min(0, ...xs), Math.min(0, ...ys)];
  const [right, bottom] = [Math.max(0, ...xs), Math.max(0, ...ys)];
  const leftOf = (x: number) => MARGIN + (x - left) * (CHAIR + GAP);
  const topOf = (y: number) => MARGIN + (y - top) * ROW;
  const height = ROW - GAP;
  const facing = seats.filter(({ y }) => y === 0 || y === 2).map(({ x }) => x);
  const table =
    shape === 'rectangle' && facing.length > 0
      ? {
          x: leftOf(Math.min(...facing)),
          y: topOf(1),
          width: leftOf(Math.max(...facing)) - leftOf(Math.min(...facing)) + CHAIR,
          height,
        }
      : null;
  return {
    width: leftOf(right) + CHAIR + MARGIN,
    height: topOf(bottom) + height + MARGIN,
    chair: { width: CHAIR, height },
    table,
    seats: seats.map(({ no, x, y, side, name }) => {
      const lines = linesOf(name ?? '—');
      const first = topOf(y) + height / 2 + (lines.length === 1 ? 5 : -4);
      return {
        no,
        left: leftOf(x),
        top: topOf(y),
        middle: leftOf(x) + CHAIR / 2,
        baseline: topOf(y) + height / 2 + 5,
        side,
        name,
        lines: lines.map((text, index) => ({ text, y: first + index * 17 })),
      };
    }),
  };
}

/** A name on one line or two: words are kept whole, and what does not fit ends with an ellipsis. */
export function linesOf(name: string): string[] {
  if ([...name].length <= LINE) return [name];
  const words = name.split(/\s+/);
  const first: string[] = [];
  while (words.length > 0 && [...[...first, words[0]!].join(' ')].length <= LINE) first.push(words.shift()!);
  if (first.length === 0) return [shortened(name)];
  return [first.join(' '), shortened(words.join(' '))];
}

function shortened(text: string): string {
  const letters = [...text];
  return letters.length <= LINE ? text : `${letters.slice(0, LINE - 1).join('')}…`;
}
