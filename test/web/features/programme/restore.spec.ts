import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { gzipSync, gunzipSync } from 'node:zlib';
import { DataSource } from 'typeorm';
import { People, type Person } from '../../../../src/features/people/index.js';
import {
  Assignment,
  Assignments,
  Conflicts,
  KeptDraft,
  Programmes,
  Releases,
  Restorations,
  Session,
  Sessions,
  Strand,
  Talk,
  Talks,
} from '../../../../src/features/programme/index.js';
import { DraftStates, MOMENTS } from '../../../../src/features/programme/restore/draft-states.service.js';
import { Venues, type Room } from '../../../../src/features/venues/index.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { OutgoingMail } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let house: Scene;
let other: Scene;
let room: Room;
let chair: Person;
let organizer: Client;
let reader: Client;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  other = await scene(world, 'other', 'O27');
});
afterAll(() => world.close());

/** A conference of its own for each test, whose first release is published. */
beforeEach(async () => {
  world.clock.advance({ hours: 3 });
  house = await scene(world, `forum-${++serial}`, 'F27');
  const code = `library-${serial}`;
  const venue = await world.get(Venues).addVenue({ code, name: { en: 'Library' }, address: {}, geo: null });
  room = await world.get(Venues).addRoom(venue.id, { code, name: { en: 'Room 205' }, capacity: 50, notes: '' });
  chair = await world.get(People).create({ given: 'Ада', family: 'Чэн', email: `${code}@example.org`, locale: 'en' });
  await staff(world, `organizer-${serial}@example.org`, [{ role: 'organizer', conferenceId: house.conference.id }]);
  await staff(world, `reader-${serial}@example.org`, [{ role: 'readonly', conferenceId: house.conference.id }]);
  organizer = await signedIn(world.client(), `organizer-${serial}@example.org`);
  reader = await signedIn(world.client(), `reader-${serial}@example.org`);
});

const base = () => `/org/c/${house.conference.slug}`;
const api = () => `/api/v1/conferences/${house.conference.slug}`;
const restorations = () => world.get(Restorations);
const session = (id = house.sessionId) => world.get(Sessions).byId(house.programmeId, id);
const state = () => world.get(DraftStates).read(house.programmeId);
const differences = async (from: number) =>
  (await world.get(Releases).compare(house.programmeId, from, 'draft')).changes.map(({ kind }) => kind);
const restore = async (source: { release: number } | { kept: string }) => {
  const { seen } = await restorations().preview(house.programmeId, source);
  return restorations().restore(house.programmeId, source, seen);
};
const at = (hour: number) => new Date(Date.parse(`${house.conference.startsOn}T00:00Z`) + hour * 3_600_000);

/** The first release's session moved, renamed, in a room, with another talk, strand and chair; one more session. */
async function muchChanges(): Promise<string> {
  const [sessions, talks] = [world.get(Sessions), world.get(Talks)];
  await sessions.edit(house.programmeId, await session(), {
    title: { en: 'Renamed', be: 'Перайменавана' },
    languages: ['be'],
    place: { start: at(12), minutes: 90, roomId: room.id },
  });
  await talks.remove(house.programmeId, await talks.byId(house.programmeId, house.talkId));
  await talks.add(house.programmeId, house.sessionId, { title: { en: 'Another talk' } });
  const strand = await world.get(Programmes).strand(house.programmeId, house.strandId);
  await world.get(Programmes).editStrand(house.programmeId, strand, { code: 'renamed', name: { en: 'Renamed' } });
  await world.get(Assignments).assign(house.programmeId, {
    sessionId: house.sessionId,
    personId: chair.id,
    role: 'chair',
    state: 'confirmed',
  });
  const place = { start: at(8), minutes: 60, roomId: room.id };
  const added = await sessions.add(house.programmeId, { kind: 'plenary', title: { en: 'Brand new' }, place });
  return added.session.id;
}

