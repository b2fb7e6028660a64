import { describe, expect, it } from '@jest/globals';
import { axisOf, isOnAxis } from '../../../../../src/features/programme/board/board-axis.rules.js';
import { daysBetween, daysShown } from '../../../../../src/features/programme/board/board-days.rules.js';
import {
  copiedDay,
  mayRevert,
  shifted,
  swapped,
  type BoardSession,
  type Change,
} from '../../../../../src/features/programme/board/board.rules.js';
import { toInstant, toLocal } from '../../../../../src/kernel/zones.js';

const WARSAW = 'Europe/Warsaw';
const at = (local: string, zone = WARSAW) => toInstant(local, zone).instant;

function session(id: string, local: string | null, more: Partial<BoardSession> = {}): BoardSession {
  const startsAt = local === null ? null : at(local);
  return { id, status: 'planned', startsAt, minutes: 60, roomId: 'hall', version: 1, ...more };
}
const starts = (moves: { id: string; place: { start: Date | null } }[]) =>
  moves.map(({ id, place }) => [id, place.start && toLocal(place.start, WARSAW)]);

describe('shifting a day', () => {
  it('takes what begins at the time or later on that day, and nothing that runs, is cancelled or waits', () => {
    const sessions = [
      session('early', '2027-10-12T10:30'),
      session('at', '2027-10-12T11:00'),
      session('later', '2027-10-12T18:00'),
      session('cancelled', '2027-10-12T12:00', { status: 'cancelled' }),
      session('tomorrow', '2027-10-13T12:00'),
      session('tray', null),
    ];
    expect(starts(shifted(sessions, { day: '2027-10-12', from: '11:00', minutes: 15 }, WARSAW))).toEqual([
      ['at', '2027-10-12T11:15'],
      ['later', '2027-10-12T18:15'],
    ]);
    expect(starts(shifted(sessions, { day: '2027-10-12', from: '11:00', minutes: -15 }, WARSAW))).toEqual([
      ['at', '2027-10-12T10:45'],
      ['later', '2027-10-12T17:45'],
    ]);
  });

  it('goes past midnight', () => {
    const moves = shifted(
      [session('late', '2027-10-12T23:30')],
      { day: '2027-10-12', from: '20:00', minutes: 45 },
      WARSAW,
    );
    expect(starts(moves)).toEqual([['late', '2027-10-13T00:15']]);
  });

  it('keeps real minutes in the nights when the clock changes', () => {
    const spring = session('spring', '2027-03-28T01:45');
    const [later] = shifted([spring], { day: '2027-03-28', from: '00:00', minutes: 30 }, WARSAW);
    expect([toLocal(later!.place.start!, WARSAW), later!.place.start!.getTime() - spring.startsAt!.getTime()]).toEqual([
      '2027-03-28T03:15',
      30 * 60_000,
    ]);
    const autumn = session('autumn', '2027-10-31T01:45');
    const [again] = shifted([autumn], { day: '2027-10-31', from: '00:00', minutes: 90 }, WARSAW);
    // 02:00 to 03:00 comes twice that night.
    expect(toLocal(again!.place.start!, WARSAW)).toBe('2027-10-31T02:15');
  });
});

describe('swapping', () => {
  it('gives each the other’s start and room and leaves the lengths', () => {
    const a = session('a', '2027-10-12T10:00', { minutes: 90, roomId: 'hall' });
    const b = session('b', '2027-10-13T15:00', { minutes: 30, roomId: 'r205' });
    expect(swapped(a, b)).toEqual([
      { id: 'a', place: { start: b.startsAt, minutes: 90, roomId: 'r205' } },
      { id: 'b', place: { start: a.startsAt, minutes: 30, roomId: 'hall' } },
    ]);
  });

  it('sends the one to the tray when the other comes out of it', () => {
    const [waiting, planned] = [session('w', null, { roomId: null }), session('p', '2027-10-12T10:00')];
    expect(swapped(waiting, planned).map(({ place }) => place.start)).toEqual([planned.startsAt, null]);
  });
});

describe('copying a day', () => {
  it('keeps the time of the clock, also across the change of the clock', () => {
    const copies = copiedDay(
      [session('a', '2027-10-30T10:00'), session('b', '2027-10-29T10:00'), session('c', null)],
      { day: '2027-10-30', to: '2027-10-31' },
      WARSAW,
    );
    expect(copies).toEqual([
      { source: 'a', place: { start: at('2027-10-31T10:00'), minutes: 60, roomId: 'hall' }, adjusted: false },
    ]);
  });

  it('begins when the clock goes on where the other day skips the hour', () => {
    const [copy] = copiedDay([session('night', '2027-03-27T02:20')], { day: '2027-03-27', to: '2027-03-28' }, WARSAW);
    expect([toLocal(copy!.place.start!, WARSAW), copy!.adjusted]).toEqual(['2027-03-28T03:00', true]);
  });
});

