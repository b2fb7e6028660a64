import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InstitutionContacts } from '../../../../../src/features/cooperation/index.js';
import { InvitationWave, WaveGuest } from '../../../../../src/features/invitations/index.js';
import { Consents, People, Person } from '../../../../../src/features/people/index.js';
import { startApp, type TestApp } from '../../../../support/app.js';
import { hiddenFields, type Client } from '../../../../support/client.js';
import { hostile } from '../../../../support/hostile.js';
import { signedIn, staff } from '../../../../support/house.js';
import { partner } from '../../../../support/partners.js';
import { program, type Program } from '../../../../support/program.js';
import { scene, type Scene } from '../../../../support/scene.js';
import { draftWave, WAVE_TERMS, willing } from '../../../../support/waves.js';

let world: TestApp;
let house: Scene;
let other: Scene;
let organizer: Client;
let api: Program;

beforeAll(async () => {
  world = await startApp();
  house = await scene(world, 'now', 'N27');
  other = await scene(world, 'earlier', 'E25');
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: house.conference.id }]);
  organizer = await signedIn(world.client(), 'organizer@example.org');
  api = await program(world, 'organizer@example.org', ['invitation:write']);
});
afterAll(() => world.close());

const here = (path = '') => `/org/c/${house.conference.slug}/invitations/waves${path}`;
const base = () => `/api/v1/conferences/${house.conference.slug}/invitation-waves`;
const blank = () => draftWave(world, house.conference.id, []);
const guests = (wave: InvitationWave) =>
  world.db
    .repository(WaveGuest)
    .find({ where: { waveId: wave.id }, order: { place: 'ASC' }, relations: { person: true } });
const versionOf = async ({ id }: InvitationWave) =>
  (await world.db.repository(InvitationWave).findOneByOrFail({ id })).version;
const found = async (wave: InvitationWave, query: string) =>
  (await api.get(`${base()}/${wave.id}/candidates?${query}`)).json<{
    people: { person: string; why: string | null }[];
    silent: string[];
  }>();

