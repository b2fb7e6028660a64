import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mealCounts } from '../../../../src/features/visits/logistics/catering.rules.js';
import { unequalGifts, withoutGift, type ValuedGift } from '../../../../src/features/visits/logistics/gift.rules.js';
import {
  instantsOf,
  legFindings,
  legRevision,
  withoutJourney,
  type CheckedLeg,
} from '../../../../src/features/visits/logistics/leg.rules.js';
import { mustBeRegistered, nights, roomCounts } from '../../../../src/features/visits/logistics/lodging.rules.js';

const refusal = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    const [{ field, code }] = (error as { problems: { field: string; code: string }[] }).problems as [
      { field: string; code: string },
    ];
    return [field, code];
  }
};

describe('[CR3] the revision of a journey in the calendar of its driver', () => {
  const leg = {
    departsAt: '2027-03-01T06:00',
    departsZone: 'Asia/Yerevan',
    arrivesAt: '2027-03-01T08:00',
    arrivesZone: 'Europe/Minsk',
    fromPlace: 'Yerevan',
    toPlace: 'Minsk',
    terminal: null,
    carId: 'car',
    status: 'planned',
  } as const;
  const now = new Date('2027-02-01T10:00:00Z');
  const first = { ...leg, ...legRevision(null, leg, now) };

  it('grows with time, place, car and whether it takes place, not with what is tapped on the way', () => {
    expect(first.sequence).toBe(0);
    const after = (change: object) => legRevision(first, { ...leg, ...change }, now).sequence;
    for (const change of [
      { arrivesAt: '2027-03-01T09:00' },
      { toPlace: 'Brest' },
      { carId: null },
      { status: 'cancelled' },
    ])
      expect([change, after(change)]).toEqual([change, 1]);
    for (const change of [{}, { status: 'landed' }, { status: 'met' }])
      expect([change, after(change)]).toEqual([change, 0]);
  });

  it('[CR6] gets a later stamp with every change, also where the clock ran back', () => {
    const earlier = new Date('2027-01-01T00:00:00Z');
    expect(legRevision(first, leg, earlier).revisedAt).toEqual(new Date('2027-02-01T10:00:01Z'));
  });
});

describe('a journey', () => {
  const flight = {
    departsAt: '2027-03-01T23:40',
    departsZone: 'Asia/Yerevan',
    arrivesAt: '2027-03-02T01:55',
    arrivesZone: 'Europe/Minsk',
  };

  it('is read on the clocks of both places', () => {
    const { departs, arrives } = instantsOf(flight);
    expect([departs.toISOString(), arrives.toISOString()]).toEqual([
      '2027-03-01T19:40:00.000Z',
      '2027-03-01T22:55:00.000Z',
    ]);
  });

  it.each([
    [
      'ends before it begins, though its clock is later',
      { arrivesAt: '2027-03-01T22:30' },
      ['arrivesAt', 'error.visit.leg.arrivesBefore'],
    ],
    [
      'begins at a time that the clock skips',
      { departsAt: '2027-03-28T02:30', departsZone: 'Europe/Berlin' },
      ['departsAt', 'error.visit.leg.noSuchTime'],
    ],
  ])('is refused when it %s', (_, change, expected) => {
    expect(refusal(() => instantsOf({ ...flight, arrivesAt: '2027-03-28T23:00', ...change }))).toEqual(expected);
  });

  it('westwards over the date line arrives the day before it left', () => {
    const { departs, arrives } = instantsOf({
      departsAt: '2027-06-02T01:00',
      departsZone: 'Pacific/Auckland',
      arrivesAt: '2027-06-01T15:00',
      arrivesZone: 'Pacific/Honolulu',
    });
    expect((arrives.getTime() - departs.getTime()) / 3_600_000).toBe(12);
  });

  const stay = { startsOn: '2027-03-01', endsOn: '2027-03-04', zone: 'Europe/Minsk' };
  const met: CheckedLeg = {
    ...flight,
    departsAt: '2027-03-01T08:00',
    arrivesAt: '2027-03-01T10:15',
    direction: 'arrival',
    mode: 'flight',
    status: 'planned',
    greeter: 'Марына Крот',
    luggage: 3,
    passengers: 3,
    car: { plate: '1234 AB-7', seats: 4, luggage: 4 },
  };

  it.each<[string, Partial<CheckedLeg>, string[]]>([
    ['with everything', {}, []],
    ['of nobody', { passengers: 0 }, ['nobody']],
    ['without a greeter', { greeter: null }, ['no_greeter']],
    ['by their own car without a greeter', { greeter: null, mode: 'car', car: null }, []],
    ['without a car', { car: null }, ['no_car']],
    ['with more people than seats', { passengers: 5 }, ['car_full']],
    ['with more luggage than the car holds', { luggage: 5 }, ['luggage']],
    [
      'with luggage in a car that says nothing of it',
      { luggage: 50, car: { plate: 'x', seats: 4, luggage: null } },
      [],
    ],
    ['with a car whose plate nobody knows', { car: { plate: null, seats: 4, luggage: 4 } }, ['no_plate']],
    ['soon after midnight', { departsAt: '2027-02-28T23:40', arrivesAt: '2027-03-01T01:55' }, ['night']],
    ['after the first day', { departsAt: '2027-03-02T08:00', arrivesAt: '2027-03-02T10:15' }, ['outside']],
    ['on the day before', { departsAt: '2027-02-28T18:00', arrivesAt: '2027-02-28T20:15' }, ['uncovered']],
    ['that was called off, whatever it lacks', { status: 'cancelled', passengers: 0, car: null }, []],
    [
      'away before the last day',
      {
        direction: 'departure',
        departsAt: '2027-03-03T08:00',
        departsZone: 'Europe/Minsk',
        arrivesAt: '2027-03-03T13:00',
        arrivesZone: 'Asia/Yerevan',
      },
      ['outside'],
    ],
  ])('%s: finds %p', (_, change, expected) => {
    expect(legFindings({ ...met, ...change }, stay)).toEqual(expected);
  });

  it('is missing for those who come in person and have none that takes place', () => {
    const members = [
      { id: 'a', inPerson: true },
      { id: 'b', inPerson: true },
      { id: 'online', inPerson: false },
    ];
    const legs = [
      { direction: 'arrival' as const, status: 'planned' as const, memberIds: ['a', 'b'] },
      { direction: 'departure' as const, status: 'cancelled' as const, memberIds: ['a'] },
      { direction: 'departure' as const, status: 'planned' as const, memberIds: ['b'] },
    ];
    expect(withoutJourney(members, legs)).toEqual({ arrival: [], departure: ['a'] });
  });
});

