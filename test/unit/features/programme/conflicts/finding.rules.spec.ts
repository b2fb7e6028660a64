import { expect, it } from '@jest/globals';
import {
  byWeight,
  finding,
  FINDING_RULES,
  pointsOf,
  worst,
} from '../../../../../src/features/programme/conflicts/finding.rules.js';

const one = (rule: (typeof FINDING_RULES)[number]) => finding(rule, { sessions: ['a'], minutes: 1 });

it('lists errors before warnings before hints', () => {
  const rules = (['room-below-expected', 'outside-availability', 'person-double', 'room-double'] as const).map(one);
  expect(rules.sort(byWeight).map(({ rule }) => rule)).toEqual([
    'person-double',
    'room-double',
    'outside-availability',
    'room-below-expected',
  ]);
});

it('weighs an error more than many warnings, and a warning more than many hints', () => {
  const many = (rule: (typeof FINDING_RULES)[number]) => pointsOf(Array.from({ length: 90 }, () => one(rule)));
  expect(pointsOf([one('room-double')])).toBeGreaterThan(many('walk-short'));
  expect(pointsOf([one('walk-short')])).toBeGreaterThan(many('online-at-night'));
  expect([worst([one('online-at-night'), one('walk-short')]), worst([])]).toEqual(['warning', undefined]);
});
