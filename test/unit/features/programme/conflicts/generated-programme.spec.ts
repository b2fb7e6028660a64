import { expect, it } from '@jest/globals';
import { ConflictIndex } from '../../../../../src/features/programme/conflicts/conflict-index.rules.js';
import { findingKey } from '../../../../../src/features/programme/conflicts/finding.rules.js';
import { bruteForce, sorted } from '../../../../support/conflict-world.js';
import { generatedProgramme } from '../../../../support/generated-programme.js';

it('finds in a tenth of the measured programme the pairs that comparing all finds', () => {
  const { house, sessions } = generatedProgramme(1000, 5000, 20_271_012);
  const found = sorted(new ConflictIndex(house, sessions).all());
  expect(found.map(findingKey)).toEqual(sorted(bruteForce(sessions, house)).map(findingKey));
  expect(new Set(found.map(({ rule }) => rule))).toEqual(
    new Set(['person-double', 'room-double', 'setup-short', 'travel-short', 'walk-short']),
  );
});
