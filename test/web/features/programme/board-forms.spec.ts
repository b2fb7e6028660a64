import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { People } from '../../../../src/features/people/index.js';
import { Assignments, Session } from '../../../../src/features/programme/index.js';
import { toLocal } from '../../../../src/kernel/zones.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { BoardWorld, DAY, holds, NEXT, ZONE } from '../../../support/board-world.js';
import { hiddenFields, type Answer, type Client } from '../../../support/client.js';

let world: TestApp;
let on: BoardWorld;

beforeAll(async () => {
  world = await startApp();
});
beforeEach(async () => {
  on = await BoardWorld.of(world);
});
afterAll(() => world.close());

/** Opens a form's preview and sends what it offers to confirm. */
async function confirmed(client: Client, page: string): Promise<{ preview: Answer; send: () => Promise<Answer> }> {
  const preview = await client.get(page);
  const action = page.split('?')[0]!;
  const form = preview.body.slice(preview.body.lastIndexOf('<form method="post"'));
  const seen = [...form.matchAll(/name="seen" value="([^"]+)"/g)].map(([, value]) => value!);
  return { preview, send: () => client.post(action, { ...hiddenFields(form, action), seen }) };
}

describe('steps for several sessions', () => {
  it('shift a day: shown with the new conflicts first, then done, then undone at once', async () => {
    const early = await on.planned('Opening', `${DAY}T09:00`, on.hall.id, 90);
    const late = await on.planned('Plenary', `${DAY}T11:00`);
    const last = await on.planned('Reception', `${DAY}T23:30`);
    const { preview, send } = await confirmed(on.anna, on.board(`/shift?day=${DAY}&from=11:00&minutes=-45`));
    expect(holds(preview, '2 sessions would change', '1 new conflict')).toEqual([true, true]);
    expect(await on.where(late.id)).toEqual([`${DAY}T11:00`, 'hall', 60]);
    expect((await send()).location).toBe(on.board(`?day=${DAY}`));
    expect([await on.where(early.id), await on.where(late.id), await on.where(last.id)].map(([at]) => at)).toEqual([
      `${DAY}T09:00`,
      `${DAY}T10:15`,
      `${DAY}T22:45`,
    ]);
    await on.post(on.anna, '/undo');
    expect((await on.where(late.id))[0]).toBe(`${DAY}T11:00`);
  });

  it('are filled in where the board asks for them', async () => {
    const { status, body } = await on.anna.get(on.board(`/shift?day=${DAY}&from=11:00`));
    expect([status, body.includes('value="11:00"'), body.includes('error-summary')]).toEqual([200, true, false]);
  });

  it('refuse what was not as it was shown, and show it anew', async () => {
    await on.planned('Plenary', `${DAY}T11:00`);
    const { send } = await confirmed(on.anna, on.board(`/shift?day=${DAY}&from=11:00&minutes=15`));
    const added = await on.planned('Slipped in', `${DAY}T16:00`);
    const refused = await send();
    expect(refused.status).toBe(409);
    expect(holds(refused, '2 sessions would change')).toEqual([true]);
    expect((await on.where(added.id))[0]).toBe(`${DAY}T16:00`);
  });

  it('swap two, with a preview', async () => {
    const [a, b] = [await on.planned('A', `${DAY}T10:00`), await on.planned('B', `${NEXT}T15:00`, on.small.id, 30)];
    const { preview, send } = await confirmed(on.anna, on.board(`/swap?a=${a.id}&b=${b.id}`));
    expect(holds(preview, '2 sessions would change')).toEqual([true]);
    await send();
    expect([await on.where(a.id), await on.where(b.id)]).toEqual([
      [`${NEXT}T15:00`, 'r205', 60],
      [`${DAY}T10:00`, 'hall', 30],
    ]);
    expect((await on.anna.get(on.board(`/swap?a=${a.id}&b=${a.id}`))).status).toBe(422);
  });

  it('copy a day; undone, the copies are gone, unless somebody worked on them', async () => {
    await on.planned('Plenary', `${DAY}T10:00`);
    await on.planned('Coffee', `${DAY}T11:00`);
    const onNext = async () =>
      (await world.db.repository(Session).findBy({ programmeId: on.programmeId }))
        .filter(({ startsAt }) => startsAt && toLocal(startsAt, ZONE).startsWith(NEXT))
        .map(({ title, startsAt }) => [title.en, toLocal(startsAt!, ZONE).slice(11)])
        .sort();
    const { preview, send } = await confirmed(on.anna, on.board(`/copy-day?day=${DAY}&to=${NEXT}`));
    expect([preview.body.includes('2 sessions would change'), await onNext()]).toEqual([true, []]);
    expect((await send()).location).toBe(on.board(`?day=${NEXT}`));
    const copied = [
      ['Coffee', '11:00'],
      ['Plenary', '10:00'],
    ];
    expect(await onNext()).toEqual(copied);
    await on.post(on.anna, '/undo');
    expect(await onNext()).toEqual([]);
    await on.post(on.anna, '/redo');
    expect(await onNext()).toEqual(copied);
    const [one] = (await world.db.repository(Session).findBy({ programmeId: on.programmeId })).filter(
      ({ startsAt }) => startsAt && toLocal(startsAt, ZONE).startsWith(NEXT),
    );
    const person = await world
      .get(People)
      .create({ given: 'Ян', family: 'Сыч', institution: 'Library', country: 'BY', locale: 'en' });
    await world.get(Assignments).assign(on.programmeId, { sessionId: one!.id, personId: person.id, role: 'chair' });
    expect([(await on.post(on.anna, '/undo')).status, await onNext()]).toEqual([409, copied]);
  });

  it('answer mistakes beside the field, with everything typed still there', async () => {
    const answer = await on.anna.get(on.board(`/shift?day=${DAY}&from=25:00&minutes=later`));
    expect(answer.status).toBe(422);
    expect([answer.body.includes('value="25:00"'), answer.body.includes('value="later"')]).toEqual([true, true]);
    expect((await on.anna.get(on.board(`/copy-day?day=${DAY}&to=${DAY}`))).status).toBe(422);
    expect((await on.reader.get(on.board('/shift'))).status).toBe(403);
  });
});

