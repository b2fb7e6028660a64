import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Availabilities, Sessions } from '../../../../src/features/programme/index.js';
import { toLocal } from '../../../../src/kernel/zones.js';
import { startApp, type TestApp } from '../../../support/app.js';
import type { Client, Fields } from '../../../support/client.js';
import { hostile } from '../../../support/hostile.js';
import { signedIn, staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';
import { UNKNOWN_ID } from '../../../support/visits.js';

let world: TestApp;
let here: Scene;
let there: Scene;
let day: string;
let organizer: Client;
let api: Program;
let page: string;
let times: string;

beforeAll(async () => {
  world = await startApp();
  here = await scene(world, 'here', 'H');
  there = await scene(world, 'there', 'T');
  day = here.conference.startsOn;
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: here.conference.id }]);
  await staff(world, 'reader@example.org', [{ role: 'readonly', conferenceId: here.conference.id }]);
  api = await program(world, 'organizer@example.org', ['programme:write']);
  page = `/org/c/here/people/${here.person.id}`;
  times = `/api/v1/conferences/here/people/${here.person.id}/availabilities`;
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.advance({ hours: 2 });
  organizer = await signedIn(world.client(), 'organizer@example.org');
  await world.get(Availabilities).state(here.programmeId, here.person.id, 'staff', []);
});

const stated = () => world.get(Availabilities).ofPerson(here.programmeId, here.person.id);
const state = (from: string, until: string, kind = 'present', more: Fields = {}) =>
  organizer.submit(page, { kind, startsAt: `${day}T${from}`, endsAt: `${day}T${until}`, ...more }, `${page}/times`);
/** Saves the session of the scene (10:00 to 11:00) at another time, through its page. */
const saveAt = async (time: string) => {
  const session = await world.get(Sessions).byId(here.programmeId, here.sessionId);
  const sessionPage = `/org/c/here/sessions/${session.id}`;
  const place = { day, time, minutes: '60', roomId: '' };
  return organizer.follow(await organizer.submit(`${sessionPage}/move`, place, `${sessionPage}/move`));
};

describe('the page of somebody in the programme', () => {
  it('is linked from the session, and says when they are here on the clock of the conference', async () => {
    expect((await organizer.get(`/org/c/here/sessions/${here.sessionId}`)).body).toContain(`href="${page}"`);
    const saved = await state('08:00', '18:00');
    expect(saved.status).toBe(303);
    expect(await stated()).toMatchObject([{ kind: 'present', source: 'staff' }]);
    expect(toLocal((await stated())[0]!.startsAt, here.conference.zone)).toBe(`${day}T08:00`);
    const { body } = await organizer.follow(saved);
    expect(body).toContain('08:00');
    expect(body).toContain('18:00');
    expect(body).toContain(`/org/c/here/sessions/${here.sessionId}`);
    expect(body).not.toContain('class="conflicts"');
  });

  it('an edit outside arrival and departure saves, answers an error, and leads to the times that say so', async () => {
    await state('09:00', '12:00');
    const moved = await saveAt('11:30');
    expect(moved.body).toContain('has not arrived yet or has left during “Section of here”');
    expect(moved.body).toContain('conflict-error');
    expect(moved.body).toContain(`href="${page}"`);
    const conflicts = await organizer.get('/org/c/here/conflicts');
    expect(conflicts.body).toContain('conflict-error');
    expect(conflicts.body).toContain(`href="${page}"`);
    expect((await organizer.get('/org/c/here/publish')).body).toContain('has not arrived yet');
    expect((await saveAt('10:00')).body).not.toContain('has not arrived yet');
  });

  it('a time that staff state against a session saves, and answers a warning', async () => {
    const saved = await state('10:30', '12:00', 'unavailable');
    const { body } = await organizer.follow(saved);
    expect(body).toContain('Saved. There is 1 conflict');
    expect(body).toContain('“Section of here” is outside the stated times');
    expect(body).toContain('conflict-warning');
    const [{ id } = { id: '' }] = await stated();
    const removed = await organizer.submit(page, {}, `${page}/times/${id}/removal`);
    expect((await organizer.follow(removed)).body).not.toContain('class="conflicts"');
    expect(await stated()).toEqual([]);
  });

  it('refuses what cannot be beside its field, and keeps what was typed [X10]', async () => {
    const reversed = await state('12:00', '09:00');
    expect(reversed.status).toBe(422);
    expect(reversed.body).toContain('href="#field-endsAt"');
    expect(reversed.body).toContain(`value="${day}T12:00"`);
    expect((await state('', '09:00')).status).toBe(422);
    expect((await state('09:00', '10:00', 'asleep')).body).toContain('href="#field-kind"');
    await state('09:00', '12:00');
    expect((await state('09:00', '12:00')).status).toBe(409);
    for (const { value } of hostile('xss', 'sql', 'control', 'length')) {
      const answer = await state('09:00', '10:00', 'present', { startsAt: value });
      expect([value, answer.status]).toEqual([value, 422]);
    }
    expect(await stated()).toHaveLength(1);
  });

  it('is read by readers, and is nobody’s who has no part in the programme', async () => {
    const reader = await signedIn(world.client(), 'reader@example.org');
    const { body } = await reader.get(page);
    expect(body).not.toContain(`action="${page}/times"`);
    const { body: list } = await reader.get('/org/c/here/sessions');
    const csrf = /name="_csrf" value="([^"]*)"/.exec(list)?.[1];
    const typed = { _csrf: csrf, kind: 'present', startsAt: `${day}T09:00`, endsAt: `${day}T10:00` };
    expect((await reader.post(`${page}/times`, typed)).status).toBe(403);
    for (const id of [there.person.id, UNKNOWN_ID, 'nobody'])
      expect([id, (await organizer.get(`/org/c/here/people/${id}`)).status]).toEqual([id, 404]);
  });
});

