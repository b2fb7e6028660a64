import { describe, expect, it } from '@jest/globals';
import { NO_SURROUNDINGS, type Surroundings } from '../../../../src/features/visits/stay/stay.rules.js';
import { changeFor, concernedBy, isTold } from '../../../../src/features/visits/stay/stay-told.rules.js';

const content = (...people: readonly [string, string][]) => ({
  people: people.map(([personId, role]) => ({ personId, role })),
});
const beside = (more: Partial<Surroundings> = {}): Surroundings => ({ ...NO_SURROUNDINGS, ...more });
const change = (more: Partial<Parameters<typeof changeFor>[0]> = {}) => ({
  before: content(['guest', 'guest'], ['host', 'host'], ['tongue', 'interpreter']),
  after: content(['guest', 'guest'], ['host', 'host'], ['tongue', 'interpreter']),
  parts: ['internalNote', 'guestNote'] as const,
  was: beside(),
  is: beside(),
  ...more,
});

describe('who is concerned by changes', () => {
  it('is in a session that is different, before or now, with every role they have in them', () => {
    const one = change({ before: content(['a', 'host']), after: content(['b', 'host'], ['a', 'counterpart']) });
    const all = concernedBy([one, change({ before: null, after: content(['b', 'guest']) })]);
    expect([...all.keys()].toSorted()).toEqual(['a', 'b']);
    expect([...all.get('a')!.roles].toSorted()).toEqual(['counterpart', 'host']);
    expect(all.get('b')!.changes).toHaveLength(2);
  });
});

describe('a change as it is to one person', () => {
  it('is nothing to somebody who is in the session on neither side', () => {
    expect(changeFor(change(), 'stranger')).toBeNull();
  });

  it('holds internal notes for a host, and only what guests read for a guest or an interpreter', () => {
    expect(changeFor(change(), 'host')?.parts).toEqual(['internalNote', 'guestNote']);
    for (const id of ['guest', 'tongue']) expect([id, changeFor(change(), id)?.parts]).toEqual([id, ['guestNote']]);
  });

  it('is a new session to who joins it and none any more to who leaves', () => {
    const moved = change({ before: content(['old', 'host']), after: content(['new', 'host']) });
    expect(changeFor(moved, 'new')).toMatchObject({ before: null, parts: [] });
    expect(changeFor(moved, 'old')).toMatchObject({ after: null });
  });

  it('is nothing to a guest where guests see the session on neither side, and something to its host', () => {
    const hidden = change({ was: beside({ shownToGuests: false }), is: beside({ shownToGuests: false }) });
    expect(changeFor(hidden, 'guest')).toBeNull();
    expect(changeFor(hidden, 'host')).not.toBeNull();
  });

  it('is gone for a guest when it is not shown to guests any more', () => {
    const hidden = change({ is: beside({ shownToGuests: false }) });
    expect(changeFor(hidden, 'guest')).toMatchObject({ after: null });
  });
});

describe('a detail', () => {
  it('is told where people must know it, and not where only a list looks different', () => {
    expect([isTold({ part: 'joins' }), isTold({ part: 'other', what: 'languages' })]).toEqual([true, true]);
    expect([isTold({ part: 'other', what: 'restricted' }), isTold({ part: 'other', what: 'colour' })]).toEqual([
      false,
      false,
    ]);
  });
});
