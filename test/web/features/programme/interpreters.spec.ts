import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Accounts } from '../../../../src/features/accounts/index.js';
import { Interpreters, People, type Person } from '../../../../src/features/people/index.js';
import { Assignments, Availabilities, Sessions } from '../../../../src/features/programme/index.js';
import { Venues } from '../../../../src/features/venues/index.js';
import type { Language } from '../../../../src/kernel/languages.js';
import { LOCALES } from '../../../../src/kernel/locale.js';
import { toInstant } from '../../../../src/kernel/zones.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, unescapeHtml, type Client } from '../../../support/client.js';
import { PASSWORD, signedIn, staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let organizer: Client;
let here: Scene;
let api: Program;
let rooms: Record<'a' | 'b', string>;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: null }]);
  await staff(world, 'readonly@example.org', [{ role: 'readonly', conferenceId: null }]);
  const venues = world.get(Venues);
  const { id } = await venues.addVenue({ code: 'library', name: { en: 'Library' }, address: {}, geo: null });
  const room = async (code: string) =>
    (await venues.addRoom(id, { code, name: { en: `Room ${code}` }, capacity: null, notes: '' })).id;
  rooms = { a: await room('a'), b: await room('b') };
});
afterAll(() => world.close());

/** Every test has a conference and people of its own: nobody is busy with those of another. */
beforeEach(async () => {
  world.clock.advance({ hours: 2 });
  organizer = await signedIn(world.client(), 'organizer@example.org');
  for (const { person, profile } of await world.get(Interpreters).list())
    await world.get(Interpreters).remove(person.id, profile);
  here = await scene(world, `desk-${++serial}`, `D${serial}`);
  api = await program(world, 'organizer@example.org', ['programme:write']);
});

const desk = () => `/org/c/${here.conference.slug}/interpreters`;
const proposal = () => `${desk()}/proposal`;
const apiPath = () => `/api/v1/conferences/${here.conference.slug}/interpreters`;
const at = (time: string) => toInstant(`${here.conference.startsOn}T${time}`, here.conference.zone).instant;
const text = (html: string) => unescapeHtml(html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' '));

async function session(
  title: string,
  time: string,
  change: { minutes?: number; room?: 'a' | 'b'; languages?: Language[]; into?: Language[] } = {},
) {
  const { minutes = 30, room = 'a', languages = ['ru'], into = ['en'] } = change;
  const saved = await world.get(Sessions).add(here.programmeId, {
    kind: 'section',
    title: { en: title },
    languages,
    interpretation: into,
    place: { start: at(time), minutes, roomId: rooms[room] },
  });
  return saved.session;
}

async function interpreter(family: string, ways: string, standing: 'house' | 'external' = 'house'): Promise<Person> {
  const person = await world.get(People).create({ given: 'Ян', family, locale: 'be' });
  const directions = ways.split(' ').map((way) => {
    const [from, to] = way.split('-') as [Language, Language];
    return { from, to };
  });
  await world.get(Interpreters).create(person.id, { directions, modes: ['simultaneous'], standing, sworn: false });
  return person;
}

const assign = (sessionId: string, personId: string) =>
  world.get(Assignments).assign(here.programmeId, { sessionId, personId, role: 'interpreter', state: 'confirmed' });
const interpretersOf = async (sessionId: string) =>
  (await world.get(Assignments).ofSession(sessionId))
    .filter(({ role }) => role === 'interpreter')
    .map(({ personId, state }) => ({ personId, state }));
const proposed = (body: string) => [...body.matchAll(/name="seat" value="([^"]*)"/g)].map(([, value]) => value!);

