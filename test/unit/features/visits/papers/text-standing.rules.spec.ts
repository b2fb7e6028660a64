import { describe, expect, it } from '@jest/globals';
import { textWarnings } from '../../../../../src/features/visits/documents/papers/text-standing.rules.js';

const frozen = { number: 2, mark: 'frozen' } as const;

describe('warnings before printing', () => {
  it('are none where the frozen text is the latest and nothing else is planned', () => {
    expect(textWarnings({ counting: frozen, latest: 2, frozen: true, pending: 0 })).toEqual([]);
  });

  it('say that a draft is printed, and nothing more, where no text was sent', () => {
    expect(textWarnings({ counting: null, latest: 0, frozen: false, pending: 4 })).toEqual([{ kind: 'draft' }]);
  });

  it('name the release that counts and the one that was sent later', () => {
    const warnings = textWarnings({ counting: frozen, latest: 3, frozen: true, pending: 1 });
    expect(warnings).toEqual([
      { kind: 'notLatest', number: 2, latest: 3 },
      { kind: 'pending', count: 1 },
    ]);
  });

  it('say that the programme is not frozen', () => {
    expect(textWarnings({ counting: { number: 1, mark: 'agreed' }, latest: 1, frozen: false, pending: 0 })).toEqual([
      { kind: 'notFrozen', number: 1 },
    ]);
  });
});
