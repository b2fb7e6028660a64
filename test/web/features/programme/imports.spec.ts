import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Conferences, type Conference } from '../../../../src/features/conferences/index.js';
import { People, Person } from '../../../../src/features/people/index.js';
import {
  Assignment,
  Assignments,
  Conflicts,
  ProgrammeImports,
  Programmes,
  Releases,
  Session,
  Sessions,
  Strand,
} from '../../../../src/features/programme/index.js';
import { eventsOf } from '../../../../src/features/programme/exchange/found.rules.js';
import type { ImportOptions } from '../../../../src/features/programme/exchange/import.rules.js';
import { readScheduleXml } from '../../../../src/features/programme/exchange/read-schedule-xml.js';
import { Room, Venues } from '../../../../src/features/venues/index.js';
import { Database } from '../../../../src/platform/database/database.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { realSchedule } from '../../../support/real-schedules.js';

let world: TestApp;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  await world.get(Venues).addVenue({ code: 'library', name: { be: 'Бібліятэка' }, address: {}, geo: null });
});
afterAll(() => world.close());

async function emptyProgramme(zone = 'Europe/Minsk'): Promise<{ conference: Conference; programmeId: string }> {
  const conference = await world.get(Conferences).create({
    slug: `imported-${++serial}`,
    kind: 'conference',
    title: { en: 'Imported' },
    startsOn: '2027-05-10',
    endsOn: '2027-05-12',
    numberPrefix: `I${serial}`,
    public: true,
    zone,
  });
  return { conference, programmeId: (await world.get(Programmes).ofOwner(conference.id)).id };
}

/** Reads the file, makes every unknown room, changes the choices where told, and takes it over. */
async function imported(programmeId: string, bytes: Buffer, choices: Partial<ImportOptions> = {}) {
  const imports = world.get(ProgrammeImports);
  let found = await imports.start(programmeId, { filename: 'file', bytes }, 'en');
  const { plan } = await imports.preview(found);
  const rooms = Object.fromEntries(plan.unknownRooms.map(({ name }) => [name, 'new']));
  found = await imports.choose(found, { rooms, ...choices });
  const { key } = await imports.preview(found);
  return imports.commit(programmeId, found.id, key);
}

async function released({ conference, programmeId }: { conference: Conference; programmeId: string }): Promise<string> {
  for (const found of await world.get(Conflicts).findings(programmeId))
    if (found.severity === 'error' && !found.override)
      await world.get(Conflicts).override(programmeId, found.key, 'as published');
  await world.get(Releases).publish(programmeId);
  return (await world.client().get(`/c/${conference.slug}/programme.xml?lang=en`)).body;
}

const rows = async (programmeId: string) => {
  const db = world.get(Database);
  return {
    sessions: await db.repository(Session).countBy({ programmeId }),
    people: await db.repository(Person).count(),
    rooms: await db.repository(Room).count(),
    strands: await db.repository(Strand).countBy({ programmeId }),
    assignments: await db.repository(Assignment).count(),
  };
};

describe('a published programme', () => {
  it('brings nothing new when it comes again, and its next version only what is new in it', async () => {
    const { programmeId } = await emptyProgramme('Europe/Brussels');
    await imported(programmeId, realSchedule('fosdem-2025-v1.xml'));
    expect((await imported(programmeId, realSchedule('fosdem-2025-v1.xml'))).counts).toMatchObject({
      added: 0,
      changed: 0,
      unchanged: 927,
    });
    const next = await imported(programmeId, realSchedule('fosdem-2025-v2.xml'));
    expect(next.counts).toMatchObject({ added: 16, errors: 0 });
    expect((await imported(programmeId, realSchedule('fosdem-2025-v2.xml'))).counts).toMatchObject({
      added: 0,
      changed: 0,
      people: 0,
    });
    const count = (await world.get(Database).repository(Session).findBy({ programmeId })).length;
    expect(count).toBe(927 + 16);
  });
});