describe('choosing people', () => {
  it('finds those of an earlier conference or strand, for who may read its registrations [A5]', async () => {
    const wave = await blank();
    const speaker = await world.get(People).byId(other.person.id);
    const refused = await organizer.get(`${here()}/${wave.id}/people?earlier=${other.conference.id}`);
    expect(refused.status).toBe(404);
    expect((await api.get(`${base()}/${wave.id}/candidates?earlier=${other.conference.id}`)).status).toBe(404);
    await staff(world, 'both@example.org', [
      { role: 'organizer', conferenceId: house.conference.id },
      { role: 'organizer', conferenceId: other.conference.id },
    ]);
    const both = await signedIn(world.client(), 'both@example.org');
    for (const query of [`earlier=${other.conference.id}`, `strand=${other.strandId}`]) {
      const shown = await both.get(`${here()}/${wave.id}/people?source=people&${query}`);
      expect(shown.status).toBe(200);
      expect(shown.body).toContain(speaker!.family);
      expect(shown.body).not.toContain(house.person.family);
    }
  });

  it('takes contacts of partners, and names the partners where nobody is known', async () => {
    const wave = await blank();
    const known = await partner(world, 'Partner with two');
    const second = await world
      .get(People)
      .create({ given: 'Second', family: 'Contact', email: 'second@example.org', locale: 'en' });
    await world.get(InstitutionContacts).name(known.institution.id, second.id, 'member');
    const refused = await partner(world, 'Partner who refuses');
    await world
      .get(Consents)
      .record({ personId: refused.focalPoint!.id, answers: { future: false }, channel: 'staff' });
    const silent = await partner(world, 'Silent partner', 'nobody');
    const mute = await partner(world, 'Mute partner', 'no address');
    const focal = await found(wave, 'source=partners');
    const why = new Map(focal.people.map((one) => [one.person, one.why]));
    expect(why.get(known.focalPoint!.publicId)).toBeNull();
    expect(why.has(second.publicId)).toBe(false);
    expect(why.get(refused.focalPoint!.publicId)).toBe('refused');
    expect(why.get(mute.focalPoint!.publicId)).toBe('noAddress');
    expect(focal.silent).toEqual([silent.institution.publicId]);
    const all = await found(wave, 'source=partners&contacts=all');
    expect(all.people.map(({ person }) => person)).toContain(second.publicId);
    const shown = await organizer.get(`${here()}/${wave.id}/people?source=partners`);
    expect(shown.body).toContain('Partners where we know nobody');
    expect(shown.body).toContain('Silent partner');
  });

  it('reads a pasted list: knows whom it knows, makes people where it is clear, names the rest', async () => {
    const wave = await blank();
    const known = await willing(world);
    const text = [
      `Somebody <${known.email!.toUpperCase()}>`,
      'Anna Kowalska\tanna.kowalska@example.org\tLibrary of Examples',
      'office@example.org',
      'nothing here',
      house.person.email,
    ].join('\n');
    const page = `${here()}/${wave.id}`;
    const read = await organizer.submit(`${page}/people?source=list`, { text, locale: 'be' }, `${page}/list`);
    expect(read.status).toBe(200);
    for (const words of ['1 person we know', '1 new person', '1 line is not clear', '1 line cannot be read'])
      expect(read.body).toContain(words);
    expect(await world.db.repository(Person).countBy({ emailKey: 'anna.kowalska@example.org' })).toBe(0);
    const fields = hiddenFields(read.body, `${page}/listed-people`);
    expect(fields).toMatchObject({ count: '2', locale: 'be' });
    expect((await organizer.post(`${page}/listed-people`, { ...fields, count: '3' })).status).toBe(409);
    const done = await organizer.post(`${page}/listed-people`, fields);
    expect([done.status, done.location]).toEqual([303, page]);
    expect((await organizer.post(`${page}/listed-people`, fields)).status).toBe(409);
    const joined = await guests(wave);
    expect(joined.map(({ person, source }) => [person.given, person.locale, person.institution, source])).toEqual([
      [known.given, 'en', null, 'list'],
      ['Anna', 'be', 'Library of Examples', 'list'],
    ]);
  });

  it('takes somebody out again, and puts nobody in twice', async () => {
    const people = [await willing(world), await willing(world)];
    const wave = await draftWave(world, house.conference.id, people);
    const ids = people.map(({ publicId }) => publicId);
    const again = await api.post(`${base()}/${wave.id}/people`, { source: 'list', people: ids }, await versionOf(wave));
    expect(again.json()).toEqual({ count: 0 });
    const gone = await api.send('DELETE', `${base()}/${wave.id}/people/${ids[0]!}`, undefined, await versionOf(wave));
    expect(gone.status).toBe(204);
    expect((await guests(wave)).map(({ place, person }) => [place, person.publicId])).toEqual([[1, ids[1]]]);
  });

  it('of people who are no contacts of partners does not pass for them', async () => {
    const wave = await blank();
    const stranger = await world.get(People).create({ given: 'S', family: 'T', email: 'st@example.org', locale: 'en' });
    const order = { source: 'partners', people: [stranger.publicId] };
    expect((await api.post(`${base()}/${wave.id}/people`, order, await versionOf(wave))).json()).toEqual({ count: 0 });
  });
});

