import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  DIGEST_FROM,
  isToday,
  mailsOf,
  mayShare,
  type Carriage,
} from '../../../../src/features/invitations/news.rules.js';

const PLAIN = {
  personId: 'ada',
  answerable: true,
  asked: false,
  withdrawn: false,
  meeting: false,
  urgent: false,
} as const;

const some = fc.record({
  personId: fc.constantFrom('ada', 'bela', 'cyril'),
  answerable: fc.boolean(),
  asked: fc.boolean(),
  withdrawn: fc.boolean(),
  meeting: fc.boolean(),
  urgent: fc.boolean(),
});

describe('what may share a mail', () => {
  it('asks nobody, withdraws nothing, is no meeting of its own and does not change today [CM1]', () => {
    expect(mayShare(PLAIN)).toBe(true);
    for (const part of ['asked', 'withdrawn', 'meeting', 'urgent'] as const)
      expect([part, mayShare({ ...PLAIN, [part]: true })]).toEqual([part, false]);
  });

  it('is everything but today’s at an address that no calendar program can answer from', () => {
    const odd = { ...PLAIN, answerable: false, asked: true, withdrawn: true, meeting: true };
    expect([mayShare(odd), mayShare({ ...odd, urgent: true })]).toEqual([true, false]);
  });
});

describe('the mails of a release', () => {
  it('are one each for two changes, and one for three', () => {
    const news = (count: number) => Array.from({ length: count }, (_, n) => ({ ...PLAIN, n }));
    const sizes = [1, 2, 3, 7].map((count) => mailsOf(news(count)).map((mail) => mail.length));
    expect(sizes).toEqual([[1], [1, 1], [3], [7]]);
  });

  it('hold all news once, never of two people, and several only where each may share [CM2]', () => {
    fc.assert(
      fc.property(fc.array(some, { maxLength: 20 }), (drawn) => {
        const news: readonly (Carriage & { n: number })[] = drawn.map((one, n) => ({ ...one, n }));
        const mails = mailsOf(news);
        expect(
          mails
            .flat()
            .map(({ n }) => n)
            .sort((a, b) => a - b),
        ).toEqual(news.map(({ n }) => n));
        for (const mail of mails) {
          expect(new Set(mail.map(({ personId }) => personId)).size).toBe(1);
          expect(mail.length === 1 || (mail.length >= DIGEST_FROM && mail.every(mayShare))).toBe(true);
        }
        // Nobody has two digests, nor one and something beside it that could stand in it.
        for (const [mail] of mails.filter(({ length }) => length > 1))
          expect(mails.filter(([one]) => one!.personId === mail!.personId && mayShare(one!))).toHaveLength(1);
      }),
    );
  });
});

describe('a change of today', () => {
  it('was or will be today on the programme’s clock', () => {
    const now = new Date('2027-10-12T22:30:00.000Z');
    const side = (startsAt: string) => ({ startsAt, zone: 'Europe/Minsk' });
    const today = side('2027-10-13T07:00:00.000Z');
    const yesterday = side('2027-10-12T07:00:00.000Z');
    expect([
      isToday({ before: today, after: null }, now),
      isToday({ before: yesterday, after: today }, now),
      isToday({ before: yesterday, after: yesterday }, now),
      isToday({ before: null, after: null }, now),
    ]).toEqual([true, true, false, false]);
  });
});
