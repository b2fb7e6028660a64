import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  DocumentKinds,
  DocumentPacks,
  DocumentTemplates,
  OutgoingDocuments,
  References,
  VISA_LETTER,
  type IssueRequest,
} from '../../../src/features/documents/index.js';
import { OutgoingDocument } from '../../../src/features/documents/outgoing-document.entity.js';
import { Stale } from '../../../src/kernel/errors.js';
import { startApp, type TestApp } from '../../support/app.js';
import { unzipped } from '../../../src/platform/documents/zip-archive.js';
import { docxOf, para, textsOf } from '../../support/docx.js';

const AT_ONCE = 12;

let world: TestApp;

beforeAll(async () => {
  world = await startApp();
});
afterAll(() => world.close());

const letter = (changes: Partial<IssueRequest> = {}): IssueRequest => ({
  kind: 'visa_letter',
  locale: 'be',
  title: 'Візавая падтрымка',
  data: { passportName: 'SITI RAHAYU', passportNumber: 'X1234567' },
  owner: { kind: 'visa_request', id: randomUUID() },
  secret: true,
  ...changes,
});

describe('numbers of letters', () => {
  it('are given once each, without a gap, however many are asked for at once', async () => {
    const given = await Promise.all(Array.from({ length: AT_ONCE }, () => world.get(References).next('visit', 2031)));
    expect(given.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: AT_ONCE }, (_, at) => at + 1),
    );
    expect(given.map(({ text }) => text)).toContain('V-2031-012');
  });

  it('begin again each year, and go back when what they were for is undone', async () => {
    const references = world.get(References);
    expect((await references.next('letter', 2032)).text).toBe('1/2032');
    const undone = world.db.transaction(async () => {
      await references.next('letter', 2032);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect((await references.next('letter', 2032)).text).toBe('2/2032');
    expect((await references.next('letter', 2033)).text).toBe('1/2033');
  });
});

describe('a letter', () => {
  it('is numbered, dated and kept as it left; one with passport data only in the vault', async () => {
    const { document, bytes, empty } = await world.get(OutgoingDocuments).issue(letter());
    expect(document).toMatchObject({
      kind: 'visa_letter',
      secret: true,
      sentAt: null,
      filename: 'Візавая падтрымка.docx',
      size: bytes.length,
    });
    expect(document.reference).toMatch(/^1\/\d{4}$/);
    expect(textsOf(bytes)).toContain('SITI RAHAYU');
    expect(textsOf(bytes).join('\n')).toContain(`№ ${document.reference}`);
    expect(empty.map(({ field }) => field)).toContain('birthDate');
    const row = await world.db.one(OutgoingDocument, { id: document.id });
    expect(row!.content).toBeNull();
    expect(row!.sealed).not.toContain('X1234567');
    expect((await world.get(OutgoingDocuments).content(document.id)).equals(bytes)).toBe(true);
  });

  it('leaves once', async () => {
    const outgoing = world.get(OutgoingDocuments);
    const { document } = await outgoing.issue(letter({ secret: false }));
    const sent = await outgoing.sent(document);
    expect(sent.sentAt).toBeInstanceOf(Date);
    await expect(outgoing.sent(sent)).rejects.toMatchObject({ code: 'error.documents.sentAlready' });
  });

  it('loses its content when the data go, but not its number', async () => {
    const outgoing = world.get(OutgoingDocuments);
    const request = letter();
    const { document } = await outgoing.issue(request);
    expect(await outgoing.removeSecrets('visa_request', request.owner.id)).toBe(1);
    await expect(outgoing.content(document.id)).rejects.toMatchObject({ code: 'error.notFound' });
    const [kept] = await outgoing.ofOwner('visa_request', request.owner.id);
    expect(kept).toMatchObject({ reference: document.reference, sha256: document.sha256 });
    expect(kept!.removedAt).toBeInstanceOf(Date);
  });

  it('is of different numbers for all that are written at once', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => world.get(OutgoingDocuments).issue(letter())));
    expect(new Set(made.map(({ document }) => document.reference)).size).toBe(6);
  });
});

