import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Conference } from '../../../../src/features/conferences/index.js';
import { SettingsOfRegistration } from '../../../../src/features/registration/index.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { openConference, register } from '../../../support/conference.js';
import { staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';

let world: TestApp;
let conference: Conference;
let api: Program;
let url: string;

beforeAll(async () => {
  world = await startApp();
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: null }]);
  await staff(world, 'reader@example.org', [{ role: 'readonly', conferenceId: null }]);
  api = await program(world, 'organizer@example.org', ['settings:write']);
});
afterAll(() => world.close());
beforeEach(async () => {
  conference = await openConference(world);
  url = `/api/v1/conferences/${conference.slug}/registration-settings`;
});

const version = async () => (await world.get(SettingsOfRegistration).of(conference.id)).version;

describe('the settings of a registration through the API', () => {
  it('are read with their tag and changed with it, and what is not given stays', async () => {
    const read = await api.get(url);
    expect([read.status, read.headers['etag']]).toEqual([200, `"v${await version()}"`]);
    expect(read.json()).toMatchObject({ approval: 'automatic', capacity: 10, taken: 0, offerHours: 48 });
    expect(Object.keys(read.json())).not.toContain('nextNumber');
    const closesAt = new Date(world.clock.now().getTime() + 86_400_000).toISOString();
    const changed = await api.patch(url, { closesAt, capacity: null }, await version());
    expect([changed.status, changed.headers['etag']]).toEqual([200, `"v${await version()}"`]);
    expect(changed.json()).toEqual({ ...read.json<Record<string, unknown>>(), closesAt, capacity: null, version: await version() });
  });

  it('are changed neither without a version (428) nor with an old one (412)', async () => {
    const seen = await version();
    expect((await api.patch(url, { capacity: 5 })).status).toBe(428);
    expect((await api.patch(url, { capacity: 6 }, seen)).status).toBe(200);
    expect((await api.patch(url, { capacity: 7 }, seen)).status).toBe(412);
    expect((await api.get(url)).json()).toMatchObject({ capacity: 6 });
  });

  it('keep the rules of the page: no closing before the opening, at least one form, no unknown field', async () => {
    const fields = async (changes: object) =>
      (await api.patch(url, changes, await version())).json<{ errors: { field: string; code: string }[] }>().errors;
    const early = new Date(world.clock.now().getTime() - 2 * 86_400_000).toISOString();
    expect(await fields({ closesAt: early })).toMatchObject([
      { field: 'closesAt', code: 'error.registration.closesBeforeOpens' },
    ]);
    expect(await fields({ forms: [] })).toMatchObject([{ field: 'forms', code: 'error.registration.someForm' }]);
    expect(await fields({ taken: 0 })).toMatchObject([{ field: 'taken', code: 'error.unknown' }]);
    expect(await fields({ opensAt: '2027-05-01T10:00' })).toMatchObject([
      { field: 'opensAt', code: 'error.time.instant' },
    ]);
  });

  it('offer a place at once to who waits, when there are more', async () => {
    await api.patch(url, { capacity: 1 }, await version());
    await register(world.client(), conference, { email: 'first@example.org' });
    await register(world.client(), conference, { email: 'second@example.org' });
    expect((await api.get(url)).json()).toMatchObject({ taken: 1 });
    expect((await api.patch(url, { capacity: 2 }, await version())).json()).toMatchObject({ capacity: 2, taken: 2 });
  });

  it('are not there for those who keep no settings', async () => {
    const reader = await program(world, 'reader@example.org', ['settings:read']);
    expect((await reader.get(url)).status).toBe(404);
    const other = await program(world, 'organizer@example.org', ['registration:write']);
    expect((await other.get(url)).status).toBe(403);
  });
});