describe('an old release', () => {
  it('is restored into the draft, which then differs from it in nothing', async () => {
    const fresh = await muchChanges();
    expect(await differences(1)).toEqual(['added', 'moved']);
    const page = await organizer.get(`${base()}/releases/1/restore`);
    expect(page.status).toBe(200);
    for (const words of [
      'Brand new',
      'to the tray',
      'Title: “Renamed” → “Section of',
      'No longer takes part: Ада Чэн (chair)',
    ])
      expect(page.body).toContain(words);
    const done = await organizer.submit(`${base()}/releases/1/restore`, {});
    expect([done.status, done.location]).toEqual([303, `${base()}/releases#kept`]);
    expect((await organizer.follow(done)).body).toContain('Restored; sessions changed: 2.');
    expect(await differences(1)).toEqual([]);
    expect(await session(fresh)).toMatchObject({ startsAt: null, status: 'planned', title: { en: 'Brand new' } });
    expect(await world.get(Talks).byId(house.programmeId, house.talkId)).toMatchObject({
      title: { en: `Talk of ${house.conference.slug}` },
    });
  });

  it('removes what was public in a later one, and takes a cancellation back', async () => {
    const fresh = await muchChanges();
    await world.get(Releases).publish(house.programmeId);
    await world.get(Sessions).cancel(house.programmeId, await session());
    await restore({ release: 1 });
    expect([(await session(fresh)).status, (await session()).status]).toEqual(['removed', 'planned']);
    expect(await differences(1)).toEqual([]);
    await restore({ release: 2 });
    expect([(await session(fresh)).status, await differences(2)]).toEqual(['planned', []]);
    await world.get(Releases).publish(house.programmeId, { final: true });
    expect(await differences(2)).toEqual([]);
  });

  it('changes nothing that the public sees, and writes no mail, until it is published', async () => {
    await muchChanges();
    await world.get(Releases).publish(house.programmeId);
    const { slug } = house.conference;
    const seen = () =>
      Promise.all(
        [
          `/en/c/${slug}/programme`,
          `/c/${slug}/programme.ics`,
          `/c/${slug}/programme.json`,
          `/en/c/${slug}/programme/changes`,
        ].map(async (url) => (await world.client().get(url)).body),
      );
    const [before, mails] = [await seen(), await world.db.repository(OutgoingMail).count()];
    await restore({ release: 1 });
    expect(await seen()).toEqual(before);
    expect(await world.db.repository(OutgoingMail).count()).toBe(mails);
    await world.get(Releases).publish(house.programmeId);
    expect(await seen()).not.toEqual(before);
    expect(await world.db.repository(OutgoingMail).count()).toBeGreaterThan(mails);
  });

  it('overrules no answer: who has declined since is not printed again, and the page says so', async () => {
    await muchChanges();
    await restore({ release: 1 });
    const [place] = await world.get(Assignments).ofSession(house.sessionId);
    await world.get(Assignments).answer(place!.id, 'declined');
    await world.get(Sessions).edit(house.programmeId, await session(), { title: { en: 'Once more' } });
    expect((await organizer.get(`${base()}/releases/1/restore`)).body).toContain(
      'has not agreed; the later answer stays',
    );
    await restore({ release: 1 });
    expect((await world.get(Assignments).ofSession(house.sessionId)).map((one) => one.state)).toEqual(['declined']);
    expect(await differences(1)).toEqual(['changed']);
  });

  it('is not restored over a draft that has changed since it was looked at: 409, and what would change now', async () => {
    await muchChanges();
    const url = `${base()}/releases/1/restore`;
    const fields = hiddenFields((await organizer.get(url)).body, url);
    await world.get(Sessions).edit(house.programmeId, await session(), { title: { en: 'A moment ago' } });
    const before = await state();
    const stale = await organizer.post(url, fields);
    expect(stale.status).toBe(409);
    expect(stale.body).toContain('The draft changed while you were looking');
    expect(stale.body).toContain('“A moment ago” → “Section of');
    expect(await state()).toEqual(before);
    expect((await organizer.post(url, hiddenFields(stale.body, url))).status).toBe(303);
    const again = await organizer.post(url, hiddenFields(stale.body, url));
    expect([again.status, (await organizer.get(url)).body.includes('there is nothing to bring back')]).toEqual([
      409,
      true,
    ]);
    expect((await organizer.post(url, { ...fields, seen: '' })).status).toBe(422);
  });

  it('is restored by one of several who press at once', async () => {
    await muchChanges();
    const { seen } = await restorations().preview(house.programmeId, { release: 1 });
    const done = await Promise.allSettled(
      [1, 2, 3].map(() => restorations().restore(house.programmeId, { release: 1 }, seen)),
    );
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await restorations().keptOf(house.programmeId)).toHaveLength(1);
    expect(await differences(1)).toEqual([]);
  });

  it('and publishing at the same time leave a draft that was seen: never half of each', async () => {
    await muchChanges();
    const { seen } = await restorations().preview(house.programmeId, { release: 1 });
    const [restored] = await Promise.allSettled([
      restorations().restore(house.programmeId, { release: 1 }, seen),
      world.get(Releases).publish(house.programmeId),
    ]);
    const current = await world.get(Releases).current(house.programmeId);
    if (restored.status === 'rejected') expect([current!.number, await differences(2)]).toEqual([2, []]);
    else expect(await differences(1)).toEqual([]);
  });

  it('brings its conflicts along, as every edit of the draft does', async () => {
    await world.get(Sessions).move(house.programmeId, await session(), { start: at(12), minutes: 60, roomId: room.id });
    await world.get(Releases).publish(house.programmeId);
    await world.get(Sessions).move(house.programmeId, await session(), { start: at(15), minutes: 60, roomId: room.id });
    const place = { start: at(12), minutes: 60, roomId: room.id };
    await world.get(Sessions).add(other.programmeId, { kind: 'meeting', title: { en: 'In the way' }, place });
    expect(await world.get(Conflicts).openErrors(house.programmeId)).toBe(0);
    expect((await restore({ release: 2 })).openErrors).toBe(1);
    // Also for the memory that other questions are answered from.
    expect((await world.get(Conflicts).findings(house.programmeId)).map(({ rule }) => rule)).toContain('room-double');
  });

  it('is in the journal, with what became of each session', async () => {
    const fresh = await muchChanges();
    world.clock.advance({ minutes: 1 });
    const { kept } = await restore({ release: 1 });
    const entry = await world.db
      .repository(JournalEntry)
      .findOneByOrFail({ type: 'DraftRestored', subjectId: kept.id });
    expect([entry.conferenceId, entry.data]).toEqual([
      house.conference.id,
      { programmeId: house.programmeId, release: 1, sessions: 2 },
    ]);
    const about = async (subjectId: string) =>
      (await world.db.repository(JournalEntry).findBy({ subjectId, at: entry.at })).map(({ type }) => type).sort();
    expect(await about(fresh)).toEqual(['SessionMoved']);
    expect(await about(house.sessionId)).toEqual(['SessionEdited', 'SessionMoved']);
    expect([await about(house.talkId), await about(house.strandId)]).toEqual([['TalkAdded'], ['StrandSaved']]);
  });
});