describe('turning back', () => {
  const place = { start: at('2027-10-12T10:00').toISOString(), minutes: 60, roomId: 'hall' };
  const change: Change = { session: 's', from: null, to: place, version: 5 };

  it.each([
    ['the version that the operation left', session('s', '2027-10-12T10:00', { version: 5 }), false, true],
    ['own later steps that came back to it', session('s', '2027-10-12T10:00', { version: 7 }), false, true],
    ['the same place, but others wrote it', session('s', '2027-10-12T10:00', { version: 7 }), true, false],
    ['another place by myself', session('s', '2027-10-12T11:00', { version: 6 }), false, false],
    ['nothing: it is gone', null, false, false],
  ])('meets %s', (_what, found, touchedByOthers, may) => {
    expect(mayRevert(change, place, { session: found, touchedByOthers })).toBe(may);
  });
});

describe('the axis of a day', () => {
  const span = (from: string, to: string) => ({ startsAt: at(from), endsAt: at(to) });
  const ends = ({ from, to }: { from: Date; to: Date }) => [toLocal(from, WARSAW), toLocal(to, WARSAW)];

  it('holds the usual working day, and more where something begins earlier or ends later', () => {
    expect(ends(axisOf('2027-10-12', [], WARSAW))).toEqual(['2027-10-12T09:00', '2027-10-12T19:00']);
    const spans = [span('2027-10-12T07:20', '2027-10-12T08:00'), span('2027-10-12T23:00', '2027-10-13T01:10')];
    expect(ends(axisOf('2027-10-12', spans, WARSAW))).toEqual(['2027-10-12T07:00', '2027-10-13T02:00']);
    expect(ends(axisOf('2027-10-13', spans, WARSAW))).toEqual(['2027-10-13T09:00', '2027-10-13T19:00']);
  });

  it('counts real minutes and says what the clock shows, where it skips an hour and where it shows one twice', () => {
    const spring = axisOf('2027-03-28', [span('2027-03-28T01:00', '2027-03-28T04:00')], WARSAW);
    expect(spring.minutes).toBe(17 * 60);
    expect(spring.ticks.slice(0, 5).map(({ clock }) => clock)).toEqual(['01:00', '01:30', '03:00', '03:30', '04:00']);
    const autumn = axisOf('2027-10-31', [span('2027-10-31T01:00', '2027-10-31T04:00')], WARSAW);
    expect(autumn.minutes).toBe(19 * 60);
    expect(autumn.ticks.slice(2, 7).map(({ clock }) => clock)).toEqual(['02:00', '02:30', '02:00', '02:30', '03:00']);
  });

  it('shows what began on an earlier day as going on, if it lasts into it', () => {
    const axis = axisOf('2027-10-12', [], WARSAW);
    expect(isOnAxis(span('2027-10-12T10:00', '2027-10-12T11:00'), axis, WARSAW)).toBe('begins');
    expect(isOnAxis(span('2027-10-11T10:00', '2027-10-14T18:00'), axis, WARSAW)).toBe('continues');
    expect(isOnAxis(span('2027-10-11T23:00', '2027-10-12T01:00'), axis, WARSAW)).toBe(null);
  });
});

describe('the days of the board', () => {
  const choice = {
    asked: undefined,
    count: 1,
    used: ['2027-10-13'],
    conference: ['2027-10-12', '2027-10-13'],
    today: '2027-01-01',
  };

  it('are those of the conference and those with sessions; the first to come is shown', () => {
    expect(daysShown(choice)).toEqual({ shown: ['2027-10-12'], all: ['2027-10-12', '2027-10-13'] });
    expect(daysShown({ ...choice, today: '2027-10-13' }).shown).toEqual(['2027-10-13']);
    expect(daysShown({ ...choice, today: '2028-01-01' }).shown).toEqual(['2027-10-12']);
  });

  it('hold any day that is asked for, several at once, and today when there is nothing at all', () => {
    expect(daysShown({ ...choice, asked: '2027-10-11', count: 2 }).shown).toEqual(['2027-10-11', '2027-10-12']);
    expect(daysShown({ ...choice, used: [], conference: [] })).toEqual({ shown: ['2027-01-01'], all: ['2027-01-01'] });
    expect(daysBetween('2027-12-31', '2028-01-02')).toEqual(['2027-12-31', '2028-01-01', '2028-01-02']);
  });
});
