import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { Assignments, Conflicts, Sessions } from '../../../../src/features/programme/index.js';
import { SchedulingRun } from '../../../../src/features/programme/proposing/scheduling-run.entity.js';
import { SchedulingRuns } from '../../../../src/features/programme/proposing/scheduling-runs.service.js';
import { Venues } from '../../../../src/features/venues/index.js';
import { toInstant, toLocal } from '../../../../src/kernel/zones.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, type Answer, type Client, type Fields } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';

const PAGE = '/org/c/here/proposal';
const API = '/api/v1/conferences/here/proposal';

let world: TestApp;
let here: Scene;
let there: Scene;
let day: string;
let organizer: Client;
let colleague: Client;
let reader: Client;
let api: Program;
let rooms: Record<'a' | 'b', string>;

interface Move {
  session: string;
  from: { startsAt: string | null; roomId: string | null };
  to: { startsAt: string | null; minutes: number; roomId: string | null };
  state: string;
}
interface Run {
  state: string;
  startedBy: string;
  progress: { share: number } | null;
  minimum: object | null;
  plans: {
    aim: string;
    moves: Move[];
    left: object[];
    brought: object[];
    solved: number;
    stuck: { session: string; obstacles: object[] }[];
    changed: boolean;
  }[];
  kept: object[];
}

beforeAll(async () => {
  world = await startApp();
  here = await scene(world, 'here', 'H');
  there = await scene(world, 'there', 'T');
  day = here.conference.startsOn;
  for (const [email, role] of [
    ['organizer@example.org', 'organizer'],
    ['colleague@example.org', 'programme_editor'],
    ['reader@example.org', 'readonly'],
    ['desk@example.org', 'checkin'],
  ] as const)
    await staff(world, email, [{ role, conferenceId: here.conference.id }]);
  api = await program(world, 'organizer@example.org', ['programme:write']);
  const venues = world.get(Venues);
  const { id } = await venues.addVenue({ code: 'library', name: { en: 'Library' }, address: {}, geo: null });
  const room = async (code: string, capacity: number) =>
    (await venues.addRoom(id, { code, name: { en: `Room ${code}` }, capacity, notes: '' })).id;
  rooms = { a: await room('a', 40), b: await room('b', 100) };
  // In the way: somebody else's gathering in the larger room all morning.
  const { version } = await world.get(Sessions).byId(there.programmeId, there.sessionId);
  await world
    .get(Sessions)
    .move(there.programmeId, { id: there.sessionId, version }, { start: at('09:00'), minutes: 240, roomId: rooms.b });
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.advance({ minutes: 10 });
  organizer = await signedIn(world.client(), 'organizer@example.org');
  colleague = await signedIn(world.client(), 'colleague@example.org');
  reader = await signedIn(world.client(), 'reader@example.org');
  for (const row of await world.db.repository(SchedulingRun).find()) {
    await world.get(SchedulingRuns).forget(row.programmeId);
    await world.get(SchedulingRuns).ended(row.id);
  }
});

const at = (time: string) => toInstant(`${day}T${time}`, 'Europe/Minsk').instant;
const clock = (iso: string | null) => (iso === null ? null : toLocal(new Date(iso), 'Europe/Minsk').slice(11));
const now = (id: string) => world.get(Sessions).byId(here.programmeId, id);

async function add(
  title: string,
  more: { time?: string; roomId?: string; minutes?: number; pinned?: boolean; expected?: number } = {},
): Promise<string> {
  const { time, roomId = null, minutes = 60, ...rest } = more;
  const place = { start: time ? at(time) : null, minutes, roomId };
  return (await world.get(Sessions).add(here.programmeId, { kind: 'section', title: { en: title }, place, ...rest }))
    .session.id;
}

/** Takes sessions of other tests out of the way. */
async function clear(): Promise<void> {
  const { db } = world;
  const rows = await db.manager.query<{ id: string; version: number; status: string }[]>(
    `SELECT id, version, status FROM sessions WHERE programme_id = '${here.programmeId}'`,
  );
  for (const { id, version, status } of rows)
    if (status !== 'removed') await world.get(Sessions).remove(here.programmeId, { id, version });
}

