// @engine sqlite
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Assignments, Sessions } from '../../../../src/features/programme/index.js';
import { Venues } from '../../../../src/features/venues/index.js';
import { toInstant } from '../../../../src/kernel/zones.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let here: Scene;
let roomId: string;
let organizer: Client;

beforeAll(async () => {
  world = await startApp();
  here = await scene(world, 'here', 'H');
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: here.conference.id }]);
  await staff(world, 'reader@example.org', [{ role: 'readonly', conferenceId: here.conference.id }]);
  const { id } = await world.get(Venues).addVenue({ code: 'library', name: { en: 'Library' }, address: {}, geo: null });
  roomId = (await world.get(Venues).addRoom(id, { code: 'a', name: { en: 'A' }, capacity: null, notes: '' })).id;
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.advance({ minutes: 10 });
  organizer = await signedIn(world.client(), 'organizer@example.org');
});

const PAGE = '/org/c/here/proposal/why-not';
const text = (html: string) => unescapeHtml(html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' '));
const at = (time: string) => toInstant(`${here.conference.startsOn}T${time}`, here.conference.zone).instant;
const add = async (title: string, minutes: number, start: string | null = null) => {
  const place = { start: start === null ? null : at(start), minutes, roomId: start === null ? null : roomId };
  return (await world.get(Sessions).add(here.programmeId, { kind: 'section', title: { en: title }, place })).session;
};
const speaks = (sessionId: string) =>
  world.get(Assignments).assign(here.programmeId, {
    sessionId,
    personId: here.person.id,
    role: 'chair',
    state: 'confirmed',
  });

describe('why the whole does not work', () => {
  it('is nothing while everything fits', async () => {
    await add('Waits', 60);
    const { status, body } = await organizer.get(PAGE);
    expect([status, text(body).includes('Everything fits')]).toEqual([200, true]);
    expect((await organizer.get('/org/c/here/proposal')).body).toContain(`href="${PAGE}"`);
  });

  it('names the sessions without which the others fit, and the API does', async () => {
    // Ten hours of a day, and somebody who is to chair four times four of them.
    const long: string[] = [];
    for (const title of ['First', 'Second', 'Third', 'Fourth']) {
      const session = await add(title, 240);
      await speaks(session.id);
      long.push(session.id);
    }
    const api = await program(world, 'organizer@example.org', ['programme:write']);
    const answer = (await api.get('/api/v1/conferences/here/proposal/why-not')).json<{
      state: string;
      sessions: string[];
      atLeast: number;
    }>();
    expect(answer).toMatchObject({ state: 'proven', atLeast: 2, sessions: { length: 2 } });
    expect(answer.sessions.every((id) => long.includes(id) || id === here.sessionId)).toBe(true);
    const shown = text((await organizer.get(PAGE)).body);
    expect(shown).toContain('Proven: without 2 sessions all others can be placed; with fewer left out they cannot.');
  });

  it('is told to those who may write the programme', async () => {
    const reader = await signedIn(world.client(), 'reader@example.org');
    expect((await reader.get(PAGE)).status).toBe(403);
    expect((await reader.get('/org/c/here/proposal')).body).not.toContain(PAGE);
  });

  it('is a message where nothing could move', async () => {
    const empty = await scene(world, 'empty', 'E');
    const { version } = await world.get(Sessions).byId(empty.programmeId, empty.sessionId);
    await world.get(Sessions).cancel(empty.programmeId, { id: empty.sessionId, version });
    await staff(world, 'other@example.org', [{ role: 'organizer', conferenceId: empty.conference.id }]);
    const other = await signedIn(world.client(), 'other@example.org');
    const { status, body } = await other.get('/org/c/empty/proposal/why-not');
    expect([status, body.includes('data-error-summary')]).toEqual([409, true]);
  });
});
