import { describe, expect, it } from '@jest/globals';
import {
  seatingGrid,
  type PrintedSeat,
} from '../../../../../src/features/visits/documents/papers/seating-grid.rules.js';
import {
  seatingPlan,
  TABLE_SHAPES,
  type Party,
  type TableShape,
} from '../../../../../src/features/visits/seating/seating.rules.js';
import type { DocxGrid } from '../../../../../src/platform/documents/docx-grid.rules.js';

const WORDS = { table: 'TABLE', presidium: 'PRESIDIUM', hall: 'HALL', stage: 'STAGE', interpreter: 'INT' };
const party = (prefix: string, people: number, interpreters = 1): Party => ({
  people: Array.from({ length: people }, (_, at) => ({ id: `${prefix}${at + 1}` })),
  interpreters: Array.from({ length: interpreters }, (_, at) => ({ id: `${prefix}i${at + 1}` })),
});
const seatsOf = (shape: TableShape, hosts: Party, guests: Party): PrintedSeat[] =>
  seatingPlan(shape, hosts, guests).map(({ no, x, y, side, personId }) => ({
    no,
    x,
    y,
    side,
    name: personId ?? '',
    interprets: personId?.includes('i') ?? false,
  }));
const textsOf = ({ rows }: DocxGrid) =>
  rows.flatMap(({ cells }) => cells.flatMap(({ lines = [] }) => lines.map(({ text }) => text)));

describe('the drawing of a seating', () => {
  it.each(TABLE_SHAPES)('%s: everybody sits on it once, with the number of the chair', (shape) => {
    const seats = seatsOf(shape, party('h', 4), party('g', 5));
    const texts = textsOf(seatingGrid(shape, seats, WORDS));
    for (const { name, no } of seats) {
      expect([name, texts.filter((text) => text === name).length]).toEqual([name, 1]);
      expect(texts).toContain(String(no));
    }
    expect(texts.filter((text) => text === 'INT')).toHaveLength(2);
  });

  it.each(TABLE_SHAPES)(
    '%s: the cells of each row span all columns, and the whole fits on a landscape sheet',
    (shape) => {
      for (const many of [1, 3, 12, 40]) {
        const grid = seatingGrid(shape, seatsOf(shape, party('h', many), party('g', many, 2)), WORDS);
        for (const { cells } of grid.rows)
          expect(cells.reduce((sum, { span }) => sum + span, 0)).toBe(grid.columns.length);
        expect(grid.columns.reduce((sum, width) => sum + width, 0)).toBeLessThanOrEqual(258.001);
      }
    },
  );

  it('sets the table between those who face each other, and before a presidium', () => {
    const rectangle = textsOf(seatingGrid('rectangle', seatsOf('rectangle', party('h', 2), party('g', 2)), WORDS));
    expect(rectangle.indexOf('g1')).toBeLessThan(rectangle.indexOf('TABLE'));
    expect(rectangle.indexOf('TABLE')).toBeLessThan(rectangle.indexOf('h1'));
    const stage = textsOf(seatingGrid('presidium', seatsOf('presidium', party('h', 2), party('g', 2)), WORDS));
    expect(stage.indexOf('h1')).toBeLessThan(stage.indexOf('PRESIDIUM'));
    expect(stage.at(-1)).toBe('HALL');
  });

  it('holds numbers alone where chairs are too narrow for names, and nothing on an empty chair', () => {
    const crowd = seatingGrid('rectangle', seatsOf('rectangle', party('h', 20), party('g', 20)), WORDS);
    expect(textsOf(crowd)).not.toContain('h1');
    expect(textsOf(crowd)).toContain('20');
    const empty = [{ no: 1, x: 0, y: 0, side: null, name: '', interprets: false }];
    expect(textsOf(seatingGrid('rows', empty, WORDS))).toEqual(['STAGE', '1']);
  });
});
