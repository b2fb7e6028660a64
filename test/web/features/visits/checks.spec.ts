import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountCommands } from '../../../../src/features/accounts/account-commands.js';
import { Countries } from '../../../../src/features/people/index.js';
import { Assignments, Programmes } from '../../../../src/features/programme/index.js';
import type { Visit } from '../../../../src/features/visits/index.js';
import { Delegations, MemberNeeds } from '../../../../src/features/visits/index.js';
import { VisitPapers } from '../../../../src/features/visits/papers/papers.service.js';
import { StaySessions } from '../../../../src/features/visits/stay/stay-sessions.service.js';
import { toInstant } from '../../../../src/kernel/zones.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { membersOf, visitOf } from '../../../support/delegation.js';
import { signedIn, staff } from '../../../support/house.js';

let world: TestApp;
let client: Client;
let program: Client;

beforeAll(async () => {
  world = await startApp();
  await staff(world, 'officer@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: null }]);
  client = await signedIn(world.client(), 'officer@example.org');
  program = world.client();
  program.bearer = await world.get(AccountCommands).addToken('officer@example.org', ['visit:write'] as never, 30);
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ minutes: 20 }));

const here = ({ ref }: Visit) => `/protocol/visits/${ref}`;
const pointsOf = async (visit: Visit) =>
  (await program.api('GET', `/api/v1/visits/${visit.ref}/points`)).json<{
    items: { room: string; kind: string; href: string; what: string | null }[];
  }>().items;
const kindsOf = async (visit: Visit, room: string) =>
  (await pointsOf(visit)).flatMap((point) => (point.room === room ? [point.kind] : []));

/** A session with all members as guests. */
const planned = async (visit: Visit, fields: { kind: string; from: string; until: string; menu?: string }) => {
  const at = (local: string) => toInstant(local, visit.zone).instant;
  const { session } = await world.get(StaySessions).add(visit, {
    kind: fields.kind as 'meal',
    title: { be: 'Пункт' },
    languages: [],
    layout: null,
    place: {
      start: at(fields.from),
      minutes: (at(fields.until).getTime() - at(fields.from).getTime()) / 60_000,
      roomId: null,
    },
    address: null,
    setUp: {},
    menu: fields.menu ?? null,
    internalNote: null,
    guestNote: null,
    shownToGuests: true,
    planB: null,
  });
  return session;
};

describe('points to check', () => {
  it('of a fresh visit are few, each with the place where it is put right', async () => {
    const visit = await visitOf(world);
    const points = await pointsOf(visit);
    expect(points.map(({ room, kind }) => `${room} ${kind}`)).toEqual(['card flag_old', 'day flags', 'day flowers']);
    const page = await client.get(`${here(visit)}/checks`);
    for (const { href } of points) {
      expect(unescapeHtml(page.body)).toContain(`href="${href}"`);
      expect((await client.get(href)).status).toBe(200);
    }
  });

  it('name what the guests’ calendar, their diets and their language say of a session', async () => {
    const visit = await visitOf(world, {
      country: 'ID',
      languages: ['id'],
      startsOn: '2027-03-05',
      endsOn: '2027-03-05',
    });
    const country = await world.get(Countries).one('ID');
    const days = [{ kind: 'national' as const, day: '03-05', name: 'A day of theirs' }];
    await world.get(Countries).save('ID', country, { ...country, days, flagCheckedOn: null });
    const [member] = await membersOf(world, visit, ['Budi', 'Sari']);
    await world.get(MemberNeeds).write(visit, member!, { diet: 'халяль', access: 'wheelchair' });
    await planned(visit, { kind: 'meal', from: '2027-03-05T13:00', until: '2027-03-05T14:00', menu: 'Свініна і віно' });
    expect(await kindsOf(visit, 'programme')).toEqual(
      expect.arrayContaining(['guest_day', 'friday_prayer', 'title_language']),
    );
    expect(await kindsOf(visit, 'logistics')).toEqual(expect.arrayContaining(['pork', 'alcohol']));
    expect(await kindsOf(visit, 'day')).toContain('wheelchair_way');
    const page = unescapeHtml((await client.get(`${here(visit)}/checks`)).body);
    expect(page).toContain('A day of theirs');
    expect(page).not.toContain('халяль');
    expect(unescapeHtml((await client.get(`${here(visit)}/logistics`)).body)).toContain(
      'Alcohol, and 1 guest does not drink it',
    );
  });

  it('name a title that was changed after the last letter left', async () => {
    const visit = await visitOf(world);
    const [member] = await membersOf(world, visit, ['Ani']);
    await world
      .get(VisitPapers)
      .enter(visit, { kind: 'invitation', direction: 'outgoing', number: '1', issuedOn: '2027-01-02', about: null });
    expect(await kindsOf(visit, 'delegation')).not.toContain('changed_title');
    world.clock.advance({ minutes: 1 });
    await world.get(Delegations).edit(visit, member!, { title: { en: 'Minister' } });
    const changed = (await pointsOf(visit)).filter(({ kind }) => kind === 'changed_title');
    expect(changed).toMatchObject([{ what: 'Ani', href: `${here(visit)}/delegation/${member!.id}` }]);
  });

  it('ask once for a signing text and for the names with the interpreter, until they are ticked', async () => {
    const visit = await visitOf(world);
    const [member] = await membersOf(world, visit, ['Ani']);
    const session = await planned(visit, { kind: 'signing', from: '2027-03-02T10:00', until: '2027-03-02T10:30' });
    const { id } = await world.get(Programmes).ofOwner(visit.id);
    await world
      .get(Assignments)
      .assign(id, { sessionId: session.id, personId: member!.personId, role: 'interpreter', state: 'confirmed' });
    expect(await kindsOf(visit, 'day')).toEqual(['names_sent', 'signing_text', 'pens', 'flags', 'flowers']);
    const day = `${here(visit)}/day`;
    const ticked = await client.submit(day, { key: 'check:signing_text', done: 'yes' });
    expect(ticked.status).toBe(303);
    const tap = { key: 'check:pens', done: true, at: world.clock.now().toISOString() };
    expect((await program.api('PUT', `/api/v1/visits/${visit.ref}/ticks`, { ticks: [tap] })).status).toBe(200);
    expect(await kindsOf(visit, 'day')).toEqual(['names_sent', 'flags', 'flowers']);
  });

  it('are no page of who only reads the visit', async () => {
    const visit = await visitOf(world);
    const organizer = await signedIn(world.client(), 'organizer@example.org');
    expect((await organizer.get(`${here(visit)}/checks`)).status).toBe(404);
  });
});
