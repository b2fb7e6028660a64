import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Conferences } from '../../../../src/features/conferences/index.js';
import { People } from '../../../../src/features/people/index.js';
import { Assignments, Programmes, Sessions } from '../../../../src/features/programme/index.js';
import { Venues } from '../../../../src/features/venues/index.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { BoardWorld, DAY, holds, local, ZONE } from '../../../support/board-world.js';
import { unescapeHtml, type Answer, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';

let world: TestApp;
let on: BoardWorld;

beforeAll(async () => {
  world = await startApp();
});
beforeEach(async () => {
  on = await BoardWorld.of(world);
});
afterAll(() => world.close());

describe('the board', () => {
  it('shows rooms with their sessions, the tray, conflicts, and other programmes as far as they may be seen', async () => {
    const talk = await on.planned('Round table', `${DAY}T10:00`);
    await on.planned('Workshop', null, null);
    await on.planned('Beside it', `${DAY}T10:30`);
    const chair = await world
      .get(People)
      .create({ given: 'Ала', family: 'Касцюк', institution: 'Library', country: 'BY', locale: 'en' });
    await world
      .get(Assignments)
      .assign(on.programmeId, { sessionId: talk.id, personId: chair.id, role: 'chair', state: 'confirmed' });
    const { id: foreign } = await world
      .get(Programmes)
      .createFor({ ownerKind: 'visit', ownerId: crypto.randomUUID(), zone: ZONE });
    const at = { start: local(`${DAY}T15:00`), minutes: 60, roomId: on.hall.id };
    await world.get(Sessions).add(foreign, { kind: 'meeting', title: { en: 'Secret talks' }, place: at });
    const later = { ...at, start: local(`${DAY}T17:00`) };
    const { id: other } = await world
      .get(Programmes)
      .createFor({ ownerKind: 'conference', ownerId: crypto.randomUUID(), zone: ZONE });
    await world.get(Sessions).add(other, { kind: 'concert', title: { en: 'Open concert' }, place: later });
    // What a visit plans is for those who know of the visit, restricted or not.
    const evening = { ...at, start: local(`${DAY}T18:30`) };
    await world.get(Sessions).add(foreign, { kind: 'tour', title: { en: 'Tour of a visit' }, place: evening });

    const page = await on.anna.get(on.board(`?day=${DAY}`));
    const body = unescapeHtml(page.body);
    expect(page.status).toBe(200);
    for (const text of [
      'Great Hall',
      'Room 205',
      'Round table',
      '10:00–11:00',
      'Касцюк',
      'Workshop',
      'Open concert',
      'occupied',
    ])
      expect([text, body.includes(text)]).toEqual([text, true]);
    const link = `/sessions/${talk.id}/move?board=${DAY}`;
    expect(holds(page, 'Secret talks', 'Error: 1', link.replace('=', '&#x3D;'))).toEqual([false, true, true]);
    expect(holds(page, 'Tour of a visit')).toEqual([false]);
    const seen = await on.reader.get(on.board(`?day=${DAY}`));
    expect([seen.body.includes('Round table'), seen.body.includes('/move?')]).toEqual([true, false]);
    expect((await world.client().get(on.board())).status).toBe(303);
  });

  it('shows what takes a room from next door, closed rooms, and closed meetings to those who may read their programme', async () => {
    const venues = world.get(Venues);
    const left = await venues.addRoom(on.hall.venueId, {
      code: 'left',
      name: { en: 'Left half' },
      capacity: 50,
      notes: '',
    });
    const { version } = (await venues.roomById(on.hall.id))!;
    await venues.editRoom({ id: on.hall.id, version }, { parts: [left.id, on.small.id] });
    const other = await world.get(Conferences).create({
      slug: `other-${on.serial}`,
      kind: 'seminar',
      title: { en: 'Seminar' },
      startsOn: DAY,
      endsOn: DAY,
      public: false,
      numberPrefix: `O${on.serial}`,
    });
    const { id: foreign } = await world.get(Programmes).ofOwner(other.id);
    const there = (time: string) => ({ start: local(`${DAY}T${time}`), minutes: 60, roomId: on.hall.id });
    const sessions = world.get(Sessions);
    const layout = 'banquet';
    await sessions.add(foreign, { kind: 'meeting', title: { en: 'Board of trustees' }, layout, place: there('15:00') });
    await sessions.add(foreign, {
      kind: 'blocker',
      title: { en: 'Floor is waxed' },
      restricted: false,
      place: there('17:00'),
    });
    await on.planned('Round table', `${DAY}T10:00`);
    const columns = (body: string) =>
      Object.fromEntries(
        unescapeHtml(body)
          .split('data-column="')
          .slice(1)
          .map((column) => {
            const name = /data-name="([^"]*)"/.exec(column)![1]!;
            const titles = [...column.matchAll(/<p class="block-title" dir="auto">([^<]+)/g)].map(([, title]) => title);
            return [name, titles];
          }),
      );
    const taken = (title: string) => [title, 'Closed: Floor is waxed'];
    const seen = async (client: Client) => columns((await client.get(on.board(`?day=${DAY}`))).body);
    expect(await seen(on.anna)).toMatchObject({
      'Great Hall': taken('Occupied'),
      'Left half': taken('Occupied'),
      'Room 205': taken('Occupied'),
    });
    const both = { role: 'organizer', conferenceId: other.id } as const;
    await staff(world, `both${on.serial}@example.org`, [both, { role: 'organizer', conferenceId: on.conference.id }]);
    const reads = await signedIn(world.client(), `both${on.serial}@example.org`);
    expect((await seen(reads))['Left half']).toEqual(taken('Occupied: Board of trustees'));
    const { body } = await on.anna.get(on.board(`?day=${DAY}`));
    expect(
      holds({ body } as Answer, 'data-setup="30"', 'data-layout="banquet"', `data-parts="${left.id} ${on.small.id}"`),
    ).toEqual([true, true, true]);
  });

  it('answers a day, a number and a filter that nobody can mean with the board', async () => {
    for (const query of ['?day=yesterday', '?day=2027-02-30', '?days=400', '?rooms[]=x', '?tray=%00'])
      expect([query, (await on.anna.get(on.board(query))).status]).toEqual([query, 200]);
  });

  it('filters the tray by words in any case', async () => {
    await on.planned('Maps of Polatsk', null);
    await on.planned('Bindings', null);
    const { body } = await on.anna.get(on.board('?tray=POLATSK'));
    const hidden = [...body.matchAll(/<li class="block ([^"]*)"[^>]*>[\s\S]*?data-title>([^<]*)/g)];
    expect(hidden.map(([, classes, title]) => [title, classes!.includes('block-filtered')]).sort()).toEqual([
      ['Bindings', true],
      ['Maps of Polatsk', false],
    ]);
  });
});
