import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ROLES, type Role } from '../../../../src/features/accounts/index.js';
import { People } from '../../../../src/features/people/index.js';
import {
  Delegations,
  MemberNeeds,
  VisitMember,
  Visits,
  type NewMember,
  type Visit,
} from '../../../../src/features/visits/index.js';
import { Database } from '../../../../src/platform/database/database.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { PolicyCheck } from '../../../../src/platform/web/policy-check.js';
import { ORIGIN, startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { scene, type Scene } from '../../../support/scene.js';
import { typedIn } from '../../../support/typed-form.js';
import { tokenIn, UNKNOWN_ID } from '../../../support/visits.js';

let world: TestApp;
let congress: Scene;

beforeAll(async () => {
  world = await startApp();
  congress = await scene(world, 'congress', 'C');
  for (const role of ROLES) await staff(world, `${role}@example.org`, [{ role, conferenceId: null }]);
  await staff(world, 'of-congress@example.org', [{ role: 'organizer', conferenceId: congress.conference.id }]);
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

const as = (who: Role | 'of-congress'): Promise<Client> => signedIn(world.client(), `${who}@example.org`);
const fresh = (more: object = {}): Promise<Visit> =>
  world.get(Visits).openFile({ title: { en: 'A visit' }, kind: 'working', level: 3, country: 'AM', ...more });
const room = ({ ref }: Visit) => `/protocol/visits/${ref}/delegation`;
const api = ({ ref }: Visit) => `/api/v1/visits/${ref}/members`;

async function member(visit: Visit, given: string, more: Partial<NewMember> = {}): Promise<VisitMember> {
  const person = { given, family: 'Guest', locale: 'en' as const };
  const added = await world.get(Delegations).add(visit, { person, role: 'member', source: 'staff', ...more });
  return added.member;
}

const headersOf = async (client: Client) => ({
  origin: ORIGIN,
  'x-csrf-token': tokenIn((await client.get('/org')).body),
  'if-match': '"v1"',
});
const namesOf = async (visit: Visit) =>
  (await world.get(Delegations).of(visit.id)).map(({ member: { orderNo }, person }) => `${orderNo} ${person.given}`);

describe('the delegation of a visit', () => {
  it('takes somebody new and somebody known, and asks for the rest of them at once', async () => {
    const visit = await fresh();
    const client = await as('protocol_officer');
    const added = await client.submit(
      `${room(visit)}/new`,
      { given: 'Արամ', family: 'Պետրոսյան', role: 'head', citizenship: 'AM' },
      room(visit),
    );
    expect(added.location).toMatch(new RegExp(`^${room(visit)}/[0-9a-f-]{36}$`));
    expect((await client.get(added.location!)).body).toContain('Արամ Պետրոսյան');
    const known = await world.get(People).create({ given: 'Zora', family: 'Known', locale: 'en', country: 'AM' });
    const search = await client.get(`${room(visit)}/new?q=zora`);
    expect(search.body).toContain('Zora Known');
    const second = await client.submit(
      `${room(visit)}/new?q=zora`,
      { person: known.publicId, role: 'member' },
      `${room(visit)}/known`,
    );
    expect(second.status).toBe(303);
    const again = await client.submit(
      `${room(visit)}/new?q=zora`,
      { person: known.publicId, role: 'member' },
      room(visit),
    );
    expect(again.status).toBe(422);
    expect(await namesOf(visit)).toEqual(['1 Արամ', '2 Zora']);
  });

  it('names what is wrong with a new member beside the field, with all that was typed', async () => {
    const visit = await fresh();
    const client = await as('protocol_officer');
    const typed = { given: 'Ana', email: 'no address', role: 'member' };
    const refused = await client.submit(`${room(visit)}/new`, typed, room(visit));
    expect(refused.status).toBe(422);
    for (const kept of ['value="Ana"', 'value="no address"', 'id="field-family-error"', 'id="field-email-error"'])
      expect(refused.body).toContain(kept);
  });

  it('is moved one up, one down and onto a place; whoever saw another order is told so', async () => {
    const visit = await fresh();
    const members: VisitMember[] = [];
    for (const given of ['A', 'B', 'C', 'D']) members.push(await member(visit, given));
    const client = await as('protocol_officer');
    const move = (at: number, fields: Record<string, string>) =>
      client.submit(room(visit), fields, `${room(visit)}/${members[at]!.id}/place`);
    expect((await move(1, { seen: '2', place: '2', to: '1' })).status).toBe(303);
    expect(await namesOf(visit)).toEqual(['1 B', '2 A', '3 C', '4 D']);
    expect((await move(0, { seen: '1', place: '1', to: '2' })).status).toBe(409);
    expect((await move(1, { seen: '1', place: '4' })).status).toBe(303);
    expect(await namesOf(visit)).toEqual(['1 A', '2 C', '3 D', '4 B']);
    expect((await move(2, { seen: '2', place: '0' })).status).toBe(422);
  });

  it('closes up when somebody is taken out, and keeps nobody who came for this visit alone', async () => {
    const visit = await fresh();
    const [first, , third] = [await member(visit, 'A'), await member(visit, 'B'), await member(visit, 'C')];
    const known = await world.get(People).create({ given: 'Kept', family: 'Known', locale: 'en' });
    const kept = await member(visit, '', { person: { personId: known.id } });
    const client = await as('protocol_officer');
    for (const { id } of [first, kept]) await client.submit(`${room(visit)}/${id}`, {}, `${room(visit)}/${id}/removal`);
    expect(await namesOf(visit)).toEqual(['1 B', '2 C']);
    expect(await world.get(People).byId(first.personId)).toBeNull();
    expect(await world.get(People).byId(known.id)).not.toBeNull();
    expect((await client.get(`${room(visit)}/${third.id}`)).status).toBe(200);
  });

  it('keeps plates in four scripts as they were typed, and says what a plate or a title still lacks', async () => {
    const visit = await fresh({ languages: ['hy'] });
    const { id } = await member(visit, 'Aram', { role: 'head' });
    const client = await as('protocol_officer');
    const form = typedIn((await client.get(`${room(visit)}/${id}`)).body, `${room(visit)}/${id}`);
    const plates = { 'plate.be': 'А. Петрасян', 'plate.en': 'A. Petrosyan', 'plate.original': 'Ա. Պետրոսյան' };
    const saved = await client.post(`${room(visit)}/${id}`, { ...form, ...plates, 'title.be': 'Дырэктар' });
    expect([saved.status, saved.location]).toEqual([303, `${room(visit)}#member-${id}`]);
    const page = unescapeHtml((await client.get(room(visit))).body);
    for (const text of [...Object.values(plates), 'No title in: Latin letters (English).', `id="member-${id}"`])
      expect(page).toContain(text);
    expect(page).not.toContain('No name for the plate');
  });

  it('of which two people change one member keeps what the second typed, and shows what the first wrote', async () => {
    const visit = await fresh();
    const { id } = await member(visit, 'Aram');
    const client = await as('protocol_officer');
    const form = typedIn((await client.get(`${room(visit)}/${id}`)).body, `${room(visit)}/${id}`);
    const save = (title: string) => client.post(`${room(visit)}/${id}`, { ...form, 'title.en': title });
    expect((await save('Director')).status).toBe(303);
    const second = await save('Head of department');
    expect(second.status).toBe(409);
    expect(second.body).toContain('value="Head of department"');
    expect(second.body).toContain('<dd dir="auto">Director</dd>');
  });

  it('is verified by somebody, until what is printed changes', async () => {
    const visit = await fresh();
    const { id } = await member(visit, 'Aram', { title: { en: 'Director' } });
    const client = await as('protocol_officer');
    const page = `${room(visit)}/${id}`;
    expect((await client.submit(page, { version: '1' }, `${page}/verification`)).status).toBe(303);
    expect((await client.get(room(visit))).body).toContain('verified');
    await client.post(page, { ...typedIn((await client.get(page)).body, page), 'title.en': 'Acting director' });
    expect((await client.get(room(visit))).body).not.toContain('>verified<');
  });

  it('does not change any more once the visit is declined', async () => {
    const visit = await fresh();
    const visits = world.get(Visits);
    const review = await visits.step(visit, { to: 'under_review', reason: null });
    await visits.step(review, { to: 'declined', reason: 'no time' });
    const client = await as('protocol_officer');
    const refused = await client.submit(`${room(visit)}/new`, { given: 'A', family: 'B', role: 'head' }, room(visit));
    expect(refused.status).toBe(409);
    expect(await namesOf(visit)).toEqual([]);
  });
});

describe('what the vault keeps of a member', () => {
  const WORDS = { diet: 'CANARY halal', allergy: 'CANARY nuts', access: 'CANARY wheelchair' };

  it('[V1] is sealed for its row and column, and refuses to open anywhere else', async () => {
    const visit = await fresh();
    const [one, other] = [await member(visit, 'A'), await member(visit, 'B')];
    const needs = world.get(MemberNeeds);
    await needs.write(visit, one, WORDS);
    const db = world.get(Database);
    const row = (await db.one(VisitMember, { id: one.id }))!;
    for (const { tableName } of db.manager.connection.entityMetadatas)
      expect([
        tableName,
        JSON.stringify(await db.manager.query(`SELECT * FROM ${tableName}`)).includes('CANARY halal'),
      ]).toEqual([tableName, false]);
    expect(await needs.read(visit, row)).toEqual(WORDS);
    await db.compareAndSet(VisitMember, { id: other.id }, { diet: row.diet });
    const copied = (await db.one(VisitMember, { id: other.id }))!;
    await expect(needs.read(visit, copied)).rejects.toThrow('vault.damaged');
    await db.compareAndSet(VisitMember, { id: one.id }, { diet: row.allergy });
    await expect(needs.read(visit, (await db.one(VisitMember, { id: one.id }))!)).rejects.toThrow('vault.damaged');
  });

  it('is on no page until somebody asks for it, which the journal keeps without the words', async () => {
    const visit = await fresh();
    const { id } = await member(visit, 'Aram');
    const client = await as('protocol_officer');
    const page = `${room(visit)}/${id}`;
    await client.submit(page, {}, `${page}/needs/reading`);
    const shown = await client.submit(page, {}, `${page}/needs/reading`);
    const form = typedIn(shown.body, `${page}/needs`);
    expect((await client.post(`${page}/needs`, { ...form, ...WORDS })).status).toBe(303);
    for (const address of [room(visit), page, api(visit), `${api(visit)}/${id}`])
      expect([address, (await client.get(address)).body.includes('CANARY')]).toEqual([address, false]);
    expect((await client.get(page)).body).toContain('•••• given');
    expect((await client.submit(page, {}, `${page}/needs/reading`)).body).toContain('CANARY halal');
    const entries = await world.get(Database).all(JournalEntry, { subjectId: visit.id });
    expect(entries.filter(({ type }) => type === 'MemberNeedsRead')).toHaveLength(3);
    expect(JSON.stringify(entries)).not.toContain('CANARY');
  });

  it('is counted, not named, for whoever organizes the linked conference', async () => {
    const visit = await fresh({ conferenceId: congress.conference.id });
    const one = await member(visit, 'Aram', { emergencyContact: 'CANARY aunt' });
    await world.get(MemberNeeds).write(visit, one, WORDS);
    const client = await as('of-congress');
    const page = (await client.get(room(visit))).body;
    expect(page).toContain('diet: 1');
    expect([page.includes('CANARY'), page.includes('Protected data')]).toEqual([false, false]);
    const { items, needs } = JSON.parse((await client.get(api(visit))).body);
    expect([Object.keys(items[0]).toSorted(), needs]).toEqual([
      ['courtesy', 'id', 'inPerson', 'name', 'place', 'plate', 'role', 'title'],
      { diet: 1, allergy: 1, access: 1 },
    ]);
  });
});

describe('[A2] [A4] the delegation of a visit', () => {
  /** Every address of the pages and the API about delegations, of one visit and member. */
  const routes = (visit: Visit, id: string) =>
    world
      .get(PolicyCheck)
      .routes()
      .filter(({ paths, policy }) => policy.kind === 'staff' && /visits\/:ref\/(delegation|members)/.test(paths[0]!))
      .map(({ methods, paths }) => ({
        method: methods,
        path: paths[0]!.replace(':ref', visit.ref).replace(':member', id).replace(/:\w+/g, UNKNOWN_ID),
      }));
  /** What the schema lets pass, so that the visit decides. */
  const bodyOf = (path: string) => {
    if (path.endsWith('/members')) return { person: 'nobody', role: 'member' };
    if (path.endsWith('/link')) return { expiresOn: '2031-01-01' };
    return path.endsWith('/place') ? { seen: 1, place: 1 } : {};
  };
  const statuses = async (client: Client, visit: Visit, id: string) => {
    const found = new Map<string, number>();
    const _csrf = tokenIn((await client.get('/org')).body);
    for (const { method, path } of routes(visit, id)) {
      const answer = path.startsWith('/api')
        ? await client.api(method as 'POST', path, method === 'GET' ? undefined : bodyOf(path), await headersOf(client))
        : await (method === 'GET' ? client.get(path) : client.post(path, { _csrf }));
      found.set(`${method} ${path}`, answer.status);
    }
    return found;
  };

  it.each(ROLES)(
    'is not there for role %s on any address, when the visit is restricted and they are not named',
    async (role) => {
      const visit = await fresh({ confidentiality: 'restricted', conferenceId: congress.conference.id });
      const { id } = await member(visit, 'Aram');
      const all = await statuses(await as(role), visit, id);
      expect(all.size).toBeGreaterThan(15);
      expect([...all].filter(([, status]) => status !== 404)).toEqual([]);
    },
  );

  it('is read, and nothing else, by the organizer of the linked conference', async () => {
    const visit = await fresh({ conferenceId: congress.conference.id });
    const { id } = await member(visit, 'Aram');
    const all = await statuses(await as('of-congress'), visit, id);
    const open = [...all].filter(([, status]) => status !== 403).map(([route, status]) => `${status} ${route}`);
    expect(open.toSorted()).toEqual([`200 GET ${api(visit)}`, `200 GET ${room(visit)}`].toSorted());
  });

  it('[A3] has no member of another visit', async () => {
    const [visit, other] = [await fresh(), await fresh()];
    const { id } = await member(other, 'Aram');
    const client = await as('protocol_officer');
    for (const [route, status] of await statuses(client, visit, id))
      if (route.includes(id)) expect([route, status]).toEqual([route, 404]);
    expect(await namesOf(other)).toEqual(['1 Aram']);
  });

  it('is changed through the API as on the pages', async () => {
    const visit = await fresh();
    const client = await as('protocol_officer');
    const headers = await headersOf(client);
    const body = { given: 'Aram', family: 'P', role: 'head', citizenship: 'AM' };
    const added = await client.api('POST', api(visit), body, headers);
    expect(added.status).toBe(201);
    const { id } = JSON.parse(added.body);
    const match = { ...headers, 'if-match': added.headers['etag'] as string };
    const edited = await client.api(
      'PATCH',
      `${api(visit)}/${id}`,
      { plate: { original: 'Արամ' }, inPerson: false },
      match,
    );
    expect([edited.status, JSON.parse(edited.body)]).toEqual([
      200,
      expect.objectContaining({
        place: 1,
        role: 'head',
        plate: { original: 'Արամ' },
        inPerson: false,
        citizenship: 'AM',
        version: 2,
      }),
    ]);
    expect((await client.api('PATCH', `${api(visit)}/${id}`, { smoker: true }, match)).status).toBe(412);
    const now = { ...headers, 'if-match': '"v2"' };
    expect((await client.api('PATCH', `${api(visit)}/${id}/needs`, { diet: 'vegan' }, now)).status).toBe(204);
    expect(JSON.parse((await client.api('POST', `${api(visit)}/${id}/needs/readings`, {}, headers)).body)).toEqual({
      diet: 'vegan',
      allergy: null,
      access: null,
    });
    expect((await client.api('DELETE', `${api(visit)}/${id}`, undefined, headers)).status).toBe(204);
    expect(JSON.parse((await client.get(api(visit))).body).items).toEqual([]);
  });
});
