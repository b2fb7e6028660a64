import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import type { Conference } from '../../../../src/features/conferences/index.js';
import { Consents, People, Person } from '../../../../src/features/people/index.js';
import { Availabilities, Programmes } from '../../../../src/features/programme/index.js';
import { ListImports, Registration, Registrations } from '../../../../src/features/registration/index.js';
import { Database } from '../../../../src/platform/database/database.js';
import { unzipped } from '../../../../src/platform/documents/zip-archive.js';
import { OutgoingMail } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, unescapeHtml, type Answer, type Client } from '../../../support/client.js';
import { openConference, register } from '../../../support/conference.js';
import { hostile } from '../../../support/hostile.js';
import { signedIn, staff } from '../../../support/house.js';
import { FORMULA, KNOWN_PEOPLE, NEW_LINES, participantsList } from '../../../support/participants-list.js';

let world: TestApp;
let organizer: Client;
let conference: Conference;
let page: string;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  for (const person of KNOWN_PEOPLE) await world.get(People).create({ locale: 'be', ...person });
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.advance({ hours: 2 });
  conference = await openConference(world, { capacity: null });
  page = `/org/c/${conference.slug}/registrations/imports`;
  const email = `organizer-${++serial}@example.org`;
  await staff(world, email, [{ role: 'organizer', conferenceId: conference.id }]);
  organizer = await signedIn(world.client(), email);
});

/** The row with the total, two below the last line. */
const TOTAL = 57;
const NAME = 'Спіс удзельнікаў.xlsx';
const usual = { category: 'listener', form: 'in_person', approval: 'confirmed', locale: 'be' };

async function uploaded(bytes: Buffer | string, fields: Record<string, string> = {}, filename = NAME): Promise<Answer> {
  const opened = await organizer.get(page);
  const all = { ...hiddenFields(opened.body, page), ...usual, ...fields };
  return organizer.upload(page, all, { field: 'file', filename, bytes: Buffer.from(bytes) });
}

async function previewed(bytes: Buffer | string, fields: Record<string, string> = {}) {
  const answer = await uploaded(bytes, fields);
  expect([answer.status, answer.body]).toEqual([303, '']);
  return shown(answer.location!);
}

async function shown(at: string): Promise<{ at: string; body: string; figures: Record<string, number> }> {
  const body = unescapeHtml((await organizer.get(at)).body);
  const facts = body.matchAll(/<dt>([^<]+)<\/dt><dd>(?:<a[^>]*>)?([\d,]+)/g);
  return { at, body, figures: Object.fromEntries([...facts].map(([, name, value]) => [name!, Number(value)])) };
}

/** Sends one of the forms of the page, with its hidden fields and what a browser would send of the rest. */
async function pressed(at: string, way: string, fields: Record<string, string> = {}): Promise<Answer> {
  const { body } = await organizer.get(at);
  const { _csrf } = hiddenFields(body, '/staff/sign-out');
  return organizer.post(`${at}/${way}`, { _csrf, ...hiddenFields(body, `${at}/${way}`), ...fields });
}

async function chosen(at: string, part: string, fields: Record<string, string>) {
  const { body } = await organizer.get(at);
  const { _csrf } = hiddenFields(body, `${at}/choices`);
  const answer = await organizer.post(`${at}/choices`, { _csrf, part, ...fields });
  expect([answer.status, answer.body]).toEqual([303, '']);
  return shown(at);
}

const sheetXml = (bytes: Buffer): string =>
  String(unzipped(bytes).find(({ name }) => name === 'xl/worksheets/sheet1.xml')?.content);

