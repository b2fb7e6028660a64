import type {
  DocxGrid,
  DocxGridCell,
  DocxGridLine,
  DocxGridRow,
} from '../../../../platform/documents/docx-grid.rules.js';
import type { Seat, TableShape } from '../../seating/seating.rules.js';

/** A chair as it is printed. */
export interface PrintedSeat extends Pick<Seat, 'no' | 'x' | 'y' | 'side'> {
  /** '' of a chair on which nobody sits. */
  readonly name: string;
  readonly interprets: boolean;
}

/** What is written into the drawing. */
export interface SeatingWords {
  readonly table: string;
  readonly presidium: string;
  readonly hall: string;
  readonly stage: string;
  /** Short, below the name of who interprets. */
  readonly interpreter: string;
}

/** Of the drawing on a landscape sheet, in millimetres. */
const WIDTH = 258;
const WIDEST_CHAIR = 46;
const CHAIR_HEIGHT = 15;
const TABLE_HEIGHT = 17;
const BAR_HEIGHT = 8;
/** Chairs that are narrower hold their numbers alone: the names stand in the lists. */
const NARROWEST_NAMED = 20;

const COLOURS = { host: 'EFE6D2', guest: 'DDE6EE', free: 'FFFFFF', table: 'C9B79C', grey: '5F6368', line: 'B8BCC2' };

/**
 * Chairs and table as they stand, drawn as cells: two columns make a chair, so that who sits behind others can sit between
 * two of them. The rows of the plan keep their order, and the table stands between those who face each other.
 */
export function seatingGrid(shape: TableShape, seats: readonly PrintedSeat[], words: SeatingWords): DocxGrid {
  const drawn = barsOf(shape, seats, words);
  const left = Math.min(...seats.map(({ x }) => x), ...drawn.flatMap(({ spans }) => spans.map(({ from }) => from)));
  const right = Math.max(...seats.map(({ x }) => x + 1), ...drawn.flatMap(({ spans }) => spans.map(({ to }) => to)));
  const halves = Math.round((right - left) * 2);
  const chair = Math.min(WIDEST_CHAIR, WIDTH / (halves / 2));
  const ys = [...new Set([...seats.map(({ y }) => y), ...drawn.map(({ y }) => y)])].toSorted((a, b) => a - b);
  const rows = ys.map((y): DocxGridRow => {
    const bars = drawn.filter((bar) => bar.y === y);
    const here = seats.filter((seat) => seat.y === y);
    const pieces: Piece[] = [
      ...here.map((seat) => ({ from: seat.x, to: seat.x + 1, cell: chairCell(seat, chair, words) })),
      ...bars.flatMap(({ spans, text }) => spans.map(({ from, to }) => ({ from, to, cell: tableCell(text) }))),
    ];
    const height = here.length > 0 ? CHAIR_HEIGHT : Math.max(...bars.map((bar) => bar.height));
    return { height, cells: filled(pieces, left, halves) };
  });
  return { columns: Array.from({ length: halves }, () => chair / 2), rows };
}

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly cell: Omit<DocxGridCell, 'span'>;
}

/** A piece of the table, or a line of words, across the plan at `y`: between two rows of chairs it has half a number. */
interface Bar {
  readonly y: number;
  readonly height: number;
  readonly text: string;
  readonly spans: readonly { readonly from: number; readonly to: number }[];
}

function barsOf(shape: TableShape, seats: readonly PrintedSeat[], words: SeatingWords): Bar[] {
  const across = (wanted: (seat: PrintedSeat) => boolean) => {
    const xs = seats.filter(wanted).map(({ x }) => x);
    return xs.length === 0 ? [] : [{ from: Math.min(...xs), to: Math.max(...xs) + 1 }];
  };
  const bar = (y: number, height: number, text: string, spans: Bar['spans']): Bar[] =>
    spans.length === 0 ? [] : [{ y, height, text, spans }];
  switch (shape) {
    case 'rectangle':
      return bar(
        1,
        TABLE_HEIGHT,
        words.table,
        across(({ y }) => y === 0 || y === 2),
      );
    case 'u': {
      const legs = [...new Set(seats.filter(({ y }) => y > 0).map(({ y }) => y))];
      return [
        ...bar(0.5, BAR_HEIGHT, words.table, [{ from: -1, to: 2 }]),
        ...legs.flatMap((y) =>
          bar(y, CHAIR_HEIGHT, '', [
            { from: -1, to: -0.5 },
            { from: 1.5, to: 2 },
          ]),
        ),
      ];
    }
    case 'presidium': {
      const front = across(({ y }) => y === 0);
      return [...bar(0.5, BAR_HEIGHT, words.presidium, front), ...bar(1.5, BAR_HEIGHT, words.hall, front)];
    }
    case 'rows': {
      const all = across(() => true);
      return bar(-0.5, BAR_HEIGHT, words.stage, all);
    }
  }
}

/** Cells from the left to the right, with nothing between them where nothing stands. */
function filled(pieces: readonly Piece[], left: number, halves: number): DocxGridCell[] {
  const cells: DocxGridCell[] = [];
  let at = 0;
  for (const { from, to, cell } of pieces.toSorted((a, b) => a.from - b.from)) {
    const begins = Math.round((from - left) * 2);
    if (begins > at) cells.push({ span: begins - at });
    // Two chairs at one place cannot be drawn; the later one stands beside the first.
    const start = Math.max(begins, at);
    const span = Math.min(Math.round((to - from) * 2), halves - start);
    if (span <= 0) continue;
    cells.push({ span, ...cell });
    at = start + span;
  }
  if (at < halves) cells.push({ span: halves - at });
  return cells;
}

function chairCell(seat: PrintedSeat, width: number, words: SeatingWords): Omit<DocxGridCell, 'span'> {
  const { no, side, name, interprets } = seat;
  const fill = name === '' ? COLOURS.free : COLOURS[side ?? 'free'];
  const number: DocxGridLine = { text: String(no), size: width < NARROWEST_NAMED ? 11 : 7.5, color: COLOURS.grey };
  if (width < NARROWEST_NAMED) return { fill, frame: COLOURS.line, lines: [{ ...number, bold: true }] };
  const size = width >= 38 ? 10 : width >= 28 ? 8.5 : 7;
  return {
    fill,
    frame: COLOURS.line,
    lines: [
      number,
      ...(name === '' ? [] : [{ text: name, size, bold: !interprets, italic: interprets }]),
      ...(interprets ? [{ text: words.interpreter, size: 7, color: COLOURS.grey }] : []),
    ],
  };
}

function tableCell(text: string): Omit<DocxGridCell, 'span'> {
  return {
    fill: COLOURS.table,
    frame: COLOURS.table,
    ...(text === '' ? {} : { lines: [{ text, size: 9, color: '4A4132' }] }),
  };
}