/** The form as the page suggests it. */
async function suggestion(client: Client): Promise<Fields> {
  const { body } = await client.get(PAGE);
  const suggested: Record<string, string | string[]> = { ...hiddenFields(body, PAGE) };
  const [form = ''] = body.match(new RegExp(`<form[^>]*action="${PAGE}"[\\s\\S]*?</form>`)) ?? [];
  for (const [input, name = '', value = ''] of form.matchAll(
    /<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"[^>]*>/g,
  )) {
    if (/type="(checkbox|radio)"/.test(input) && !/ checked/.test(input)) continue;
    if (/type="checkbox"/.test(input)) suggested[name] = [...[suggested[name] ?? []].flat(), value];
    else suggested[name] = value;
  }
  return { ...suggested, seconds: '5' };
}

async function asks(client: Client, changes: Fields = {}): Promise<Answer> {
  return client.post(PAGE, { ...(await suggestion(client)), ...changes });
}

async function finished(): Promise<Run> {
  for (;;) {
    const run = (await api.get(API)).json<Run>();
    if (run.state !== 'running') return run;
    await pause(50);
  }
}

async function proposed(changes: Record<string, unknown>): Promise<Run> {
  const answer = await api.post(API, { seconds: 1, ...changes });
  expect(answer.status).toBe(202);
  return finished();
}

const versionOf = async () => Number(/v(\d+)/.exec(String((await api.get(API)).headers['etag']))![1]);

async function undo(): Promise<void> {
  expect((await api.post('/api/v1/conferences/here/board/undo')).status).toBe(200);
}

