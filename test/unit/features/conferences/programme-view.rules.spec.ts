import { describe, expect, it } from '@jest/globals';
import {
  choicesOf,
  gridOf,
  passes,
  settledFilter,
  type ViewedSession,
} from '../../../../src/features/conferences/programme-view.rules.js';

const hall = { code: 'hall', name: { en: 'Great Hall' }, position: 1 };
const small = { code: '205', name: { en: 'Room 205' }, position: 2 };

let serial = 0;
function session(from: string, to: string, changes: Partial<ViewedSession> = {}): ViewedSession {
  return {
    code: `s${++serial}`,
    day: '2027-05-12',
    startsAt: new Date(`2027-05-12T${from}:00Z`),
    endsAt: new Date(`2027-05-12T${to}:00Z`),
    status: 'planned',
    strand: null,
    room: hall,
    languages: [],
    ...changes,
  };
}

describe('choices and filters of the programme', () => {
  const sessions = [
    session('10:00', '11:00', {
      room: small,
      strand: { code: 'heritage', name: { en: 'Heritage' } },
      languages: ['en', 'be'],
    }),
    session('09:00', '10:00', { languages: ['be'] }),
    session('09:00', '10:00', { day: '2027-05-11', room: null }),
  ];

  it('offers each thing once: days and languages sorted, rooms in their own order', () => {
    expect(choicesOf(sessions)).toEqual({
      days: ['2027-05-11', '2027-05-12'],
      strands: [{ code: 'heritage', name: { en: 'Heritage' } }],
      languages: ['be', 'en'],
      rooms: [hall, small],
    });
  });

  it('takes the first day and drops what is not there to choose', () => {
    expect(settledFilter({ day: 'yesterday', strand: 'x', language: 'xx', room: '205' }, choicesOf(sessions))).toEqual({
      day: '2027-05-11',
      strand: undefined,
      language: undefined,
      room: '205',
    });
  });

  it('has no day where there are no sessions', () => {
    expect(settledFilter({}, choicesOf([]))).toEqual({
      day: undefined,
      strand: undefined,
      language: undefined,
      room: undefined,
    });
  });

  it.each([
    [{}, [true, true, true]],
    [{ day: '2027-05-12' }, [true, true, false]],
    [{ language: 'be' }, [true, true, false]],
    [{ strand: 'heritage' }, [true, false, false]],
    [{ room: 'hall' }, [false, true, false]],
    [{ day: '2027-05-12', room: 'hall', language: 'be' }, [false, true, false]],
  ])('%j passes %j', (filter, expected) => {
    expect(sessions.map((one) => passes(one, filter))).toEqual(expected);
  });
});

describe('grid of a day', () => {
  const codes = (sessions: readonly ViewedSession[]) =>
    gridOf(sessions).rows.map((row) =>
      row.cells.map((cell) => (cell ? `${cell.sessions.map(({ code }) => code).join('+') || '-'}:${cell.span}` : null)),
    );

  it('puts rooms across in their order and what has none last', () => {
    expect(
      gridOf([
        session('09:00', '10:00', { room: null }),
        session('09:00', '10:00', { room: small }),
        session('09:00', '10:00'),
      ]).rooms,
    ).toEqual([hall, small, null]);
  });

  it('lets a long session reach over the rows that begin while it lasts', () => {
    const long = session('09:00', '12:00');
    const early = session('09:00', '10:00', { room: small });
    const late = session('10:00', '12:00', { room: small });
    expect(codes([long, early, late])).toEqual([
      [`${long.code}:2`, `${early.code}:1`],
      [null, `${late.code}:1`],
    ]);
  });

  it('leaves a cell empty where a room is free', () => {
    const first = session('09:00', '10:00');
    const second = session('10:00', '11:00', { room: small });
    expect(codes([first, second])).toEqual([
      [`${first.code}:1`, '-:1'],
      ['-:1', `${second.code}:1`],
    ]);
  });

  it('puts sessions that share a room at one time into one cell', () => {
    const poster = session('09:00', '10:30');
    const other = session('09:30', '10:00');
    const last = session('10:30', '11:00');
    expect(codes([poster, other, last])).toEqual([[`${poster.code}+${other.code}:2`], [null], [`${last.code}:1`]]);
  });

  it('shows every session exactly once, however they overlap', () => {
    const many = Array.from({ length: 40 }, (_, i) => {
      const start = 7 * 60 + ((i * 37) % 600);
      const end = start + 10 + ((i * 53) % 170);
      const clock = (minutes: number) =>
        `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
      return session(clock(start), clock(end), { room: [hall, small, null][i % 3]! });
    });
    const shown = gridOf(many).rows.flatMap((row) =>
      row.cells.flatMap((cell) => cell?.sessions.map(({ code }) => code) ?? []),
    );
    expect(shown.sort()).toEqual(many.map(({ code }) => code).sort());
  });

  it('covers every row of every column exactly once', () => {
    const grid = gridOf([
      session('09:00', '12:00'),
      session('10:00', '11:00', { room: small }),
      session('11:00', '13:00', { room: null }),
    ]);
    const sums = grid.rooms.map((_, column) => grid.rows.reduce((sum, row) => sum + (row.cells[column]?.span ?? 0), 0));
    expect(sums).toEqual(grid.rooms.map(() => grid.rows.length));
  });
});
