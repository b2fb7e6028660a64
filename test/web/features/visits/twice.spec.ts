import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountCommands } from '../../../../src/features/accounts/account-commands.js';
import { Visit, VisitMember } from '../../../../src/features/visits/index.js';
import { VisitCommitment } from '../../../../src/features/visits/commitments/commitment.entity.js';
import { Car, VisitGift, VisitLeg } from '../../../../src/features/visits/logistics/logistics.entity.js';
import { VisitPaper } from '../../../../src/features/visits/papers/paper.entity.js';
import { VisitSession } from '../../../../src/features/visits/stay/stay.entity.js';
import { SentForm } from '../../../../src/platform/web/sent-form.entity.js';
import { SentForms } from '../../../../src/platform/web/sent-forms.js';
import { startApp, type TestApp } from '../../../support/app.js';
import type { Answer, Client, Fields } from '../../../support/client.js';
import { visitOf } from '../../../support/delegation.js';
import { signedIn, staff } from '../../../support/house.js';
import { typedIn } from '../../../support/typed-form.js';

let world: TestApp;
let client: Client;
let visit: Visit;
let here: string;

beforeAll(async () => {
  world = await startApp();
  await staff(world, 'officer@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
  client = await signedIn(world.client(), 'officer@example.org');
  visit = await visitOf(world);
  here = `/protocol/visits/${visit.ref}`;
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ minutes: 20 }));

const LEG = {
  direction: 'arrival',
  mode: 'train',
  fromPlace: 'Вільня',
  toPlace: 'Мінск',
  departsAt: '2027-03-01T08:00',
  departsZone: 'Europe/Vilnius',
  arrivesAt: '2027-03-01T13:00',
  arrivesZone: 'Europe/Minsk',
  status: 'planned',
};
const VISIT = { title: { en: 'By a program' }, kind: 'working', level: '4', confidentiality: 'normal', languages: [] };

/** Every form that makes something: its page, where it is posted, what is typed, and the table that grows. */
const FORMS: Record<string, () => { page: string; action: string; typed: Fields; of: new () => object }> = {
  'a visit': () => ({
    page: '/protocol/visits/new',
    action: '/protocol/visits',
    typed: { 'title.en': 'Twice' },
    of: Visit,
  }),
  'a visit from an earlier one': () => ({
    page: `/protocol/visits/new?from=${visit.ref}`,
    action: '/protocol/visits',
    typed: {},
    of: Visit,
  }),
  'a member': () => ({
    page: `${here}/delegation/new`,
    action: `${here}/delegation`,
    typed: { given: 'Арам', family: 'Хачатран', role: 'head' },
    of: VisitMember,
  }),
  'a session of the stay': () => ({
    page: `${here}/programme/new`,
    action: `${here}/programme`,
    typed: { 'title.be': 'Сустрэча', kind: 'meeting', time: '10:00', until: '11:00' },
    of: VisitSession,
  }),
  'a promise': () => ({
    page: `${here}/commitments`,
    action: `${here}/commitments`,
    typed: { text: 'A promise', promisedBy: 'us' },
    of: VisitCommitment,
  }),
  'a journey': () => ({
    page: `${here}/logistics/legs/new`,
    action: `${here}/logistics/legs`,
    typed: LEG,
    of: VisitLeg,
  }),
  'a gift': () => ({
    page: `${here}/gifts`,
    action: `${here}/gifts`,
    typed: { way: 'given', currency: '', what: 'A book', whom: 'The guests' },
    of: VisitGift,
  }),
  'a car': () => ({ page: '/protocol/cars', action: '/protocol/cars', typed: { name: 'A bus', seats: '30' }, of: Car }),
  'a paper': () => ({
    page: here,
    action: `${here}/papers`,
    typed: { kind: 'request', direction: 'incoming', number: '12/7', issuedOn: '2027-01-02' },
    of: VisitPaper,
  }),
};

const rows = (of: new () => object) => world.db.repository(of).count();
const told = ({ status, location }: Answer) => ({ status, location });

