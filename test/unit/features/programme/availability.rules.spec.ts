import { describe, expect, it } from '@jest/globals';
import { checkStated, type StatedTime } from '../../../../src/features/programme/availability.rules.js';
import { InvalidInput, RuleViolation } from '../../../../src/kernel/errors.js';

const at = (hour: number) => new Date(Date.UTC(2027, 9, 12, hour));
const time = (from: number, to: number, kind: StatedTime['kind'] = 'present'): StatedTime => ({
  kind,
  startsAt: at(from),
  endsAt: at(to),
});

describe('a stated time', () => {
  it.each([
    ['as it begins', time(10, 10)],
    ['before it begins', time(10, 9)],
  ])('may not end %s', (_when, stated) => {
    expect(() => checkStated(stated, [])).toThrow(InvalidInput.at('endsAt', 'error.programme.endBeforeStart'));
  });

  it('is stated once', () => {
    expect(() => checkStated(time(9, 10), [time(8, 9), time(9, 10)])).toThrow(
      new RuleViolation('error.programme.timeStated'),
    );
  });

  it('may overlap another, and may be of another kind at the same hours', () => {
    expect(() => checkStated(time(9, 11), [time(8, 10), time(9, 11, 'available')])).not.toThrow();
  });
});