describe('a hotel', () => {
  it('counts nights between days, and refuses a stay that ends before the next day', () => {
    expect([nights('2027-02-27', '2027-03-02'), nights('2028-02-28', '2028-03-01')]).toEqual([3, 2]);
    expect(refusal(() => nights('2027-03-02', '2027-03-02'))).toEqual(['until', 'error.visit.lodging.until']);
  });

  it('reminds of the register for foreigners, and those whose citizenship is not known, beyond ten days', () => {
    const ask = (citizenship: string | null, until: string) => mustBeRegistered(citizenship, '2027-03-01', until);
    expect([
      ask('AM', '2027-03-10'),
      ask('AM', '2027-03-11'),
      ask(null, '2027-03-11'),
      ask('BY', '2027-05-01'),
    ]).toEqual([false, true, true, false]);
  });

  it('orders rooms per hotel and kind; two who share one room order one', () => {
    const lodger = {
      hotel: 'Hotel A',
      roomType: 'single' as const,
      from: '2027-03-01',
      until: '2027-03-04',
      sharedWith: null,
    };
    expect(
      roomCounts([
        { ...lodger, memberId: 'a' },
        { ...lodger, memberId: 'b', roomType: 'twin', sharedWith: 'c' },
        { ...lodger, memberId: 'c', roomType: 'twin', sharedWith: 'b' },
        { ...lodger, memberId: 'd' },
        { ...lodger, memberId: 'e', hotel: 'Hotel B' },
      ]),
    ).toEqual([
      { hotel: 'Hotel A', roomType: 'single', rooms: 2, nights: 6 },
      { hotel: 'Hotel A', roomType: 'twin', rooms: 1, nights: 3 },
      { hotel: 'Hotel B', roomType: 'single', rooms: 1, nights: 3 },
    ]);
  });
});

describe('a meal', () => {
  const eater = (personId: string, diet: string | null = null, allergy: string | null = null) => ({
    personId,
    diet,
    allergy,
  });

  it('counts heads and diets, never whose they are', () => {
    expect(
      mealCounts([
        eater('a', 'vegetarian'),
        eater('b', ' Vegetarian '),
        eater('c', 'халяль'),
        eater('d', null, 'nuts'),
        eater('d', null, 'nuts'),
        eater('e', '  '),
      ]),
    ).toEqual({
      heads: 5,
      diets: [
        { diet: 'vegetarian', count: 2 },
        { diet: 'халяль', count: 1 },
      ],
      allergies: 1,
    });
  });

  it('never counts more diets than heads, and holds no id', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ personId: fc.uuid(), diet: fc.option(fc.string()), allergy: fc.option(fc.string()) })),
        (eaters) => {
          const counts = mealCounts(eaters);
          expect(counts.diets.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(counts.heads);
          const shown = JSON.stringify(counts);
          for (const { personId } of eaters) expect(shown.includes(personId)).toBe(false);
        },
      ),
    );
  });
});

describe('gifts', () => {
  const gift = (id: string, rank: number | null, value: number | null, more: Partial<ValuedGift> = {}): ValuedGift => ({
    id,
    way: 'given',
    rank,
    value,
    currency: 'BYN',
    ...more,
  });

  it('of one rank and not one value are named; received ones, unknown values and other currencies are not compared', () => {
    expect(
      unequalGifts([
        gift('a', 2, 100),
        gift('b', 2, 120),
        gift('c', 3, 50),
        gift('d', 3, 50),
        gift('e', 2, 999, { way: 'received' }),
        gift('f', 3, null),
        gift('g', 3, 70, { currency: 'EUR' }),
        gift('h', null, 5),
      ]),
    ).toEqual(['a', 'b']);
  });

  it('are missing for members of these ranks', () => {
    const members = [
      { id: 'a', level: 1 },
      { id: 'b', level: 3 },
      { id: 'c', level: 5 },
      { id: 'd', level: null },
    ];
    expect(
      withoutGift(
        members,
        [
          { way: 'given', memberId: 'a' },
          { way: 'received', memberId: 'b' },
        ],
        3,
      ),
    ).toEqual(['b']);
  });
});
