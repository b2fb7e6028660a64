import { describe, expect, it } from '@jest/globals';
import { nextRevision, NO_SUBJECT, printOf } from '../../../../src/features/programme/calendar-revision.js';
import { OFF, standsInCalendar, stepFor } from '../../../../src/features/programme/telling.rules.js';

const NOW = new Date('2027-09-01T09:00:00.000Z');
const LATER = new Date('2027-09-01T10:00:00.000Z');

describe('stepFor', () => {
  it('compares what is true now with what left, and with what is held', () => {
    const prints = [null, 'A', 'B', OFF];
    const table = prints.flatMap((sentPrint) =>
      prints.map((heldPrint) => [
        `${sentPrint} ${heldPrint}`,
        ...['A', 'C', OFF].map((print) => stepFor({ sentPrint, heldPrint }, print)),
      ]),
    );
    expect(table).toEqual([
      // told, held       A          C       off
      ['null null', 'tell', 'tell', 'tell'],
      ['null A', 'keep', 'tell', 'discard'],
      ['null B', 'tell', 'tell', 'discard'],
      ['null off', 'tell', 'tell', 'keep'],
      ['A null', 'nothing', 'tell', 'tell'],
      ['A A', 'keep', 'tell', 'tell'],
      ['A B', 'discard', 'tell', 'tell'],
      ['A off', 'discard', 'tell', 'keep'],
      ['B null', 'tell', 'tell', 'tell'],
      ['B A', 'keep', 'tell', 'tell'],
      ['B B', 'tell', 'tell', 'tell'],
      ['B off', 'tell', 'tell', 'keep'],
      ['off null', 'tell', 'tell', 'nothing'],
      ['off A', 'keep', 'tell', 'discard'],
      ['off B', 'tell', 'tell', 'discard'],
      ['off off', 'tell', 'tell', 'keep'],
    ]);
  });

  it('tells anew what stood in a held mail that goes because of something else', () => {
    const steps = [null, 'A', OFF].map((sentPrint) =>
      ['B', OFF].map((heldPrint) => stepFor({ sentPrint, heldPrint }, heldPrint, true)),
    );
    expect(steps).toEqual([
      ['tell', 'discard'],
      ['tell', 'tell'],
      ['tell', 'discard'],
    ]);
  });
});

describe('printOf', () => {
  it('is one for everything that is off, and else follows time and place', () => {
    const on = { status: 'confirmed', significant: 'ten', ownSignificant: '' } as const;
    expect(printOf({ ...on, status: 'cancelled' })).toBe(OFF);
    expect(printOf({ ...on, status: 'cancelled', significant: 'eleven' })).toBe(OFF);
    const prints = [printOf(on), printOf({ ...on, significant: 'eleven' }), printOf({ ...on, ownSignificant: 'ten' })];
    expect(new Set(prints).size).toBe(3);
    expect(prints.map((sentPrint) => standsInCalendar({ sentPrint, heldPrint: null }))).toEqual([true, true, true]);
    expect([OFF, null].map((sentPrint) => standsInCalendar({ sentPrint, heldPrint: null }))).toEqual([false, false]);
  });
});

describe('nextRevision', () => {
  it('lets an object that only a feed knows learn its own part without a new SEQUENCE, once', () => {
    const asked = nextRevision(null, NO_SUBJECT, {}, NOW);
    const told = nextRevision(asked, NO_SUBJECT, { significant: '12 October' }, LATER);
    expect([asked.sequence, told.sequence]).toEqual([0, 0]);
    expect(nextRevision(told, NO_SUBJECT, { significant: '13 October' }, LATER).sequence).toBe(1);
  });
});