describe('undoing an import', () => {
  it('removes exactly what it added, and its second coming has the same numbers', async () => {
    const programme = await emptyProgramme();
    const before = await rows(programme.programmeId);
    const file = realSchedule('emf-2016.xml');
    const first = await imported(programme.programmeId, file);
    expect((await rows(programme.programmeId)).sessions).toBe(138);
    const { undone } = await world.get(ProgrammeImports).undo(programme.programmeId, first);
    expect(undone).toEqual({ sessions: 138, reverted: 0, kept: [], people: 122 });
    expect(await rows(programme.programmeId)).toEqual(before);
    expect((await imported(programme.programmeId, file)).counts).toMatchObject({ added: 138, people: 122 });
  });

  it('leaves what somebody has edited since, with its people and its room', async () => {
    const { programmeId } = await emptyProgramme();
    const done = await imported(
      programmeId,
      readFileSync(new URL('../../../fixtures/schedules/minimal.xml', import.meta.url)),
    );
    const [session] = await world.get(Database).repository(Session).findBy({ programmeId });
    await world.get(Sessions).edit(programmeId, session!, { capacity: 30 });
    const before = await rows(programmeId);
    const { undone } = await world.get(ProgrammeImports).undo(programmeId, done);
    expect(undone).toEqual({ sessions: 0, reverted: 0, kept: [session!.id], people: 0 });
    expect(await rows(programmeId)).toEqual(before);
    await expect(world.get(ProgrammeImports).undo(programmeId, done)).rejects.toMatchObject({
      code: 'error.import.notDone',
    });
  });

  it('keeps a person who was put on something else', async () => {
    const { programmeId } = await emptyProgramme();
    const done = await imported(
      programmeId,
      readFileSync(new URL('../../../fixtures/schedules/minimal.xml', import.meta.url)),
    );
    const [added] = done.added!.people;
    const { session } = await world.get(Sessions).add(programmeId, { kind: 'plenary', title: { en: 'Own' } });
    await world.get(Assignments).assign(programmeId, { sessionId: session.id, personId: added!.id, role: 'chair' });
    const { undone } = await world.get(ProgrammeImports).undo(programmeId, done);
    expect(undone).toEqual({ sessions: 1, reverted: 0, kept: [], people: 0 });
    expect(await world.get(People).byId(added!.id)).not.toBeNull();
  });

  it('takes what was released out with the next release', async () => {
    const programme = await emptyProgramme('Europe/Paris');
    const done = await imported(
      programme.programmeId,
      readFileSync(new URL('../../../fixtures/schedules/minimal.xml', import.meta.url)),
    );
    expect(await released(programme)).toContain('Opening ceremony');
    await world.get(Sessions).add(programme.programmeId, {
      kind: 'plenary',
      title: { en: 'Own' },
      place: { start: new Date('2027-05-10T08:00:00Z'), minutes: 30, roomId: null },
    });
    await world.get(ProgrammeImports).undo(programme.programmeId, done);
    expect(await released(programme)).not.toContain('Opening ceremony');
  });
});

