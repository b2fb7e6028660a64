import { describe, expect, it } from '@jest/globals';
import { newsForListeners, type HeardSession } from '../../../../src/features/registration/listener.rules.js';

const session = (changes: Partial<HeardSession> = {}): HeardSession => ({
  startsAt: '2027-10-12T07:00:00.000Z',
  zone: 'Europe/Minsk',
  status: 'planned',
  restricted: false,
  ...changes,
});
const MONTHS_BEFORE = new Date('2027-06-01T09:00:00Z');
const ON_THE_DAY = new Date('2027-10-11T22:30:00Z'); // half past one at night in Minsk
const DAY_BEFORE = new Date('2027-10-11T20:30:00Z');
const moved = { before: session(), after: session({ startsAt: '2027-10-12T09:00:00.000Z' }), significant: true };

describe('what is written to listeners of a session', () => {
  it.each<[string, Parameters<typeof newsForListeners>[0], Date, string | null]>([
    ['another time, months before: they see it', moved, MONTHS_BEFORE, null],
    ['another time, the evening before: they see it', moved, DAY_BEFORE, null],
    ['another time on the day itself, by the clock of the programme', moved, ON_THE_DAY, 'moved'],
    [
      'from tomorrow to today',
      { before: session({ startsAt: '2027-10-13T07:00:00.000Z' }), after: session(), significant: true },
      ON_THE_DAY,
      'moved',
    ],
    ['another title on the day itself', { before: session(), after: session(), significant: false }, ON_THE_DAY, null],
    [
      'cancelled, whenever',
      { before: session(), after: session({ status: 'cancelled' }), significant: true },
      MONTHS_BEFORE,
      'cancelled',
    ],
    ['taken out', { before: session(), after: null, significant: true }, MONTHS_BEFORE, 'cancelled'],
    [
      'not for everybody any more',
      { before: session(), after: session({ restricted: true }), significant: false },
      MONTHS_BEFORE,
      'cancelled',
    ],
    ['new', { before: null, after: session(), significant: true }, ON_THE_DAY, null],
    [
      'off before, and gone now',
      { before: session({ status: 'cancelled' }), after: null, significant: false },
      ON_THE_DAY,
      null,
    ],
  ])('%s', (_what, change, now, expected) => expect(newsForListeners(change, now)).toBe(expected));
});