describe('the desk of interpretation', () => {
  it('shows day by day who interprets, and what is missing', async () => {
    const long = await session('Long section', '10:00', { minutes: 60 });
    await session('Short section', '12:00');
    await session('Only Russian', '14:00', { into: ['ru'] });
    const anna = await interpreter('Адна', 'ru-en');
    const polish = await interpreter('Польская', 'pl-en');
    await assign(long.id, anna.id);
    await assign(long.id, polish.id);
    const { status, body } = await organizer.get(desk());
    const shown = text(body);
    expect(status).toBe(200);
    expect(shown).toContain('2 interpreters missing');
    expect(shown).toMatch(/Long section Room a Russian → English Ян Адна confirmed 1 interpreter missing/);
    expect(shown).toMatch(/their languages are not wanted here or there are enough people: Ян Польская/);
    expect(shown).toMatch(/Short section Room a Russian → English 1 interpreter missing/);
    expect(shown).toContain('needs interpretation, and nobody is assigned');
    expect(shown).toContain('Only Russian Room a Nothing to interpret');
    expect(shown).toMatch(/Ян Адна Russian → into English staff of the library .* 60 minutes 10:00–11:00 Long section/);
    const { items } = (await api.get(apiPath())).json<{ items: Record<string, unknown>[] }>();
    expect(items).toMatchObject([
      {
        sessionId: long.id,
        size: 2,
        booths: [{ into: ['en'], ways: [{ from: 'ru', to: 'en' }], people: [anna.id], missing: 1 }],
        spare: [polish.id],
      },
      { booths: [{ missing: 1, people: [] }], findings: [{ rule: 'interpretation-missing' }] },
      { booths: [] },
    ]);
  });

  it('says so when nothing needs interpreting', async () => {
    expect(text((await organizer.get(desk())).body)).toContain('No session needs interpretation');
  });

  it('shows whoever works longer than a day allows', async () => {
    const anna = await interpreter('Стомленая', 'ru-en');
    await assign((await session('Morning', '08:00', { minutes: 240 })).id, anna.id);
    await assign((await session('Afternoon', '13:00', { minutes: 180 })).id, anna.id);
    expect(text((await organizer.get(desk())).body)).toMatch(/420 minutes longer than a day allows/);
  });

  it('is read by those who may read the programme, and proposes to those who may write it', async () => {
    await session('Somewhere', '10:00');
    const reader = await signedIn(world.client(), 'readonly@example.org');
    const { status, body } = await reader.get(desk());
    expect([status, body.includes(proposal())]).toEqual([200, false]);
    expect((await reader.get(proposal())).status).toBe(403);
  });
});

