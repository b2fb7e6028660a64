import { describe, expect, it } from '@jest/globals';
import { nowAndNext } from '../../../../src/features/conferences/now-next.rules.js';
import type { ViewedSession } from '../../../../src/features/conferences/programme-view.rules.js';

const room = (code: string) => ({ code, name: { en: code }, position: 1 });

function session(
  code: string,
  day: string,
  from: string,
  to: string,
  changes: Partial<ViewedSession> = {},
): ViewedSession {
  return {
    code,
    day,
    startsAt: new Date(`${day}T${from}:00Z`),
    endsAt: new Date(`${day}T${to}:00Z`),
    status: 'planned',
    strand: null,
    room: room('hall'),
    languages: [],
    ...changes,
  };
}

const programme = [
  session('opening', '2027-02-09', '09:00', '10:00'),
  session('plenary', '2027-02-09', '10:00', '11:30'),
  session('workshop', '2027-02-09', '10:30', '12:00', { room: room('205') }),
  session('dropped', '2027-02-09', '09:30', '10:30', { status: 'cancelled' }),
  session('second day', '2027-02-10', '09:00', '10:00'),
  session('beside it', '2027-02-10', '09:00', '10:00', { room: room('205') }),
  session('later', '2027-02-10', '11:00', '12:00'),
];
const codes = (list: readonly ViewedSession[]) => list.map(({ code }) => code);
const at = (moment: string) => {
  const { now, next } = nowAndNext(programme, new Date(`${moment}:00Z`), moment.slice(0, 10));
  return { now: codes(now), next: codes(next) };
};

describe('now and next', () => {
  it('shows what runs, and per room what follows today, without what is cancelled', () => {
    expect(at('2027-02-09T09:30')).toEqual({ now: ['opening'], next: ['plenary', 'workshop'] });
  });

  it('ends a session at its end and begins the next at its start', () => {
    expect(at('2027-02-09T10:00')).toEqual({ now: ['plenary'], next: ['workshop'] });
  });

  it('shows what the next day begins with when nothing follows today', () => {
    expect(at('2027-02-09T10:45')).toEqual({ now: ['plenary', 'workshop'], next: ['second day', 'beside it'] });
    expect(at('2027-02-09T20:00')).toEqual({ now: [], next: ['second day', 'beside it'] });
  });

  it('is empty after the end', () => {
    expect(at('2027-02-11T09:00')).toEqual({ now: [], next: [] });
  });
});
