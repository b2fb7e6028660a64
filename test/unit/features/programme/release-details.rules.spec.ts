import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { detailsOf } from '../../../../src/features/programme/release-details.rules.js';
import {
  changesBetween,
  comparedSides,
  type ReleasedSnapshot,
  type SessionContent,
} from '../../../../src/features/programme/release.rules.js';
import { contents, releases } from './random-releases.js';

const content: SessionContent = {
  code: 'abc',
  kind: 'section',
  title: { en: 'Books' },
  abstract: {},
  strand: { id: 'st', code: 'a', name: { en: 'History' }, colour: 'teal' },
  room: { id: 'r1', code: '205', name: { en: 'Room 205' }, venue: { en: 'Library' }, position: 1 },
  startsAt: '2027-10-12T07:00:00.000Z',
  endsAt: '2027-10-12T08:00:00.000Z',
  zone: 'Europe/Minsk',
  onlineUrl: null,
  languages: ['en'],
  interpretation: [],
  capacity: null,
  status: 'planned',
  restricted: false,
  talks: [
    { id: 't1', code: 't1', title: { en: 'One' }, abstract: {}, minutes: 20, language: null },
    { id: 't2', code: 't2', title: { en: 'Two' }, abstract: {}, minutes: 20, language: null },
  ],
  people: [
    { personId: 'ada', role: 'chair', talkId: null, seat: null },
    { personId: 'bob', role: 'speaker', talkId: 't1', seat: null },
  ],
};
const [one, two] = content.talks;
const [ada, bob] = content.people;
const details = (changes: Partial<SessionContent>) => detailsOf({ before: content, after: { ...content, ...changes } });

describe('what is different inside a session', () => {
  it.each<[string, Partial<SessionContent>, object[]]>([
    ['a title', { title: { en: 'Old books' } }, [{ part: 'title', from: { en: 'Books' }, to: { en: 'Old books' } }]],
    ['a kind', { kind: 'workshop' }, [{ part: 'kind', from: 'section', to: 'workshop' }]],
    ['no strand', { strand: null }, [{ part: 'strand', from: { en: 'History' }, to: null }]],
    [
      'the name of the venue [CR3]',
      { room: { ...content.room!, venue: { en: 'National Library' } } },
      [
        {
          part: 'room-name',
          from: [{ en: 'Room 205' }, { en: 'Library' }],
          to: [{ en: 'Room 205' }, { en: 'National Library' }],
        },
      ],
    ],
    ['another room, which the place says', { room: { ...content.room!, id: 'r2', name: { en: 'Hall' } } }, []],
    [
      'a talk of another name',
      { talks: [{ ...one!, title: { en: 'First' } }, two!] },
      [{ part: 'talk-title', from: { en: 'One' }, to: { en: 'First' } }],
    ],
    [
      'another talk instead',
      { talks: [one!, { ...two!, id: 't3', title: { en: 'Three' } }] },
      [
        { part: 'talk-added', title: { en: 'Three' } },
        { part: 'talk-removed', title: { en: 'Two' } },
      ],
    ],
    ['talks the other way round', { talks: [two!, one!] }, [{ part: 'other', what: 'order' }]],
    [
      'another chair',
      { people: [{ ...ada!, personId: 'eve' }, bob!] },
      [
        { part: 'joins', personId: 'eve', role: 'chair' },
        { part: 'leaves', personId: 'ada', role: 'chair' },
      ],
    ],
    ['people in another order', { people: [bob!, ada!] }, [{ part: 'other', what: 'seats' }]],
    ['nothing but names in print', {}, [{ part: 'other', what: 'names' }]],
    ['closed', { restricted: true }, [{ part: 'other', what: 'restricted' }]],
  ])('%s', (_name, changes, expected) => expect(details(changes)).toEqual(expected));

  it('is told of every session that counts as changed', () => {
    fc.assert(
      fc.property(contents(), contents(), (before, after) => {
        const sides = [before, after].map((side): ReleasedSnapshot => ({ sessionId: 's', content: side, printed: '' }));
        const [change] = changesBetween([sides[0]!], [sides[1]!]);
        const silent =
          change?.kind === 'changed' && change.after!.status === 'planned' && detailsOf(change).length === 0;
        expect(silent).toBe(false);
      }),
    );
  });
});

describe('the differences of two releases', () => {
  const sorted = (snapshots: readonly { sessionId: string; content: SessionContent }[]) =>
    snapshots.map(({ sessionId, content: one }) => [sessionId, one]).sort();

  it('lead from the one to the other: apply(diff(a, b), a) = b', () => {
    fc.assert(
      fc.property(releases(), releases(), (a, b) => {
        const result = new Map(a.map((snapshot) => [snapshot.sessionId, snapshot.content]));
        for (const { sessionId, before, after } of changesBetween(a, b)) {
          expect(result.get(sessionId) ?? null).toEqual(before);
          if (after) result.set(sessionId, after);
          else result.delete(sessionId);
        }
        expect(sorted([...result].map(([sessionId, one]) => ({ sessionId, content: one })))).toEqual(sorted(b));
      }),
    );
  });

  it('are none between a release and itself, and none is told twice', () => {
    fc.assert(
      fc.property(releases(), releases(), (a, b) => {
        expect(changesBetween(a, a)).toEqual([]);
        const ids = changesBetween(a, b).map(({ sessionId }) => sessionId);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});

describe('the two sides of a comparison', () => {
  it.each([
    [{}, { from: 3, to: 'draft' }],
    [{ from: '1' }, { from: 3, to: 'draft' }],
    [
      { from: '1', to: 'draft' },
      { from: 1, to: 'draft' },
    ],
    [
      { from: '3', to: '1' },
      { from: 1, to: 3 },
    ],
    [
      { from: '0', to: '2' },
      { from: 0, to: 2 },
    ],
    [
      { from: '2', to: '2' },
      { from: 3, to: 'draft' },
    ],
    [
      { from: '2', to: '4' },
      { from: 3, to: 'draft' },
    ],
    [
      { from: ['1'], to: { a: '2' } },
      { from: 3, to: 'draft' },
    ],
    [
      { from: '9', to: 'draft' },
      { from: 3, to: 'draft' },
    ],
  ])('of three releases, asked %j', (query, expected) => expect(comparedSides(query, 3)).toEqual(expected));
});
