// @engine sqlite
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { People } from '../../src/features/people/index.js';
import { Assignments, Conflicts, Releases, Sessions, Talks } from '../../src/features/programme/index.js';
import { Venues } from '../../src/features/venues/index.js';
import { startApp, type TestApp } from '../support/app.js';
import type { Client } from '../support/client.js';
import { signedIn, staff } from '../support/house.js';
import { scene, type Scene } from '../support/scene.js';

/*
 * What a phone has to fetch to show a page for the first time: the page itself, its style sheets and its modules, as they go
 * over the line. 60 kB for everybody's pages, 250 kB for the board, 15 kB for the style sheet of all pages.
 */
const KB = 1000;
const EVERYBODY = 60 * KB;
const BOARD = 250 * KB;
const DAYS = 3;
const A_DAY = 100;
const ROOMS = 10;

let world: TestApp;
let house: Scene;
let code: string;

beforeAll(async () => {
  world = await startApp();
  house = await scene(world, 'forum', 'F27');
  const { programmeId, conference } = house;
  const venue = await world.get(Venues).addVenue({ code: 'library', name: { en: 'Library' }, address: {}, geo: null });
  const rooms: string[] = [];
  for (let n = 0; n < ROOMS; n++) {
    const name = { be: `Аўдыторыя ${n + 1}`, ru: `Аудитория ${n + 1}`, en: `Room ${n + 1}` };
    const fields = { code: `room-${n}`, name, capacity: 40, notes: '' };
    rooms.push((await world.get(Venues).addRoom(venue.id, fields)).id);
  }
  const people = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      world.get(People).create({
        given: `Алесь ${n}`,
        family: `Прозвішча-${n * 7919}`,
        institution: `Бібліятэка № ${n}`,
        country: 'BY',
        locale: 'be',
      }),
    ),
  );
  const first = Date.parse(`${conference.startsOn}T05:00:00Z`);
  const ids = await world.get(Sessions).addAll(
    programmeId,
    Array.from({ length: DAYS * A_DAY }, (_, n) => {
      const [day, within] = [Math.floor(n / A_DAY), n % A_DAY];
      const start = new Date(first + day * 86_400_000 + Math.floor(within / ROOMS) * 3_600_000);
      const title = {
        be: `Пасяджэнне ${n}: пра кнігі, людзей і ${n * 31} рэчаў`,
        ru: `Заседание ${n}: о книгах, людях и ${n * 31} вещах`,
        en: `Section ${n}: on books, people and ${n * 31} things`,
      };
      return {
        kind: 'section' as const,
        title,
        languages: ['be', 'en'],
        place: { start, minutes: 45, roomId: rooms[within % ROOMS]! },
      };
    }),
  );
  for (const [n, sessionId] of ids.slice(0, A_DAY).entries()) {
    await world.get(Talks).add(programmeId, sessionId, { title: { be: `Даклад ${n} пра ${n * 17}` }, minutes: 20 });
    const personId = people[n % people.length]!.id;
    await world.get(Assignments).assign(programmeId, { sessionId, personId, role: 'chair', state: 'confirmed' });
  }
  for (const { key, severity } of await world.get(Conflicts).findings(programmeId))
    if (severity === 'error') await world.get(Conflicts).override(programmeId, key, 'only to be weighed');
  await world.get(Releases).publish(programmeId);
  ({ code } = await world.get(Sessions).byId(programmeId, ids[0]!));
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: conference.id }]);
}, 120_000);
afterAll(() => world.close());

const COMPRESSED = { 'accept-encoding': 'br, gzip' };

/** Everything that the page brings along, modules that modules import included, by address. */
async function weigh(client: Client, path: string): Promise<Map<string, number>> {
  const weights = new Map<string, number>();
  const fetched = async (url: string): Promise<string> => {
    const answer = await client.get(url, COMPRESSED);
    expect([url, answer.status]).toEqual([url, 200]);
    weights.set(url, answer.raw.length);
    return (await client.get(url)).body;
  };
  const html = await fetched(path);
  const waiting = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:css|js))"/g)].map(([, url]) => url!);
  expect(waiting.length).toBeGreaterThan(0);
  for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
    if (weights.has(url)) continue;
    const text = await fetched(url);
    if (url.endsWith('.js'))
      for (const [, from] of text.matchAll(/(?:from|import)\s*\(?["']([^"']+\.js)["']/g))
        waiting.push(new URL(from!, `http://x${url}`).pathname);
  }
  return weights;
}
const total = (weights: ReadonlyMap<string, number>): number =>
  [...weights.values()].reduce((sum, one) => sum + one, 0);

describe('pages', () => {
  it.each(['be', 'ru', 'en'])(
    'for everybody weigh at most 60 kB with all that they bring along, in %s',
    async (locale) => {
      const base = `/${locale}/c/forum`;
      const pages = ['', '/programme', '/programme/changes', '/programme/now', '/speakers', '/register', `/s/${code}`];
      for (const path of [`/${locale}/`, ...pages.map((page) => base + page)]) {
        const weight = total(await weigh(world.client(), path));
        expect([path, weight, weight <= EVERYBODY]).toEqual([path, weight, true]);
      }
    },
  );

  it('of the board weigh at most 250 kB, with 300 sessions', async () => {
    const organizer = await signedIn(world.client(), 'organizer@example.org');
    const weight = total(await weigh(organizer, `/org/c/forum/board?day=${house.conference.startsOn}`));
    expect([weight, weight <= BOARD]).toEqual([weight, true]);
  });

  it('share a style sheet of at most 15 kB', async () => {
    const weights = await weigh(world.client(), '/en/');
    const [css] = [...weights].filter(([url]) => /\/app[.-][^/]*css$/.test(url));
    expect(css![1]).toBeLessThanOrEqual(15 * KB);
  });
});
