import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { DocumentKinds, DocumentOwners, OutgoingDocuments } from '../../../../src/features/documents/index.js';
import { ROLES } from '../../../../src/features/accounts/index.js';
import { LOCALES } from '../../../../src/kernel/locale.js';
import { Translator } from '../../../../src/platform/i18n/translator.js';
import type { DocxField } from '../../../../src/platform/documents/docx-fields.rules.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Answer, type Client } from '../../../support/client.js';
import { docxOf, para, textsOf } from '../../../support/docx.js';
import { signedIn, staff } from '../../../support/house.js';
import { program } from '../../../support/program.js';
import { tokenIn, UNKNOWN_ID } from '../../../support/visits.js';

let world: TestApp;
/** What the register may show: the things that exist for the viewer. */
const OPEN = randomUUID();
const HIDDEN = randomUUID();

const PAGE = '/org/documents/thank_you_letter/en';
const API = '/api/v1/document-templates/thank_you_letter/en';
const GOOD = docxOf(para('{{hostName}} {{number}} {{date}} {{addressee}}') + para('Thank you!'));
const BAD = docxOf(para('{{hostNam}} and }}') + para('{{#commitments}}{{txt}}'));

beforeAll(async () => {
  world = await startApp();
  for (const role of ROLES) await staff(world, `${role}@example.org`, [{ role, conferenceId: null }]);
  world.get(DocumentOwners).declare('thing', {
    readable: (_viewer, ids) =>
      Promise.resolve(
        new Map(ids.filter((id) => id === OPEN).map((id) => [id, { label: 'V-2027-001', href: '/protocol' }])),
      ),
  });
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

const as = (name: string): Promise<Client> => signedIn(world.client(), `${name}@example.org`);
const text = (html: string) => unescapeHtml(html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' '));
async function brought(client: Client, bytes: Buffer, filename = 'Наш бланк.docx'): Promise<Answer> {
  const _csrf = tokenIn((await client.get('/org')).body);
  return client.upload(PAGE, { _csrf }, { field: 'file', filename, bytes });
}

describe('the templates of documents', () => {
  it('are there for admin and protocol; the others do not know of them [A1] [A2]', async () => {
    const ways = ['/org/documents', PAGE, `${PAGE}/current.docx`, '/org/documents/outgoing'];
    const answers: Record<string, number[]> = {};
    for (const role of ROLES) {
      const client = await as(role);
      answers[role] = [];
      for (const way of ways) answers[role].push((await client.get(way)).status);
    }
    const none = [404, 404, 404, 404];
    expect(answers).toEqual({
      ...Object.fromEntries(ROLES.map((role) => [role, none])),
      admin: [200, 200, 200, 404],
      protocol_officer: [200, 200, 200, 200],
      responsible: [200, 200, 200, 200],
    });
    const anonymous = await world.client().get(PAGE);
    expect([anonymous.status, anonymous.location]).toEqual([303, expect.stringContaining('/staff/sign-in')]);
  });

  it('are changed by admin and protocol only', async () => {
    expect((await brought(await as('responsible'), GOOD)).status).toBe(403);
    expect((await brought(await as('organizer'), GOOD)).status).toBe(404);
    expect((await (await as('admin')).get(PAGE)).body).toContain('type="file"');
    expect((await (await as('responsible')).get(PAGE)).body).not.toContain('type="file"');
  });

  it('are listed for every kind and language', async () => {
    const { body } = await (await as('protocol_officer')).get('/org/documents');
    for (const { kind } of world.get(DocumentKinds).all())
      for (const locale of LOCALES) expect(body).toContain(`href="/org/documents/${kind}/${locale}"`);
  });

  it('have a name and an explanation for everything that they may ask for, in every language', async () => {
    const translator = world.get(Translator);
    const names = (fields: readonly DocxField[]): string[] =>
      fields.flatMap(({ name, fields: inner = [] }) => [name, ...names(inner)]);
    const missing = world
      .get(DocumentKinds)
      .all()
      .flatMap(({ kind, fields }) => [
        `documents.kind.${kind}`,
        ...names(fields).map((name) => `documents.field.${name}`),
      ])
      .flatMap((key) => LOCALES.filter((locale) => !translator.has(locale, key)).map((locale) => `${locale} ${key}`));
    expect([...new Set(missing)]).toEqual([]);
  });

  it('are downloaded as files that no browser opens, under their name [F2]', async () => {
    const file = await (await as('protocol_officer')).get(`${PAGE}/current.docx`);
    expect(file.headers).toMatchObject({
      'content-disposition': `attachment; filename="thank_you_letter.en.docx"; filename*=UTF-8''thank_you_letter.en.docx`,
      'content-type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    expect(file.headers['content-security-policy']).toContain('sandbox');
    expect(textsOf(file.raw).join(' ')).toContain('{{hostName}}');
  });

  it('are replaced by one that somebody brings, and taken back', async () => {
    const client = await as('protocol_officer');
    const saved = await brought(client, GOOD);
    expect([saved.status, saved.location]).toEqual([303, PAGE]);
    const page = text((await client.follow(saved)).body);
    expect(page).toContain('Наш бланк.docx');
    expect(page).toContain('The template is uploaded and in use.');
    const current = await client.get(`${PAGE}/current.docx`);
    expect(current.raw.equals(GOOD)).toBe(true);
    const { bytes } = await world
      .get(OutgoingDocuments)
      .make({ kind: 'thank_you_letter', locale: 'en', title: 'x', data: { hostName: 'House' } });
    expect(textsOf(bytes)).toEqual(['House   ', 'Thank you!']);
    const [, version] = /name="version" value="(\d+)"/.exec((await client.get(PAGE)).body)!;
    const back = await client.submit(PAGE, { version: version!, template: '' }, `${PAGE}/choice`);
    expect(back.status).toBe(303);
    expect(text((await client.follow(back)).body)).toContain('The template that comes with the house.');
  });

  it('that are wrong are refused with every mistake in plain words, and nothing changes', async () => {
    const client = await as('protocol_officer');
    const before = (await client.get(`${PAGE}/current.docx`)).raw;
    const answer = await brought(client, BAD);
    expect(answer.status).toBe(422);
    const page = text(answer.body);
    expect(page).toContain('Error: ');
    expect(page).toContain('The template has 4 mistakes; they are named below.');
    for (const sentence of [
      'There is no field “{{hostNam}}” in such a document.',
      'The braces at “ and }}” are no field',
      'There is no field “{{txt}}” in such a document. inside of commitments',
      '“{{#commitments}}” never ends.',
    ])
      expect(page).toContain(sentence);
    expect((await client.get(`${PAGE}/current.docx`)).raw.equals(before)).toBe(true);
  });

  it('that are no harmless documents of Word are refused beside the file [F1]', async () => {
    const client = await as('protocol_officer');
    for (const [bytes, sentence] of [
      [Buffer.from('%PDF-1.7'), 'This is not a Word document (.docx)'],
      [docxOf(para('x'), { parts: { 'word/vbaProject.bin': 'x' } }), 'The document holds macros.'],
      [
        docxOf(para('x'), { parts: { 'word/document.xml': '<!DOCTYPE a><w:document/>' } }),
        'declares entities of its own',
      ],
    ] as const) {
      const answer = await brought(client, bytes);
      expect([answer.status, answer.body.includes(sentence), answer.body.includes('aria-invalid="true"')]).toEqual([
        422,
        true,
        true,
      ]);
    }
    const none = await brought(client, Buffer.alloc(0));
    expect(none.status).toBe(422);
  });

  it('of a kind, language or version that is not there are not found', async () => {
    const client = await as('protocol_officer');
    for (const way of [
      '/org/documents/nothing/be',
      '/org/documents/thank_you_letter/fr',
      `${PAGE}/versions/${UNKNOWN_ID}`,
      '/org/documents/__proto__/be',
    ])
      expect([way, (await client.get(way)).status]).toEqual([way, 404]);
  });
});

describe('the templates of documents for programs', () => {
  it('are read, sent, refused with every mistake and chosen, with the rights of their account', async () => {
    const api = await program(world, 'protocol_officer@example.org', ['template:write']);
    const listed = (await api.get('/api/v1/document-templates?limit=200')).json<{
      items: { kind: string; group: string }[];
    }>();
    expect(listed.items).toHaveLength(world.get(DocumentKinds).all().length * LOCALES.length);
    const one = await api.get(API);
    expect(one.json<{ fields: { name: string }[] }>().fields.map(({ name }) => name)).toContain('commitments');
    const refused = await api.upload(`${API}/versions`, {}, { filename: 'a.docx', bytes: BAD });
    expect([refused.status, refused.json<{ errors: { code: string }[] }>().errors.map(({ code }) => code)]).toEqual([
      422,
      ['docx.problem.braces', 'docx.problem.unknown', 'docx.problem.unknown', 'docx.problem.unclosed'],
    ]);
    const sent = await api.upload(`${API}/versions`, {}, { filename: 'a.docx', bytes: GOOD });
    expect([sent.status, sent.json<{ missing: string[] }>().missing]).toEqual([201, []]);
    const { current } = sent.json<{ current: { id: string } }>();
    const file = await api.get(`${API}/versions/${current.id}/content`);
    expect(file.raw.equals(GOOD)).toBe(true);
    expect((await api.send('PUT', `${API}/choice`, { template: null }, 1)).status).toBe(412);
    const chosen = await api.send('PUT', `${API}/choice`, { template: null }, sent.json<{ version: number }>().version);
    expect([chosen.status, chosen.json<{ current: null }>().current]).toEqual([200, null]);
    expect(
      (await api.send('PUT', `${API}/choice`, { template: UNKNOWN_ID }, chosen.json<{ version: number }>().version))
        .status,
    ).toBe(404);
  });
});

describe('the register of outgoing documents', () => {
  const letter = (owner: string, title: string, secret = false) =>
    world
      .get(OutgoingDocuments)
      .issue({ kind: 'thank_you_letter', locale: 'be', title, data: {}, owner: { kind: 'thing', id: owner }, secret });

  it('shows what belongs to what the viewer may read, and nothing of the rest [A4] [A5] [P17]', async () => {
    const { document: open, bytes } = await letter(OPEN, '../Падзяка: "вам"');
    const { document: hidden } = await letter(HIDDEN, 'Таемны візіт');
    const { document: secret } = await letter(OPEN, 'Візавая падтрымка', true);
    const client = await as('protocol_officer');
    const { body } = await client.get('/org/documents/outgoing');
    expect(body).toContain('../Падзяка');
    expect(body).toContain(open.reference!);
    expect(body).not.toContain('Таемны');
    const file = await client.get(`/org/documents/outgoing/${open.publicId}`);
    expect([file.status, file.raw.equals(bytes)]).toEqual([200, true]);
    expect(file.headers['content-disposition']).toBe(
      `attachment; filename="file.docx"; filename*=UTF-8''${encodeURIComponent('Падзяка вам.docx')}`,
    );
    for (const { publicId } of [hidden, secret])
      expect((await client.get(`/org/documents/outgoing/${publicId}`)).status).toBe(404);
    const api = await program(world, 'protocol_officer@example.org', ['outgoing:read']);
    const listed = (await api.get('/api/v1/outgoing-documents')).json<{
      items: { id: string; title: string; belongsTo: string }[];
    }>();
    expect(listed.items.map(({ title, belongsTo }) => [title, belongsTo])).toEqual([
      ['Візавая падтрымка', 'V-2027-001'],
      ['../Падзяка: "вам"', 'V-2027-001'],
    ]);
    expect((await api.get(`/api/v1/outgoing-documents/${open.publicId}/content`)).raw.equals(bytes)).toBe(true);
    expect((await api.get(`/api/v1/outgoing-documents/${hidden.publicId}`)).status).toBe(404);
    expect((await api.get(`/api/v1/outgoing-documents/${secret.publicId}/content`)).status).toBe(404);
  });
});
