import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Delegations, Visits, type Visit } from '../../../../src/features/visits/index.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Answer, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { typedIn } from '../../../support/typed-form.js';

let world: TestApp;
let officer: Client;

beforeAll(async () => {
  world = await startApp();
  await staff(world, 'officer@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.advance({ hours: 2 });
  officer = await signedIn(world.client(), 'officer@example.org');
});

const room = ({ ref }: Visit) => `/protocol/visits/${ref}/delegation`;
const fresh = (): Promise<Visit> =>
  world.get(Visits).openFile({ title: { en: 'A visit' }, kind: 'working', level: 3, country: 'AM' });

/** Sends the table as a browser does, and answers the address of its preview. */
async function sent(visit: Visit, table: string): Promise<Answer> {
  const page = await officer.get(`${room(visit)}/lists`);
  const fields = typedIn(page.body, `${room(visit)}/lists`);
  const file = { field: 'file', filename: 'delegation.csv', bytes: Buffer.from(table) };
  return officer.upload(`${room(visit)}/lists`, fields, file);
}
const commit = (address: string) => officer.submit(address, {}, `${address}/commit`);
const membersOf = async (visit: Visit) =>
  (await world.get(Delegations).of(visit.id)).map(
    ({ member: { role, plate, title, citizenship, source }, person }) => ({
      name: [person.given, person.family].filter(Boolean).join(' '),
      role,
      plate,
      title,
      citizenship,
      source,
    }),
  );

const GOOD = [
  'Delegation of the library;;;;;',
  'Name;Original;Position;Role;Citizenship;Passport',
  'Saroyants Armen;Արմեն Սարոյանց;Director;head;Armenia;service',
  'Al-Ahmad, Muhammad;محمد الأحمد;=1+1;adviser;Сірыя;',
  ';;;;;',
].join('\n');

describe('a list of a delegation', () => {
  it('is shown first, and then taken over in the order of its rows, hostile cells as plain text', async () => {
    const visit = await fresh();
    const { status, location } = await sent(visit, GOOD);
    expect(status).toBe(303);
    const preview = unescapeHtml((await officer.get(location!)).body);
    expect(preview).toContain('The list names 2 people');
    expect(await membersOf(visit)).toEqual([]);
    expect((await commit(location!)).location).toBe(room(visit));
    const common = { source: 'file' };
    expect(await membersOf(visit)).toEqual([
      {
        ...common,
        name: 'Armen Saroyants',
        role: 'head',
        plate: { original: 'Արմեն Սարոյանց' },
        title: { en: 'Director' },
        citizenship: 'AM',
      },
      {
        ...common,
        name: 'Muhammad Al-Ahmad',
        role: 'adviser',
        plate: { original: 'محمد الأحمد' },
        title: { en: '=1+1' },
        citizenship: 'SY',
      },
    ]);
    expect((await officer.get(location!)).status).toBe(404);
  });

  it('with a wrong cell names it, and brings nobody until it is right or left out of the columns', async () => {
    const visit = await fresh();
    const { location } = await sent(visit, GOOD.replace('Armenia', 'Atlantis'));
    const page = await officer.get(location!);
    expect(unescapeHtml(page.body)).toContain('cell E3: Unknown country: “Atlantis”.');
    expect(page.body).not.toContain(`${location}/commit`);
    const form = typedIn(page.body, `${location}/choices`);
    const { version, _csrf } = form as { version: string; _csrf: string };
    const forced = await officer.post(`${location}/commit`, { _csrf, version });
    expect([forced.status, await membersOf(visit)]).toEqual([409, []]);
    expect((await officer.post(`${location}/choices`, { ...form, 'column.citizenship': '' })).status).toBe(303);
    expect((await commit(location!)).status).toBe(303);
    expect((await membersOf(visit)).map(({ citizenship }) => citizenship)).toEqual([null, null]);
  });

  it('does not bring anybody twice', async () => {
    const visit = await fresh();
    await commit((await sent(visit, GOOD)).location!);
    const again = unescapeHtml((await officer.get((await sent(visit, GOOD)).location!)).body);
    expect(again.match(/in the delegation already/g)).toHaveLength(2);
  });

  it('is not there for another visit, and a file that is no table says so beside its field', async () => {
    const [visit, other] = [await fresh(), await fresh()];
    const { location } = await sent(visit, GOOD);
    expect((await officer.get(location!.replace(visit.ref, other.ref))).status).toBe(404);
    const refused = await sent(visit, 'PK\u0003\u0004 no workbook');
    expect([refused.status, refused.body.includes('field-file-error')]).toEqual([422, true]);
  });
});
