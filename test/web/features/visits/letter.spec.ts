import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountCommands } from '../../../../src/features/accounts/account-commands.js';
import { Institutions } from '../../../../src/features/cooperation/index.js';
import { Visit, VisitMember } from '../../../../src/features/visits/index.js';
import { inPrecedence } from '../../../../src/features/visits/delegation/member.rules.js';
import { VisitPaper } from '../../../../src/features/visits/papers/paper.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Answer, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { typedIn } from '../../../support/typed-form.js';

let world: TestApp;
let client: Client;
let armenia: string;

beforeAll(async () => {
  world = await startApp();
  await staff(world, 'officer@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
  await staff(world, 'reader@example.org', [{ role: 'readonly', conferenceId: null }]);
  client = await signedIn(world.client(), 'officer@example.org');
  const { id } = await world.get(Institutions).add({
    kind: 'library',
    name: {
      be: 'Нацыянальная бібліятэка Арменіі',
      ru: 'Национальная библиотека Армении',
      en: 'National Library of Armenia',
    },
    originalName: null,
    country: 'AM',
    city: null,
    website: null,
  });
  armenia = id;
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ minutes: 20 }));

const LETTER = `№ 12-5/345 от 3 марта 2027 г.

Посольство Республики Армения свидетельствует своё уважение и сообщает, что с 12 по 15 мая 2027 г. Минск посетит делегация Национальной библиотеки Армении.

Состав делегации:
1. Саргсян Ани Вардановна – директор, глава делегации
2. Арутюнян Давид – переводчик

Целью визита является <обмен> опытом.

ani@example.org
`;

const read = async (letter: string): Promise<Answer> => client.submit('/protocol/visits/new/letter', { letter });
const formOf = (page: Answer) => typedIn(page.body, '/protocol/visits');
const countOf = () => world.db.repository(Visit).count();
const lastVisit = async () => (await world.db.repository(Visit).find({ order: { id: 'DESC' }, take: 1 }))[0]!;