describe('filling the tray', () => {
  let waiting: string[];

  beforeAll(async () => {
    await clear();
    waiting = [await add('Maps', { expected: 80 }), await add('Scrolls'), await add('Letters', { minutes: 45 })];
    await add('Fixed', { time: '15:00', roomId: rooms.a });
  });

  it('is asked for on a page that suggests the rest, shows how far it is, and can be stopped', async () => {
    const page = (await organizer.get(PAGE)).body;
    expect(page).toContain('3 sessions wait for a time.');
    expect(page).toMatch(/value="fill" checked/);
    const theirs = await suggestion(colleague);
    expect((await asks(organizer, { seconds: '60' })).location).toBe(PAGE);
    const running = (await colleague.get(PAGE)).body;
    expect(running).toMatch(/organizer, since \d\d:\d\d/);
    expect(running).toContain('data-refresh="1000"');
    expect(running).toContain(`href="${PAGE}">Refresh`);
    // Who opened the page before may still try.
    const second = await colleague.post(PAGE, theirs);
    expect([second.status, second.body]).toEqual([409, expect.stringContaining('organizer is already having')]);
    expect(second.body).toContain('Stop and show the best so far');
    const refused = await api.post(API, { aim: 'fill' });
    expect([refused.status, refused.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'error.programme.proposalRunning', title: expect.stringContaining('organizer') }),
    ]);
    expect((await organizer.submit(PAGE, {}, `${PAGE}/cancellation`)).status).toBe(303);
    const run = await finished();
    expect(run).toMatchObject({
      state: 'finished',
      startedBy: 'organizer',
      stopped: true,
      plans: [{ aim: 'fill-tray' }],
    });
    expect((await organizer.get(PAGE)).body).toContain('The search was stopped early.');
    expect((await organizer.submit(PAGE, {}, `${PAGE}/removal`)).status).toBe(303);
    expect((await api.get(API)).status).toBe(404);
  });

  it('refuses what it cannot search, beside the fields, with everything typed', async () => {
    const links = ({ body }: Answer) => [...body.matchAll(/href="#field-([\w-]+)"/g)].map(([, field]) => field);
    const wrong = await asks(organizer, { earliest: '8 am', days: [], seconds: '7', 'points.ends-late': 'many' });
    expect([wrong.status, links(wrong)]).toEqual([422, ['days', 'earliest', 'seconds', 'points-ends-late']]);
    expect(wrong.body).toContain('value="many"');
    expect(wrong.body).toContain('value="8 am"');
    const reversed = await asks(organizer, { earliest: '18:00', latest: '09:00' });
    expect([reversed.status, links(reversed)]).toEqual([422, ['latest']]);
    const long = await api.post(API, { aim: 'fill', days: Array.from({ length: 15 }, (_, n) => `2027-03-${n + 10}`) });
    expect([long.status, JSON.stringify(long.json())]).toEqual([422, expect.stringContaining('At most 14 days')]);
    const nowhere = await api.post(API, { aim: 'fill', rooms: [here.sessionId] });
    expect([nowhere.status, JSON.stringify(nowhere.json())]).toEqual([422, expect.stringContaining('rooms')]);
    expect((await api.post(API, { aim: 'sort' })).status).toBe(422);
  });

  it('proposes legal places for all of them, and changes nothing by itself', async () => {
    const run = await proposed({ aim: 'fill' });
    expect(run.plans).toHaveLength(1);
    const [{ moves, left, brought, stuck }] = run.plans as [Run['plans'][0]];
    expect([moves.map(({ session }) => session).sort(), left, brought, stuck]).toEqual([
      [...waiting].sort(),
      [],
      [],
      [],
    ]);
    // Eighty people do not fit into the smaller room, and the larger one is taken until one o'clock.
    const maps = moves.find(({ session }) => session === waiting[0])!;
    expect(maps.to.roomId).toBe(rooms.b);
    expect(clock(maps.to.startsAt)! >= '13:00').toBe(true);
    for (const id of waiting) expect((await now(id)).startsAt).toBeNull();
    const page = (await reader.get(PAGE)).body;
    expect(page).toContain('Maps');
    expect(page).toContain('without a time');
    expect(page).not.toContain('Take over the whole plan');
  });

  it('is taken over in part, then as a whole, each as one step that the board undoes', async () => {
    const { plans } = await proposed({ aim: 'fill' });
    const [first, second] = plans[0]!.moves as [Move, Move];
    const part = await organizer.submit(PAGE, { sessions: [first.session], all: undefined }, `${PAGE}/acceptance`);
    expect([part.status, part.location]).toEqual([303, `${PAGE}?plan=fill-tray`]);
    const page = (await organizer.follow(part)).body;
    expect(page).toContain('taken over');
    expect(page).toMatch(/moved to \d\d:\d\d, Room [ab]\. No conflicts\./);
    expect((await now(first.session)).startsAt?.toISOString()).toBe(first.to.startsAt);
    expect((await now(second.session)).startsAt).toBeNull();
    const all = await organizer.submit(PAGE, { all: '1' }, `${PAGE}/acceptance`);
    expect(all.status).toBe(303);
    for (const { session, to } of plans[0]!.moves)
      expect((await now(session)).startsAt?.toISOString()).toBe(to.startsAt);
    expect((await organizer.get(PAGE)).body).toContain('This plan is taken over');
    await undo();
    expect((await now(first.session)).startsAt).not.toBeNull();
    expect((await now(second.session)).startsAt).toBeNull();
    await undo();
    for (const id of waiting) expect((await now(id)).startsAt).toBeNull();
  });

  it('leaves out what changed since, by name, and says that scores are counted anew', async () => {
    const { plans } = await proposed({ aim: 'fill' });
    const [first, second] = plans[0]!.moves as [Move, Move];
    const before = await now(first.session);
    await world.get(Sessions).edit(here.programmeId, before, { expected: 30 });
    // Another title is no reason to look for another place.
    await world.get(Sessions).edit(here.programmeId, await now(second.session), { title: { en: 'Renamed' } });
    const stale = (await api.get(API)).json<Run>().plans[0]!;
    expect(stale.changed).toBe(true);
    expect(stale.moves.map(({ state }) => state).sort()).toEqual(['changed', 'open', 'open']);
    expect((await organizer.get(PAGE)).body).toContain('counted anew');
    const answer = await organizer.submit(PAGE, { all: '1' }, `${PAGE}/acceptance`);
    const said = (await organizer.follow(answer)).body;
    expect(said).toMatch(/Left out, because they have changed since the search: “\w+”/);
    expect((await now(first.session)).startsAt).toBeNull();
    expect((await now(second.session)).startsAt?.toISOString()).toBe(second.to.startsAt);
    const again = await organizer.submit(PAGE, { sessions: [first.session] }, `${PAGE}/acceptance`).catch(() => null);
    expect(again?.status ?? 409).toBe(409);
    await undo();
  });

  it('keeps what has no place in the tray, and says why', async () => {
    const crowd = await add('Crowd', { expected: 900 });
    const { plans } = await proposed({ aim: 'fill' });
    expect(plans[0]!.stuck).toEqual([
      expect.objectContaining({
        session: crowd,
        obstacles: expect.arrayContaining([expect.objectContaining({ rule: 'room-far-too-small' })]),
      }),
    ]);
    const page = (await organizer.get(PAGE)).body;
    expect(page).toContain('No place for 1 session');
    expect(page).toContain('The room would not seat even half');
    const { version } = await now(crowd);
    await world.get(Sessions).remove(here.programmeId, { id: crowd, version });
  });
});

