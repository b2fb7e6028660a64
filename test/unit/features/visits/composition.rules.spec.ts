import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  compositionDifferences,
  type ConfirmedMember,
} from '../../../../src/features/visits/delegation/composition.rules.js';

const member = (memberId: string, place: number, more: Partial<ConfirmedMember> = {}): ConfirmedMember => ({
  memberId,
  place,
  name: memberId.toUpperCase(),
  role: 'member',
  plate: { en: memberId },
  title: { en: 'Director' },
  ...more,
});
const differences = (before: ConfirmedMember[], now: ConfirmedMember[]) =>
  compositionDifferences(before, now).map(({ memberId, changes }) => `${memberId}: ${changes.join(' ')}`);

describe('what differs from a confirmed composition', () => {
  const confirmed = [member('a', 1), member('b', 2), member('c', 3)];

  it('is nothing where nothing changed, in whatever order rows and languages were written', () => {
    const now = confirmed.map((one) => ({ ...one, plate: { ...one.plate } })).toReversed();
    expect(differences(confirmed, now)).toEqual([]);
    const written = [member('a', 1, { title: { be: 'Д', en: 'D' } })];
    expect(differences(written, [member('a', 1, { title: { en: 'D', be: 'Д' } })])).toEqual([]);
  });

  it('is who is new, who is gone, and what is printed otherwise, in the order of now', () => {
    const now = [member('d', 1), member('c', 3, { name: 'Other', title: {} }), member('a', 2, { role: 'head' })];
    expect(differences(confirmed, now)).toEqual(['d: added', 'a: role', 'c: name title', 'b: removed']);
  });

  it('is that somebody stands elsewhere among those who are in both', () => {
    expect(differences(confirmed, [member('b', 1), member('a', 2), member('c', 3)])).toEqual(['b: moved', 'a: moved']);
  });

  it('moves nobody when others come or go, whoever they are', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 });
    fc.assert(
      fc.property(ids, ids, (were, are) => {
        const placed = (of: number[]) => of.toSorted((x, y) => x - y).map((id, at) => member(String(id), at + 1));
        const found = compositionDifferences(placed(were), placed(are));
        expect(found.filter(({ changes }) => changes.includes('moved'))).toEqual([]);
        const expected = are.filter((id) => !were.includes(id)).length + were.filter((id) => !are.includes(id)).length;
        expect(found).toHaveLength(expected);
      }),
    );
  });
});
