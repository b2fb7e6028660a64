import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { RuleViolation, Stale } from '../../../../src/kernel/errors.js';
import { People } from '../../../../src/features/people/index.js';
import {
  Assignments,
  Availabilities,
  CalendarObject,
  CalendarObjects,
  Conflicts,
  PrintedName,
  Programme,
  ProgrammeReleased,
  Programmes,
  Release,
  ReleasedProgrammes,
  Releases,
  Session,
  SessionRevision,
  Sessions,
  SignUps,
  Talks,
  type SessionChange,
} from '../../../../src/features/programme/index.js';
import { Venues } from '../../../../src/features/venues/index.js';
import { Journal } from '../../../../src/platform/journal/journal.js';
import { startApp, type TestApp } from '../../../support/app.js';

const NINE = new Date('2027-10-12T06:00:00.000Z');
const hours = (count: number) => new Date(NINE.getTime() + count * 3_600_000);

let test: TestApp;
let released: { number: number; changes: SessionChange[] }[];

beforeAll(async () => {
  test = await startApp();
  released = [];
  test.get(Journal).on(ProgrammeReleased, async ({ number, changes }) => void released.push({ number, changes }));
});
afterAll(() => test.close());

const programmes = () => test.get(Programmes);
const sessions = () => test.get(Sessions);
const assignments = () => test.get(Assignments);
const releases = () => test.get(Releases);
const objects = () => test.get(CalendarObjects);
const read = () => test.get(ReleasedProgrammes);

let roomCount = 0;
async function aRoom(capacity: number | null = null) {
  const fields = { code: `r${++roomCount}`, name: { en: `Room ${roomCount}` } };
  const venue = await test
    .get(Venues)
    .addVenue({ code: `v${roomCount}`, name: { en: 'Library' }, address: {}, geo: null });
  return test.get(Venues).addRoom(venue.id, { ...fields, capacity, notes: '' });
}

const aPerson = (given = 'Ada') =>
  test.get(People).create({ given, family: 'Tester', institution: 'Library', country: 'BY', locale: 'en' });
const aProgramme = () =>
  programmes().createFor({ ownerKind: 'conference', ownerId: crypto.randomUUID(), zone: 'Europe/Minsk' });

function aSession(programme: Programme, at: number | null, extra: { roomId?: string; title?: string } = {}) {
  const place = { start: at === null ? null : hours(at), minutes: 60, roomId: extra.roomId ?? null };
  return sessions().add(programme.id, { kind: 'section', title: { en: extra.title ?? 'Section' }, place });
}

/** How many statements some work sends to the database. */
async function statements(work: () => Promise<unknown>): Promise<number> {
  const source = test.get(DataSource);
  const log = jest.spyOn(source.logger, 'logQuery');
  await work();
  const { length } = log.mock.calls;
  log.mockRestore();
  return length;
}

const publicObject = async (sessionId: string) => (await objects().publicFor([sessionId])).get(sessionId)!;