describe('a new visit from a letter', () => {
  it('is an ordinary form that holds what the letter says, and stores nothing before it is sent', async () => {
    const before = await countOf();
    const page = await read(LETTER);
    expect([page.status, await countOf()]).toEqual([200, before]);
    expect(formOf(page)).toMatchObject({
      'title.en': 'Visit: National Library of Armenia',
      'title.be': 'Візіт: Нацыянальная бібліятэка Арменіі',
      kind: 'working',
      level: '3',
      institutionId: armenia,
      country: 'AM',
      channel: 'note_verbale',
      incomingNo: '12-5/345',
      incomingOn: '2027-03-03',
      startsOn: '2027-05-12',
      endsOn: '2027-05-15',
      purpose: 'Целью визита является <обмен> опытом.',
      'people.0.take': 'on',
      'people.0.name': 'Саргсян Ани Вардановна',
      'people.0.title': 'директор',
      'people.0.role': 'head',
      'people.1.role': 'interpreter',
    });
  });

  it('shows beside each field the words it came from, and marks them in the letter', async () => {
    const { body } = await read(LETTER);
    const [, href, quote] =
      /name="incomingNo"[\s\S]*?<p class="letter-passage"><a href="#(passage-\d+)">[\s\S]*?<q dir="auto">([^<]*)</.exec(
        body,
      )!;
    expect(unescapeHtml(quote!)).toBe('№ 12-5/345');
    expect(body).toContain(`id="${href}"`);
    expect(body).toMatch(/<mark>№ 12-5\/345<\/mark>/);
    expect(body).toContain('&lt;обмен&gt;');
  });

  it('enters those who are ticked in their order, with plate and post, and keeps the letter', async () => {
    const form = formOf(await read(LETTER));
    const typed = { ...form, 'people.0.title': 'дырэктар', 'people.1.take': undefined };
    const opened = await client.post('/protocol/visits', typed);
    expect(opened.status).toBe(303);
    const visit = await lastVisit();
    expect(opened.location).toBe(`/protocol/visits/${visit.ref}`);
    const members = inPrecedence(await world.db.all(VisitMember, { visitId: visit.id }));
    expect(members.map(({ role, plate, title, citizenship }) => ({ role, plate, title, citizenship }))).toEqual([
      { role: 'head', plate: { ru: 'Саргсян Ани Вардановна' }, title: { ru: 'дырэктар' }, citizenship: 'AM' },
    ]);
    const [paper] = await world.db.all(VisitPaper, { visitId: visit.id });
    expect(paper).toMatchObject({
      kind: 'note_verbale',
      direction: 'incoming',
      number: '12-5/345',
      issuedOn: '2027-03-03',
      text: LETTER.trim(),
    });
    const card = await client.get(opened.location!);
    const [, text] = new RegExp(`href="(${opened.location}/papers/[^"]+)"`).exec(card.body)!;
    expect(unescapeHtml((await client.get(text!)).body)).toContain('Минск посетит делегация');
  });

  it('keeps no letter where nobody asked for it', async () => {
    const form = { ...formOf(await read(LETTER)), keepLetter: undefined };
    await client.post('/protocol/visits', form);
    expect(await world.db.all(VisitPaper, { visitId: (await lastVisit()).id })).toEqual([]);
  });

  it('that is refused comes back with the letter, its marks and everything that was typed', async () => {
    const form = formOf(await read(LETTER));
    const before = await countOf();
    const answer = await client.post('/protocol/visits', {
      ...form,
      'people.0.name': ' ',
      endsOn: '2027-05-01',
      purpose: 'Typed',
    });
    expect([answer.status, await countOf()]).toEqual([422, before]);
    expect(answer.body).toContain('<mark>');
    expect(answer.body).toContain('href="#field-people-0-name"');
    expect(formOf(answer)).toMatchObject({ purpose: 'Typed', 'people.1.name': 'Арутюнян Давид', endsOn: '2027-05-01' });
  });

  it('without a word that can be read is an empty form with the letter beside it', async () => {
    const page = await read('السيدة المديرة المحترمة، سيزور وفد مينسك');
    expect(page.status).toBe(200);
    expect(page.body).toContain('السيدة المديرة');
    expect(formOf(page)).toMatchObject({ 'title.en': '', startsOn: '', incomingNo: '' });
  });

  it('is asked for again where nothing or too much was pasted', async () => {
    for (const letter of ['  ', 'я'.repeat(12_001)]) expect((await read(letter)).status).toBe(422);
  });

  it('is there for nobody who may not open visits', async () => {
    const reader = await signedIn(world.client(), 'reader@example.org');
    expect((await reader.get('/protocol/visits/new/letter')).status).toBe(404);
  });
});

describe('the API', () => {
  it('answers what a letter says with its passages, and opens a visit with its people and the letter', async () => {
    const program = world.client();
    program.bearer = await world.get(AccountCommands).addToken('officer@example.org', ['visit:write'] as never, 30);
    const said = await program.api('POST', '/api/v1/visits/letter-readings', { letter: LETTER });
    expect(said.status).toBe(200);
    const reading = said.json<{
      text: string;
      incomingNo: { passages: { from: number; to: number }[] };
      people: { value: object }[];
    }>();
    const [{ from, to }] = reading.incomingNo.passages as [{ from: number; to: number }];
    expect(reading.text.slice(from, to)).toBe('№ 12-5/345');
    const opened = await program.api('POST', '/api/v1/visits', {
      title: { en: 'By a program' },
      kind: 'working',
      level: '3',
      confidentiality: 'normal',
      languages: [],
      letter: reading.text,
      people: reading.people.map(({ value }) => value),
    });
    expect(opened.status).toBe(201);
    const visit = await lastVisit();
    expect((await world.db.all(VisitMember, { visitId: visit.id })).length).toBe(2);
    expect((await world.db.all(VisitPaper, { visitId: visit.id })).length).toBe(1);
  });
});