describe('the template of a kind', () => {
  const NEW = docxOf(para('{{number}} {{date}} {{addressee}} {{passportName}}'));

  it('is that of the house until somebody brings one; each is kept, and an earlier one can be used again', async () => {
    const templates = world.get(DocumentTemplates);
    expect(await templates.one('visa_letter', 'ru')).toMatchObject({ current: null, version: 0, versions: [] });
    const first = await templates.upload('visa_letter', 'ru', { filename: 'a.docx', bytes: NEW });
    const second = await templates.upload('visa_letter', 'ru', { filename: 'b.docx', bytes: NEW });
    expect([first.current!.number, second.current!.number]).toEqual([1, 2]);
    const back = await templates.choose('visa_letter', 'ru', second, first.current!.id);
    expect(back.current!.number).toBe(1);
    await expect(templates.choose('visa_letter', 'ru', second, null)).rejects.toBeInstanceOf(Stale);
    const house = await templates.choose('visa_letter', 'ru', back, null);
    expect(house.current).toBeNull();
    expect((await templates.one('visa_letter', 'ru')).versions.map(({ number }) => number)).toEqual([2, 1]);
    const { bytes } = await world
      .get(OutgoingDocuments)
      .make({ kind: 'visa_letter', locale: 'ru', title: 'x', data: {} });
    expect(textsOf(bytes).length).toBeGreaterThan(10);
  });

  it('is refused with all that is wrong in it, and nothing changes', async () => {
    const templates = world.get(DocumentTemplates);
    const upload = templates.upload('visa_letter', 'en', { filename: 'a.docx', bytes: docxOf(para('{{nobody}} }}')) });
    await expect(upload).rejects.toMatchObject({
      problems: [
        { field: 'file', code: 'docx.problem.braces', params: { tag: ' }}' } },
        { field: 'file', code: 'docx.problem.unknown', params: { tag: '{{nobody}}' } },
      ],
    });
    expect((await templates.one('visa_letter', 'en')).versions).toEqual([]);
  });

  it('that comes with the house asks for nothing that its kind does not have, in every language', () => {
    const templates = world.get(DocumentTemplates);
    for (const { kind } of world.get(DocumentKinds).all()) {
      for (const locale of ['be', 'ru', 'en'] as const) {
        const { problems, missing } = templates.checkDefault(kind, locale);
        expect({ kind, locale, problems, missing }).toEqual({ kind, locale, problems: [], missing: [] });
      }
    }
    expect(world.get(DocumentKinds).one('visa_letter')).toBe(VISA_LETTER);
  });
});

describe('a pack', () => {
  it('holds every document under a name of its own that leads nowhere, and first what is in it [F3]', async () => {
    const packs = world.get(DocumentPacks);
    const member = (title: string, note?: string) =>
      ({
        kind: 'pass_list',
        locale: 'be',
        title,
        data: { people: [{ name: '王小明' }] },
        ...(note ? { note } : {}),
      }) as const;
    const request = {
      locale: 'be',
      title: 'Камплект: 12 мая / V-2027-014',
      data: { edition: '3' },
      documents: [member('Спіс на пропуск'), member('../../Спіс на пропуск', 'на 13 мая')],
    } as const;
    expect(packs.nameOf(request)).toBe('Камплект 12 мая V-2027-014.zip');
    const pieces: Buffer[] = [];
    for await (const piece of packs.pieces(request)) pieces.push(piece);
    const entries = unzipped(Buffer.concat(pieces));
    expect(entries.map(({ name }) => name)).toEqual([
      '00 Камплект 12 мая V-2027-014.docx',
      '01 Спіс на пропуск.docx',
      '02 .. .. Спіс на пропуск.docx',
    ]);
    const contents = textsOf(entries[0]!.content).join('\n');
    for (const { name } of entries.slice(1)) expect(contents).toContain(name);
    expect(contents).toContain('на 13 мая');
    expect(textsOf(entries[2]!.content).join(' ')).toContain('王小明');
  });
});
