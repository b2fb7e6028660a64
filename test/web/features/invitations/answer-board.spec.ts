import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import { DataSource } from 'typeorm';
import { Invitation, Invitations } from '../../../../src/features/invitations/index.js';
import { People } from '../../../../src/features/people/index.js';
import { Programmes, Sessions, type AssignmentRole } from '../../../../src/features/programme/index.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let here: Scene;
let organizer: Client;
let hall: string;
let strand: string;
let serial = 0;

const BOARD = '/org/c/here/invitations/board';

beforeAll(async () => {
  world = await startApp();
  here = await scene(world, 'here', 'H');
  await scene(world, 'there', 'T');
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: here.conference.id }]);
  await world.db.repository(Invitation).delete({ conferenceId: here.conference.id });
  strand = (
    await world.get(Programmes).addStrand(here.programmeId, { code: 'sound', name: { en: 'Sound' }, colour: 'teal' })
  ).id;
  hall = await aSession('Recorded voices', strand);
  await invite('accepted', { country: 'ID', sessionId: hall, role: 'panelist' });
  await invite('declined', { country: 'BY', sessionId: hall, role: 'chair' });
  await invite('accepted', { country: 'BY' });
  await invite(null, { country: 'BY', sessionId: hall, role: 'panelist', family: '=Чакальная' });
  world.clock.advance({ days: 8 });
  await invite(null, { sessionId: await aSession('Open floor', null), role: 'panelist', family: 'Нядаўняя' });
  organizer = await signedIn(world.client(), 'organizer@example.org');
});
afterAll(() => world.close());

async function aSession(en: string, strandId: string | null): Promise<string> {
  const start = new Date(Date.parse(`${here.conference.startsOn}T12:00:00.000Z`) + ++serial * 3_600_000);
  const place = { start, minutes: 30, roomId: null };
  const order = { kind: 'round_table', title: { en }, strandId, place } as const;
  return (await world.get(Sessions).add(here.programmeId, order)).session.id;
}

/** Somebody who is asked to a session, or to the conference, and has answered; null: has not. */
async function invite(
  answer: 'accepted' | 'declined' | null,
  {
    sessionId,
    role,
    country,
    family = `Досова ${serial}`,
  }: { sessionId?: string; role?: AssignmentRole; country?: string; family?: string },
): Promise<string> {
  const email = `guest-${++serial}@example.org`;
  const person = await world
    .get(People)
    .create({ given: 'Гульнара', family, email, locale: 'en', country: country ?? null });
  const { id } = await world.get(Invitations).create({
    conferenceId: here.conference.id,
    ...(sessionId && role ? { seat: { sessionId, role } } : {}),
    person: { id: person.id },
    deadline: null,
    message: '',
    locale: 'en',
  });
  await world.get(Invitations).send(await world.db.repository(Invitation).findOneByOrFail({ id }));
  if (answer) await world.get(Invitations).answer(id, { answer, channel: 'staff' });
  return id;
}

async function page(query: string): Promise<string> {
  const { status, body } = await organizer.get(BOARD + query);
  expect(status).toBe(200);
  return unescapeHtml(body);
}

/** The rows of the tables of counts, cells joined. */
function rows(html: string): string[] {
  const tables = [...html.matchAll(/<table class="table table-dense">(.*?)<\/table>/gsu)].map(([, inner]) => inner!);
  return tables.flatMap((table) =>
    [...table.matchAll(/<tr>(.*?)<\/tr>/gsu)].map(([, row]) =>
      [...row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gsu)]
        .map(([, cell]) =>
          cell!
            .replace(/<[^>]*>/gu, ' ')
            .replace(/\s+/gu, ' ')
            .trim(),
        )
        .join(' | ')
        .replace(/ {2}/gu, ' '),
    ),
  );
}