const registered = () =>
  world
    .get(Database)
    .repository(Registration)
    .find({
      where: { conferenceId: conference.id },
      relations: { person: true },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
const peopleCount = () => world.get(Database).repository(Person).count();
const errors = (body: string) =>
  [...body.matchAll(/<label class="label" for="field-fix-(\w+)">(?:[^<]+)<\/label>\s*<p class="hint"[^>]*>([^<]+)/g)].map(
    ([, cell, text]) => [cell, text],
  );

describe('J9: the old Excel', () => {
  it('is read, decided, corrected, taken over, seen again, and undone', async () => {
    const { bytes, rowOf } = await participantsList();
    const before = { people: await peopleCount() };
    const first = await previewed(bytes);
    expect(first.figures).toEqual({
      'New registrations': 41,
      'Of these, new people': 41,
      'Registered already': 0,
      'To be decided': 6,
      // The three, and the total below.
      'With errors': 4,
      'Left out': 0,
    });
    const wrong = (name: string, column: string) => `${column}${rowOf(name)}`;
    expect(errors(first.body)).toEqual([
      [wrong('Памылка А. А.', 'G'), expect.stringContaining('does not look like an e-mail address')],
      [wrong('Памылка Б. Б.', 'E'), 'Unknown country: “Атлантыда”.'],
      [wrong('Памылка В. В.', 'H'), expect.stringContaining('no date: “31.02.2027”')],
      [`B${TOTAL}`, expect.stringContaining('does not look like a name')],
    ]);
    // Probable duplicates stand beside whom they may be.
    const doubt = first.body.slice(first.body.indexOf(`id="row-${rowOf('Кісялёва А. У.')}"`)).split('</section>')[0]!;
    expect(doubt.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')).toContain('Аўгіння Кісялёва Уладзіміраўна');
    expect(doubt).toContain('<mark>Музей гісторыі кнігі</mark>');
    expect(first.body).toContain('Several addresses: ptashkina@example.org is used');

    // Who they are: the same, somebody else, left out.
    const [kisialiova] = await world.get(Database).repository(Person).findBy({ family: 'Кісялёва' });
    const [litvinets] = await world.get(Database).repository(Person).findBy({ family: 'Літвінец' });
    const person = (name: string) => `person.${rowOf(name)}`;
    const decided = await chosen(first.at, 'people', {
      [person('Кісялёва А. У.')]: kisialiova!.id,
      [person('Літвінец Янка')]: litvinets!.id,
      [person('Ждановіч-Крук Ірына')]: 'new',
      [person('Сцяпуржынскі П.')]: 'skip',
      [person('Հակոբյան Անահիտ')]: 'new',
    });
    expect(decided.figures).toMatchObject({ 'New registrations': 45, 'To be decided': 1, 'Left out': 1 });

    // Two errors are corrected, what is no participant is left out, one stays.
    const fixed = await chosen(first.at, 'errors', {
      [`fix.${wrong('Памылка А. А.', 'G')}`]: 'pamylka@example.org',
      [`fix.${wrong('Памылка Б. Б.', 'E')}`]: 'Атлантыка',
      [`fix.${wrong('Памылка В. В.', 'H')}`]: '11.05.2027',
      [`left.${TOTAL}`]: 'on',
    });
    expect(errors(fixed.body)).toEqual([[wrong('Памылка Б. Б.', 'E'), 'Unknown country: “Атлантыка”.']]);
    expect(fixed.body).toContain('value="Атлантыка"');
    expect(fixed.figures).toMatchObject({ 'New registrations': 47, 'With errors': 1, 'Left out': 2 });

    const done = await pressed(first.at, 'commit');
    const report = await shown(done.location!);
    expect(report.figures).toMatchObject({ 'New registrations': 47, 'Of these, new people': 45 });
    expect(report.body).toContain(`undecided: ${rowOf('Шчукін І. І.')}`);
    expect(report.body).toContain(`with errors: ${rowOf('Памылка Б. Б.')}`);
    expect((await registered()).length).toBe(47);
    expect(await peopleCount()).toBe(before.people + 45);
    expect(await world.get(Database).repository(OutgoingMail).countBy({ conferenceId: conference.id })).toBe(0);

    // The same file again brings nobody, also those whom somebody has named.
    const again = await previewed(bytes);
    expect(again.body).toContain('This file was imported already');
    expect(again.figures).toMatchObject({ 'New registrations': 0, 'Registered already': 45, 'To be decided': 2 });

    const { at } = await shown(first.at);
    expect((await pressed(at, 'undo')).status).toBe(303);
    expect(await registered()).toEqual([]);
    expect(await peopleCount()).toBe(before.people);
  });

  it('says “already imported, 0 new” of a file of which nothing is open', async () => {
    const { bytes, rowOf } = await participantsList({
      without: [
        'Памылка А. А.',
        'Памылка Б. Б.',
        'Памылка В. В.',
        'Кісялёва А. У.',
        'Літвінец Янка',
        'Шчукін І. І.',
        'Ждановіч-Крук Ірына',
        'Сцяпуржынскі П.',
        'Հակոբյան Անահիտ',
      ],
    });
    const total = rowOf(NEW_LINES.at(-1)!.name) + 2;
    const first = await previewed(bytes);
    await chosen(first.at, 'errors', { [`left.${total}`]: 'on' });
    await pressed(first.at, 'commit');
    const again = await previewed(bytes);
    const rest = await chosen(again.at, 'errors', { [`left.${total}`]: 'on' });
    expect(rest.figures).toMatchObject({ 'New registrations': 0, 'Registered already': 41, 'With errors': 0 });
    expect(rest.body).toContain('Already imported, 0 new.');
    expect((await pressed(again.at, 'commit', { key: '01890000-0000-7000-8000-000000000000' })).status).toBe(409);
    await pressed(first.at, 'undo');
  });

  it('keeps names, two addresses, days and a formula as they are, and exports them as texts', async () => {
    const { bytes, rowOf } = await participantsList();
    const { at } = await previewed(bytes);
    const shared = await chosen(at, 'people', { [`person.${rowOf('Шчукін І. І.')}`]: 'new' });
    expect(shared.body).toContain('The address office@library.example.org is somebody else’s already');
    await pressed(at, 'commit');
    const rows = await registered();
    const who = (family: string) => rows.find(({ person }) => person.family === family || person.given === family)!;
    expect(who('Пташкина')).toMatchObject({
      note: 'ptashkina.i@example.net',
      approval: 'not_needed',
      person: { given: 'И.', patronymic: 'П.', email: 'ptashkina@example.org', country: 'RU' },
    });
    expect(who('Сідарэнка').person).toMatchObject({ given: 'Ганна', patronymic: 'Пятроўна', institution: FORMULA });
    expect(who('刘文博').person).toMatchObject({ mononym: true, phoneE164: '+861067358114', country: 'CN' });
    expect(who('Kowalska').person).toMatchObject({ given: 'Anna', country: 'PL' });
    // Somebody of the house has the address of the office: the new one comes without it, and it is not lost.
    expect(who('Шчукін')).toMatchObject({ note: 'office@library.example.org', person: { email: null } });
    const { id: programmeId } = await world.get(Programmes).ofOwner(conference.id);
    expect(await world.get(Availabilities).ofPerson(programmeId, who('Кавалёва').personId)).toMatchObject([
      {
        kind: 'present',
        startsAt: new Date('2027-05-11T21:00:00Z'),
        endsAt: new Date('2027-05-14T21:00:00Z'),
        source: 'list',
      },
    ]);
    const sheet = (await organizer.get(`/org/c/${conference.slug}/registrations.xlsx`)).raw;
    const cells = (await readSheet(sheet, { trim: false })).flat();
    expect(cells).toContain(FORMULA);
    expect(sheetXml(sheet)).toContain('<row');
    expect(sheetXml(sheet)).not.toContain('<f>');
    await pressed(at, 'undo');
  });

  it('records no consent, says so to organizers, and asks the person for it', async () => {
    const { at } = await previewed('Name,E-mail\nZofia Zgoda,zofia.z@example.org\n');
    await pressed(at, 'commit');
    const [row] = await registered();
    expect(await world.get(Consents).history(row!.personId)).toEqual([]);
    const list = `/org/c/${conference.slug}/registrations`;
    expect((await organizer.get(list)).body).toContain('no consent');
    expect((await organizer.get(`${list}/${row!.publicId}`)).body).toContain('has not agreed to the processing');
    await register(world.client(), conference, { email: 'other@example.org' });
    expect((await organizer.get(list)).body.match(/no consent/g)).toHaveLength(1);
  });
});

describe('the letters of a list', () => {
  it('wait for a confirmation, lead the person to their page and their consent, and go with the list when it is undone', async () => {
    const { at } = await previewed(
      'Name,E-mail\nLena Listowa,anna.l@example.org\nBela Nagy,bela.l@example.org\nNo Address,\n',
    );
    const { header, columns, nameOrder } = (await world.get(ListImports).byId(conference.id, at.split('/').at(-1)!))
      .options;
    await chosen(at, 'table', {
      ...usual,
      locale: 'en',
      letters: 'on',
      nameOrder,
      header: String(header),
      ...Object.fromEntries(Object.entries(columns).map(([field, column]) => [`column.${field}`, String(column)])),
    });
    await pressed(at, 'commit');
    const mails = () =>
      world
        .get(Database)
        .repository(OutgoingMail)
        .find({ where: { conferenceId: conference.id }, order: { recipient: 'ASC' } });
    expect((await mails()).map(({ recipient, state, kind }) => [recipient, state, kind])).toEqual([
      ['anna.l@example.org', 'held', 'registration-listed'],
      ['bela.l@example.org', 'held', 'registration-listed'],
    ]);
    const outbox = `/org/c/${conference.slug}/mail/outbox`;
    const batch = `list-${at.split('/').at(-1)}`;
    const [anna] = await mails();
    const { _csrf } = hiddenFields((await organizer.get(`${outbox}?batch=${batch}`)).body);
    expect(_csrf).toBeDefined();
    await world.get(Database).repository(OutgoingMail).update({ id: anna!.id }, { state: 'queued' });
    const sent = (await world.mails()).find(({ to }) => to === 'anna.l@example.org')!;
    expect(sent.subject).toContain('You are on the list of participants');

    const visitor = world.client();
    const link = sent.link('/en/link/');
    const path = new URL(link).pathname;
    await visitor.post(path, hiddenFields((await visitor.get(link)).body, path));
    const [row] = (await registered()).filter(({ person }) => person.email === 'anna.l@example.org');
    const consents = `/en/my/${row!.publicId}/consents`;
    expect((await visitor.get(consents)).body).toContain('Organizers have put you on the list');
    expect((await visitor.submit(consents, { registration: 'on' }, consents)).status).toBe(303);
    expect((await world.get(Consents).current(row!.personId)).get('registration')).toMatchObject({
      given: true,
      channel: 'web',
    });
    expect((await visitor.get(consents)).body).not.toContain('name="registration"');
    // Saved again without the box, which is not asked any more, it stays given.
    await visitor.submit(consents, { photo: 'on' }, consents);
    expect((await world.get(Consents).current(row!.personId)).get('registration')?.given).toBe(true);

    const undone = await organizer.follow(await pressed(at, 'undo'));
    expect(unescapeHtml(undone.body)).toContain('Lena Listowa');
    expect((await registered()).map(({ person }) => person.email)).toEqual(['anna.l@example.org']);
    expect((await mails()).map(({ recipient, state }) => [recipient, state])).toEqual([
      ['anna.l@example.org', 'sent'],
      ['bela.l@example.org', 'discarded'],
    ]);
  });
});

describe('undoing a list', () => {
  it('leaves and names what somebody has worked with, and removes the rest with their places', async () => {
    conference = await openConference(world, { capacity: 4 });
    page = `/org/c/${conference.slug}/registrations/imports`;
    const email = `organizer-${++serial}@example.org`;
    await staff(world, email, [{ role: 'organizer', conferenceId: conference.id }]);
    organizer = await signedIn(world.client(), email);
    const names = ['Адамовіч А.', 'Барысевіч Б.', 'Вайтовіч В.', 'Гарбачэўскі Г.'];
    const { at } = await previewed(
      `Прозвішча, ініцыялы;Установа\n${names.map((name, nth) => `${name};У ${nth}`).join('\n')}\n`,
    );
    await pressed(at, 'commit');
    const rows = await registered();
    // Somebody waits behind them.
    await register(world.client(), conference, { email: 'waits@example.org' });
    const [noted, renamed] = rows;
    await world.get(Registrations).annotate(noted!, { payment: 'noted', attendance: 'unknown', note: '' });
    const person = (await world.get(People).byId(renamed!.personId))!;
    await world.get(People).update(person, { institution: 'Іншая' });
    const undone = await shown((await pressed(at, 'undo')).location!);
    expect(undone.figures).toEqual({ 'Registrations removed': 2, 'People removed': 2 });
    for (const name of ['А. Адамовіч', 'Б. Барысевіч']) expect(undone.body).toContain(name);
    const left = await registered();
    expect(left.map(({ person: { family }, waitlist }) => [family, waitlist])).toEqual([
      ['Адамовіч', 'none'],
      ['Барысевіч', 'none'],
      ['Kowalska', 'offered'],
    ]);
    expect((await pressed(at, 'undo', { version: '1' })).status).toBe(409);
  });

  it('keeps somebody who was known before the list, with all that is theirs', async () => {
    const known = await world
      .get(People)
      .create({ given: 'Марта', family: 'Вядомая', email: 'marta@example.org', locale: 'be' });
    const { at, figures } = await previewed(
      'Імя цалкам;E-mail;Установа\nВядомая Марта;MARTA@example.org;Новая ўстанова\n'.replace('Імя цалкам', 'ПІБ'),
    );
    expect(figures).toMatchObject({ 'New registrations': 1, 'Of these, new people': 0 });
    await pressed(at, 'commit');
    const [row] = await registered();
    expect([row!.personId, row!.claimed]).toEqual([known.id, { institution: 'Новая ўстанова' }]);
    await pressed(at, 'undo');
    expect([await registered(), await world.get(People).byId(known.id)]).toEqual([[], known]);
  });
});

describe('a list', () => {
  it('is remembered: columns that were chosen need no choosing for the next list like it', async () => {
    const csv = (name: string) => `Wer;Woher;Post\n${name};Haus;${name.toLowerCase()}@example.org\n`;
    const first = await previewed(csv('Eins'));
    expect(first.body).toContain('Say below which row holds the headings');
    const read = await chosen(first.at, 'table', {
      ...usual,
      nameOrder: 'given',
      header: '1',
      'column.name': '0',
      'column.institution': '1',
      'column.email': '2',
    });
    expect(read.figures).toMatchObject({ 'New registrations': 1 });
    await pressed(first.at, 'commit');
    expect((await previewed(csv('Zwei'))).figures).toMatchObject({ 'New registrations': 1, 'Registered already': 0 });
  });

  it('in windows-1251 keeps its letters', async () => {
    const letters: Record<string, number> = { П: 0xcf, І: 0xb2, Б: 0xc1, Ў: 0xa1, н: 0xed, а: 0xe0, і: 0xb3, ў: 0xa2 };
    const bytes = Buffer.from(
      [...'ПІБ;E-mail\nЎна Ўаніў;u@example.org\n'].map((char) => letters[char] ?? char.charCodeAt(0)),
    );
    const { at } = await previewed(bytes);
    await pressed(at, 'commit');
    expect((await registered()).map(({ person }) => [person.family, person.given])).toEqual([['Ўна', 'Ўаніў']]);
  });

  it('shows who is in it twice, and takes both when told that they are two', async () => {
    const { at, figures, body } = await previewed(
      'ПІБ;E-mail\nІваноў І. І.;\nІваноў І. І.;\nПятроў П.;one@example.org\nСідараў С.;one@example.org\n',
    );
    expect(figures).toMatchObject({ 'New registrations': 3, 'With errors': 1 });
    expect(body).toContain('This person is in the list already, in row 2.');
    expect(body).toContain('The address one@example.org is somebody else’s already');
    const both = await chosen(at, 'errors', { 'person.3': 'new' });
    expect(both.figures).toMatchObject({ 'New registrations': 4, 'With errors': 0 });
    await pressed(at, 'commit');
    expect((await registered()).map(({ person }) => person.email)).toEqual([null, null, 'one@example.org', null]);
  });

  it('is taken over once, and not when it is not what was looked at any more', async () => {
    const { at } = await previewed('ПІБ;E-mail\nНовы Н.;novy@example.org\n');
    const fields = hiddenFields((await organizer.get(at)).body, `${at}/commit`);
    await world.get(People).create({ given: 'Наталля', family: 'Новы', locale: 'be' });
    const stale = await organizer.post(`${at}/commit`, fields);
    expect([stale.status, stale.body.includes('Something changed while you were looking')]).toEqual([409, true]);
    await chosen(at, 'people', { 'person.2': 'new' });
    const fresh = hiddenFields((await organizer.get(at)).body, `${at}/commit`);
    const both = await Promise.all([organizer.post(`${at}/commit`, fresh), organizer.post(`${at}/commit`, fresh)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([303, 409]);
    expect(await registered()).toHaveLength(1);
  });

  it('waits for places like everybody, and for a decision where that was chosen', async () => {
    const rows = Array.from({ length: 11 }, (_, nth) => `Чаргавы ${'АБВГДЕЖЗІКЛ'[nth]}.;c${nth}@example.org`).join(
      '\n',
    );
    conference = await openConference(world, { capacity: 10 });
    page = `/org/c/${conference.slug}/registrations/imports`;
    const email = `organizer-${++serial}@example.org`;
    await staff(world, email, [{ role: 'organizer', conferenceId: conference.id }]);
    organizer = await signedIn(world.client(), email);
    const { at } = await previewed(`ПІБ;E-mail\n${rows}\n`);
    await pressed(at, 'commit');
    expect((await registered()).filter(({ waitlist }) => waitlist === 'waiting')).toHaveLength(1);
    const pending = await previewed('ПІБ;E-mail\nЧакае Ч.;pending@example.org\n', {
      approval: 'pending',
      category: 'speaker',
    });
    await pressed(pending.at, 'commit');
    expect((await registered()).at(-1)).toMatchObject({ approval: 'pending', category: 'speaker', waitlist: 'none' });
  });

  it('of another conference is not there, and asks for the right to write registrations [A3]', async () => {
    const { at } = await previewed('ПІБ\nІваноў І.\n');
    const other = await openConference(world);
    await staff(world, `reader-${serial}@example.org`, [{ role: 'readonly', conferenceId: conference.id }]);
    const reader = await signedIn(world.client(), `reader-${serial}@example.org`);
    expect([
      (await organizer.get(at.replace(conference.slug, other.slug))).status,
      (await reader.get(at)).status,
      (await world.client().get(at)).status,
      (await organizer.get(`${page}/none`)).status,
    ]).toEqual([404, 403, 303, 404]);
  });

  it.each<[string, Buffer | string, RegExp]>([
    ['nothing', '', /Choose a file/],
    ['rows without anything', ';;\n;;\n', /The file is empty/],
    ['an unclosed quotation', 'ПІБ;E-mail\n"never ends;x\n', /quotation mark is not closed/],
    ['bytes', Buffer.from([1, 2, 0, 4, 5]), /neither text nor a table/],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), /old Excel/],
    ['too many rows', `ПІБ\n${'Іваноў І.\n'.repeat(3000)}`, /more than 3,?000 rows/],
  ])('that cannot be read is refused beside its field, and nothing is kept: %s', async (_name, bytes, message) => {
    const answer = await uploaded(bytes, { category: 'speaker' });
    expect(answer.status).toBe(422);
    expect(
      unescapeHtml(/id="field-file-error"[^>]*>(?:<span[^>]*>[^<]*<\/span>)?([^<]*)/.exec(answer.body)![1]!),
    ).toMatch(message);
    // What was chosen beside it stays.
    expect(answer.body).toMatch(/<option value="speaker" selected>/);
  });

  it('with hostile texts gives them back as they are, or says what is wrong, and never breaks', async () => {
    // A null character makes a file no table at all.
    const texts = hostile().flatMap(({ value }) => (value.includes('\0') ? [] : [value]));
    const cell = (value: string): string => `"${value.replaceAll('"', '""')}"`;
    const rows = texts.map((value, at) =>
      [`Асоба${'абвгдежзік'[at % 10]} ${at % 2 ? 'А.' : 'Б.'}`, value, value, value].map(cell).join(','),
    );
    const names = texts.map((value) => [value, '', '', ''].map(cell).join(','));
    const { at, figures } = await previewed(`ПІБ,E-mail,Установа,Краіна\n${[...rows, ...names].join('\n')}\n`);
    expect(figures['With errors']! + figures['New registrations']!).toBeGreaterThan(texts.length);
    const fixes = await chosen(at, 'table', {
      ...usual,
      nameOrder: 'family',
      header: '1',
      'column.name': '0',
      'column.institution': '2',
    });
    expect(fixes.figures['New registrations']).toBeGreaterThan(10);
    expect((await pressed(at, 'commit')).status).toBe(303);
    const body = (await organizer.get(`/org/c/${conference.slug}/registrations`)).body;
    expect(body).not.toMatch(/<script>alert|onerror=/);
  }, 120_000);
});
