import { describe, expect, it } from '@jest/globals';
import {
  attendedState,
  nextEntries,
  whoAttends,
  type AttendedEntry,
  type AttendedNow,
} from '../../../../src/features/visits/attended/attended.rules.js';

interface Content {
  readonly time: string;
  readonly text: string;
  readonly off?: boolean;
}

const KEYS = {
  same: (a: Content, b: Content) => JSON.stringify(a) === JSON.stringify(b),
  significant: ({ time, off }: Content) => `${time} ${off}`,
  cancelled: ({ off }: Content) => off === true,
};
const AT = new Date('2027-03-01T10:00:00.500Z');
const LATER = new Date('2027-03-02T10:00:00.000Z');
const now = (content: Content): Map<string, AttendedNow<Content>> =>
  new Map([['s', { content, conference: { en: 'Congress' } }]]);
const first = nextEntries({}, now({ time: '10:00', text: 'Plenary' }), AT, KEYS);
const told = (entries: Record<string, AttendedEntry<Content>>) => {
  const { calendar, gone } = entries['s']!;
  return [calendar.sequence, calendar.stamp.slice(0, 19), calendar.cancelledAt?.slice(0, 10) ?? null, gone];
};

describe('who attends', () => {
  const members = [
    { id: 'a', inPerson: true },
    { id: 'b', inPerson: false },
    { id: 'c', inPerson: true },
  ];
  it('is everybody who comes in person, or those of them who were chosen', () => {
    expect(whoAttends(members, null).map(({ id }) => id)).toEqual(['a', 'c']);
    expect(whoAttends(members, ['b', 'c']).map(({ id }) => id)).toEqual(['c']);
  });
});

describe('how an attended session stands', () => {
  const at = (hour: string, more = {}) => ({
    startsAt: new Date(`2027-03-01T${hour}:00Z`),
    endsAt: new Date(`2027-03-01T${hour}:30Z`),
    roomId: 'r',
    status: 'planned',
    ...more,
  });
  it.each([
    ['settled', at('10'), at('10')],
    ['moving', at('11'), at('10')],
    ['moving', at('10', { roomId: 'other' }), at('10')],
    ['unpublished', at('10'), null],
    ['untimed', { startsAt: null, endsAt: null, roomId: null, status: 'planned' }, at('10')],
    ['off', at('10', { status: 'cancelled' }), at('10')],
    ['off', at('10', { status: 'removed' }), at('10')],
    ['off', at('10'), at('10', { status: 'cancelled' })],
    ['off', null, null],
  ] as const)('is %s', (state, draft, published) => {
    expect(attendedState(draft, published)).toBe(state);
  });
});

describe('[CR3] the calendar entry of an attended session', () => {
  it('begins at SEQUENCE 0 with whole seconds, and stays to the letter while nothing is different', () => {
    expect(told(first)).toEqual([0, '2027-03-01T10:00:00', null, false]);
    expect(nextEntries(first, now({ time: '10:00', text: 'Plenary' }), LATER, KEYS)).toEqual(first);
  });

  it('grows when it moves, and only gets a later stamp when it says something else', () => {
    expect(told(nextEntries(first, now({ time: '11:00', text: 'Plenary' }), LATER, KEYS)).slice(0, 2)).toEqual([
      1,
      '2027-03-02T10:00:00',
    ]);
    expect(told(nextEntries(first, now({ time: '10:00', text: 'Opening' }), LATER, KEYS)).slice(0, 2)).toEqual([
      0,
      '2027-03-02T10:00:00',
    ]);
  });

  it('gets a later stamp also where the clock ran back', () => {
    const back = nextEntries(first, now({ time: '11:00', text: 'Plenary' }), new Date('2027-02-01T00:00:00Z'), KEYS);
    expect(told(back)[1]).toBe('2027-03-01T10:00:01');
  });

  it('is off when the conference cancels it, when nobody attends it any more, and comes back with a higher SEQUENCE', () => {
    const off = nextEntries(first, now({ time: '10:00', text: 'Plenary', off: true }), LATER, KEYS);
    expect(told(off)).toEqual([1, '2027-03-02T10:00:00', '2027-03-02', false]);
    const gone = nextEntries(first, new Map(), LATER, KEYS);
    expect(told(gone)).toEqual([1, '2027-03-02T10:00:00', '2027-03-02', true]);
    expect(nextEntries(gone, new Map(), new Date('2027-03-03T00:00:00Z'), KEYS)).toEqual(gone);
    const again = nextEntries(gone, now({ time: '10:00', text: 'Plenary' }), new Date('2027-03-04T00:00:00Z'), KEYS);
    expect(told(again)).toEqual([2, '2027-03-04T00:00:00', null, false]);
  });
});