describe('undoing an import that changed sessions', () => {
  /** A year later, when its rooms are free. */
  const version = (number: 1 | 2): Buffer =>
    Buffer.from(realSchedule(`fosdem-2025-v${number}.xml`).toString('utf8').replaceAll('2025-02-0', '2026-02-0'));

  /** The whole draft without versions and ids of assignments, which go on. */
  async function draft(programmeId: string) {
    const db = world.get(Database);
    const sessions = await db.repository(Session).find({ where: { programmeId }, order: { id: 'ASC' } });
    const on = async (sessionId: string) =>
      (await db.repository(Assignment).find({ where: { sessionId } }))
        .map(({ personId, role, state, position, zone }) => ({ personId, role, state, position, zone }))
        .toSorted((a, b) => (a.personId < b.personId ? -1 : 1));
    return {
      sessions: await Promise.all(sessions.map(async (row) => ({ ...row, version: 0, on: await on(row.id) }))),
      rooms: await db.repository(Room).count(),
      strands: await db.repository(Strand).countBy({ programmeId }),
      people: await db.repository(Person).count(),
    };
  }

  it('brings back the programme that was there, to the letter, also to other programs', async () => {
    const programme = await emptyProgramme('Europe/Brussels');
    const { programmeId } = programme;
    await imported(programmeId, version(1));
    const published = await released(programme);
    await world.get(Sessions).add(programmeId, {
      kind: 'plenary',
      title: { en: 'Own' },
      place: { start: new Date('2026-02-03T08:00:00Z'), minutes: 30, roomId: null },
    });
    const before = await draft(programmeId);
    const next = await imported(programmeId, version(2));
    expect(next.counts).toMatchObject({ added: 16 });
    const changed = next.counts!.changed;
    expect(changed).toBeGreaterThan(8);
    const { undone } = await world.get(ProgrammeImports).undo(programmeId, next);
    expect(undone).toEqual({ sessions: 16, reverted: changed, kept: [], people: next.counts!.people });
    expect(await draft(programmeId)).toEqual(before);
    // Of events: those of the file, not the one of our own.
    const events = (xml: string) =>
      [...eventsOf(readScheduleXml(xml).schedule)].filter(({ event }) => event.title !== 'Own');
    expect(events(await released(programme))).toEqual(events(published));
    // And the second version comes again as it came first.
    expect((await imported(programmeId, version(2))).counts).toMatchObject({
      added: 16,
      changed,
    });
  });

  it('leaves and names what somebody has edited, moved, or put somebody on since', async () => {
    const { programmeId } = await emptyProgramme('Europe/Brussels');
    await imported(programmeId, version(1));
    const next = await imported(programmeId, version(2));
    const [edited, moved, assigned, answered] = next.added!.changed.map(({ id }) => id);
    const now = async (id: string) => world.get(Sessions).byId(programmeId, id);
    await world.get(Sessions).edit(programmeId, await now(edited!), { capacity: 7 });
    const { startsAt, minutes } = await now(moved!);
    await world
      .get(Sessions)
      .move(programmeId, await now(moved!), { start: startsAt, minutes: minutes + 5, roomId: null });
    const chair = await world.get(People).create({ given: 'Ala', family: 'Chair', locale: 'be' });
    await world.get(Assignments).assign(programmeId, { sessionId: assigned!, personId: chair.id, role: 'chair' });
    const [seat] = await world.get(Assignments).ofSession(answered!);
    await world.get(Assignments).answer(seat!.id, 'declined');
    const { undone } = await world.get(ProgrammeImports).undo(programmeId, next);
    expect(undone!.kept.toSorted()).toEqual([edited, moved, assigned, answered].toSorted());
    expect(undone!.reverted).toBe(next.counts!.changed - 4);
    expect((await now(edited!)).capacity).toBe(7);
  });

  it('leaves what would need a room that is gone', async () => {
    const { programmeId } = await emptyProgramme('Europe/Paris');
    const file = (room: string, title: string): Buffer =>
      Buffer.from(
        String(readFileSync(new URL('../../../fixtures/schedules/minimal.xml', import.meta.url)))
          .replaceAll('Auditorium', room)
          .replace('Opening ceremony', title),
      );
    const first = await imported(programmeId, file('Room that goes', 'One'));
    const next = await imported(programmeId, file('Room that stays', 'Two'));
    await world.get(Venues).removeRoom(first.added!.rooms[0]!);
    const { undone } = await world.get(ProgrammeImports).undo(programmeId, next);
    expect(undone).toMatchObject({ sessions: 0, reverted: 0 });
    const [session] = await world.get(Database).repository(Session).findBy({ programmeId });
    expect([undone!.kept, session!.title]).toEqual([[session!.id], { en: 'Two' }]);
    expect(session!.roomId).not.toBeNull();
  });
});