describe('the draft', () => {
  it('saves a double booking and names it, also across programmes', async () => {
    const [one, other, room] = [await aProgramme(), await aProgramme(), await aRoom()];
    const first = await aSession(one, 0, { roomId: room.id });
    const second = await sessions().add(other.id, {
      kind: 'meeting',
      title: { en: 'Secret' },
      place: { start: hours(0.5), minutes: 60, roomId: room.id },
    });
    expect(first.findings).toEqual([]);
    expect(second.findings).toMatchObject([{ rule: 'room-double', severity: 'error', minutes: 30, rooms: [room.id] }]);
    const [seen] = await test.get(Conflicts).findings(one.id);
    const foreign = seen!.involved.find(({ own }) => !own);
    expect(foreign).toMatchObject({ occupied: true, title: {}, code: '' });
  });

  it('finds a person in two places, until one of them declines', async () => {
    const [programme, person] = [await aProgramme(), await aPerson()];
    const [a, b] = [await aSession(programme, 0), await aSession(programme, 0)];
    await assignments().assign(programme.id, { sessionId: a.session.id, personId: person.id, role: 'chair' });
    const { assignment, findings } = await assignments().assign(programme.id, {
      sessionId: b.session.id,
      personId: person.id,
      role: 'speaker',
    });
    expect(findings).toMatchObject([{ rule: 'person-double', people: [person.id], minutes: 60 }]);
    await assignments().answer(assignment.id, 'declined');
    expect(await test.get(Conflicts).findings(programme.id)).toEqual([]);
  });

  it('warns about stated times and sign-ups, and errs outside arrival and departure', async () => {
    const [programme, person, room] = [await aProgramme(), await aPerson(), await aRoom(10)];
    const { session } = await aSession(programme, 0, { roomId: room.id });
    await assignments().assign(programme.id, { sessionId: session.id, personId: person.id, role: 'chair' });
    const times = test.get(Availabilities);
    await times.state(programme.id, person.id, 'staff', [
      { kind: 'present', startsAt: hours(0.5), endsAt: hours(10) },
      { kind: 'unavailable', startsAt: hours(0.75), endsAt: hours(2) },
    ]);
    test.get(SignUps).from((ids) => Promise.resolve(new Map(ids.includes(session.id) ? [[session.id, 12]] : [])));
    expect(await test.get(Conflicts).findings(programme.id)).toMatchObject([
      { rule: 'outside-presence', severity: 'error', minutes: 30 },
      { rule: 'capacity-below-signups', severity: 'warning', minutes: 2 },
      { rule: 'outside-availability', severity: 'warning', minutes: 15 },
    ]);
  });

  it('refuses a write against an older version with the current row', async () => {
    const programme = await aProgramme();
    const { session } = await aSession(programme, 0);
    await sessions().move(programme.id, session, { start: hours(2), minutes: 30, roomId: null });
    const refused = sessions().edit(programme.id, session, { title: { en: 'Mine' } });
    await expect(refused).rejects.toBeInstanceOf(Stale);
    await expect(refused).rejects.toMatchObject({ current: { version: 2, startsAt: hours(2) } });
  });

  it('does not reach into another programme', async () => {
    const [mine, foreign] = [await aProgramme(), await aProgramme()];
    const { session } = await aSession(foreign, 0);
    await expect(sessions().cancel(mine.id, session)).rejects.toMatchObject({ status: 404 });
    await expect(test.get(Talks).add(mine.id, session.id, { title: { en: 'X' } })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('seats twenty panelists at once on twenty different seats', async () => {
    const programme = await aProgramme();
    const { session } = await sessions().add(programme.id, { kind: 'round_table', title: { en: 'Table' } });
    const people = await Promise.all(Array.from({ length: 20 }, (_, i) => aPerson(`P${i}`)));
    await Promise.all(
      people.map(({ id }) =>
        assignments().assign(programme.id, { sessionId: session.id, personId: id, role: 'panelist' }),
      ),
    );
    const seats = (await assignments().ofSession(session.id)).map(({ seat }) => seat);
    expect(seats).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it('lets two panelists change seats', async () => {
    const [programme, x, y] = [await aProgramme(), await aPerson('X'), await aPerson('Y')];
    const { session } = await sessions().add(programme.id, { kind: 'round_table', title: { en: 'Table' } });
    const first = await assignments().assign(programme.id, { sessionId: session.id, personId: x.id, role: 'panelist' });
    await assignments().assign(programme.id, { sessionId: session.id, personId: y.id, role: 'panelist' });
    await assignments().reseat(programme.id, first.assignment, 2);
    expect((await assignments().ofSession(session.id)).map(({ personId, seat }) => [personId, seat])).toEqual([
      [y.id, 1],
      [x.id, 2],
    ]);
  });
});

describe('a release', () => {
  it('is refused while an error is open, and passes with a reason', async () => {
    const [programme, room] = [await aProgramme(), await aRoom()];
    await aSession(programme, 0, { roomId: room.id });
    await aSession(programme, 0, { roomId: room.id });
    await expect(releases().publish(programme.id)).rejects.toMatchObject({
      code: 'error.release.conflicts',
      details: { count: 1 },
    });
    expect((await programmes().byId(programme.id)).currentRelease).toBeNull();
    const [found] = await test.get(Conflicts).findings(programme.id);
    await test.get(Conflicts).override(programme.id, found!.key, 'One of them is in the foyer');
    expect(await releases().publish(programme.id)).toMatchObject({ number: 1 });
  });

  it('is refused when nothing is scheduled, and when nothing changed', async () => {
    const programme = await aProgramme();
    await aSession(programme, null);
    await expect(releases().publish(programme.id)).rejects.toMatchObject({ code: 'error.release.empty' });
    await aSession(programme, 1);
    await releases().publish(programme.id);
    await expect(releases().publish(programme.id)).rejects.toMatchObject({ code: 'error.release.unchanged' });
    expect(await releases().publish(programme.id, { final: true })).toMatchObject({ number: 2, final: true });
  });

  it('shows scheduled sessions with confirmed people only, in order', async () => {
    const [programme, sure, asked] = [await aProgramme(), await aPerson('Sure'), await aPerson('Asked')];
    const later = await aSession(programme, 3, { title: 'Later' });
    const { session } = await aSession(programme, 0, { title: 'Sooner' });
    await aSession(programme, null, { title: 'Tray' });
    const { talk } = await test.get(Talks).add(programme.id, session.id, { title: { en: 'Paper' }, minutes: 20 });
    await assignments().assign(programme.id, {
      sessionId: session.id,
      talkId: talk.id,
      personId: sure.id,
      role: 'speaker',
      state: 'confirmed',
    });
    await assignments().assign(programme.id, { sessionId: session.id, personId: asked.id, role: 'chair' });
    await releases().publish(programme.id, { name: { en: 'First' } });
    const model = (await read().released(programme.id))!;
    expect(model.sessions.map(({ id, day, revision }) => [id, day, revision])).toEqual([
      [session.id, '2027-10-12', 1],
      [later.session.id, '2027-10-12', 1],
    ]);
    const person = {
      personId: sure.id,
      role: 'speaker',
      seat: null,
      name: 'Sure Tester',
      affiliation: 'Library',
      country: 'BY',
    };
    expect(model.sessions[0]).toMatchObject({ people: [], talks: [{ title: { en: 'Paper' }, people: [person] }] });
  });

  it('keeps names beside the snapshot, so that one can vanish while the revision stays', async () => {
    const [programme, person] = [await aProgramme(), await aPerson('Nadzeya')];
    const { session } = await aSession(programme, 0);
    await assignments().assign(programme.id, {
      sessionId: session.id,
      personId: person.id,
      role: 'chair',
      state: 'confirmed',
    });
    const release = await releases().publish(programme.id);
    const revision = await test.db.repository(SessionRevision).findOneByOrFail({ sessionId: session.id });
    expect(JSON.stringify(revision.content)).not.toContain('Nadzeya');
    expect((await read().released(programme.id))!.sessions[0]!.people[0]!.name).toBe('Nadzeya Tester');
    await test.db.repository(PrintedName).delete({ releaseId: release.id, personId: person.id });
    await test.db.repository(Programme).update({ id: programme.id }, { namesEpoch: 1 });
    expect((await read().released(programme.id))!.sessions[0]).toMatchObject({
      revision: 1,
      people: [{ personId: person.id, name: null }],
    });
  });

  it('never changes when the draft does', async () => {
    const programme = await aProgramme();
    const { session } = await aSession(programme, 0);
    await releases().publish(programme.id);
    await sessions().edit(programme.id, session, { title: { en: 'Draft only' } });
    expect((await read().released(programme.id))!.sessions[0]!.title).toEqual({ en: 'Section' });
  });

  it('counts revisions of changed sessions only and tells what kind of change it was', async () => {
    const programme = await aProgramme();
    const [moved, reworded, cancelled, removed, same] = [
      await aSession(programme, 0),
      await aSession(programme, 2),
      await aSession(programme, 4),
      await aSession(programme, 6),
      await aSession(programme, 8),
    ];
    await releases().publish(programme.id);
    await sessions().move(programme.id, moved.session, { start: hours(1), minutes: 60, roomId: null });
    await sessions().edit(programme.id, reworded.session, { title: { en: 'Better' } });
    await sessions().cancel(programme.id, cancelled.session);
    await sessions().remove(programme.id, removed.session);
    const added = await aSession(programme, 10);
    await releases().publish(programme.id);
    expect(released.at(-1)).toEqual({
      number: 2,
      changes: [
        { sessionId: moved.session.id, kind: 'moved', significant: true },
        { sessionId: reworded.session.id, kind: 'changed', significant: false },
        { sessionId: cancelled.session.id, kind: 'cancelled', significant: true },
        { sessionId: added.session.id, kind: 'added', significant: true },
        { sessionId: removed.session.id, kind: 'removed', significant: true },
      ],
    });
    const model = (await read().released(programme.id))!;
    expect(model.sessions.map(({ id, revision, status }) => [id, revision, status])).toEqual([
      [moved.session.id, 2, 'planned'],
      [reworded.session.id, 2, 'planned'],
      [cancelled.session.id, 2, 'cancelled'],
      [same.session.id, 1, 'planned'],
      [added.session.id, 1, 'planned'],
    ]);
    expect(model.withdrawn.map(({ id, status }) => [id, status])).toEqual([[removed.session.id, 'cancelled']]);
    expect((await releases().compare(programme.id, 1, 2)).changes.map(({ kind }) => kind)).toEqual([
      'moved',
      'changed',
      'cancelled',
      'added',
      'removed',
    ]);
  });

  it('happens once when twenty publish at the same time [R9]', async () => {
    const programme = await aProgramme();
    await aSession(programme, 0);
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, () => releases().publish(programme.id, { after: 0 })),
    );
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []));
    expect(refused).toHaveLength(19);
    expect(refused.every((reason) => reason instanceof Stale)).toBe(true);
    expect(await test.db.repository(Release).countBy({ programmeId: programme.id })).toBe(1);
    expect(await test.db.repository(CalendarObject).countBy({ programmeId: programme.id })).toBe(1);
  });

  it('is loaded in as many statements for three sessions as for one, and kept after that', async () => {
    const cold: number[] = [];
    for (const count of [1, 3]) {
      const [programme, person] = [await aProgramme(), await aPerson()];
      for (let i = 0; i < count; i++) {
        const { session } = await aSession(programme, i * 2);
        await assignments().assign(programme.id, {
          sessionId: session.id,
          personId: person.id,
          role: 'chair',
          state: 'confirmed',
        });
      }
      await releases().publish(programme.id);
      cold.push(await statements(() => read().released(programme.id)));
      expect(await statements(() => read().released(programme.id))).toBe(1);
    }
    expect(cold[0]).toBeGreaterThan(1);
    expect(cold[1]).toBe(cold[0]);
  });
});

describe('calendar objects', () => {
  it('advance at a release only, by what changed [CR3] [CR6]', async () => {
    const programme = await aProgramme();
    const { session } = await aSession(programme, 0);
    await releases().publish(programme.id);
    const first = await publicObject(session.id);
    expect(first).toMatchObject({ sequence: 0, status: 'confirmed' });
    const moved = await sessions().move(programme.id, session, { start: hours(3), minutes: 60, roomId: null });
    expect(await publicObject(session.id)).toEqual(first);
    await releases().publish(programme.id);
    const second = await publicObject(session.id);
    expect(second).toMatchObject({ uid: first.uid, sequence: 1 });
    expect(second.stamp.getTime()).toBeGreaterThan(first.stamp.getTime());
    await sessions().edit(programme.id, moved.session, { title: { en: 'Only words' } });
    await releases().publish(programme.id);
    const third = await publicObject(session.id);
    expect(third).toMatchObject({ uid: first.uid, sequence: 1 });
    expect(third.stamp.getTime()).toBeGreaterThan(second.stamp.getTime());
  });

  it('cancel and come back with the same UID, one SEQUENCE each [CR4]', async () => {
    const [programme, person] = [await aProgramme(), await aPerson()];
    const { session } = await aSession(programme, 0);
    await releases().publish(programme.id);
    const told = await objects().told(person.id, { sessionId: session.id });
    expect(told).toMatchObject({ sequence: 0, method: 'REQUEST', changed: true });
    const off = await sessions().cancel(programme.id, session);
    await releases().publish(programme.id);
    const cancelled = await objects().told(person.id, { sessionId: session.id });
    expect(cancelled).toMatchObject({ uid: told.uid, sequence: 1, method: 'CANCEL', changed: true });
    await sessions().reinstate(programme.id, off.session);
    await releases().publish(programme.id);
    const back = await objects().told(person.id, { sessionId: session.id });
    expect(back).toMatchObject({ uid: told.uid, sequence: 2, method: 'REQUEST', changed: true });
    expect(await publicObject(session.id)).toMatchObject({ sequence: 2, status: 'confirmed' });
  });

  it('answer the same revision when a mail is repeated [CR7], and leave others alone', async () => {
    const [programme, person] = [await aProgramme(), await aPerson()];
    const [touched, quiet] = [await aSession(programme, 0), await aSession(programme, 3)];
    await releases().publish(programme.id);
    const first = await objects().told(person.id, { sessionId: quiet.session.id }, { content: 'Ada' });
    await sessions().move(programme.id, touched.session, { start: hours(1), minutes: 60, roomId: null });
    test.clock.advance({ minutes: 1 });
    await releases().publish(programme.id);
    const again = await objects().told(person.id, { sessionId: quiet.session.id }, { content: 'Ada' });
    expect(again).toEqual({ ...first, changed: false });
    expect(
      (await objects().personalFor(person.id, [{ sessionId: quiet.session.id }])).get(quiet.session.id),
    ).toMatchObject({ uid: first.uid, sequence: 0, stamp: first.stamp });
  });

  it('of a withdrawn person stay cancelled whatever becomes of the session', async () => {
    const [programme, person] = [await aProgramme(), await aPerson()];
    const { session } = await aSession(programme, 0);
    await releases().publish(programme.id);
    await objects().told(person.id, { sessionId: session.id });
    const withdrawn = await objects().told(person.id, { sessionId: session.id }, { cancelled: true });
    expect(withdrawn).toMatchObject({ sequence: 1, method: 'CANCEL' });
    await sessions().move(programme.id, session, { start: hours(1), minutes: 60, roomId: null });
    await releases().publish(programme.id);
    const now = (await objects().personalFor(person.id, [{ sessionId: session.id }])).get(session.id);
    expect(now).toMatchObject({ sequence: 1, status: 'cancelled', stamp: withdrawn.stamp });
  });

  it('are made once when twenty ask at the same time, and told once per revision [R9]', async () => {
    const [programme, person] = [await aProgramme(), await aPerson()];
    const { session } = await aSession(programme, 0);
    await releases().publish(programme.id);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => objects().told(person.id, { sessionId: session.id })),
    );
    expect(new Set(answers.map(({ uid, sequence }) => `${uid} ${sequence}`)).size).toBe(1);
    expect(answers.filter(({ changed }) => changed)).toHaveLength(1);
  });

  it('of a conference follow what the caller says', async () => {
    const person = await aPerson();
    const conferenceId = crypto.randomUUID();
    const first = await objects().told(person.id, { conferenceId }, { significant: '12 October', content: 'Congress' });
    const corrected = await objects().told(
      person.id,
      { conferenceId },
      { significant: '12 October', content: 'The Congress' },
    );
    const moved = await objects().told(
      person.id,
      { conferenceId },
      { significant: '13 October', content: 'The Congress' },
    );
    expect([first, corrected, moved].map(({ uid, sequence, changed }) => [uid, sequence, changed])).toEqual([
      [first.uid, 0, true],
      [first.uid, 0, false],
      [first.uid, 1, true],
    ]);
    expect(corrected.stamp.getTime()).toBeGreaterThan(first.stamp.getTime());
  });
});

describe('taking sessions out', () => {
  it('forgets what was never released and keeps what was', async () => {
    const programme = await aProgramme();
    const shown = await aSession(programme, 0);
    await releases().publish(programme.id);
    const never = await aSession(programme, 2);
    await sessions().remove(programme.id, never.session);
    await sessions().remove(programme.id, shown.session);
    const rows = await test.db.repository(Session).findBy({ programmeId: programme.id });
    expect(rows.map(({ id, status }) => [id, status])).toEqual([[shown.session.id, 'removed']]);
    await expect(
      sessions().edit(programme.id, { id: shown.session.id, version: 2 }, { title: { en: 'No' } }),
    ).rejects.toBeInstanceOf(RuleViolation);
  });
});