describe('repairing', () => {
  let first: string;
  let second: string;

  beforeAll(async () => {
    await clear();
    first = await add('Morning', { time: '10:00', roomId: rooms.a, pinned: true });
    second = await add('Clashing', { time: '10:30', roomId: rooms.a });
    await add('Quiet', { time: '14:00', roomId: rooms.b });
  });

  it('offers three plans, proves the fewest moves, and leaves what is pinned', async () => {
    expect(await world.get(Conflicts).openErrors(here.programmeId)).toBe(1);
    expect((await organizer.get(PAGE)).body).toContain('1 conflict breaks a condition.');
    const run = await proposed({ aim: 'repair', seconds: 5 });
    expect(run.plans.map(({ aim }) => aim)).toEqual(['fewest-moves', 'balanced', 'best-programme']);
    expect(run.minimum).toEqual({ state: 'proven', moved: 1, starts: 1 });
    expect(run.kept).toEqual([{ session: first, reason: 'pinned' }]);
    const [fewest] = run.plans as [Run['plans'][0]];
    expect(fewest).toMatchObject({ moves: [{ session: second }], left: [], brought: [], solved: 1 });
    const page = (await organizer.get(`${PAGE}?plan=balanced`)).body;
    expect(page).toContain('Proven: any repair must move at least 1 session.');
    expect(page).toMatch(/aria-current="page">Balanced/);
    const taken = await api.post(`${API}/acceptance`, { plan: 'fewest-moves' }, await versionOf());
    expect([taken.status, taken.json()]).toEqual([
      200,
      expect.objectContaining({ skipped: [], said: expect.any(String) }),
    ]);
    expect(await world.get(Conflicts).openErrors(here.programmeId)).toBe(0);
    await undo();
  });

  it('does not bring a conflict silently', async () => {
    const { plans } = await proposed({ aim: 'repair', seconds: 3 });
    const [move] = plans[0]!.moves as [Move];
    // Meanwhile somebody puts another session where the plan wants this one.
    const there = { start: new Date(move.to.startsAt!), minutes: 60, roomId: move.to.roomId };
    const intruder = (
      await world.get(Sessions).add(here.programmeId, { kind: 'meeting', title: { en: 'Intruder' }, place: there })
    ).session;
    expect((await api.get(API)).json<Run>().plans[0]!.brought).toHaveLength(1);
    const refused = await organizer.submit(`${PAGE}?plan=fewest-moves`, { all: '1' }, `${PAGE}/acceptance`);
    expect([refused.status, refused.body]).toEqual([409, expect.stringContaining('1 conflict would appear')]);
    expect(refused.body).toContain('Intruder');
    expect(refused.body).toContain('name="anyway"');
    const program = await api.post(`${API}/acceptance`, { plan: 'fewest-moves' }, await versionOf());
    expect([program.status, program.json()]).toEqual([
      409,
      expect.objectContaining({
        code: 'error.programme.planCollides',
        findings: [expect.stringContaining('room-double')],
      }),
    ]);
    expect((await now(second)).startsAt).toEqual(at('10:30'));
    const done = await organizer.submit(`${PAGE}?plan=fewest-moves`, { all: '1', anyway: 'on' }, `${PAGE}/acceptance`);
    expect(done.status).toBe(303);
    expect((await now(second)).startsAt?.toISOString()).toBe(move.to.startsAt);
    await undo();
    await world.get(Sessions).remove(here.programmeId, { id: intruder.id, version: intruder.version });
  });

  it('has nothing to do when everything stays', async () => {
    const { version } = await now(second);
    await world.get(Sessions).edit(here.programmeId, { id: second, version }, { pinned: true });
    await clear();
    const refused = await asks(organizer, { aim: 'repair' });
    expect([refused.status, refused.body]).toEqual([409, expect.stringContaining('There is nothing to place')]);
  });
});