describe('Move…', () => {
  it('is a form that goes back to the board and can be undone there', async () => {
    const session = await on.planned('Round table', `${DAY}T10:00`);
    const page = `/org/c/${on.conference.slug}/sessions/${session.id}/move`;
    const moved = await on.anna.submit(
      `${page}?board=${DAY}&days=2`,
      { day: DAY, time: '11:30', minutes: '60', roomId: on.small.id },
      page,
    );
    expect(moved.location).toBe(on.board(`?day=${DAY}&days=2`));
    expect(holds(await on.anna.follow(moved), 'Round table moved to 11:30, Room 205. No conflicts.')).toEqual([true]);
    const turned = await on.anna.post(
      on.board(`/undo?day=${DAY}&days=2`),
      hiddenFields((await on.anna.get(on.board())).body),
    );
    expect([turned.status, turned.location]).toEqual([303, on.board(`?day=${DAY}&days=2`)]);
    expect(await on.where(session.id)).toEqual([`${DAY}T10:00`, 'hall', 60]);
  });

  it('too late says who moved it and when, keeps what was typed, and is applied when sent again', async () => {
    const session = await on.planned('Round table', `${DAY}T10:00`);
    const page = `/org/c/${on.conference.slug}/sessions/${session.id}/move`;
    const opened = await on.boris.get(page);
    await on.place(on.anna, session, `${DAY}T11:30`);
    const mine = { day: DAY, time: '15:00', minutes: '60', roomId: '' };
    const refused = await on.boris.post(page, { ...hiddenFields(opened.body, page), ...mine });
    expect(refused.status).toBe(409);
    expect(holds(refused, `anna${on.serial} changed “Round table”`, 'value="15:00"')).toEqual([true, true]);
    expect((await on.boris.post(page, { ...hiddenFields(refused.body, page), ...mine })).status).toBe(303);
    expect((await on.where(session.id))[0]).toBe(`${DAY}T15:00`);
  });
});