describe('the draft that was there', () => {
  const comparable = async () => {
    const rows = (await state()) as unknown as Record<string, { version: number }[]>;
    return Object.fromEntries(
      Object.entries(rows).map(([name, list]) => [name, list.map((row) => ({ ...row, version: 0 }))]),
    );
  };

  it('is kept, and comes back row by row', async () => {
    await muchChanges();
    const before = await comparable();
    const { kept } = await restore({ release: 1 });
    const list = await organizer.get(`${base()}/releases`);
    expect(list.body).toContain(`href="${base()}/kept-drafts/${kept.id}"`);
    expect(list.body).toContain('before release 1 was restored');
    const page = `${base()}/kept-drafts/${kept.id}`;
    expect((await organizer.get(page)).body).toContain('Bring back the draft of');
    expect((await organizer.submit(page, {})).status).toBe(303);
    expect(await comparable()).toEqual(before);
    // And what it took the place of is kept in turn.
    const all = await restorations().keptOf(house.programmeId);
    expect(all.map(({ releaseNumber }) => releaseNumber)).toEqual([null, 1]);
    await restore({ kept: all[0]!.id });
    expect(await differences(1)).toEqual([]);
  });

  it('takes nobody’s work: a session added since waits in the tray, an answer given since stays', async () => {
    await muchChanges();
    const { kept } = await restore({ release: 1 });
    const place = { start: at(16), minutes: 30, roomId: null };
    const later = await world.get(Sessions).add(house.programmeId, { kind: 'break', title: { en: 'Later' }, place });
    const speaker = (await world.get(Assignments).ofSession(house.sessionId))[0]!;
    await world.get(Assignments).answer(speaker.id, 'declined');
    await restore({ kept: kept.id });
    expect(await session(later.session.id)).toMatchObject({ startsAt: null, status: 'planned' });
    expect((await session()).title).toEqual({ en: 'Renamed', be: 'Перайменавана' });
  });

  it('goes after twenty more, or after ninety days', async () => {
    const titles = ['One', 'Two'];
    for (let n = 0; n < 22; n++) {
      world.clock.advance({ minutes: 1 });
      await world.get(Sessions).edit(house.programmeId, await session(), { title: { en: titles[n % 2]! } });
      await restore({ release: 1 });
    }
    expect(await restorations().keptOf(house.programmeId)).toHaveLength(20);
    world.clock.advance({ hours: 89 * 24 });
    await restorations().forgetOld();
    expect(await restorations().keptOf(house.programmeId)).toHaveLength(20);
    world.clock.advance({ hours: 25 });
    await restorations().forgetOld();
    expect(await restorations().keptOf(house.programmeId)).toEqual([]);
  });

  it('from before an upgrade is refused in words, not by the database', async () => {
    await muchChanges();
    const { kept } = await restore({ release: 1 });
    const row = await world.db.repository(KeptDraft).findOneByOrFail({ id: kept.id });
    const content = JSON.parse(gunzipSync(row.content).toString('utf8')) as { sessions: Record<string, unknown>[] };
    for (const one of content.sessions) delete one['pinned'];
    await world.db.repository(KeptDraft).update({ id: row.id }, { content: gzipSync(JSON.stringify(content)) });
    const answer = await organizer.api('GET', `${api()}/kept-drafts/${kept.id}/restoration`);
    expect([answer.status, answer.json()['code']]).toEqual([409, 'error.restore.outdated']);
  });

  it('holds every column: moments are those that are known as such', () => {
    const source = world.get(DataSource);
    const found = [Strand, Session, Talk, Assignment].flatMap((entity) =>
      source
        .getMetadata(entity)
        .columns.flatMap(({ type, propertyName }) => (type === 'datetime' ? [propertyName] : [])),
    );
    expect(found.sort()).toEqual([...MOMENTS].sort());
  });
});

