import { request as httpRequest, Agent } from 'node:http';
import { Conferences, type Conference } from '../src/features/conferences/index.js';
import { Registration, SettingsOfRegistration } from '../src/features/registration/index.js';
import { delegate } from '../test/support/conference.js';
import { ENGINE } from '../test/support/database.js';
import type { ServerProcess } from '../test/support/server-process.js';
import { openHouse, type House } from './house.js';
import { alternating, rate, seconds, type Figure } from './measure.js';
import { bareTransactions } from './bare-transactions.js';

const COUNT = 200;
const CONNECTIONS = 10;
const TARGET = ENGINE === 'sqlite' ? 0.4 : 0.5;

/** A registration through the form, beside a bare transaction that writes the same rows. On the engine that DB names. */
export async function registering(): Promise<Figure[]> {
  const house = await openHouse();
  try {
    const conference = await openConference(house);
    const server = await house.server();
    const sent = await forms(server, conference, 1);
    const bare = await bareTransactions(house, conference.id, () => post(server, conference, sent));
    const ours = async () => {
      const ready = await forms(server, conference, COUNT);
      return COUNT / (await seconds(() => post(server, conference, ready)));
    };
    const reference = async () => COUNT / (await seconds(() => bare.run(COUNT, CONNECTIONS)));
    const measured = await alternating(ours, reference);
    await bare.close();
    const rows = await house.db.repository(Registration).countBy({ conferenceId: conference.id });
    if (rows < COUNT) throw new Error(`only ${rows} registrations were written`);
    return [rate(`registration on ${ENGINE}, ${CONNECTIONS} connections`, 'registrations/s', measured, TARGET)];
  } finally {
    await house.close();
  }
}

async function openConference(house: House): Promise<Conference> {
  const conference = await house.get(Conferences).create({
    slug: 'congress',
    kind: 'congress',
    title: { be: 'Кангрэс', ru: 'Конгресс', en: 'Congress' },
    startsOn: '2030-05-14',
    endsOn: '2030-05-16',
    public: true,
    numberPrefix: 'B',
  });
  const settings = await house.get(SettingsOfRegistration).of(conference.id);
  const { categories, forms, offerHours, id, version } = settings;
  const opensAt = new Date(house.clock.now().getTime() - 86_400_000);
  await house
    .get(SettingsOfRegistration)
    .edit(
      { id, version },
      { opensAt, closesAt: null, approval: 'automatic', capacity: 1_000_000, categories, forms, offerHours },
    );
  return conference;
}

interface Form {
  cookie: string;
  body: string;
}

let people = 0;

/** Forms as browsers hold them, each opened for itself; opening them is not measured. */
async function forms(server: ServerProcess, { slug }: Conference, count: number): Promise<Form[]> {
  const page = `/en/c/${slug}/register`;
  const ready: Form[] = [];
  for (let n = 0; n < count; n++) {
    const visitor = server.visitor();
    const fields = { ...(await visitor.open(page)), ...delegate({ email: `bench${++people}@example.org` }) };
    const pairs = Object.entries(fields).map(([name, value]) => [name, String(value)] as [string, string]);
    ready.push({ cookie: visitor.cookie, body: new URLSearchParams(pairs).toString() });
  }
  return ready;
}

async function post(server: ServerProcess, { slug }: Conference, ready: readonly Form[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const url = `${server.origin}/en/c/${slug}/register`;
  await Promise.all(ready.map((form) => send(url, agent, server.origin, form)));
  agent.destroy();
}

function send(url: string, agent: Agent, origin: string, { cookie, body }: Form): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      cookie,
      origin,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
    };
    httpRequest(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      if (response.statusCode !== 303) reject(new Error(`a registration answered ${response.statusCode}`));
      response.on('end', resolve);
    })
      .on('error', reject)
      .end(body);
  });
}
