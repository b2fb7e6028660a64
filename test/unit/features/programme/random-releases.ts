import fc from 'fast-check';
import type { Localized } from '../../../../src/kernel/locale.js';
import type { ReleasedSnapshot, SessionContent } from '../../../../src/features/programme/release.rules.js';

/** Few values, so that two random releases have much in common. */
const title = (): fc.Arbitrary<Localized> =>
  fc.constantFrom<Localized[]>({}, { en: 'Books' }, { be: 'Кнігі', en: 'Books' }, { ru: 'Книги' });
const role = () => fc.constantFrom('chair', 'speaker', 'panelist', 'interpreter');
const start = () => fc.constantFrom('2027-10-12T07:00:00.000Z', '2027-10-12T09:30:00.000Z', '2027-10-13T07:00:00.000Z');

const talks = (): fc.Arbitrary<SessionContent['talks']> =>
  fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('t1', 't2', 't3'),
      code: fc.constant('t'),
      title: title(),
      abstract: title(),
      minutes: fc.constantFrom(null, 20),
      language: fc.constantFrom(null, 'be'),
    }),
    { maxLength: 3, selector: ({ id }) => id },
  );

const people = (): fc.Arbitrary<SessionContent['people']> =>
  fc.uniqueArray(
    fc.record({
      personId: fc.constantFrom('ada', 'bob', 'eve'),
      role: role(),
      talkId: fc.constantFrom(null, 't1'),
      seat: fc.constantFrom(null, 1, 2),
    }),
    { maxLength: 4, selector: (one) => [one.personId, one.role, one.talkId].join(' ') },
  ) as fc.Arbitrary<SessionContent['people']>;

/** What a release may say of a session. */
export function contents(): fc.Arbitrary<SessionContent> {
  return fc
    .record({
      kind: fc.constantFrom('section', 'break'),
      title: title(),
      abstract: title(),
      strand: fc.option(
        fc.record({
          id: fc.constantFrom('st1', 'st2'),
          code: fc.constantFrom('a', 'b'),
          name: title(),
          colour: fc.constantFrom('teal', 'seagreen'),
        }),
      ),
      room: fc.option(
        fc.record({
          id: fc.constantFrom('r1', 'r2'),
          code: fc.constant('205'),
          name: title(),
          venue: title(),
          position: fc.constantFrom(1, 2),
        }),
      ),
      startsAt: start(),
      zone: fc.constantFrom('Europe/Minsk', 'Europe/Warsaw'),
      onlineUrl: fc.constantFrom(null, 'https://example.org/join'),
      languages: fc.subarray(['be', 'en']),
      interpretation: fc.subarray(['ru']),
      capacity: fc.constantFrom(null, 20),
      status: fc.constantFrom('planned', 'cancelled'),
      restricted: fc.boolean(),
      talks: talks(),
      people: people(),
    })
    .map((content): SessionContent => ({
      ...(content as Omit<SessionContent, 'code' | 'endsAt'>),
      code: 'abc',
      endsAt: new Date(Date.parse(content.startsAt) + 3_600_000).toISOString(),
    }));
}

/** A release of up to six sessions out of the same six. */
export function releases(): fc.Arbitrary<ReleasedSnapshot[]> {
  return fc.uniqueArray(
    fc.record({
      sessionId: fc.constantFrom('s1', 's2', 's3', 's4', 's5', 's6'),
      content: contents(),
      printed: fc.constant(''),
    }),
    { maxLength: 6, selector: ({ sessionId }) => sessionId },
  );
}