describe('the board of answers', () => {
  it('counts invitations by session, strand, country and role', async () => {
    const body = await page('?by=all');
    const total = 'Total | 2 | 2 | 1 | 5';
    expect(rows(body)).toEqual([
      'Session | No answer yet | Accepted | Declined | Total',
      'Recorded voices Wed 27 Jan, 16:00 | 1 | 1 | 1 | 3',
      'Open floor Wed 27 Jan, 21:00 | 1 | | | 1',
      'The event as a whole | | 1 | | 1',
      total,
      'Strand | No answer yet | Accepted | Declined | Total',
      'Sound | 1 | 1 | 1 | 3',
      'Without a strand | 1 | 1 | | 2',
      total,
      'Country | No answer yet | Accepted | Declined | Total',
      'Belarus | 1 | 1 | 1 | 3',
      'Indonesia | | 1 | | 1',
      'Country unknown | 1 | | | 1',
      total,
      'Role | No answer yet | Accepted | Declined | Total',
      'Chair | | | 1 | 1',
      'Panelist | 2 | 1 | | 3',
      'Without a role | | 1 | | 1',
      total,
    ]);
  });

  it('links every number to a list of as many', async () => {
    const body = await page('?by=all');
    const links = [...body.matchAll(/<a href="(\/org\/c\/here\/invitations\?[^"]*)">(\d+)<\/a>/gu)];
    expect(links.length).toBeGreaterThan(20);
    for (const [, href, count] of links) {
      const list = await organizer.get(href!);
      expect([href, /(\d+) invitations? found/u.exec(list.body)?.[1]]).toEqual([href, count]);
    }
  });

  it('names who has not answered, the longest first, and narrows by what is asked for', async () => {
    const body = await page('');
    expect(body).toContain('2 people have not answered');
    expect(body.indexOf('=Чакальная')).toBeLessThan(body.indexOf('Нядаўняя'));
    expect(body).toContain('8 days ago');
    const late = await page('?days=7');
    expect([late.includes('=Чакальная'), late.includes('Нядаўняя')]).toEqual([true, false]);
    expect(rows(await page(`?by=country&strand=${strand}&role=panelist`))).toEqual([
      'Country | No answer yet | Accepted | Total',
      'Belarus | 1 | | 1',
      'Indonesia | | 1 | 1',
      'Total | 1 | 1 | 2',
    ]);
    expect((await organizer.get(`${BOARD}?by=weather`)).status).toBe(422);
  });

  it('is taken away as a table of texts, without names', async () => {
    const file = await organizer.get(`${BOARD}.xlsx?role=panelist`);
    expect(file.headers['content-disposition']).toBe('attachment; filename="here-answers.xlsx"');
    const sheet = await readSheet(file.raw);
    expect(sheet.flat().every((cell) => cell === null || typeof cell === 'string')).toBe(true);
    expect(sheet.slice(1, 3).map((row) => row.map(String).join(' | '))).toEqual([
      'null | Total | 0 | 2 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 3',
      'Session | Recorded voices · Wed 27 Jan, 16:00 | 0 | 1 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 2',
    ]);
    expect(JSON.stringify(sheet)).not.toContain('Чакальная');
  });

  it('reads the same for programs', async () => {
    const api = await program(world, 'organizer@example.org', ['invitation:read']);
    const board = (await api.get('/api/v1/conferences/here/invitations/board?days=7')).json();
    expect(board).toMatchObject({
      states: { queued: 1 },
      total: 1,
      groups: {
        session: [{ key: hall, states: { queued: 1 }, total: 1 }],
        country: [{ key: 'BY', states: { queued: 1 }, total: 1 }],
        role: [{ key: 'panelist', states: { queued: 1 }, total: 1 }],
      },
      unanswered: { count: 1, longest: [{ remindedAt: null, deadline: null }] },
    });
    expect((await api.get('/api/v1/conferences/there/invitations/board')).status).toBe(404);
  });

  it('asks the database as often for one session as for three', async () => {
    const count = async (): Promise<number> => {
      await organizer.get(BOARD);
      const log = jest.spyOn(world.get(DataSource).logger, 'logQuery');
      await organizer.get(`${BOARD}?by=all`);
      const calls = log.mock.calls.length;
      log.mockRestore();
      return calls;
    };
    const before = await count();
    for (const title of ['More', 'And more'])
      await invite('accepted', { country: 'JP', sessionId: await aSession(title, null), role: 'chair' });
    expect(await count()).toBe(before);
  });
});
