import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '../../../../src/kernel/errors.js';
import type { Localized } from '../../../../src/kernel/locale.js';
import {
  checkDates,
  checkEdition,
  checkParent,
  differingFields,
  phaseOf,
} from '../../../../src/features/conferences/conference.rules.js';

const refused = (work: () => void) => {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map(({ field, code }) => ({ field, code }));
    throw error;
  }
  return [];
};

describe('dates of a conference', () => {
  it('may be one day', () => {
    expect(refused(() => checkDates({ startsOn: '2027-05-12', endsOn: '2027-05-12' }))).toEqual([]);
  });

  it('refuses an end before the start', () => {
    expect(refused(() => checkDates({ startsOn: '2027-05-12', endsOn: '2027-05-11' }))).toEqual([
      { field: 'endsOn', code: 'error.conference.endBeforeStart' },
    ]);
  });

  it.each([
    ['2027-05-11', 'coming'],
    ['2027-05-12', 'running'],
    ['2027-05-14', 'running'],
    ['2027-05-15', 'over'],
  ] as const)('on %s it is %s', (today, phase) => {
    expect(phaseOf({ startsOn: '2027-05-12', endsOn: '2027-05-14' }, today)).toBe(phase);
  });
});

describe('satellites', () => {
  const self = { id: 'self', hasSatellites: false };

  it('accepts a parent that has none', () => {
    expect(refused(() => checkParent(self, { id: 'parent', parentId: null }))).toEqual([]);
  });

  it.each([
    ['that does not exist', self, null, 'error.conference.unknownParent'],
    ['that is the conference itself', self, { id: 'self', parentId: null }, 'error.conference.ownParent'],
    ['that is a satellite', self, { id: 'parent', parentId: 'other' }, 'error.conference.parentIsSatellite'],
    [
      'where the conference has satellites',
      { id: 'self', hasSatellites: true },
      { id: 'parent', parentId: null },
      'error.conference.hasSatellites',
    ],
  ] as const)('refuses a parent %s', (_, conference, parent, code) => {
    expect(refused(() => checkParent(conference, parent))).toEqual([{ field: 'parentId', code }]);
  });
});

describe('editions', () => {
  it('refuses a number without a series', () => {
    expect(refused(() => checkEdition({ seriesId: null, editionNo: 3 }))).toEqual([
      { field: 'editionNo', code: 'error.conference.editionWithoutSeries' },
    ]);
  });

  it('accepts a series without a number', () => {
    expect(refused(() => checkEdition({ seriesId: 'readings', editionNo: null }))).toEqual([]);
  });
});

describe('what differs between two states', () => {
  interface State {
    title: Localized;
    slug: string;
    host: Localized;
    venueId: string | null;
    public: boolean;
  }
  const state = (changes: Partial<State> = {}): State => ({
    title: { be: 'а', en: 'b' },
    slug: 'x',
    host: {},
    venueId: null,
    public: true,
    ...changes,
  });

  it('compares texts by their languages and not by their order', () => {
    expect(differingFields(state(), { title: { en: 'b', be: 'а' }, slug: 'x' })).toEqual([]);
  });

  it('names the fields that differ, and only those that were given', () => {
    expect(differingFields(state(), { title: { be: 'а', en: 'b', ru: 'б' }, slug: 'y' })).toEqual(['title', 'slug']);
  });

  it('takes nothing for an empty text', () => {
    expect(differingFields(state({ host: { en: '' } }), { host: {}, venueId: null })).toEqual([]);
  });
});