describe('a proposal of interpreters', () => {
  it('is shown as what would be added, and taken over in part', async () => {
    const first = await session('First', '10:00', { minutes: 60 });
    const beside = await session('Beside', '10:00', { room: 'b' });
    const anna = await interpreter('Адна', 'ru-en');
    const bela = await interpreter('Бэла', 'ru-en');
    const vera = await interpreter('Вера', 'ru-en en-ru', 'external');
    await assign(first.id, anna.id);
    const page = await organizer.get(proposal());
    expect([page.status, text(page.body).includes('No other distribution leaves fewer places empty')]).toEqual([
      200,
      true,
    ]);
    const seats = proposed(page.body);
    expect(seats.map((seat) => seat.split(':')[0]).toSorted()).toEqual([first.id, beside.id].toSorted());
    expect(new Set(seats.map((seat) => seat.split(':')[1]))).toEqual(new Set([bela.id, vera.id]));
    const one = seats.find((seat) => seat.startsWith(first.id))!;
    const saved = await organizer.submit(proposal(), { seat: one });
    expect([saved.status, saved.location]).toEqual([303, desk()]);
    expect(await interpretersOf(first.id)).toEqual([
      { personId: anna.id, state: 'confirmed' },
      { personId: one.split(':')[1], state: 'proposed' },
    ]);
    expect(await interpretersOf(beside.id)).toEqual([]);
    expect(text((await organizer.follow(saved)).body)).toContain('1 interpreter assigned. Now ask for their consent.');
    const journal = await world.db
      .repository(JournalEntry)
      .findBy({ type: 'PersonAssigned', personId: one.split(':')[1]! });
    expect(journal).toHaveLength(1);
  });

  it('respects ways, stated times, other commitments, and a programme elsewhere', async () => {
    const first = await session('First', '10:00');
    const near = await session('Near', '10:35', { room: 'b' });
    const walker = await interpreter('Хада', 'ru-en');
    const seats = proposed((await organizer.get(proposal())).body);
    // Five minutes are too few to walk: one of the two.
    expect(seats).toHaveLength(1);
    await world
      .get(Availabilities)
      .add(here.programmeId, walker.id, { kind: 'unavailable', startsAt: at('10:00'), endsAt: at('10:20') });
    expect(proposed((await organizer.get(proposal())).body)).toEqual([`${near.id}:${walker.id}`]);
    await world
      .get(Assignments)
      .assign(here.programmeId, { sessionId: near.id, personId: walker.id, role: 'chair', state: 'confirmed' });
    const none = await organizer.get(proposal());
    expect(proposed(none.body)).toEqual([]);
    expect(text(none.body)).toContain('There is nobody to propose');
    const elsewhere = await scene(world, `elsewhere-${serial}`, `E${serial}`);
    const other = await world.get(Sessions).add(elsewhere.programmeId, {
      kind: 'section',
      title: { en: 'Elsewhere' },
      place: { start: at('10:00'), minutes: 30, roomId: null },
    });
    const busy = await interpreter('Занятая', 'ru-en');
    await world.get(Assignments).assign(elsewhere.programmeId, {
      sessionId: other.session.id,
      personId: busy.id,
      role: 'host',
      state: 'confirmed',
    });
    expect(proposed((await organizer.get(proposal())).body)).toEqual([`${near.id}:${busy.id}`]);
    expect(await interpretersOf(first.id)).toEqual([]);
  });

  it('names the sessions that cannot all be served', async () => {
    await session('Alpha', '10:00');
    await session('Beta', '10:10', { room: 'b' });
    await session('Gamma', '15:00');
    await session('Lithuanian', '16:00', { languages: ['lt'] });
    await interpreter('Адзіная', 'ru-en');
    const shown = text((await organizer.get(proposal())).body);
    expect(shown).toMatch(
      /Beta [^.]* 1 interpreter missing Those who could interpret here are needed at that time or on that day in: Alpha /,
    );
    expect(shown).toMatch(/Lithuanian [^.]* 1 interpreter missing Nobody who knows these languages is free/);
    const { state, unserved, left } = (await api.get(`${apiPath()}/proposal`)).json<{
      state: string;
      unserved: { empty: unknown[]; because: unknown[]; isMinimal: boolean }[];
      left: { missing: number }[];
    }>();
    expect(state).toBe('exact');
    expect(left.map(({ missing }) => missing)).toEqual([1, 1]);
    expect(unserved.map(({ empty, because, isMinimal }) => [empty.length, because.length, isMinimal])).toEqual([
      [1, 1, true],
      [1, 0, true],
    ]);
  });

  it('comes from the solver where people know different things, and says so when it is right', async () => {
    await session('One', '10:00', { minutes: 40, languages: ['ru'] });
    await session('Two', '10:20', { minutes: 40, languages: ['be'], room: 'b' });
    await session('Three', '10:45', { minutes: 40, languages: ['pl'] });
    await interpreter('Аб', 'ru-en be-en');
    await interpreter('Бв', 'be-en pl-en');
    await interpreter('Ав', 'ru-en pl-en');
    const { body } = await organizer.get(proposal());
    expect(proposed(body)).toHaveLength(3);
    expect(text(body)).toContain('No other distribution leaves fewer places empty');
  });

  it('can leave people out, and keeps to that when refused', async () => {
    const only = await session('Only', '10:00');
    const house = await interpreter('Хатняя', 'ru-en');
    const guest = await interpreter('Запрошаная', 'ru-en', 'external');
    expect(proposed((await organizer.get(proposal())).body)).toEqual([`${only.id}:${house.id}`]);
    const asked = `${proposal()}?some=1&ask=${guest.publicId}`;
    const page = await organizer.get(asked);
    expect(proposed(page.body)).toEqual([`${only.id}:${guest.id}`]);
    expect(proposed((await organizer.get(`${proposal()}?some=1`)).body)).toEqual([]);
    const action = unescapeHtml(/<form method="post" action="([^"]*proposal[^"]*)"/.exec(page.body)![1]!);
    const empty = await organizer.post(action, { _csrf: hiddenFields(page.body)._csrf });
    expect([empty.status, text(empty.body).includes('Tick at least one person')]).toEqual([422, true]);
    expect(empty.body).toContain('href="#field-seat"');
    expect(proposed(empty.body)).toEqual([`${only.id}:${guest.id}`]);
    expect(empty.body).not.toMatch(/name="seat"[^>]* checked/);
  });

  it('is refused with the proposal of now when something has changed meanwhile', async () => {
    const only = await session('Moving', '10:00');
    const anna = await interpreter('Хуткая', 'ru-en');
    const page = await organizer.get(proposal());
    const fields = { _csrf: hiddenFields(page.body)._csrf, seat: proposed(page.body) };
    await world
      .get(Availabilities)
      .add(here.programmeId, anna.id, { kind: 'unavailable', startsAt: at('09:00'), endsAt: at('12:00') });
    const refused = await organizer.post(proposal(), fields);
    expect([refused.status, text(refused.body).includes('The programme changed while you were looking')]).toEqual([
      409,
      true,
    ]);
    expect(await interpretersOf(only.id)).toEqual([]);
    const twice = { seats: [{ sessionId: only.id, personId: anna.id }] };
    expect((await api.post(`${apiPath()}/assignments`, twice)).status).toBe(412);
  });

  it('takes nobody over whom it could not have proposed', async () => {
    const only = await session('Only', '10:00');
    const polish = await interpreter('Польская', 'pl-en');
    const anna = await interpreter('Адна', 'ru-en');
    const bela = await interpreter('Бэла', 'ru-en');
    const page = await organizer.get(proposal());
    const csrf = hiddenFields(page.body)._csrf;
    for (const [seat, status] of [
      ['nonsense', 422],
      [`${only.id}:${polish.id}`, 409],
      [`${here.sessionId}:${anna.id}`, 409],
      [`${only.id}:${here.person.id}`, 409],
      [[`${only.id}:${anna.id}`, `${only.id}:${bela.id}`], 409],
      [[`${only.id}:${anna.id}`, `${only.id}:${anna.id}`], 409],
    ] as const)
      expect([seat, (await organizer.post(proposal(), { _csrf: csrf, seat })).status]).toEqual([seat, status]);
    expect(await interpretersOf(only.id)).toEqual([]);
    for (const seats of [[], [{ sessionId: 'x', personId: anna.id }], [{ sessionId: only.id }], 'all', undefined])
      expect([seats, (await api.post(`${apiPath()}/assignments`, { seats })).status]).toEqual([seats, 422]);
    const made = await api.post(`${apiPath()}/assignments`, { seats: [{ sessionId: only.id, personId: bela.id }] });
    expect([made.status, made.json()]).toEqual([
      201,
      { assignments: [expect.objectContaining({ personId: bela.id, role: 'interpreter', state: 'proposed' })] },
    ]);
  });

  it('taken over by two at once is taken over once', async () => {
    const only = await session('Wanted', '10:00');
    const anna = await interpreter('Адна', 'ru-en');
    const seats = { seats: [{ sessionId: only.id, personId: anna.id }] };
    const answers = await Promise.all([1, 2, 3].map(() => api.post(`${apiPath()}/assignments`, seats)));
    expect(answers.map(({ status }) => status).toSorted()[0]).toBe(201);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await interpretersOf(only.id)).toHaveLength(1);
  });

  it.each(LOCALES)('has its pages in %s', async (locale) => {
    await session('Alpha', '10:00');
    await session('Beta', '10:10', { room: 'b' });
    await interpreter('Адзіная', 'ru-en');
    const accounts = world.get(Accounts);
    const id = await accounts.create('system', {
      email: `${locale}@example.org`,
      name: locale,
      locale,
      grants: [{ role: 'organizer', conferenceId: null }],
    });
    await accounts.setPassword(id, PASSWORD);
    const client = await signedIn(world.client(), `${locale}@example.org`);
    for (const page of [desk(), proposal()]) {
      const { status, body } = await client.get(page);
      expect([page, status, body.includes(`<html lang="${locale}"`)]).toEqual([page, 200, true]);
    }
  });

  it('costs the same number of statements for one session and for many', async () => {
    const count = async (url: string) => {
      const { connection } = world.db.manager;
      const original = connection.createQueryRunner.bind(connection);
      let statements = 0;
      connection.createQueryRunner = ((mode: 'master' | 'slave') => {
        const runner = original(mode);
        const query = runner.query.bind(runner);
        runner.query = ((...given: Parameters<typeof query>) => {
          statements++;
          return query(...given);
        }) as typeof query;
        return runner;
      }) as typeof original;
      await organizer.get(url);
      connection.createQueryRunner = original;
      return statements;
    };
    await session('One', '10:00');
    await interpreter('Адна', 'ru-en');
    await organizer.get(desk());
    const few = await count(desk());
    expect(few).toBeGreaterThan(3);
    for (let hour = 11; hour < 18; hour++) await session(`At ${hour}`, `${hour}:00`);
    await interpreter('Бэла', 'ru-en');
    await organizer.get(desk());
    expect(await count(desk())).toBe(few);
  });
});