describe('taking over', () => {
  const minimal = (): Buffer => readFileSync(new URL('../../../fixtures/schedules/minimal.xml', import.meta.url));

  it('happens once, however often it is pressed', async () => {
    const { programmeId } = await emptyProgramme();
    const imports = world.get(ProgrammeImports);
    const found = await imports.start(programmeId, { filename: 'file', bytes: minimal() }, 'en');
    const { key } = await imports.preview(found);
    const both = await Promise.allSettled([
      imports.commit(programmeId, found.id, key),
      imports.commit(programmeId, found.id, key),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await rows(programmeId)).sessions).toBe(1);
  });

  it('is refused when the programme is not what was looked at any more', async () => {
    const { programmeId } = await emptyProgramme();
    const imports = world.get(ProgrammeImports);
    await imported(programmeId, minimal());
    const found = await imports.start(
      programmeId,
      { filename: 'file', bytes: Buffer.from(String(minimal()).replace('Welcome.', 'Come.')) },
      'en',
    );
    const { key, counts } = await imports.preview(found);
    expect(counts).toMatchObject({ changed: 1 });
    const [session] = await world.get(Database).repository(Session).findBy({ programmeId });
    await world.get(Sessions).edit(programmeId, session!, { capacity: 30 });
    await expect(imports.commit(programmeId, found.id, key)).rejects.toMatchObject({ code: 'error.stale' });
    await imports.commit(programmeId, found.id, (await imports.preview(found)).key);
    expect(await world.get(Sessions).byId(programmeId, session!.id)).toMatchObject({
      abstract: { en: 'Come.' },
      capacity: 30,
    });
  });

  it('writes nothing at all when one part of it fails', async () => {
    const { programmeId } = await emptyProgramme();
    const imports = world.get(ProgrammeImports);
    const before = await rows(programmeId);
    const started = await imports.start(programmeId, { filename: 'file', bytes: minimal() }, 'en');
    const found = await imports.choose(started, {
      people: { '6f1f3b1e-0f0e-5b57-9d8a-4f4df0a3f201': '01890000-0000-7000-8000-000000000000' },
      rooms: { Auditorium: 'new' },
    });
    await expect(imports.commit(programmeId, found.id, (await imports.preview(found)).key)).rejects.toMatchObject({
      status: 422,
    });
    expect(await rows(programmeId)).toEqual(before);
  });

  it('lists people of the same name and takes them only when told', async () => {
    const { programmeId } = await emptyProgramme();
    const known = await world
      .get(People)
      .create({ given: 'Awa', family: 'Ndiaye', patronymic: 'Fatou', locale: 'en', institution: 'Dakar' });
    const imports = world.get(ProgrammeImports);
    const found = await imports.start(programmeId, { filename: 'file', bytes: minimal() }, 'en');
    const { namesakes, plan } = await imports.preview(found);
    expect(namesakes.get('Awa Ndiaye')!.map(({ id }) => id)).toContain(known.id);
    const chosen = await imports.choose(found, { people: { [plan.people[0]!.key]: known.id } });
    const done = await imports.commit(programmeId, chosen.id, (await imports.preview(chosen)).key);
    expect(done.counts).toMatchObject({ people: 0 });
    expect((await world.get(Assignments).ofPerson(known.id)).length).toBe(1);
  });
});

describe('what is not released', () => {
  it('stays in the house, also what only files say', async () => {
    const programme = await emptyProgramme('Europe/Paris');
    const file = (subtitle: string): Buffer =>
      Buffer.from(
        readFileSync(new URL('../../../fixtures/schedules/minimal.xml', import.meta.url), 'utf8').replace(
          '<subtitle></subtitle>',
          `<subtitle>${subtitle}</subtitle>`,
        ),
      );
    await imported(programme.programmeId, file('First words'));
    expect(await released(programme)).toContain('First words');
    expect((await imported(programme.programmeId, file('CANARY'))).counts).toMatchObject({ changed: 1 });
    world.clock.advance({ hours: 1 });
    for (const name of ['programme.xml', 'programme.json', 'programme.xml?lang=ru'])
      expect((await world.client().get(`/c/${programme.conference.slug}/${name}`)).body).not.toContain('CANARY');
    const { conference, programmeId } = programme;
    await world.get(Sessions).add(programmeId, {
      kind: 'plenary',
      title: { en: 'Own' },
      place: { start: new Date('2027-05-10T08:00:00Z'), minutes: 30, roomId: null },
    });
    await world.get(Releases).publish(programmeId);
    expect((await world.client().get(`/c/${conference.slug}/programme.xml?lang=be`)).body).toContain('CANARY');
  });
});
