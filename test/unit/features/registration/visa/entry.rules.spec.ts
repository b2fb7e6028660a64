import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  decideEntry,
  ENTRY_OUTCOMES,
  ENTRY_POINTS,
  PASSPORT_TYPES,
  type Entry,
  type EntryRule,
} from '../../../../../src/features/registration/visa/entry.rules.js';

const rule = (changes: Partial<EntryRule> = {}): EntryRule => ({
  id: 'a',
  citizenships: ['PL', 'DE'],
  passportTypes: ['ordinary'],
  entryPoints: [],
  outcome: 'not_needed',
  maxDays: 30,
  validFrom: null,
  validTo: '2026-12-31',
  checkedOn: '2026-11-01',
  ...changes,
});
const entry = (changes: Partial<Entry> = {}): Entry => ({
  citizenship: 'PL',
  passportType: 'ordinary',
  entryPoint: 'border',
  from: '2026-10-12',
  to: '2026-10-14',
  ...changes,
});
const outcome = (rules: EntryRule[], changes: Partial<Entry> = {}) => decideEntry(rules, entry(changes)).outcome;

describe('who needs a visa', () => {
  it('is decided by the rule that covers citizenship, passport, entry and the whole stay', () => {
    expect(decideEntry([rule()], entry())).toEqual({ outcome: 'not_needed', ruleId: 'a', checkedOn: '2026-11-01' });
    expect(outcome([rule()], { citizenship: 'ID' })).toBe('needed');
    expect(outcome([rule()], { passportType: 'diplomatic' })).toBe('needed');
    expect(outcome([rule({ entryPoints: ['airport'] })])).toBe('needed');
    expect(outcome([rule()], { from: '2026-12-30', to: '2027-01-02' })).toBe('needed');
    expect(outcome([rule({ validFrom: '2026-10-13' })])).toBe('needed');
    expect(outcome([rule()], { from: '2026-10-01', to: '2026-10-30' })).toBe('not_needed');
    expect(outcome([rule()], { from: '2026-10-01', to: '2026-10-31' })).toBe('needed');
  });

  it('is everybody whom no rule covers, with the day of the oldest check', () => {
    expect(decideEntry([], entry())).toEqual({ outcome: 'needed', ruleId: null, checkedOn: null });
    const rules = [rule({ id: 'b', checkedOn: '2026-11-20' }), rule()];
    expect(decideEntry(rules, entry({ citizenship: 'ID' }))).toEqual({
      outcome: 'needed',
      ruleId: null,
      checkedOn: '2026-11-01',
    });
  });

  it('follows an exception before what is kinder, and no visa before one on arrival', () => {
    const all = rule({ id: 'all', citizenships: [], outcome: 'on_arrival' });
    expect(outcome([all, rule()])).toBe('not_needed');
    expect(outcome([all, rule()], { citizenship: 'TG' })).toBe('on_arrival');
    const exception = rule({ id: 'x', citizenships: [], entryPoints: ['russia'], outcome: 'needed' });
    expect(outcome([all, rule(), exception], { entryPoint: 'russia' })).toBe('needed');
  });

  it('does not depend on the order of the table, and no rule about others matters', () => {
    const rules = fc.uniqueArray(
      fc.record({
        id: fc.string({ minLength: 1, maxLength: 3 }),
        citizenships: fc.subarray(['PL', 'DE', 'ID']),
        passportTypes: fc.subarray([...PASSPORT_TYPES]),
        entryPoints: fc.subarray([...ENTRY_POINTS]),
        outcome: fc.constantFrom(...ENTRY_OUTCOMES),
        maxDays: fc.constantFrom(null, 2, 30),
        validFrom: fc.constantFrom(null, '2026-10-13'),
        validTo: fc.constantFrom(null, '2026-12-31'),
        checkedOn: fc.constantFrom('2026-11-01', '2026-11-02'),
      }),
      { selector: ({ id }) => id, maxLength: 8 },
    );
    fc.assert(
      fc.property(rules, (table) => {
        const decided = decideEntry(table, entry());
        expect(decideEntry(table.toReversed(), entry())).toEqual(decided);
        const others = table.filter(({ citizenships }) => citizenships.length === 0 || citizenships.includes('PL'));
        expect(decideEntry(others, entry()).outcome).toBe(decided.outcome);
      }),
    );
  });
});
