import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Conferences } from '../../src/features/conferences/index.js';
import { Programmes, Releases, Sessions, Talks } from '../../src/features/programme/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { hostile } from '../support/hostile.js';
import { signedIn, staff } from '../support/house.js';
import { scene, type Scene } from '../support/scene.js';
import { send, still, publicAddresses } from '../support/visits.js';

let world: TestApp;
let here: Scene;
let there: Scene;

beforeAll(async () => {
  world = await startApp();
  here = await scene(world, 'here', 'H');
  there = await scene(world, 'there', 'T');
  await staff(world, 'admin@example.org', [
    { role: 'admin', conferenceId: null },
    { role: 'organizer', conferenceId: null },
  ]);
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: here.conference.id }]);
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

const as = (email: string) => signedIn(world.client(), email);
const visit = (url: string, headers: Record<string, string> = {}) => send(world, 'GET', url, headers);

describe('lists, searches and counts', () => {
  const without = (body: string, word: string) =>
    [word, encodeURIComponent(word), new URLSearchParams({ q: word }).toString().slice(2)].reduce(
      (text, one) => text.replaceAll(one, 'WORD'),
      still(body),
    );

  it('[A5] answer a search for somebody of another conference as they answer nonsense', async () => {
    const organizer = await as('organizer@example.org');
    const family = encodeURIComponent(there.person.family!);
    for (const list of ['/org/c/here/registrations?q=', '/api/v1/conferences/here/registrations?q=']) {
      const [hidden, nonsense] = [await organizer.get(list + family), await organizer.get(`${list}qqqqqqqq`)];
      expect([hidden.status, nonsense.status]).toEqual([200, 200]);
      expect(without(hidden.body, there.person.family!)).toBe(without(nonsense.body, 'qqqqqqqq'));
    }
    expect(
      (await organizer.get(`/org/c/here/registrations?q=${encodeURIComponent(here.person.family!)}`)).body,
    ).toContain(here.registration.number);
  });

  it('[A5] list the conferences of the viewer only, whatever is searched', async () => {
    const organizer = await as('organizer@example.org');
    for (const list of [
      '/org/conferences',
      '/org/conferences?q=there',
      '/api/v1/conferences',
      '/api/v1/conferences?limit=1',
    ]) {
      const answer = await organizer.get(list);
      expect([list, answer.status, answer.body.includes('Congress there')]).toEqual([list, 200, false]);
    }
    expect((await organizer.get('/org/conferences')).body).toContain('Congress here');
  });

  it('[A5] show on a person’s card no mail and no entry of a conference that the viewer may not read', async () => {
    const [organizer, chief] = [await as('organizer@example.org'), await as('admin@example.org')];
    const card = `/org/people/${there.person.publicId}`;
    expect((await chief.get(card)).body).toContain(there.registration.number);
    const seen = await organizer.get(card);
    expect([seen.status, seen.body.includes(there.registration.number), seen.body.includes('Congress there')]).toEqual([
      200,
      false,
      false,
    ]);
  });

  it.each(hostile('sort').map(({ id, value }) => [id, value]))(
    '[P21] know no other sort keys or filters: %s',
    async (_id, value) => {
      const admin = await as('admin@example.org');
      const key = encodeURIComponent(value);
      for (const list of [
        '/org/c/here/registrations',
        '/api/v1/conferences/here/registrations',
        '/org/conferences',
        '/api/v1/conferences',
        '/api/v1/people',
        '/org/people',
      ]) {
        // No parser of queries makes a parameter of `__proto__`: there is nothing to refuse.
        for (const query of [`sort=${key}`, ...(value === '__proto__' ? [] : [`${key}=1`])])
          expect([list, query, (await admin.get(`${list}?${query}`)).status]).toEqual([list, query, 422]);
      }
      for (const filter of ['approval', 'category', 'waitlist'])
        expect((await admin.get(`/org/c/here/registrations?${filter}=${key}`)).status).toBe(422);
    },
  );
});

describe('what is not published', () => {
  it('[A6] is in no public address, in no language and no format', async () => {
    const canary = (n: number) => ({ be: `Канарэйка CANARY${n}`, ru: `Канарейка CANARY${n}`, en: `CANARY${n}` });
    const released = await world.get(Sessions).byId(here.programmeId, here.sessionId);
    await world
      .get(Sessions)
      .edit(
        here.programmeId,
        { id: released.id, version: released.version },
        { title: canary(1), abstract: canary(2) },
      );
    const { session: fresh } = await world
      .get(Sessions)
      .add(here.programmeId, { kind: 'round_table', title: canary(3) });
    await world.get(Talks).add(here.programmeId, released.id, { title: canary(4), abstract: canary(4), minutes: 10 });
    await world.get(Programmes).addStrand(here.programmeId, { code: 'canary', name: canary(5), colour: 'teal' });
    const draft = await scene(world, 'canary-draft', 'D');
    const { id, version } = draft.conference;
    await world.get(Conferences).edit({ id, version }, { title: canary(6), description: canary(7), public: false });
    const { session: hidden } = await world.get(Sessions).add(draft.programmeId, {
      kind: 'section',
      title: canary(8),
      place: { start: new Date(world.clock.now().getTime() + 60 * 86_400_000), minutes: 30, roomId: null },
    });
    await world.get(Releases).publish(draft.programmeId, { name: canary(9), note: canary(9) });

    const codes = [released.code, fresh.code, hidden.code];
    const addresses = [...publicAddresses(world, here, codes), ...publicAddresses(world, draft, codes)];
    expect(addresses.length).toBeGreaterThan(40);
    const leaks: string[] = [];
    let shown = 0;
    for (const address of addresses) {
      const answer = await visit(address);
      if (answer.statusCode >= 500) leaks.push(`${address} answered ${answer.statusCode}`);
      if (/CANARY|here-canary|canary-draft<\/|Канарэйка/.test(answer.body)) leaks.push(address);
      if (answer.body.includes('Section of here')) shown++;
    }
    expect(leaks).toEqual([]);
    expect(shown).toBeGreaterThanOrEqual(5);
  });
});

describe('the file of chosen sessions', () => {
  it('[CF3] [A6] holds those of the release that are named, and is kept by no cache', async () => {
    const released = await world.get(Sessions).byId(there.programmeId, there.sessionId);
    const { session: draft } = await world
      .get(Sessions)
      .add(there.programmeId, { kind: 'section', title: { en: 'CANARY' } });
    const answer = await visit(`/c/there/chosen.ics?codes=${released.code},${draft.code},nothing&lang=en`);
    expect([answer.statusCode, answer.headers['cache-control'], answer.body.match(/^BEGIN:VEVENT/gm)]).toEqual([
      200,
      'private, no-store',
      ['BEGIN:VEVENT'],
    ]);
    expect(answer.body).toContain('SUMMARY');
    expect(answer.body).not.toContain('CANARY');
    for (const query of ['', '?codes=', `?codes=${draft.code}`, `?codes=${released.code}&codes=${released.code}`])
      expect((await visit(`/c/there/chosen.ics${query}`)).statusCode).toBe(404);
  });
});
