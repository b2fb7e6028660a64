import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { peopleConcerned } from '../../../../src/features/programme/release-people.rules.js';
import {
  changesBetween,
  type ReleasedSnapshot,
  type SessionContent,
} from '../../../../src/features/programme/release.rules.js';
import { releases } from './random-releases.js';

const content: SessionContent = {
  code: 'abc',
  kind: 'section',
  title: { en: 'Books' },
  abstract: {},
  strand: null,
  room: null,
  startsAt: '2027-10-12T07:00:00.000Z',
  endsAt: '2027-10-12T08:00:00.000Z',
  zone: 'Europe/Minsk',
  onlineUrl: null,
  languages: [],
  interpretation: [],
  capacity: null,
  status: 'planned',
  restricted: false,
  talks: [{ id: 't1', code: 't1', title: { en: 'One' }, abstract: {}, minutes: 20, language: null }],
  people: [
    { personId: 'ada', role: 'chair', talkId: null, seat: null },
    { personId: 'bob', role: 'speaker', talkId: 't1', seat: null },
  ],
};
const shown = (changes: Partial<SessionContent> = {}): ReleasedSnapshot => ({
  sessionId: 's',
  content: { ...content, ...changes },
  printed: '',
});
const told = (before: ReleasedSnapshot[], after: ReleasedSnapshot[]) =>
  Object.fromEntries(
    peopleConcerned(changesBetween(before, after)).map(({ personId, news }) => [
      personId,
      news.map(({ kind }) => kind),
    ]),
  );
const [ada, bob] = content.people;
const room = { id: 'r1', code: '205', name: { en: 'Room 205' }, venue: { en: 'Library' }, position: 1 };

describe('the differences by person', () => {
  it.each<[string, ReleasedSnapshot[], ReleasedSnapshot[], Record<string, string[]>]>([
    ['a new session', [], [shown()], { ada: ['joins'], bob: ['joins'] }],
    ['a session that is gone', [shown()], [], { ada: ['cancelled'], bob: ['cancelled'] }],
    ['another time', [shown()], [shown({ startsAt: '2027-10-12T07:30:00.000Z' })], { ada: ['moved'], bob: ['moved'] }],
    ['cancelled', [shown()], [shown({ status: 'cancelled' })], { ada: ['cancelled'], bob: ['cancelled'] }],
    ['after all', [shown({ status: 'cancelled' })], [shown()], { ada: ['again'], bob: ['again'] }],
    [
      'another chair, in another room',
      [shown()],
      [shown({ onlineUrl: 'https://example.org/', people: [{ ...ada!, personId: 'eve' }, bob!] })],
      { ada: ['leaves'], bob: ['moved'], eve: ['joins'] },
    ],
    ['another part', [shown()], [shown({ people: [{ ...ada!, role: 'moderator' }, bob!] })], { ada: ['role'] }],
    [
      'another name of the talk, which is news to its speaker only',
      [shown()],
      [shown({ talks: [{ ...content.talks[0]!, title: { en: 'First' } }] })],
      { bob: ['retitled'] },
    ],
    ['another name of the session', [shown()], [shown({ title: {} })], { ada: ['retitled'], bob: ['retitled'] }],
    [
      'another name of the room [CR3]',
      [shown({ room })],
      [shown({ room: { ...room, name: { en: 'Assembly Hall' } } })],
      { ada: ['place'], bob: ['place'] },
    ],
    ['another description, which is news to nobody', [shown()], [shown({ abstract: { en: 'More' } })], {}],
    ['what was off and is gone', [shown({ status: 'cancelled' })], [], {}],
  ])('%s', (_name, before, after, expected) => expect(told(before, after)).toEqual(expected));

  it('say of the talk how it was called, and of a part which it was', () => {
    const [change] = peopleConcerned(
      changesBetween([shown()], [shown({ talks: [{ ...content.talks[0]!, title: { en: 'First' } }] })]),
    );
    expect(change!.news[0]!.titles).toEqual({ from: { en: 'One' }, to: { en: 'First' } });
    const [other] = peopleConcerned(
      changesBetween([shown()], [shown({ people: [{ ...ada!, role: 'moderator' }, bob!] })]),
    );
    expect([other!.news[0]!.had, other!.news[0]!.places].map((places) => places.map(({ role }) => role))).toEqual([
      ['chair'],
      ['moderator'],
    ]);
  });

  it('name everybody who comes or goes, and nobody who stands in no changed session', () => {
    fc.assert(
      fc.property(releases(), releases(), (a, b) => {
        const changes = changesBetween(a, b);
        const named = new Set(peopleConcerned(changes).map(({ personId }) => personId));
        const active = (side: SessionContent | null): Set<string> =>
          new Set(side?.status === 'planned' ? side.people.map(({ personId }) => personId) : []);
        for (const { before, after } of changes)
          for (const [these, others] of [
            [active(before), active(after)],
            [active(after), active(before)],
          ] as const)
            for (const id of these) if (!others.has(id)) expect(named).toContain(id);
        const standing = changes.flatMap(({ before, after }) => [...active(before), ...active(after)]);
        expect([...named].filter((id) => !standing.includes(id))).toEqual([]);
      }),
    );
  });
});
