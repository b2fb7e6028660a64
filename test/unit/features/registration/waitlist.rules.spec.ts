import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { planWaitlist, type WaitlistEntry } from '../../../../src/features/registration/waitlist.rules.js';

const NOW = new Date('2027-05-01T09:00:00.000Z');
const HOUR = 3_600_000;
const terms = { hours: 48, lastMoment: null };
const at = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR);

const waiting = (id: string, position: number): WaitlistEntry => ({ id, waitlist: 'waiting', position, offerUntil: null });
const offered = (id: string, position: number, hours: number): WaitlistEntry => ({ id, waitlist: 'offered', position, offerUntil: at(hours) });
const lapsed = (id: string, position: number): WaitlistEntry => ({ id, waitlist: 'lapsed', position, offerUntil: null });

const arbitraryEntries = fc
  .uniqueArray(
    fc.record({
      position: fc.integer({ min: 1, max: 400 }),
      waitlist: fc.constantFrom('waiting' as const, 'offered' as const, 'lapsed' as const),
      hours: fc.integer({ min: -72, max: 72 }),
    }),
    { selector: ({ position }) => position, maxLength: 40 },
  )
  .map((rows) =>
    rows.map(({ position, waitlist, hours }): WaitlistEntry => ({
      id: `r${String(position).padStart(3, '0')}`,
      waitlist,
      position,
      offerUntil: waitlist === 'offered' ? at(hours) : null,
    })),
  );
const arbitraryFree = fc.integer({ min: -5, max: 45 });

describe('planWaitlist', () => {
  it('offers a free place to the first who waits, for the hours of the offer', () => {
    expect(planWaitlist([waiting('b', 2), waiting('a', 1)], 1, NOW, terms)).toEqual({ lapses: [], offers: [{ id: 'a', until: at(48) }] });
  });

  it('passes the place of an ended offer on to the next', () => {
    expect(planWaitlist([offered('a', 1, -1), waiting('b', 2)], 0, NOW, terms)).toEqual({ lapses: ['a'], offers: [{ id: 'b', until: at(48) }] });
  });

  it('ends an offer at its very instant', () => {
    expect(planWaitlist([offered('a', 1, 0)], 0, NOW, terms).lapses).toEqual(['a']);
  });

  it('offers nothing to a lapsed entry that does not wait again', () => {
    expect(planWaitlist([lapsed('a', 1), waiting('b', 2)], 5, NOW, terms).offers.map(({ id }) => id)).toEqual(['b']);
  });

  it('offers nothing when more places are taken than there are', () => {
    expect(planWaitlist([offered('a', 1, -1), waiting('b', 2)], -3, NOW, terms)).toEqual({ lapses: ['a'], offers: [] });
  });

  it('ends offers when the conference begins, and makes none afterwards', () => {
    expect(planWaitlist([waiting('a', 1)], 1, NOW, { hours: 48, lastMoment: at(5) }).offers).toEqual([{ id: 'a', until: at(5) }]);
    expect(planWaitlist([waiting('a', 1)], 1, NOW, { hours: 48, lastMoment: at(0) }).offers).toEqual([]);
  });

  it('never offers more places than there are', () => {
    fc.assert(
      fc.property(arbitraryEntries, arbitraryFree, (entries, free) => {
        const { lapses, offers } = planWaitlist(entries, free, NOW, terms);
        expect(offers.length).toBeLessThanOrEqual(Math.max(0, free + lapses.length));
      }),
    );
  });

  it('leaves no place free while somebody waits', () => {
    fc.assert(
      fc.property(arbitraryEntries, arbitraryFree, (entries, free) => {
        const { lapses, offers } = planWaitlist(entries, free, NOW, terms);
        const left = entries.filter(({ waitlist }) => waitlist === 'waiting').length - offers.length;
        expect(left === 0 || offers.length >= free + lapses.length).toBe(true);
      }),
    );
  });

  it('keeps the order: nobody is passed over by somebody behind', () => {
    fc.assert(
      fc.property(arbitraryEntries, arbitraryFree, (entries, free) => {
        const queue = entries.filter(({ waitlist }) => waitlist === 'waiting').sort((a, b) => a.position - b.position);
        const { offers } = planWaitlist(entries, free, NOW, terms);
        expect(offers.map(({ id }) => id)).toEqual(queue.slice(0, offers.length).map(({ id }) => id));
      }),
    );
  });

  it('does not depend on the order in which the rows were read', () => {
    fc.assert(
      fc.property(arbitraryEntries, arbitraryFree, (entries, free) => {
        const plan = planWaitlist(entries, free, NOW, terms);
        const turned = planWaitlist([...entries].reverse(), free, NOW, terms);
        expect({ lapses: [...turned.lapses].sort(), offers: turned.offers }).toEqual({ lapses: [...plan.lapses].sort(), offers: plan.offers });
      }),
    );
  });

  it('is at rest once carried out', () => {
    fc.assert(
      fc.property(arbitraryEntries, arbitraryFree, (entries, free) => {
        const { lapses, offers } = planWaitlist(entries, free, NOW, terms);
        const until = new Map(offers.map((one) => [one.id, one.until]));
        const after = entries.map((entry): WaitlistEntry => {
          if (lapses.includes(entry.id)) return { ...entry, waitlist: 'lapsed', offerUntil: null };
          const end = until.get(entry.id);
          return end ? { ...entry, waitlist: 'offered', offerUntil: end } : entry;
        });
        expect(planWaitlist(after, free + lapses.length - offers.length, NOW, terms)).toEqual({ lapses: [], offers: [] });
      }),
    );
  });

  it('serves a queue of people who never answer one after the other, each once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 }), (people, places) => {
        let entries = Array.from({ length: people }, (_, i) => waiting(`p${String(i).padStart(2, '0')}`, i + 1));
        const told: string[] = [];
        let free = places;
        for (let step = 0, now = NOW; step <= people; step++, now = new Date(now.getTime() + 49 * HOUR)) {
          const plan = planWaitlist(entries, free, now, terms);
          told.push(...plan.offers.map(({ id }) => id));
          free += plan.lapses.length - plan.offers.length;
          const until = new Map(plan.offers.map((one) => [one.id, one.until]));
          entries = entries.map((entry): WaitlistEntry =>
            plan.lapses.includes(entry.id)
              ? { ...entry, waitlist: 'lapsed', offerUntil: null }
              : until.has(entry.id)
                ? { ...entry, waitlist: 'offered', offerUntil: until.get(entry.id)! }
                : entry,
          );
        }
        expect(told).toEqual(Array.from({ length: people }, (_, i) => `p${String(i).padStart(2, '0')}`));
      }),
    );
  });
});
