import { describe, expect, it } from '@jest/globals';
import { Ids } from '../../../../src/platform/runtime/ids.js';
import { TestClock } from '../../../support/test-clock.js';

describe('ids', () => {
  it('only grow, within one millisecond, past its counter, and when the clock runs back', () => {
    const clock = new TestClock();
    const ids = new Ids(clock);
    const made = Array.from({ length: 5000 }, () => ids.next());
    clock.advance({ hours: -1 });
    made.push(ids.next(), ids.next());
    clock.advance({ hours: 2 });
    made.push(ids.next());
    expect(made).toEqual([...made].sort());
    expect(new Set(made).size).toBe(made.length);
  });

  it('are of version 7 and say when they were made', () => {
    const clock = new TestClock();
    clock.set('2027-02-09T08:00:00.123Z');
    const id = new Ids(clock).next();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toISOString()).toBe('2027-02-09T08:00:00.123Z');
  });

  it('[P3] have public forms without an order to walk along', () => {
    const ids = new Ids(new TestClock());
    const made = Array.from({ length: 200 }, () => ids.publicId());
    expect(made.every((id) => /^[0-9a-hjkmnp-tv-z]{16}$/.test(id))).toBe(true);
    expect(made).not.toEqual([...made].sort());
  });
});
