// @engine sqlite
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Accounts } from '../../src/features/accounts/index.js';
import { Visits } from '../../src/features/visits/index.js';
import { Sessions } from '../../src/features/programme/index.js';
import { toInstant } from '../../src/kernel/zones.js';
import { PolicyCheck, type RoutePolicy } from '../../src/platform/web/policy-check.js';
import { ORIGIN, startApp, type TestApp } from '../support/app.js';
import { unescapeHtml, type Client } from '../support/client.js';
import { fullVisit, type FullVisit, type Said } from '../support/full-visit.js';
import { signedIn, staff } from '../support/house.js';
import { rowsOf, scene, type Scene } from '../support/scene.js';
import { cookiesOf, filled, FORM, send, still, tokenIn, UNKNOWN_ID } from '../support/visits.js';

/**
 * "Who sees what" of visits, as one table. Who: an account with its roles. `normal`, `restricted`: what it may do with a visit
 * linked to the congress. Routes come from the running application: a new one is walked with the others, and is nobody's who
 * only reads unless `READABLE` names it.
 */
type May = 'all' | 'read' | 'nothing';
const TABLE = {
  responsible: { normal: 'all', restricted: 'all' },
  named: { normal: 'all', restricted: 'all' },
  protocol_officer: { normal: 'all', restricted: 'nothing' },
  organizer: { normal: 'read', restricted: 'nothing' },
  organizer_of_another: { normal: 'nothing', restricted: 'nothing' },
  programme_editor: { normal: 'nothing', restricted: 'nothing' },
  readonly: { normal: 'nothing', restricted: 'nothing' },
  admin: { normal: 'nothing', restricted: 'nothing' },
} as const satisfies Record<string, { normal: May; restricted: May }>;
type Who = keyof typeof TABLE;
const WHO = Object.keys(TABLE) as Who[];

/** What who only reads a visit sees of it: names, programme, travel, needs as counts. */
const READABLE = [
  'VisitCardPages.card',
  'VisitsApi.get',
  'VisitsApi.ready',
  'DelegationPages.list',
  'DelegationApi.list',
  'StayPages.show',
  'StayPages.session',
  'StayReleasesPages.pending',
  'StayReleasesPages.sheet',
  'StayReleasesPages.guest',
  'StayReleasesPages.internal',
  'StayApi.all',
  'StayApi.get',
  'StayApi.pending',
  'StayApi.sheet',
  'StayApi.guest',
  'StayApi.internal',
  'AttendedPages.all',
  'AttendedPages.one',
  'AttendedApi.all',
  'DayPages.sheet',
  'DayApi.all',
  'LogisticsPages.all',
  'LogisticsApi.legs',
  'LogisticsApi.rooms',
  'LogisticsApi.meals',
  'SeatingPages.all',
  'SeatingPages.one',
  'SeatingApi.get',
  'VisitVisasPages.list',
  'VisitVisasApi.list',
  'CommitmentsPages.all',
  'CommitmentsApi.all',
];
/** Of its words, those that nobody sees who only reads. The diet of a meal is a count beside its word. */
const INNER: readonly Said[] = [
  'allergy',
  'contact',
  'gift',
  'cost',
  'briefing',
  'budget',
  'decision',
  'lessons',
  'paper',
  'label',
];
const DIETS_AS_COUNTS = ['LogisticsPages.all', 'LogisticsApi.meals'];

/** Where people stand under their names whoever they are: that somebody is known says nothing of a visit. */
const OF_PEOPLE = /\/people|\/persons|\/interpreters|participants|:person/;

let world: TestApp;
let congress: Scene;
let another: Scene;
let normal: FullVisit;
let restricted: FullVisit;
let routes: RoutePolicy[];
let clients: Record<Who, Client>;