describe('the form of', () => {
  it.each(Object.keys(FORMS))('%s, tapped twice, makes one and leads to it both times', async (name) => {
    const { page, action, typed, of } = FORMS[name]!();
    const form = { ...typedIn((await client.get(page)).body, action), ...typed };
    const before = await rows(of);
    const [first, second] = [await client.post(action, form), await client.post(action, form)];
    expect(told(second)).toEqual(told(first));
    expect(first.status).toBe(303);
    expect(await rows(of)).toBe(before + 1);
  });

  it('a visit, sent by two taps at the same instant, makes one', async () => {
    const form = {
      ...typedIn((await client.get('/protocol/visits/new')).body, '/protocol/visits'),
      'title.en': 'At once',
    };
    const before = await rows(Visit);
    const answers = await Promise.all(Array.from({ length: 5 }, () => client.post('/protocol/visits', form)));
    expect(new Set(answers.map((answer) => JSON.stringify(told(answer)))).size).toBe(1);
    expect([answers[0]!.status, await rows(Visit)]).toEqual([303, before + 1]);
  });

  it('a visit, gone back to and changed in a word, is another visit', async () => {
    const form = typedIn((await client.get('/protocol/visits/new')).body, '/protocol/visits');
    const [one, two] = [
      await client.post('/protocol/visits', { ...form, 'title.en': 'One' }),
      await client.post('/protocol/visits', { ...form, 'title.en': 'Two' }),
    ];
    expect([one.status, two.status]).toEqual([303, 303]);
    expect(two.location).not.toBe(one.location);
  });

  it('a visit that was refused can be sent again', async () => {
    const form = {
      ...typedIn((await client.get('/protocol/visits/new')).body, '/protocol/visits'),
      'title.en': 'Later',
    };
    const refused = await client.post('/protocol/visits', { ...form, startsOn: '2027-05-02' });
    expect(refused.status).toBe(409);
    expect((await client.post('/protocol/visits', form)).status).toBe(303);
  });
});

describe('the API', () => {
  let caller: Client;
  beforeAll(async () => {
    caller = world.client();
    caller.bearer = await world.get(AccountCommands).addToken('officer@example.org', ['visit:write'] as never, 30);
  });

  const PATHS: Record<string, () => { path: string; input: object }> = {
    'a visit': () => ({ path: '/api/v1/visits', input: VISIT }),
    'a member': () => ({
      path: `/api/v1/visits/${visit.ref}/members`,
      input: { given: 'Նարե', mononym: true, role: 'member' },
    }),
    'a session': () => ({
      path: `/api/v1/visits/${visit.ref}/programme/sessions`,
      input: { kind: 'meeting', title: { be: 'Яшчэ сустрэча' }, shownToGuests: true },
    }),
    'a promise': () => ({
      path: `/api/v1/visits/${visit.ref}/commitments`,
      input: { text: 'Another', promisedBy: 'us' },
    }),
    'a journey': () => ({ path: `/api/v1/visits/${visit.ref}/legs`, input: LEG }),
    'a gift': () => ({
      path: `/api/v1/visits/${visit.ref}/gifts`,
      input: { way: 'given', what: 'A map', whom: 'The guests' },
    }),
    'a paper': () => ({
      path: `/api/v1/visits/${visit.ref}/papers`,
      input: { kind: 'request', direction: 'incoming', issuedOn: '2027-01-02' },
    }),
  };

  it.each(Object.keys(PATHS))('asked twice for %s with one key answers the same one', async (name) => {
    const { path, input } = PATHS[name]!();
    const ask = (key: string) => caller.api('POST', path, input, { 'idempotency-key': key });
    const [first, second, other] = [await ask('one'), await ask('one'), await ask('other')];
    const named = (answer: Answer) => answer.json()['id'] ?? answer.json()['ref'];
    expect([first.status, named(second)]).toEqual([201, named(first)]);
    expect(named(first)).toBeDefined();
    expect(named(other)).not.toBe(named(first));
  });
});

describe('a sent form', () => {
  it('is forgotten after a day', async () => {
    expect(await rows(SentForm)).toBeGreaterThan(0);
    world.clock.advance({ hours: 25 });
    await world.get(SentForms).forgetOld();
    expect(await rows(SentForm)).toBe(0);
  });
});