describe('the API', () => {
  it('adds a time and answers the conflicts; an edit of the session answers them too', async () => {
    const added = await api.post(times, { kind: 'present', startsAt: `${day}T10:30`, endsAt: `${day}T18:00` });
    expect(added.status).toBe(201);
    expect(added.json()).toMatchObject({
      availability: { kind: 'present', source: 'staff', personId: here.person.id },
      findings: [{ rule: 'outside-presence', severity: 'error', minutes: 30, people: [here.person.id] }],
    });
    const session = `/api/v1/conferences/here/sessions/${here.sessionId}`;
    const { version } = (await api.get(session)).json<{ version: number }>();
    const place = { start: `${day}T09:00`, minutes: 60, roomId: null };
    const moved = await api.post(`${session}/moves`, place, version);
    expect(moved.json()).toMatchObject({ findings: [{ rule: 'outside-presence', minutes: 60 }] });
    await api.post(times, { kind: 'available', startsAt: `${day}T12:00`, endsAt: `${day}T13:00` });
    const back = await api.post(`${session}/moves`, { ...place, start: `${day}T10:00` }, version + 1);
    expect(back.json()).toMatchObject({
      findings: [
        { rule: 'outside-presence', severity: 'error' },
        { rule: 'outside-availability', severity: 'warning', minutes: 60 },
      ],
    });
  });

  it('lists by id and by public id, page by page, and removes', async () => {
    for (const hour of ['11', '09', '10'])
      await api.post(times, { kind: 'available', startsAt: `${day}T${hour}:00`, endsAt: `${day}T${hour}:30` });
    const first = (await api.get(`${times}?limit=2`)).json<{ items: { id: string }[]; next: string }>();
    expect(first.items).toHaveLength(2);
    const byPublicId = `/api/v1/conferences/here/people/${here.person.publicId}/availabilities`;
    const second = (await api.get(`${byPublicId}?limit=2&after=${first.next}`)).json<{ items: object[] }>();
    expect(second).toMatchObject({ items: [{ kind: 'available' }], next: null });
    const { id } = first.items[0]!;
    expect((await api.send('DELETE', `${times}/${id}`)).status).toBe(204);
    expect((await api.send('DELETE', `${times}/${id}`)).status).toBe(404);
    expect((await stated()).map((row) => row.id)).not.toContain(id);
  });

  it('names the field that it refuses, and finds nobody of another programme', async () => {
    const refused = await api.post(times, { kind: 'present', startsAt: `${day}T12:00`, endsAt: `${day}T12:00` });
    expect([refused.status, refused.json()]).toEqual([
      422,
      expect.objectContaining({
        errors: [expect.objectContaining({ field: 'endsAt', code: 'error.programme.endBeforeStart' })],
      }),
    ]);
    expect((await api.post(times, { kind: 'present' })).status).toBe(422);
    expect((await api.get(times.replace(here.person.id, there.person.id))).status).toBe(404);
  });
});
