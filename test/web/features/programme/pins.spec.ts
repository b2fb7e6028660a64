import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Sessions } from '../../../../src/features/programme/index.js';
import { toLocal } from '../../../../src/kernel/zones.js';
import { startApp, type TestApp } from '../../../support/app.js';
import type { Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let here: Scene;
let organizer: Client;
let api: Program;

beforeAll(async () => {
  world = await startApp();
  here = await scene(world, 'here', 'H');
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: here.conference.id }]);
  api = await program(world, 'organizer@example.org', ['programme:write']);
});
afterAll(() => world.close());
beforeEach(async () => {
  organizer = await signedIn(world.client(), 'organizer@example.org');
});

const now = () => world.get(Sessions).byId(here.programmeId, here.sessionId);

describe('a session', () => {
  it('is pinned on its page, which the board shows, and may still be moved', async () => {
    const page = `/org/c/here/sessions/${here.sessionId}`;
    const { startsAt, minutes } = await now();
    const fields = {
      'title.en': 'Section of here',
      kind: 'section',
      day: here.conference.startsOn,
      time: toLocal(startsAt!, here.conference.zone).slice(11),
      minutes: String(minutes),
    };
    expect((await organizer.get('/org/c/here/board')).body).not.toContain('data-pinned');
    expect((await organizer.submit(page, { ...fields, pinned: 'on' }, page)).status).toBe(303);
    expect((await now()).pinned).toBe(true);
    expect((await organizer.get(page)).body).toMatch(/name="pinned" value="on" checked/);
    expect((await organizer.get('/org/c/here/board')).body).toContain('data-pinned');
    const moved = await organizer.submit(`${page}/move`, {
      ...fields,
      'title.en': undefined,
      kind: undefined,
      time: '12:00',
    });
    expect([moved.status, toLocal((await now()).startsAt!, here.conference.zone).slice(11)]).toEqual([303, '12:00']);
    expect((await now()).pinned).toBe(true);
  });

  it('is pinned and let go by API', async () => {
    const address = `/api/v1/conferences/here/sessions/${here.sessionId}`;
    const answer = async (pinned: boolean) =>
      (await api.send('PATCH', address, { pinned }, (await now()).version)).json<{ session: { pinned: boolean } }>();
    expect((await answer(false)).session.pinned).toBe(false);
    expect((await answer(true)).session.pinned).toBe(true);
    expect((await api.get(address)).json()).toMatchObject({ pinned: true });
  });
});
