import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IsNull } from 'typeorm';
import { Feed, Feeds } from '../../../src/features/feeds/index.js';
import { People } from '../../../src/features/people/index.js';
import { Stale } from '../../../src/kernel/errors.js';
import { startApp, type TestApp } from '../../support/app.js';

const AT_ONCE = 8;

let world: TestApp;

beforeAll(async () => {
  world = await startApp();
});
afterAll(() => world.close());

describe('the secret address of a calendar', () => {
  it('is one, however many are asked for at once: the others are refused or closed', async () => {
    const { id: personId } = await world.get(People).create({ given: 'Ганна', family: 'Мацкевіч', email: 'hanna@example.org', locale: 'be' });
    const outcomes = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => world.get(Feeds).renew(personId, 'be')));
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(Stale);
    const made = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(made.length).toBeGreaterThan(0);
    expect(await world.db.repository(Feed).countBy({ personId, revokedAt: IsNull() })).toBe(1);
    expect(await world.db.repository(Feed).countBy({ personId })).toBe(made.length);
    const open = await Promise.allSettled(made.map((token) => world.get(Feeds).byToken(token)));
    expect(open.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