beforeAll(async () => {
  world = await startApp();
  congress = await scene(world, 'congress', 'C');
  another = await scene(world, 'another', 'N');
  const of = (role: 'organizer' | 'programme_editor' | 'readonly', { conference }: Scene) => [
    { role, conferenceId: conference.id },
  ];
  await staff(world, 'responsible@example.org', [{ role: 'responsible', conferenceId: null }]);
  await staff(world, 'named@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
  await staff(world, 'protocol_officer@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
  await staff(world, 'organizer@example.org', of('organizer', congress));
  await staff(world, 'organizer_of_another@example.org', of('organizer', another));
  await staff(world, 'programme_editor@example.org', of('programme_editor', congress));
  await staff(world, 'readonly@example.org', of('readonly', congress));
  await staff(world, 'admin@example.org', [{ role: 'admin', conferenceId: null }]);
  const { id: responsibleId } = (await world.get(Accounts).byEmail('responsible@example.org'))!;
  const { id: namedId } = (await world.get(Accounts).byEmail('named@example.org'))!;
  normal = await fullVisit(world, congress, 'Zorka', { responsibleId });
  restricted = await fullVisit(world, congress, 'Nochka', { responsibleId, confidentiality: 'restricted' });
  await world.get(Visits).name(restricted.visit, namedId);
  // In the way of both, so that boards and conflicts of the congress meet them.
  for (const { ids, visit } of [normal, restricted])
    await world.get(Sessions).add(congress.programmeId, {
      kind: 'section',
      title: { en: 'In the same hall' },
      place: { start: toInstant(`${visit.startsOn}T15:30`, visit.zone).instant, minutes: 30, roomId: ids['room']! },
    });
  await world.mails();
  const ofVisits = ({ paths }: RoutePolicy) => paths.some((path) => /\/visits\/:ref(\/|$)/.test(path));
  routes = world.get(PolicyCheck).routes().filter(ofVisits);
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.advance({ hours: 2 });
  const signed = await Promise.all(WHO.map((who) => signedIn(world.client(), `${who}@example.org`)));
  clients = Object.fromEntries(WHO.map((who, at) => [who, signed[at]!])) as typeof clients;
});

const nameOf = ({ controller, handler }: RoutePolicy) => `${controller}.${handler}`;
const isRead = ({ methods }: RoutePolicy) => methods === 'GET';
const address = ({ paths }: RoutePolicy, { ids }: Pick<FullVisit, 'ids'>) =>
  paths[0]!.replace(/:(\w+)/g, (_, name: string) => {
    const id = ids[name === 'session' && /\/attended\//.test(paths[0]!) ? 'attended' : name];
    if (!id) throw new Error(`nothing is known for :${name} of ${paths[0]}`);
    return encodeURIComponent(id);
  });
/** The same address of a visit that there is not. */
const nowhere = (route: RoutePolicy) => {
  const ids = Object.fromEntries(Object.keys(normal.ids).map((name) => [name, UNKNOWN_ID]));
  const { to, key, kind, name, number, sheet } = normal.ids;
  return address(route, { ids: { ...ids, to, key, kind, name, number, sheet, ref: 'V-2099-999' } as typeof ids });
};
const leaks = (body: string, { visit, said }: FullVisit, words: readonly Said[] = Object.keys(said) as Said[]) => {
  const text = unescapeHtml(body);
  return [...words.map((word) => said[word]), visit.ref, visit.id].filter((word) => text.includes(word));
};
const isPage = (url: string) => !url.startsWith('/api/');

describe('[A1] the routes of visits', () => {
  it('all name the visit that they are about, and are found', () => {
    expect(routes.length).toBeGreaterThan(120);
    for (const route of routes) expect(() => address(route, normal)).not.toThrow();
    const readable = routes.filter(isRead).map(nameOf);
    expect(READABLE.filter((name) => !readable.includes(name))).toEqual([]);
  });

  it('are all there for who is responsible, so that "not found" elsewhere means something', async () => {
    for (const file of [normal, restricted]) {
      const seen = [];
      for (const route of routes.filter(isRead)) {
        const { status } = await read(clients.responsible, address(route, file));
        if (status !== 200) seen.push([nameOf(route), status]);
      }
      expect(seen).toEqual([]);
    }
  }, 120_000);
});

describe.each(['normal', 'restricted'] as const)('[A2] a %s visit', (kind) => {
  const file = () => (kind === 'normal' ? normal : restricted);

  it.each(WHO.filter((who) => TABLE[who][kind] === 'nothing'))(
    'is not there for %s: every page, file and route answers as for a visit that there is not',
    async (who) => {
      const client = clients[who];
      const told = [];
      for (const route of routes.filter(isRead)) {
        const [there, not] = [await read(client, address(route, file())), await read(client, nowhere(route))];
        const same = still(there.body).replaceAll(/"\/[^"]*"/g, '') === still(not.body).replaceAll(/"\/[^"]*"/g, '');
        if (there.status !== 404 || not.status !== 404 || !same || leaks(there.body, file()).length > 0)
          told.push([nameOf(route), there.status, not.status, same, leaks(there.body, file())]);
      }
      expect(told).toEqual([]);
    },
    120_000,
  );

  it.each(WHO.filter((who) => TABLE[who][kind] !== 'all'))(
    'is changed by nothing that %s sends, and no answer says more than for a visit that there is not',
    async (who) => {
      const client = clients[who];
      const token = tokenIn((await read(client, '/staff/profile')).body);
      const before = await rowsOf(world);
      const told = [];
      for (const route of routes.filter((one) => !isRead(one))) {
        const [there, not] = [
          await tried(client, route, address(route, file()), token),
          await tried(client, route, nowhere(route), token),
        ];
        const mayKnow = TABLE[who][kind] === 'read';
        const refused = mayKnow ? [403, 404, 422, 428] : [404, 422, 428];
        const same = mayKnow || (there.statusCode === not.statusCode && still(there.body) === still(not.body));
        const found = mayKnow ? [] : leaks(there.body, file());
        if (!refused.includes(there.statusCode) || !same || found.length > 0)
          told.push([nameOf(route), there.statusCode, not.statusCode, same, found]);
      }
      expect(told).toEqual([]);
      expect(await rowsOf(world)).toEqual(before);
    },
    120_000,
  );

  it('sends everybody who is not signed in to the door, whether it is there or not', async () => {
    const told = [];
    for (const route of routes.filter(isRead)) {
      const stranger = world.client();
      const [there, not] = [await read(stranger, address(route, file())), await read(stranger, nowhere(route))];
      const door = isPage(address(route, file())) ? 303 : 401;
      if (
        there.status !== door ||
        not.status !== door ||
        leaks(there.body, file()).filter((word) => word !== file().visit.ref).length > 0
      )
        told.push([nameOf(route), there.status, not.status]);
    }
    expect(told).toEqual([]);
  }, 120_000);

  it('is in no list, search, figure, board, register, mail or calendar of those who may not know of it', async () => {
    const everywhere = world
      .get(PolicyCheck)
      .routes()
      .filter((route) => isRead(route) && !routes.some((one) => nameOf(one) === nameOf(route)));
    const { said, visit } = file();
    const unknowing = WHO.filter((one) => TABLE[one][kind] === 'nothing');
    // Words that find a visit for who may know of it and stand in no canary, and the day on which it is; of lists alone.
    const asked = ({ paths }: RoutePolicy) => {
      if (/:(?!conf\b)/.test(paths[0]!)) return [];
      const day = congress.conference.startsOn!;
      const lists = /visits|people|documents|mail|search/.test(paths[0]!) ? ['?q=findable', `?q=${visit.ref}`] : [];
      return [...lists, ...(/board|calendar|programme/.test(paths[0]!) ? [`?day=${day}`, `?on=${day}`] : [])];
    };
    for (const who of unknowing) {
      const told: unknown[] = [];
      for (const route of everywhere) {
        if (route.policy.kind === 'token' || /:token|events$/.test(route.paths[0]!)) continue;
        const words = (Object.keys(said) as Said[]).filter(
          (word) => word !== 'name' || !OF_PEOPLE.test(route.paths[0]!),
        );
        const path = filled(route.paths[0]!, who === 'organizer_of_another' ? another : congress);
        // What anybody may read is the same for all of them.
        if (route.policy.kind === 'anyone' && who !== unknowing[0]) continue;
        for (const query of ['', ...asked(route)]) {
          const { body, status } = await read(clients[who], path + query);
          const found = leaks(body, file(), words).filter((word) => !query.endsWith(word));
          if (status >= 500 || found.length > 0) told.push([who, path + query, status, found]);
        }
      }
      expect(told).toEqual([]);
      const list = (await read(clients[who], '/api/v1/visits?q=findable')).body;
      expect(leaks(list, file())).toEqual([]);
    }
  }, 600_000);
});

describe('[A2] who only reads a visit', () => {
  it('sees its names, programme and travel, and neither gifts, money, notes of the file nor what the vault keeps', async () => {
    const told = [];
    const seen = new Set<string>();
    for (const route of routes.filter(isRead)) {
      const { status, body } = await read(clients.organizer, address(route, normal));
      const may = READABLE.includes(nameOf(route));
      const inner = leaks(body, normal, DIETS_AS_COUNTS.includes(nameOf(route)) ? INNER : [...INNER, 'diet']);
      const found = inner.filter((word) => word !== normal.visit.ref && word !== normal.visit.id);
      if ((may ? status !== 200 : ![403, 404].includes(status)) || found.length > 0)
        told.push([nameOf(route), status, found]);
      if (may) for (const word of leaks(body, normal)) seen.add(word);
    }
    expect(told).toEqual([]);
    const { title, name, session, note, hotel } = normal.said;
    expect([title, name, session, note, hotel].filter((word) => !seen.has(word))).toEqual([]);
  }, 120_000);

  it('sees that of the visit alone in lists and figures', async () => {
    const list = (await read(clients.organizer, '/api/v1/visits')).json<{
      items: { ref: string; decision: unknown }[];
    }>();
    expect(list.items.map(({ ref, decision }) => [ref, decision])).toEqual([[normal.visit.ref, null]]);
    const overview = unescapeHtml((await read(clients.organizer, '/protocol/visits')).body);
    expect([overview.includes(normal.said.title), overview.includes(restricted.said.title)]).toEqual([true, false]);
  });
});

describe('[A2] the guest side behind its link', () => {
  it.each(['normal', 'restricted'] as const)(
    'sees its own people of a %s visit, and nothing of the house',
    async (kind) => {
      const [own, other] = kind === 'normal' ? [normal, restricted] : [restricted, normal];
      const guest = world.client();
      for (const end of ['', '/members/new', `/members/${own.ids['member']}`]) {
        const { status, body } = await read(guest, `/en/delegation/${own.link}${end}`);
        expect([end, status]).toEqual([end, 200]);
        const inner: Said[] = ['note', 'gift', 'budget', 'decision', 'lessons', 'paper', 'promise', 'label'];
        expect([
          end,
          leaks(body, own, inner).filter((word) => word.startsWith('Zorka') || word.startsWith('Nochka')),
        ]).toEqual([end, []]);
        expect([end, leaks(body, other)]).toEqual([end, []]);
      }
      expect((await read(guest, `/en/delegation/${own.link}/members/${other.ids['member']}`)).status).toBe(404);
      for (const path of own.feeds) {
        const { status, body } = await read(guest, path);
        const plain = body.replaceAll('\r\n ', '');
        expect([status, leaks(plain, own, ['note', 'gift', 'budget', 'decision'])]).toEqual([200, []]);
        expect(plain).toContain(own.said.session);
      }
    },
  );
});

/** An empty form or an empty object, with everything that the border asks for. */
function tried(client: Client, { methods }: RoutePolicy, url: string, token: string) {
  const cookie = cookiesOf(client);
  return isPage(url)
    ? send(world, methods, url, { cookie, origin: ORIGIN, 'content-type': FORM }, `_csrf=${encodeURIComponent(token)}`)
    : send(
        world,
        methods,
        url,
        { cookie, origin: ORIGIN, 'content-type': 'application/json', 'x-csrf-token': token, 'if-match': '"1"' },
        '{}',
      );
}

/** Reads an address as the client, from an address of its own each time, so that no limit of so many reads is met. */
async function read(client: Client, url: string): Promise<{ status: number; body: string; json<T>(): T }> {
  const cookie = client.cookieHeader();
  const answer = await send(world, 'GET', url, cookie === '' ? {} : { cookie });
  return { status: answer.statusCode, body: answer.body, json: <T>() => answer.json() as T };
}
