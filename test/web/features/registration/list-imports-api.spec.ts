import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { People } from '../../../../src/features/people/index.js';
import { Registration } from '../../../../src/features/registration/index.js';
import { Database } from '../../../../src/platform/database/database.js';
import { OpenApi } from '../../../../src/platform/web/openapi.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';
import { UNKNOWN_ID } from '../../../support/visits.js';

let world: TestApp;
let here: Scene;
let api: Program;

const IMPORTS = '/api/v1/conferences/here/registration-imports';

beforeAll(async () => {
  world = await startApp();
  here = await scene(world, 'here', 'H');
  await scene(world, 'there', 'T');
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: here.conference.id }]);
  api = await program(world, 'organizer@example.org', ['registration:write']);
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

interface Plan {
  key: string;
  counts: Record<string, number>;
  rows: {
    row: number;
    what: string;
    problems: { place: string; code: string }[];
    candidates: { personId: string }[];
  }[];
  choices: { header: number; columns: Record<string, number | null> };
}

const usual = { locale: 'be', category: 'listener', form: 'in_person', approval: 'confirmed' };
const sent = (text: string, fields: Record<string, string> = usual) =>
  api.upload(IMPORTS, fields, { filename: 'list.csv', bytes: Buffer.from(text) });

async function started(text: string): Promise<{ at: string; plan: Plan }> {
  const answer = await sent(text);
  expect([answer.status, answer.headers['etag']]).toEqual([201, '"v1"']);
  const at = `${IMPORTS}/${answer.json<{ id: string }>().id}`;
  return { at, plan: (await api.get(`${at}/plan`)).json<Plan>() };
}

const LIST = 'ПІБ;E-mail;Краіна\nНовы Н. Н.;novy@example.org;Беларусь\nЛабоцкая М.;;\nДзіўны Д.;dziuny@;Атлантыда\n';
const registrations = () => world.get(Database).repository(Registration).countBy({ conferenceId: here.conference.id });

describe('a list of participants through the API', () => {
  it('is sent, decided, corrected, committed and undone', async () => {
    const known = await world.get(People).create({ given: 'Марыя', family: 'Лабоцкая', locale: 'be' });
    const before = await registrations();
    const { at, plan } = await started(LIST);
    expect(plan).toMatchObject({
      counts: { added: 1, people: 1, already: 0, undecided: 1, errors: 1, skipped: 0 },
      rows: [
        { row: 2, what: 'new', person: { given: 'Н.', family: 'Новы', patronymic: 'Н.', country: 'BY' } },
        { row: 3, what: 'undecided', candidates: [{ personId: known.id, name: 'Марыя Лабоцкая' }] },
        {
          row: 4,
          what: 'error',
          problems: [
            { place: 'B4', code: 'error.email.shape' },
            { place: 'C4', code: 'participants.problem.country' },
          ],
        },
      ],
      choices: { ...usual, header: 1, columns: { name: 0, email: 1, country: 2, phone: null } },
    });
    const choices = {
      people: [{ row: 3, choice: known.id }],
      fixes: [
        { cell: 'B4', text: 'dziuny@example.org' },
        { cell: 'C4', text: '' },
      ],
    };
    expect((await api.patch(at, choices)).status).toBe(428);
    const chosen = await api.patch(at, choices, 1);
    expect(chosen.json<Plan>()).toMatchObject({ counts: { added: 3, people: 2, undecided: 0, errors: 0 } });
    expect((await api.patch(at, { skipped: [4] }, 1)).status).toBe(412);
    const left = await api.patch(at, { skipped: [4] }, 2);
    expect(left.json<Plan>().rows.map(({ what }) => what)).toEqual(['new', 'known', 'skipped']);
    expect((await api.post(`${at}/commit`, { key: plan.key })).status).toBe(412);
    const done = await api.post(`${at}/commit`, { key: left.json<Plan>().key });
    expect(done.json()).toMatchObject({
      state: 'done',
      counts: { added: 2, people: 1, skipped: 1 },
      leftOut: { undecided: [], error: [], skipped: [4], twice: [] },
    });
    expect(await registrations()).toBe(before + 2);
    expect((await api.get(`${at}/plan`)).status).toBe(409);
    const { version } = done.json<{ version: number }>();
    expect((await api.post(`${at}/undo`, undefined, version)).json()).toMatchObject({
      state: 'undone',
      undone: { registrations: 2, people: 1, kept: [] },
    });
    expect(await registrations()).toBe(before);
    expect((await api.get(IMPORTS)).json()).toMatchObject({ items: [{ state: 'undone' }], next: null });
  });

  it('says where it is broken, and is described with its file', async () => {
    expect((await sent('ПІБ\n"open\n')).json()).toMatchObject({
      status: 422,
      errors: [{ field: 'file', code: 'file.problem.csv', place: '2' }],
    });
    expect((await sent(LIST, { ...usual, category: 'king' })).json()).toMatchObject({
      errors: [{ field: 'category' }],
    });
    const { at } = await started(LIST);
    expect((await api.patch(at, { columns: { nme: 0 } }, 1)).status).toBe(422);
    const { paths } = await world.get(OpenApi).document();
    const path = paths['/api/v1/conferences/{conf}/registration-imports']!;
    expect(JSON.stringify(path.post!.requestBody)).toMatch(/multipart\/form-data.*"file":\{[^}]*"format":"binary"/);
  });

  it('belongs to its conference, and asks for its right [A3]', async () => {
    const { at } = await started(LIST);
    expect((await api.get(at.replace('/here/', '/there/'))).status).toBe(404);
    expect((await api.get(`${IMPORTS}/${UNKNOWN_ID}`)).status).toBe(404);
    const reading = await program(world, 'organizer@example.org', ['registration:read']);
    expect((await reading.get(at)).status).toBe(403);
  });
});
