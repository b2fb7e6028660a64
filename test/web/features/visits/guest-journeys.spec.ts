import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DelegationLinks, Delegations, type Visit } from '../../../../src/features/visits/index.js';
import { Journeys } from '../../../../src/features/visits/logistics/journeys.service.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Answer, type Client, type Fields } from '../../../support/client.js';
import { membersOf, visitOf } from '../../../support/delegation.js';
import { signedIn, staff } from '../../../support/house.js';
import { typedIn } from '../../../support/typed-form.js';

let world: TestApp;
let officer: Client;
let guest: Client;
let visit: Visit;
let link: string;
let ids: string[];

beforeAll(async () => {
  world = await startApp();
  await staff(world, 'officer@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
  officer = await signedIn(world.client(), 'officer@example.org');
  visit = await visitOf(world, { country: 'AM' });
  const members = await membersOf(world, visit, ['Անի Սարգսյան', 'Aram Petrosyan', 'Narek Grigoryan']);
  ids = members.map(({ id }) => id);
  link = `/en/delegation/${await world.get(DelegationLinks).make(visit, '2031-01-01')}`;
  guest = world.client();
});
afterAll(() => world.close());

const FLIGHT: Fields = {
  direction: 'arrival',
  mode: 'flight',
  carrier: 'Zvartnots Air',
  number: 'ZA 905',
  fromPlace: 'Yerevan (EVN)',
  departsAt: '2027-05-11T23:10',
  departsZone: 'Asia/Yerevan',
  toPlace: 'Minsk (MSQ)',
  arrivesAt: '2027-05-12T01:25',
  arrivesZone: 'Europe/Minsk',
  terminal: '',
  luggage: '3',
};

const legs = () => world.get(Journeys).of(visit);
const page = (path = '') => `${link}/journeys${path}`;

/** The form as the page shows it, with these fields typed anew. */
async function send(from: string, to: string, fields: Fields): Promise<Answer> {
  const shown = await guest.get(from);
  return guest.post(to, { ...typedIn(shown.body, to), ...fields });
}

describe('the journeys of a delegation, by its own side', () => {
  it('begin with the zones of the country and of the library', async () => {
    const { body } = await guest.get(page('/new'));
    expect(typedIn(body, page())).toMatchObject({ departsZone: 'Asia/Yerevan', arrivesZone: 'Europe/Minsk' });
    expect((await guest.get(link)).body).toContain(`href="${page()}"`);
  });

  it('come back with everything typed and the message beside the field when the arrival lies before the departure', async () => {
    const bad = await send(page('/new'), page(), { ...FLIGHT, memberIds: ids, arrivesAt: '2027-05-11T20:00' });
    expect(bad.status).toBe(422);
    expect(unescapeHtml(bad.body)).toContain('The arrival lies before the departure');
    expect(typedIn(bad.body, page())).toMatchObject({ number: 'ZA 905', memberIds: ids, departsZone: 'Asia/Yerevan' });
    expect(await legs()).toEqual([]);
  });

  it('are saved once for all who take them, with the times of both places; a second tap saves nothing', async () => {
    const form = { ...typedIn((await guest.get(page('/new'))).body, page()), ...FLIGHT, memberIds: ids };
    const both = [await guest.post(page(), form), await guest.post(page(), form)];
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    const [leg, ...more] = await legs();
    expect(more).toEqual([]);
    expect(leg).toMatchObject({ departsAt: '2027-05-11T23:10', memberIds: ids, status: 'planned', carId: null });
    const shown = unescapeHtml((await guest.get(page())).body);
    for (const text of ['23:10 Yerevan time, UTC+4', '01:25 Minsk time, UTC+3', 'Անի Սարգսյան'])
      expect(shown).toContain(text);
  });

  it('are marked for the officer until she saves them; what she ordered stays when their side changes the flight', async () => {
    const [leg] = await legs();
    const logistics = `/protocol/visits/${visit.ref}/logistics`;
    expect((await officer.get(logistics)).body).toContain('written by the guests’ side on');
    const staffPage = `${logistics}/legs/${leg!.id}`;
    const typed = typedIn((await officer.get(staffPage)).body, staffPage);
    expect((await officer.post(staffPage, { ...typed, greeter: 'Ganna' })).status).toBe(303);
    expect((await officer.get(logistics)).body).not.toContain('written by the guests’ side on');
    const own = page(`/${leg!.id}`);
    expect((await send(own, own, { number: 'ZA 907', memberIds: ids.slice(0, 2) })).status).toBe(303);
    const [after] = await legs();
    expect(after).toMatchObject({ number: 'ZA 907', greeter: 'Ganna', memberIds: ids.slice(0, 2) });
    expect((await officer.get(logistics)).body).toContain('written by the guests’ side on');
    expect((await guest.get(own)).body).not.toContain('Ganna');
  });

  it('[A3] take nothing that is ours, and nobody of another delegation', async () => {
    const other = await visitOf(world, {});
    const [foreign] = await membersOf(world, other, ['Somebody Else']);
    const wrong: Fields[] = [{ greeter: 'me' }, { status: 'met' }, { carId: ids[0]! }, { memberIds: [foreign!.id] }];
    for (const bad of wrong) {
      const answer = await send(page('/new'), page(), { ...FLIGHT, memberIds: ids, ...bad });
      expect([bad, answer.status]).toEqual([bad, 422]);
    }
    const theirs = await world.get(Journeys).add(
      other,
      {
        direction: 'arrival',
        mode: 'flight',
        carrier: null,
        number: null,
        fromPlace: 'A',
        departsAt: '2027-05-11T10:00',
        departsZone: 'UTC',
        toPlace: 'B',
        arrivesAt: '2027-05-11T12:00',
        arrivesZone: 'UTC',
        terminal: null,
        luggage: null,
        carId: null,
        greeter: null,
        signText: null,
        status: 'planned',
        note: null,
      },
      [],
    );
    expect((await guest.get(page(`/${theirs.id}`))).status).toBe(404);
  });

  it('are called off and not deleted, so that the officer sees it; nothing is found behind a link that is over', async () => {
    const [leg] = await legs();
    const own = page(`/${leg!.id}`);
    expect((await guest.submit(own, {}, `${own}/removal`)).status).toBe(303);
    expect((await legs())[0]).toMatchObject({ status: 'cancelled', greeter: 'Ganna' });
    expect((await guest.get(page())).body).toContain('No flights or trains yet');
    expect((await guest.get(own)).status).toBe(404);
    await world.get(DelegationLinks).revoke(visit);
    expect((await guest.get(page())).status).toBe(410);
    expect(await world.get(Delegations).of(visit.id)).toHaveLength(3);
  });
});
