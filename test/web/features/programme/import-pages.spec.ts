// @engine sqlite
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import { Accounts } from '../../../../src/features/accounts/index.js';
import { Conferences, type Conference } from '../../../../src/features/conferences/index.js';
import { People, Person } from '../../../../src/features/people/index.js';
import { Programmes, Session, Sessions } from '../../../../src/features/programme/index.js';
import { Venues } from '../../../../src/features/venues/index.js';
import type { Locale } from '../../../../src/kernel/locale.js';
import { Database } from '../../../../src/platform/database/database.js';
import { writeSpreadsheet } from '../../../../src/platform/documents/spreadsheet.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, unescapeHtml, type Answer, type Client } from '../../../support/client.js';
import { hostile } from '../../../support/hostile.js';
import { PASSWORD, signedIn, staff } from '../../../support/house.js';
import { realSchedule } from '../../../support/real-schedules.js';
import { zipOf } from '../../../support/zip.js';

let world: TestApp;
let serial = 0;
let organizer: Client;

beforeAll(async () => {
  world = await startApp();
  const { id } = await world.get(Venues).addVenue({ code: 'library', name: { en: 'Library' }, address: {}, geo: null });
  await world
    .get(Venues)
    .addRoom(id, { code: 'hall', name: { en: 'Great Hall', be: 'Вялікая зала' }, capacity: 400, notes: '' });
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

/** A conference and, as `organizer`, somebody who may write its programme and those of `others`. */
async function made(
  zone = 'Europe/Minsk',
  { locale = 'en', others = [] }: { locale?: Locale; others?: readonly Conference[] } = {},
): Promise<{ conference: Conference; programmeId: string; page: string }> {
  const conference = await world.get(Conferences).create({
    slug: `brought-${++serial}`,
    kind: 'conference',
    title: { en: 'Conference' },
    startsOn: '2027-05-10',
    endsOn: '2027-05-12',
    numberPrefix: `P${serial}`,
    public: true,
    zone,
  });
  const email = `organizer-${serial}@example.org`;
  const grants = [conference, ...others].map(({ id }) => ({ role: 'organizer' as const, conferenceId: id }));
  const account = await world.get(Accounts).create('system', { email, name: 'Organizer', locale, grants });
  await world.get(Accounts).setPassword(account, PASSWORD);
  organizer = await signedIn(world.client(), email);
  const { id: programmeId } = await world.get(Programmes).ofOwner(conference.id);
  return { conference, programmeId, page: `/org/c/${conference.slug}/import` };
}

async function uploaded(page: string, bytes: Buffer | string, filename = 'programme'): Promise<Answer> {
  const opened = await organizer.get(page);
  // The language of the page is that of the texts unless somebody says otherwise.
  expect(opened.body).toMatch(/<input type="radio"[^>]* name="locale" value="(be|ru|en)" checked>/);
  const fields = { ...hiddenFields(opened.body, page), locale: 'en' };
  return organizer.upload(page, fields, { field: 'file', filename, bytes: Buffer.from(bytes) });
}

/** Follows to the preview of an upload. */
async function previewed(
  page: string,
  bytes: Buffer | string,
  filename?: string,
): Promise<{ at: string; body: string }> {
  const answer = await uploaded(page, bytes, filename);
  expect([answer.status, answer.body]).toEqual([303, '']);
  const { body } = await organizer.get(answer.location!);
  return { at: answer.location!, body: unescapeHtml(body) };
}

async function pressed(at: string, way: string, fields: Record<string, string> = {}): Promise<Answer> {
  const { body } = await organizer.get(at);
  return organizer.post(`${at}/${way}`, { ...hiddenFields(body, `${at}/${way}`), ...fields });
}

/** The figures of a page by their labels. */
function figures(body: string): Record<string, number> {
  return Object.fromEntries(
    [...body.matchAll(/<dt>([^<]+)<\/dt><dd>([\d,]+)<\/dd>/g)].map(([, name, value]) => [
      name!,
      Number(value!.replace(',', '')),
    ]),
  );
}

/** Where something is wrong, and what. */
function problems(body: string): [string, string][] {
  return [...body.matchAll(/<tr><th scope="row">([^<]+)<\/th><td>([^<]+)<\/td><\/tr>/g)].map(([, place, text]) => [
    place!,
    text!,
  ]);
}

/** The message beside the file. */
function refusal(answer: Answer, status = 422): string {
  expect(answer.status).toBe(status);
  const [, text] = /id="field-file-error"[^>]*>(?:<span[^>]*>[^<]*<\/span>)?([^<]*)/.exec(answer.body)!;
  return unescapeHtml(text!);
}

const sessionsOf = (programmeId: string) =>
  world
    .get(Database)
    .repository(Session)
    .find({ where: { programmeId }, order: { startsAt: 'ASC', code: 'ASC' } });
const minimal = readFileSync(new URL('../../../fixtures/schedules/minimal.xml', import.meta.url), 'utf8');

describe('the pages of imports', () => {
  it('take a schedule from upload to report, once, and undo it', async () => {
    const { page, programmeId } = await made('Europe/London');
    const { at, body } = await previewed(page, realSchedule('emf-2016.xml'), 'emf 2016.frab');
    expect(body).toContain('<h1 dir="auto">emf 2016.frab</h1>');
    expect(figures(body)).toMatchObject({ New: 138, Changed: 0, Unchanged: 0, 'With errors': 0, 'New people': 122 });
    expect(await sessionsOf(programmeId)).toEqual([]);
    const done = await pressed(at, 'commit');
    expect(done.status).toBe(303);
    const report = await organizer.follow(done);
    expect(report.body).toContain('The programme was imported.');
    expect((await sessionsOf(programmeId)).length).toBe(138);
    const again = await previewed(page, realSchedule('emf-2016.xml'));
    expect(figures(again.body)).toMatchObject({ New: 0, Changed: 0, Unchanged: 138 });
    expect(again.body).toContain('Nothing new');
    expect((await organizer.get(page)).body).toContain('emf 2016.frab');
    const undone = await organizer.follow(await pressed(at, 'undo'));
    expect(figures(undone.body)).toEqual({ 'Sessions removed': 138, 'Sessions put back': 0, 'People removed': 122 });
    expect(await sessionsOf(programmeId)).toEqual([]);
  });

  it('let unknown rooms be made, mapped or left out, as chosen', async () => {
    const { page, programmeId } = await made();
    const events = ['Known', 'Made', 'Mapped', 'Left'].map((room, at) =>
      ['Hall', 'Great hall'].includes(room)
        ? ''
        : `<event id="${at + 1}"><title>${room}</title><date>2027-05-10T1${at}:00:00+03:00</date><duration>1:00</duration></event>`,
    );
    const file = `<schedule><version>1</version><conference><title>C</title></conference><day date="2027-05-10"><room name="great  HALL">${events[0]}</room><room name="Auditorium ${serial}">${events[1]}</room><room name="Old name">${events[2]}</room><room name="constructor">${events[3]}</room></day></schedule>`;
    const { at, body } = await previewed(page, file);
    expect(body).toContain('Unknown rooms');
    const field = (name: string) => new RegExp(`for="field-room-([0-9a-f-]{36})">${name}<`).exec(body)![1]!;
    const hall = (await world.get(Venues).rooms()).find(({ code }) => code === 'hall')!;
    const chosen = await pressed(at, 'choices', {
      locale: 'en',
      [`room.${field(`Auditorium ${serial}`)}`]: 'new',
      [`room.${field('Old name')}`]: hall.id,
      [`room.${field('constructor')}`]: 'none',
    });
    expect([chosen.status, chosen.body]).toEqual([303, '']);
    expect((await pressed(at, 'commit')).status).toBe(303);
    const rooms = new Map((await world.get(Venues).rooms()).map(({ id, name }) => [id, name.en]));
    expect((await sessionsOf(programmeId)).map(({ title, roomId }) => [title.en, rooms.get(roomId ?? '')])).toEqual([
      ['Known', 'Great Hall'],
      ['Made', `Auditorium ${serial}`],
      ['Mapped', 'Great Hall'],
      ['Left', undefined],
    ]);
  });

  it('show people of the same name side by side, and make nobody twice when told', async () => {
    const { page } = await made('Europe/Paris');
    const known = await world
      .get(People)
      .create({ given: 'Awa', family: 'Ndiaye', locale: 'en', institution: 'Library of Dakar' });
    const { at, body } = await previewed(page, minimal);
    expect(body).toContain('Perhaps the same people');
    expect(body).toContain('the same: Awa Ndiaye, Library of Dakar');
    const count = await world.get(Database).repository(Person).count();
    await pressed(at, 'choices', { locale: 'en', 'person.6f1f3b1e-0f0e-5b57-9d8a-4f4df0a3f201': known.id });
    await pressed(at, 'commit');
    expect(await world.get(Database).repository(Person).count()).toBe(count);
  });

  it('are for those who may write the programme, and take files only with the token of the form', async () => {
    const { page, conference } = await made();
    await staff(world, 'reader@example.org', [{ role: 'readonly', conferenceId: conference.id }]);
    const reader = await signedIn(world.client(), 'reader@example.org');
    expect((await reader.get(page)).status).toBe(403);
    expect((await world.client().get(page)).status).toBe(303);
    const file = { field: 'file', filename: 'x.xml', bytes: Buffer.from(minimal) };
    expect((await world.client().upload(page, { locale: 'en' }, file)).status).toBe(303);
    expect((await organizer.upload(page, { locale: 'en' }, file)).status).toBe(403);
    const { body } = await organizer.get(page);
    // A route without a file takes no such form at all.
    expect((await organizer.upload(`/org/c/${conference.slug}/sessions`, hiddenFields(body, page), file)).status).toBe(
      415,
    );
    const other = await made('Europe/Paris', { others: [conference] });
    const { at } = await previewed(other.page, minimal);
    expect((await organizer.get(`${page}/${at.split('/').at(-1)}`)).status).toBe(404);
    expect((await organizer.get(`${page}/nonsense`)).status).toBe(404);
  });

  it('show what another click has done, and write nothing twice', async () => {
    const { page, programmeId } = await made('Europe/Paris');
    const { at } = await previewed(page, minimal);
    const { body } = await organizer.get(at);
    const fields = hiddenFields(body, `${at}/commit`);
    expect((await organizer.post(`${at}/commit`, fields)).status).toBe(303);
    const second = await organizer.post(`${at}/commit`, fields);
    expect([second.status, second.body.includes('was imported already')]).toEqual([409, true]);
    expect((await sessionsOf(programmeId)).length).toBe(1);
  });

  it('say when the programme moved on while somebody looked', async () => {
    const { page, programmeId } = await made('Europe/Paris');
    await pressed((await previewed(page, minimal)).at, 'commit');
    const { at } = await previewed(page, minimal.replace('09:30:00', '11:30:00'));
    const { body } = await organizer.get(at);
    const fields = hiddenFields(body, `${at}/commit`);
    const [session] = await sessionsOf(programmeId);
    await world.get(Sessions).edit(programmeId, session!, { capacity: 7 });
    const late = await organizer.post(`${at}/commit`, fields);
    expect([late.status, late.body.includes('The programme changed while you were looking')]).toEqual([409, true]);
    expect((await pressed(at, 'commit')).status).toBe(303);
    expect((await sessionsOf(programmeId))[0]).toMatchObject({
      startsAt: new Date('2027-09-13T09:30:00Z'),
      capacity: 7,
    });
  });

  it.each<Locale>(['be', 'ru', 'en'])('speak %s', async (locale) => {
    const { page } = await made('Europe/Minsk', { locale });
    const { at } = await previewed(page, 'Title;Start\nNothing;never\n');
    const { body } = await organizer.get(at);
    expect(body.replace(/<link[^>]*>/g, '')).not.toMatch(/\b(imports|exchange|file|error)\.[a-z]/);
  });
});

describe('tables', () => {
  const HEADINGS = ['Назва', 'Дзень', 'Пачатак', 'Канец', 'Зала', 'Дакладчыкі', 'Від'];
  const book = (rows: readonly (readonly string[])[]) =>
    writeSpreadsheet({
      name: 'Program',
      columns: rows[0]!.map((heading) => ({ heading, width: 10 })),
      rows: rows.slice(1),
    });

  it('are read below their headings, with empty days from above and errors by cell', async () => {
    const { page, programmeId } = await made();
    const { at, body } = await previewed(
      page,
      await book([
        ['Праграма канферэнцыі', '', '', '', '', '', ''],
        HEADINGS,
        ['Адкрыццё', '12.05.2027', '10:00', '11:30', 'Вялікая зала', 'Марыя Лабоцкая; Янка Купалаў', 'круглы стол'],
        ['Кава', '', '11.30', '12:00', '', '', ''],
        ['Ніколі', '31.02.2027', '10:00', '11:00', '', '', ''],
        ['', '', '13:00', '', '', '', ''],
        ['Дрэнны час', '13.05.2027', '25:00', '', '', '', ''],
        ['=cmd|"/c calc"!A1', '13.05.2027', '09:00', '', '', '', ''],
      ]),
    );
    expect(figures(body)).toMatchObject({ New: 3, 'With errors': 3 });
    expect(problems(body)).toEqual([
      ['cell B5', 'This is no date: “31.02.2027”. Write, for example, 12.05.2027.'],
      ['cell A6', 'There is no title.'],
      ['cell C7', 'This is no time: “25:00”. Write, for example, 10:30.'],
    ]);
    expect((await pressed(at, 'commit')).status).toBe(303);
    const sessions = await sessionsOf(programmeId);
    expect(
      sessions.map(({ title, startsAt, minutes, kind }) => [title.en, startsAt?.toISOString(), minutes, kind]),
    ).toEqual([
      ['Адкрыццё', '2027-05-12T07:00:00.000Z', 90, 'round_table'],
      ['Кава', '2027-05-12T08:30:00.000Z', 30, 'presentation'],
      ['=cmd|"/c calc"!A1', '2027-05-13T06:00:00.000Z', 60, 'presentation'],
    ]);

    const sheet = (await organizer.get(`${page.replace('/import', '')}/sessions.xlsx`)).raw;
    const rows = await readSheet(sheet, { trim: false });
    expect(rows[0]).toEqual([
      'Code',
      'Title',
      'Day',
      'Start',
      'End',
      'Minutes',
      'Room',
      'Strand',
      'Kind',
      'Language',
      'Speakers',
      'Abstract',
    ]);
    expect(rows.map((row) => row[1])).toContain('=cmd|"/c calc"!A1');
    // What has gone out comes in again without a difference.
    expect(figures((await previewed(page, sheet)).body)).toMatchObject({
      New: 0,
      Changed: 0,
      Unchanged: 3,
      'With errors': 0,
    });
  });

  it('remember which column is what for the next table like it', async () => {
    const { page } = await made();
    const csv = (title: string) => `Wort;Wann\n${title};2027-05-12 10:00\n`;
    const first = await previewed(page, csv('One'));
    expect(problems(first.body)).toEqual([['File', 'Choose which row holds the headings and which column the title.']]);
    const chosen = await pressed(first.at, 'choices', {
      locale: 'en',
      header: '1',
      'column.title': '0',
      'column.start': '1',
    });
    expect(chosen.status).toBe(303);
    expect(figures((await organizer.get(first.at)).body)).toMatchObject({ New: 1 });
    await pressed(first.at, 'commit');
    expect(figures((await previewed(page, csv('Two'))).body)).toMatchObject({ New: 1, 'With errors': 0 });
  });

  it('of an old spreadsheet program keep their letters', async () => {
    const { page, programmeId } = await made();
    const letters: Record<string, number> = {
      Н: 0xcd,
      а: 0xe0,
      з: 0xe7,
      в: 0xe2,
      д: 0xe4,
      е: 0xe5,
      н: 0xed,
      ь: 0xfc,
      ў: 0xa2,
    };
    const bytes = Buffer.from(
      [...'Назва;День\nНаз ў;12.05.2027 10:00\n'].map((char) => letters[char] ?? char.charCodeAt(0)),
    );
    const { at } = await previewed(page, bytes);
    await pressed(at, 'commit');
    expect((await sessionsOf(programmeId)).map(({ title }) => title.en)).toEqual(['Наз ў']);
  });

  it('put what has no time into the tray, and read nights and Excel’s shares of a day', async () => {
    const { page, programmeId } = await made();
    const { at } = await previewed(
      page,
      'Title,Day,Start,End\nTray,,,\nNight,2027-05-12,23:00,01:30\nShare,2027-05-12,0.4375,0.5\n',
    );
    await pressed(at, 'commit');
    expect(
      (await sessionsOf(programmeId))
        .map(({ title, startsAt, minutes }) => [title.en, startsAt?.toISOString(), minutes])
        .toSorted(),
    ).toEqual([
      ['Night', '2027-05-12T20:00:00.000Z', 150],
      ['Share', '2027-05-12T07:30:00.000Z', 90],
      ['Tray', undefined, 60],
    ]);
  });
});

describe('calendars', () => {
  it('with zones by name and letters cut in two are read whole', async () => {
    const { page, programmeId } = await made('Europe/Paris');
    const { at, body } = await previewed(page, realSchedule('jres-2022.ics'));
    expect(figures(body)).toMatchObject({ New: 120, 'With errors': 0 });
    await pressed(at, 'commit');
    const sessions = await sessionsOf(programmeId);
    expect(sessions[0]).toMatchObject({
      title: { en: 'Accueil congressistes' },
      startsAt: new Date('2022-05-17T09:00:00Z'),
      minutes: 90,
    });
    expect(JSON.stringify(sessions)).not.toContain('\ufffd');
    expect(figures((await previewed(page, realSchedule('jres-2022.ics'))).body)).toMatchObject({
      New: 0,
      Changed: 0,
      Unchanged: 120,
    });
  });

  it('and the other forms of one programme meet their events', async () => {
    const { page } = await made('Europe/London');
    const { at, body } = await previewed(page, realSchedule('emf-2018.ics'));
    expect(figures(body)).toMatchObject({ New: 355, 'With errors': 0 });
    await pressed(at, 'commit');
    expect(figures((await previewed(page, realSchedule('emf-2018.json'))).body)).toMatchObject({ New: 355 });
  });
});

describe('a bad file', () => {
  const event = (inside: string, attributes = 'id="1"') =>
    `<schedule><version>1</version><conference><title>C</title></conference>\n<day date="2027-03-28"><room name="R">\n<event ${attributes}>${inside}</event>\n</room></day></schedule>`;
  const fine = '<title>T</title><date>2027-03-27T10:00:00+02:00</date><duration>1:00</duration>';
  const utf16 = (text: string, mark = true) =>
    Buffer.concat([mark ? Buffer.from([0xff, 0xfe]) : Buffer.alloc(0), Buffer.from(text, 'utf16le')]);

  it.each<[string, Buffer | string, RegExp]>([
    ['nothing', '', /Choose a file/],
    ['broken XML', '<schedule>\n<day>\n</schedule>', /^line 3: The XML is broken here/],
    ['XML that breaks off', minimal.slice(0, 900), /^line \d+: The XML is broken here/],
    ['another XML', '<html><body/></html>', /“html”, not schedule/],
    [
      'an entity bomb',
      `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>\n${event(fine.replace('T<', '&b;<'))}`,
      /entities of its own/,
    ],
    ['an external entity', `<!DOCTYPE s SYSTEM "file:///etc/passwd">${event(fine)}`, /entities of its own/],
    ['an entity that nobody declares', event(fine.replace('>T<', '>&nbsp;<')), /^line 3: The XML is broken here/],
    ['tags without end', `<schedule>${'<a>'.repeat(60)}`, /nested too deep/],
    ['broken JSON', '{"schedule": {\n"conference": x}}', /^line 2: The JSON is broken here/],
    ['another JSON', '{"a": 1}', /no schedule with a conference/],
    ['JSON that is a list of nothing', '[]', /no schedule with a conference/],
    ['a broken calendar', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n', /The calendar is broken here/],
    ['an empty calendar', 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n', /no event in the file/],
    [
      'letters that UTF-8 does not have',
      Buffer.from(event(fine.replace('>T<', '>\u00e9<')), 'latin1'),
      /^line 3: There is a character here that utf-8 does not have/,
    ],
    ['an unknown encoding', `<?xml version="1.0" encoding="klingon-1"?>${event(fine)}`, /unknown encoding, klingon-1/],
    ['half a UTF-16 file', utf16(event(fine)).subarray(0, 301), /UTF-8|broken|character/],
    ['a table without the end of a quotation', 'Title;Start\n"never ends;10:00\n', /quotation mark is not closed/],
    ['bytes', Buffer.from([1, 2, 0, 4, 5, 0, 7]), /neither text nor a table/],
    ['a workbook that is none', Buffer.from('PK\u0003\u0004 and no more'), /no \.xlsx workbook/],
    ['an archive of something else', zipOf({ 'readme.txt': Buffer.from('hello') }), /no \.xlsx workbook/],
    [
      'a workbook with a broken sheet',
      zipOf({ 'xl/worksheets/sheet1.xml': Buffer.from('<worksheet><sheetData><row r="1"><c r="A1">') }),
      /no \.xlsx workbook|empty/,
    ],
    ['JSON that is nested without end', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, /no schedule|broken/],
    [
      'JSON that breaks off',
      '{"schedule": {"version": "1",\n"conference": {"title": "C"',
      /^line 2: The JSON is broken here/,
    ],
    ['rows without anything', ';;\n ; ;\n', /The file is empty/],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), /old Excel/],
  ])('is refused with its place: %s', async (_name, bytes, message) => {
    const { page, programmeId } = await made();
    expect(refusal(await uploaded(page, bytes))).toMatch(message);
    expect(await sessionsOf(programmeId)).toEqual([]);
  });

  it.each<[string, Buffer | string]>([
    ['UTF-16 with a mark', utf16(`<?xml version="1.0" encoding="UTF-16"?>${event(fine.replace('>T<', '>Ў<'))}`)],
    ['UTF-16 without one', utf16(`<?xml version="1.0" encoding="UTF-16"?>${event(fine.replace('>T<', '>Ў<'))}`, false)],
    [
      'windows-1251 as declared',
      Buffer.concat([
        Buffer.from(`<?xml version="1.0" encoding="windows-1251"?>${event(fine).split('>T<')[0]!}>`),
        Buffer.from([0xa1]),
        Buffer.from(`<${event(fine).split('>T<')[1]!}`),
      ]),
    ],
    ['UTF-8 with a mark', `\ufeff${event(fine.replace('>T<', '>Ў<'))}`],
  ])('is none in another encoding: %s', async (_name, bytes) => {
    const { page } = await made();
    expect((await previewed(page, bytes)).body).toContain('<span dir="auto">Ў</span>');
  });

  it.each<[string, string, string, RegExp]>([
    ['no title', event('<date>2027-03-28T10:00:00</date><duration>1:00</duration>'), 'line 3', /no title/],
    ['no time', event('<title>T</title><duration>1:00</duration>'), 'line 3', /when this begins/],
    [
      'a time that is none',
      event('<title>T</title><date>2027-13-45T99:00</date><duration>1:00</duration>'),
      'line 3',
      /when this begins/,
    ],
    ['no length', event('<title>T</title><date>2027-03-28T10:00:00</date>'), 'line 3', /how long/],
    [
      'an endless length',
      event('<title>T</title><date>2027-03-28T10:00:00</date><duration>9999:00</duration>'),
      'line 3',
      /how long/,
    ],
    [
      'an hour that the clock skips',
      event('<title>T</title><date>2027-03-28T02:30:00</date><duration>1:00</duration>'),
      'line 3',
      /clock goes forward/,
    ],
    [
      'a title without end',
      event(`<title>${'x'.repeat(400)}</title><date>2027-03-28T10:00:00</date><duration>1:00</duration>`),
      'line 3',
      /./,
    ],
    [
      'an event of a whole day',
      'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Day\r\nDTSTART;VALUE=DATE:20270512\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
      'line 3',
      /whole day/,
    ],
    [
      'an event that repeats',
      'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Day\r\nDTSTART:20270512T100000Z\r\nDTEND:20270512T110000Z\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
      'line 3',
      /repeats/,
    ],
    [
      'a zone that is none',
      'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Day\r\nDTSTART;TZID=Mars/Olympus:20270512T100000\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
      'line 3',
      /Unknown time zone/,
    ],
    [
      'JSON with an event that is none',
      JSON.stringify({
        schedule: { version: '1', conference: { title: 'C', days: [{ date: '2027-03-28', rooms: { R: [42] } }] } },
      }),
      'days[0].rooms["R"][0]',
      /no title/,
    ],
  ])('shows what is wrong where: %s', async (_name, file, place, message) => {
    const { page } = await made('Europe/Berlin');
    const { body } = await previewed(page, file);
    const [found] = problems(body);
    expect(found![0]).toBe(place);
    expect(found![1]).toMatch(message);
  });

  it('with the same event twice brings it once', async () => {
    const { page } = await made();
    const twice = `<schedule><version>1</version><conference><acronym>a</acronym><title>C</title></conference><day date="2027-03-27"><room name="R">\n<event id="7">${fine}</event>\n<event id="7">${fine}</event></room></day></schedule>`;
    const { body } = await previewed(page, twice);
    expect(figures(body)).toMatchObject({ New: 1, 'With errors': 1 });
    expect(problems(body)).toEqual([
      ['line 3', 'The same identifier is in the file already: 2. Only the first is imported.'],
    ]);
  });

  it.each(['constructor', 'hasOwnProperty'])('may call a room %s', async (room) => {
    const { page, programmeId } = await made();
    const days = `[{"index":1,"date":"2027-05-12","rooms":{"${room}":[{"id":1,"title":"T","date":"2027-05-12T10:00:00+03:00","duration":"1:00"}]}}]`;
    const { at, body } = await previewed(
      page,
      `{"schedule":{"version":"1","conference":{"acronym":"p","title":"P","days":${days}}}}`,
    );
    expect(figures(body)).toMatchObject({ New: 1, 'With errors': 0 });
    expect((await pressed(at, 'commit')).status).toBe(303);
    expect((await sessionsOf(programmeId)).map(({ title, roomId }) => [title.en, roomId])).toEqual([['T', null]]);
  });

  it('that names an hour twice, when the clock goes back, means the first', async () => {
    const { page, programmeId } = await made('Europe/Berlin');
    const { at } = await previewed(page, 'Title,Day,Start,End\nAutumn,2027-10-31,02:30,03:30\n');
    await pressed(at, 'commit');
    expect((await sessionsOf(programmeId)).map(({ startsAt }) => startsAt?.toISOString())).toEqual([
      '2027-10-31T00:30:00.000Z',
    ]);
  });

  it('over midnight and through the change of the clock keeps its instants', async () => {
    const { page, programmeId } = await made('Europe/Berlin');
    const events = [
      '<event id="1"><title>Through the night</title><date>2027-03-27T23:30:00+01:00</date><duration>4:00</duration></event>',
      '<event id="2"><title>Local</title><date>2027-03-28T03:30:00</date><duration>0:30</duration></event>',
      '<event id="3"><title>By the day</title><start>23:45</start><duration>0:30</duration></event>',
    ].join('\n');
    const { at } = await previewed(
      page,
      `<schedule><version>1</version><conference><title>C</title></conference><day date="2027-03-27"><room name="">${events}</room></day></schedule>`,
    );
    await pressed(at, 'commit');
    expect(
      (await sessionsOf(programmeId)).map(({ startsAt, endsAt }) => [startsAt?.toISOString(), endsAt?.toISOString()]),
    ).toEqual([
      ['2027-03-27T22:30:00.000Z', '2027-03-28T02:30:00.000Z'],
      ['2027-03-27T22:45:00.000Z', '2027-03-27T23:15:00.000Z'],
      ['2027-03-28T01:30:00.000Z', '2027-03-28T02:00:00.000Z'],
    ]);
  });

  it('that unpacks into much more is not unpacked', async () => {
    const { page } = await made();
    const sheet = Buffer.from('<worksheet><sheetData/></worksheet>');
    const bomb = zipOf({
      'xl/worksheets/sheet1.xml': sheet,
      'xl/sharedStrings.xml': Buffer.alloc(200 * 1024 * 1024, 0x61),
    });
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(refusal(await uploaded(page, bomb))).toMatch(/too much inside/);
    const lying = zipOf(
      { 'xl/worksheets/sheet1.xml': sheet, 'xl/sharedStrings.xml': Buffer.alloc(200 * 1024 * 1024, 0x61) },
      { stated: 100 },
    );
    expect(refusal(await uploaded(page, lying))).toMatch(/too much inside/);
    for (const cell of ['XFD1048576', 'A1048576', 'ZZZ1']) {
      const far = zipOf({
        'xl/worksheets/sheet1.xml': Buffer.from(
          `<worksheet><dimension ref="A1:${cell}"/><sheetData><row r="1"><c r="${cell}"><v>1</v></c></row></sheetData></worksheet>`,
        ),
      });
      expect(refusal(await uploaded(page, far))).toMatch(/more than (20,?000 rows|200 columns)/);
    }
    const dtd = zipOf({ 'xl/worksheets/sheet1.xml': Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>') });
    expect(refusal(await uploaded(page, dtd))).toMatch(/entities of its own/);
  });

  it('with hostile texts gives them back as they are, or says what is wrong, and never breaks', async () => {
    const { page } = await made();
    const texts = hostile().map(({ value }) => value);
    const json = {
      schedule: {
        version: '1',
        conference: {
          acronym: 'h',
          title: 'H',
          days: [
            {
              index: 1,
              date: '2027-05-12',
              day_start: '',
              day_end: '',
              rooms: Object.fromEntries(
                texts.map((text, at) => [
                  `${text}`.slice(0, 50) + at,
                  [
                    {
                      id: at + 1,
                      title: text,
                      date: '2027-05-12T10:00:00+03:00',
                      duration: '1:00',
                      track: text.slice(0, 60),
                      type: text,
                      language: text,
                      abstract: text,
                      persons: [{ id: at, name: text }],
                      links: [{ url: text, title: text }],
                      slug: text,
                      url: text,
                    },
                  ],
                ]),
              ),
            },
          ],
        },
      },
    };
    const { at, body } = await previewed(page, JSON.stringify(json));
    const counts = figures(body);
    expect(counts['New']! + counts['With errors']!).toBeGreaterThan(texts.length - 5);
    expect((await pressed(at, 'commit')).status).toBe(303);
  }, 60_000);
});