describe('the API of waves', () => {
  it('does all that the pages do, with versions', async () => {
    const people = [await willing(world), await willing(world, { position: 'Ambassador' })];
    const [first, second] = people.map(({ publicId }) => publicId) as [string, string];
    const terms = { name: 'By program', perHour: 10, remindOn: false, remindMost: 1, deadline: null };
    const made = await api.post(base(), { ...terms, session: null, role: null });
    expect(made.status).toBe(201);
    expect(made.headers['etag']).toBe('"v1"');
    const one = `${base()}/${made.json<{ id: string }>().id}`;
    expect((await api.post(`${one}/people`, { source: 'people', people: [first, second] })).status).toBe(428);
    expect((await api.post(`${one}/people`, { source: 'people', people: [first, second] }, 1)).json()).toEqual({
      count: 2,
    });
    const order = async () =>
      (await api.get(`${one}/people`))
        .json<{ items: { person: string; level: string }[] }>()
        .items.map(({ person }) => person);
    expect(await order()).toEqual([second, first]);
    expect((await api.send('PUT', `${one}/places`, { places: { [first]: 1 } }, 1)).status).toBe(412);
    expect((await api.send('PUT', `${one}/places`, { places: { [first]: 1 } }, 2)).status).toBe(204);
    expect(await order()).toEqual([first, second]);
    const letter = { subject: { en: 'Hello {{name}}' }, body: { en: 'To {{institution}}' } };
    const unknown = await api.send('PUT', `${one}/letter`, { ...letter, body: { en: '{{nothing}}' } }, 3);
    expect(unknown.status).toBe(422);
    expect((await api.send('PUT', `${one}/letter`, letter, 3)).json()).toMatchObject({ version: 4 });
    expect((await api.get(`${one}/preview`)).json()).toMatchObject({
      count: 0,
      lacking: [{ missing: ['institution'] }, {}],
    });
    expect((await api.post(`${one}/sending`, { count: 0 }, 4)).status).toBe(409);
    await api.send('PUT', `${one}/letter`, { ...letter, body: { en: 'To {{institution|you}}' } }, 4);
    expect((await api.post(`${one}/sending`, { count: 2 }, 5)).json()).toMatchObject({
      state: 'sending',
      queued: 2,
      version: 6,
    });
    expect((await api.send('PUT', `${one}/people/${first}/muted`, { muted: true })).status).toBe(204);
    expect(
      (await api.patch(`${one}/reminders`, { remindOn: true, remindAfter: 3, remindMost: 1 }, 6)).json(),
    ).toMatchObject({
      remindOn: true,
      remindBefore: null,
      version: 7,
    });
    expect((await api.post(`${one}/pause`, undefined, 7)).json()).toMatchObject({ state: 'paused' });
    expect((await api.post(`${one}/resumption`, undefined, 8)).json()).toMatchObject({ state: 'sending' });
    expect((await api.post(`${one}/stop`, undefined, 9)).json()).toMatchObject({ state: 'stopped' });
    expect((await api.get(`${one}/people`)).json<{ items: object[] }>().items[0]).toMatchObject({
      person: first,
      muted: true,
    });
    expect((await api.send('DELETE', one, undefined, 10)).status).toBe(409);
  });
});

describe('a wave', () => {
  it('is nobody’s who may not invite, and of its conference only [A2] [A3]', async () => {
    const wave = await blank();
    await staff(world, 'other@example.org', [{ role: 'organizer', conferenceId: other.conference.id }]);
    const stranger = await signedIn(world.client(), 'other@example.org');
    expect((await stranger.get(`${here()}/${wave.id}`)).status).toBe(404);
    const elsewhere = `/org/c/${other.conference.slug}/invitations/waves/${wave.id}`;
    expect((await stranger.get(elsewhere)).status).toBe(404);
    await staff(world, 'reader@example.org', [{ role: 'readonly', conferenceId: house.conference.id }]);
    const reader = await signedIn(world.client(), 'reader@example.org');
    expect((await reader.get(`${here()}/${wave.id}`)).status).toBe(200);
    expect((await reader.get(`${here()}/${wave.id}/people`)).status).toBe(403);
    expect((await organizer.get(`${here()}/not-an-id`)).status).toBe(404);
  });

  it('of a session needs a role, and a session of the same conference', async () => {
    const input = { ...WAVE_TERMS, session: other.sessionId, role: null } as Record<string, unknown>;
    const { sessionId: _session, ...terms } = input;
    expect((await api.post(base(), terms)).json()).toMatchObject({ errors: [{ field: 'role' }] });
    expect((await api.post(base(), { ...terms, role: 'panelist' })).json()).toMatchObject({
      errors: [{ field: 'session' }],
    });
  });

  it('holds no words of its people but as words [X4]', async () => {
    const people = [];
    for (const { value } of hostile('markdown').slice(0, 4))
      people.push(await willing(world, { given: value.slice(0, 100), position: value.slice(0, 100) }));
    const wave = await draftWave(world, house.conference.id, people);
    for (const path of ['', '/sending', '/people']) {
      const { status, body } = await organizer.get(`${here()}/${wave.id}${path}`);
      expect([path, status]).toEqual([path, 200]);
      expect(body).not.toMatch(/<script(?! type="module")|<img|href="javascript/i);
    }
  });
});