describe('restoring', () => {
  it('is for those who may write the programme, and only of this programme', async () => {
    await muchChanges();
    const { kept } = await restore({ release: 1 });
    for (const url of [`${base()}/releases/1/restore`, `${base()}/kept-drafts/${kept.id}`]) {
      expect((await reader.get(url)).status).toBe(403);
      expect((await world.client().get(url)).status).toBe(303);
    }
    expect((await reader.get(`${base()}/releases`)).body).not.toContain('kept-drafts/');
    for (const url of [
      'releases/9/restore',
      'releases/x/restore',
      'kept-drafts/nothing',
      `kept-drafts/${house.sessionId}`,
    ])
      expect([url, (await organizer.get(`${base()}/${url}`)).status]).toEqual([url, 404]);
    const foreign = await signedIn(world.client(), `organizer-${serial}@example.org`);
    expect((await foreign.get(`/org/c/other/kept-drafts/${kept.id}`)).status).toBe(404);
    await expect(restorations().keptById(other.programmeId, kept.id)).rejects.toMatchObject({ status: 404 });
  });

  it('through the API repeats what was seen: 412 when that is out of date', async () => {
    await muchChanges();
    const { body } = await organizer.get(`${base()}/strands/new`);
    const headers = { origin: 'http://127.0.0.1:3000', 'x-csrf-token': /name="_csrf" value="([^"]*)"/.exec(body)![1]! };
    const preview = await organizer.api('GET', `${api()}/releases/1/restoration`);
    expect(preview.status).toBe(200);
    const { seen, changes, leftOut, remaining } = preview.json<{
      seen: string;
      changes: { kind: string; sessionId: string; before: object | null; after: object | null; details: object[] }[];
      leftOut: object[];
      remaining: string[];
    }>();
    expect([leftOut, remaining]).toEqual([[], []]);
    expect(changes.map(({ kind }) => kind).sort()).toEqual(['moved', 'tray']);
    expect(changes.find(({ kind }) => kind === 'tray')).toMatchObject({ after: null, details: [] });
    const url = `${api()}/releases/1/restorations`;
    const done = await organizer.api('POST', url, { seen }, headers);
    expect([done.status, done.json()]).toEqual([
      200,
      { kept: expect.objectContaining({ releaseNumber: 1 }), sessions: 2, openErrors: 0 },
    ]);
    expect((await organizer.api('POST', url, { seen }, headers)).status).toBe(412);
    expect((await organizer.api('POST', url, {}, headers)).status).toBe(422);
    const list = (await organizer.api('GET', `${api()}/kept-drafts`)).json<{ items: { id: string }[] }>();
    const kept = `${api()}/kept-drafts/${list.items[0]!.id}`;
    const back = (await organizer.api('GET', `${kept}/restoration`)).json<{ seen: string }>();
    expect((await organizer.api('POST', `${kept}/restorations`, { seen: back.seen }, headers)).status).toBe(200);
    expect((await session()).title).toMatchObject({ en: 'Renamed' });
  });

  it('asks the database equally often for forty sessions as for two', async () => {
    const counts: number[] = [];
    for (const many of [1, 40]) {
      for (let n = 0; n < many; n++) {
        const place = { start: at(8 + n), minutes: 30, roomId: null };
        await world.get(Sessions).add(house.programmeId, { kind: 'section', title: { en: `${many}.${n}` }, place });
      }
      const log = jest.spyOn(world.get(DataSource).logger, 'logQuery');
      await organizer.get(`${base()}/releases/1/restore`);
      counts.push(log.mock.calls.length);
      log.mockRestore();
    }
    expect(counts[1]).toBe(counts[0]);
    expect((await organizer.get(`${base()}/releases/1/restore`)).body).toContain('<summary>To the tray: 41</summary>');
  });

  it('exchanges the codes of two strands, and the seats of two panelists', async () => {
    const programmes = world.get(Programmes);
    const one = await programmes.strand(house.programmeId, house.strandId);
    const two = await programmes.addStrand(house.programmeId, { code: 'two', name: { en: 'Two' }, colour: 'teal' });
    const place = { start: at(9), minutes: 60, roomId: null };
    const order = { kind: 'round_table' as const, title: { en: 'Table' }, strandId: two.id, place };
    const table = (await world.get(Sessions).add(house.programmeId, order)).session.id;
    const guest = await world.get(People).create({ given: 'Эва', family: 'Госць', locale: 'en' });
    for (const personId of [chair.id, guest.id])
      await world
        .get(Assignments)
        .assign(house.programmeId, { sessionId: table, personId, role: 'panelist', state: 'confirmed' });
    await world.get(Releases).publish(house.programmeId);
    const { version } = await programmes.editStrand(house.programmeId, one, { code: 'between' });
    await programmes.editStrand(house.programmeId, two, { code: one.code });
    await programmes.editStrand(house.programmeId, { id: one.id, version }, { code: 'two' });
    const [first] = await world.get(Assignments).ofSession(table);
    await world.get(Assignments).reseat(house.programmeId, first!, 2);
    expect(await differences(2)).toEqual(['changed', 'changed']);
    await restore({ release: 2 });
    expect(await differences(2)).toEqual([]);
  });
});
