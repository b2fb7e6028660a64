import { describe, expect, it } from '@jest/globals';
import {
  checkReady,
  contentKey,
  differences,
  type ReleasedSnapshot,
  type SessionContent,
} from '../../../../src/features/programme/release.rules.js';

const room = { id: 'r1', code: '205', name: { en: 'Room 205' }, venue: { en: 'Library' }, position: 1 };
const content: SessionContent = {
  code: 'abc',
  kind: 'section',
  title: { en: 'Books' },
  abstract: {},
  strand: null,
  room,
  startsAt: '2027-10-12T07:00:00.000Z',
  endsAt: '2027-10-12T08:00:00.000Z',
  zone: 'Europe/Minsk',
  onlineUrl: null,
  languages: ['en'],
  interpretation: [],
  capacity: null,
  status: 'planned',
  restricted: false,
  talks: [],
  people: [],
};
const shown = (changes: Partial<SessionContent> = {}, printed = ''): ReleasedSnapshot => ({
  sessionId: 's',
  content: { ...content, ...changes },
  printed,
});
const between = (before: ReleasedSnapshot[], after: ReleasedSnapshot[]) =>
  differences(before, after).map(({ kind, significant }) => [kind, significant]);

describe('the difference of two releases', () => {
  it.each<[string, Partial<SessionContent>, string, boolean]>([
    ['another start', { startsAt: '2027-10-12T07:30:00.000Z' }, 'moved', true],
    ['another end', { endsAt: '2027-10-12T08:30:00.000Z' }, 'moved', true],
    ['another zone', { zone: 'Europe/Vilnius' }, 'moved', true],
    ['another room', { room: { ...room, id: 'r2' } }, 'moved', true],
    ['no room', { room: null }, 'moved', true],
    ['another join address', { onlineUrl: 'https://example.org/join' }, 'moved', true],
    ['cancelled', { status: 'cancelled' }, 'cancelled', true],
    ['another name of the room', { room: { ...room, name: { en: 'Great Hall' } } }, 'changed', false],
    ['another title [B21]', { title: { en: 'Old books' } }, 'changed', false],
    ['another speaker', { people: [{ personId: 'p', role: 'chair', talkId: null, seat: null }] }, 'changed', false],
  ])('%s', (_name, changes, kind, significant) => {
    expect(between([shown()], [shown(changes)])).toEqual([[kind, significant]]);
  });

  it('is empty for equal content, in whatever order a database gives the keys', () => {
    const reversed = Object.fromEntries(Object.entries(content).reverse()) as unknown as SessionContent;
    expect(contentKey(reversed)).toBe(contentKey(content));
    expect(between([shown()], [{ ...shown(), content: reversed }])).toEqual([]);
  });

  it('sees a name that is printed differently', () => {
    expect(between([shown({}, 'Ada')], [shown({}, 'Ada Lovelace')])).toEqual([['changed', false]]);
  });

  it('knows what came, went and came back', () => {
    expect(between([], [shown()])).toEqual([['added', true]]);
    expect(between([shown()], [])).toEqual([['removed', true]]);
    expect(between([shown({ status: 'cancelled' })], [])).toEqual([['removed', false]]);
    expect(between([shown({ status: 'cancelled' })], [shown()])).toEqual([['added', true]]);
  });

  it('asks nobody about a cancelled session that moves', () => {
    expect(between([shown({ status: 'cancelled' })], [shown({ status: 'cancelled', room: null })])).toEqual([
      ['moved', false],
    ]);
  });
});

describe('publishing', () => {
  const ready = { openErrors: 0, sessions: 2, changes: 1, first: false, becomesFinal: false };
  it.each([
    ['changes', ready, undefined],
    ['nothing new', { ...ready, changes: 0 }, 'error.release.unchanged'],
    ['nothing new, but declared final', { ...ready, changes: 0, becomesFinal: true }, undefined],
    ['an open error', { ...ready, openErrors: 2 }, 'error.release.conflicts'],
    ['a first release without sessions', { ...ready, first: true, sessions: 0, changes: 0 }, 'error.release.empty'],
    ['everything taken out after a release', { ...ready, sessions: 0 }, undefined],
  ])('%s', (_name, input, code) => {
    const publish = () => checkReady(input);
    if (code) expect(publish).toThrow(code);
    else expect(publish).not.toThrow();
  });
});