describe('by API', () => {
  beforeAll(async () => {
    await clear();
    await add('Waits');
  });

  it('wants the version that was seen, and knows only moves of the plan', async () => {
    const { plans } = await proposed({ aim: 'fill' });
    const accept = (body: object, version?: number) =>
      api.post(`${API}/acceptance`, { plan: 'fill-tray', ...body }, version);
    expect((await accept({})).status).toBe(428);
    expect((await accept({}, 1)).status).toBe(412);
    expect((await accept({ sessions: [there.sessionId] }, await versionOf())).status).toBe(422);
    expect((await accept({ plan: 'balanced' }, await versionOf())).status).toBe(404);
    expect((await accept({ sessions: [plans[0]!.moves[0]!.session] }, await versionOf())).status).toBe(200);
    expect((await accept({}, await versionOf())).status).toBe(409);
    expect((await api.send('DELETE', API)).status).toBe(204);
    expect((await api.send('DELETE', API)).status).toBe(404);
    expect((await accept({}, 1)).status).toBe(404);
    expect((await api.post(`${API}/cancellation`)).status).toBe(404);
    await undo();
  });

  it('is for those who write the programme; readers look, others see nothing', async () => {
    const readOnly = await program(world, 'reader@example.org', ['programme:read']);
    expect((await readOnly.post(API, { aim: 'fill' })).status).toBe(403);
    await proposed({ aim: 'fill' });
    expect((await readOnly.get(API)).status).toBe(200);
    expect((await reader.get(PAGE)).status).toBe(200);
    expect((await reader.post(PAGE, {})).status).toBe(403);
    const desk = await signedIn(world.client(), 'desk@example.org');
    expect((await desk.get(PAGE)).status).toBe(404);
    expect((await world.client().get(PAGE)).status).toBe(303);
  });
});

describe('a run', () => {
  it('is one per programme, also when two start at the same moment', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => api.post(API, { aim: 'fill', seconds: 2 })));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
    await finished();
  });

  it('that its process took along has failed, and makes room for another', async () => {
    await api.post(API, { aim: 'fill', seconds: 60 });
    const [row] = await world.db.repository(SchedulingRun).find();
    await api.post(`${API}/cancellation`);
    await world.get(SchedulingRuns).ended(row!.id);
    await world.db.repository(SchedulingRun).update({ id: row!.id }, { state: 'running', outcome: null as never });
    world.clock.advance({ minutes: 1 });
    expect((await api.get(API)).json<Run>().state).toBe('failed');
    expect((await organizer.get(PAGE)).body).toContain('The search did not finish');
    expect((await api.post(API, { aim: 'fill', seconds: 1 })).status).toBe(202);
    await finished();
  });

  it('places anew what nobody was promised, with the weights that were asked for', async () => {
    await clear();
    const one = await add('One', { time: '10:00', roomId: rooms.a });
    await add('Two', { time: '10:00', roomId: rooms.a });
    const { person } = here;
    await world.get(Assignments).assign(here.programmeId, { sessionId: one, personId: person.id, role: 'chair' });
    const run = await proposed({ aim: 'new', points: { 'ends-late': 7 }, seconds: 2 });
    expect(run.plans[0]).toMatchObject({ aim: 'new-programme', left: [], brought: [], stuck: [] });
    expect((await organizer.get(PAGE)).body).toMatch(/name="points.ends-late"[^>]*value="7"/);
    const taken = await api.post(`${API}/acceptance`, { plan: 'new-programme' }, await versionOf());
    expect(taken.status).toBe(200);
    expect(await world.get(Conflicts).openErrors(here.programmeId)).toBe(0);
  });
});
