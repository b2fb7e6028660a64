import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Assignments, Programmes, Sessions, type Session } from '../../../../src/features/programme/index.js';
import { Countries, People } from '../../../../src/features/people/index.js';
import { Delegations } from '../../../../src/features/visits/delegation/members.service.js';
import { MemberNeeds } from '../../../../src/features/visits/delegation/member-needs.service.js';
import type { VisitMember } from '../../../../src/features/visits/delegation/member.entity.js';
import { Cars } from '../../../../src/features/visits/logistics/cars.service.js';
import { Journeys } from '../../../../src/features/visits/logistics/journeys.service.js';
import { Lodgings } from '../../../../src/features/visits/logistics/lodgings.service.js';
import { Seatings } from '../../../../src/features/visits/seating/seatings.service.js';
import { StayReleases, StaySessions, type Visit } from '../../../../src/features/visits/index.js';
import { VisitRelease } from '../../../../src/features/visits/stay/stay.entity.js';
import { Visit as VisitRow } from '../../../../src/features/visits/visit.entity.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { unzipped } from '../../../../src/platform/documents/zip-archive.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { membersOf, sessionOf, visitOf } from '../../../support/delegation.js';
import { partOf, textsOf } from '../../../support/docx.js';
import { signedIn, staff } from '../../../support/house.js';
import { cookiesOf, HOST } from '../../../support/visits.js';

let world: TestApp;
let client: Client;

beforeAll(async () => {
  world = await startApp();
  await staff(world, 'protocol@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
  client = await signedIn(world.client(), 'protocol@example.org');
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ minutes: 20 }));

const here = ({ ref }: Visit) => `/protocol/visits/${ref}/documents`;

async function file(path: string): Promise<{ status: number; name: string; bytes: Buffer }> {
  const headers = { host: HOST, cookie: cookiesOf(client) };
  const answer = await world.app.inject({ method: 'GET', url: path, headers });
  const name = /filename\*=UTF-8''([^;]+)/.exec(String(answer.headers['content-disposition']))?.[1] ?? '';
  return { status: answer.statusCode, name: decodeURIComponent(name), bytes: answer.rawPayload };
}

async function words(visit: Visit, name: string, of = ''): Promise<string> {
  const { status, bytes } = await file(
    `${here(visit)}/${name}.docx${of === '' ? '' : `?of=${encodeURIComponent(of)}`}`,
  );
  expect([name, status]).toEqual([name, 200]);
  const texts = textsOf(bytes).join('\n');
  expect(texts).not.toMatch(/\{\{|\}\}/);
  return texts;
}

/** A visit of three guests in three scripts, received by two of ours with an interpreter, at a meeting on 2 March. */
async function received(more: Partial<Parameters<typeof visitOf>[1]> = {}) {
  const visit = await visitOf(world, { title: { be: 'Візіт', en: 'Visit' }, languages: ['hy'], ...more });
  const members = await membersOf(world, visit, ['Арам', 'Mohammed', 'Wang']);
  const plates = [
    { be: 'Арам Петрасян', en: 'Aram Petrosyan', original: 'Արամ Պետրոսյան' },
    { be: 'Мухамад аль-Амін', en: 'Mohammed Al-Amin', original: 'محمد الأمين' },
    { be: 'Ван Сяамін', en: 'Wang Xiaoming', original: '王小明' },
  ];
  for (const [at, member] of members.entries())
    await world.get(Delegations).edit(visit, member, { plate: plates[at]!, title: { be: 'дарадца', en: 'Adviser' } });
  const meeting = await sessionOf(world, visit, 'meeting', '2027-03-02T10:00', '2027-03-02T11:00', ['Ўладзімір']);
  const interpreter = await world
    .get(People)
    .create({ given: 'Марына', family: null, mononym: true, locale: 'be', email: null });
  await assign(visit, meeting, interpreter.id, 'interpreter');
  return { visit, members, meeting, interpreter };
}

async function assign(
  visit: Visit,
  session: Session,
  personId: string,
  role: 'interpreter' | 'counterpart',
): Promise<void> {
  const programme = await world.get(Programmes).ofOwner(visit.id);
  await world.get(Assignments).assign(programme.id, { sessionId: session.id, personId, role, state: 'confirmed' });
}

/** Frozen with what is planned now. */
async function freeze(visit: Visit): Promise<Visit> {
  await world.get(StayReleases).send(visit, 0);
  await world.db.repository(VisitRow).update({ id: visit.id }, { state: 'frozen' });
  const frozen = { ...visit, state: 'frozen' as const };
  const [release] = await world.get(StayReleases).of(visit.id);
  await world.db.repository(VisitRelease).update({ id: release!.id }, { mark: 'frozen' });
  return frozen;
}

describe('the participants of negotiations', () => {
  it('stand in mirrored columns of both languages, heads first and interpreters last, in all scripts', async () => {
    const { visit, meeting } = await received();
    const texts = await words(visit, 'both_sides.be', meeting.id);
    const at = (name: string) => texts.indexOf(name);
    expect(at('Ўладзімір')).toBeLessThan(at('Марына'));
    expect(at('Арам Петрасян')).toBeLessThan(at('Мухамад аль-Амін'));
    expect(at('Мухамад аль-Амін')).toBeLessThan(at('Ван Сяамін'));
    // The second table begins with the guests' side.
    const second = texts.slice(texts.indexOf('Participants of the talks'));
    expect(second.indexOf('Aram Petrosyan')).toBeLessThan(second.indexOf('Ўладзімір'));
    expect(texts).toContain('перакладчык');
  });

  it('are not printed for a meeting without one of the sides, which the page says in words', async () => {
    const visit = await visitOf(world);
    await membersOf(world, visit, ['A']);
    const lonely = await sessionOf(world, visit, 'meeting', '2027-03-02T10:00', '2027-03-02T11:00');
    expect((await file(`${here(visit)}/both_sides.be.docx?of=${lonely.id}`)).status).toBe(404);
    expect(unescapeHtml((await client.get(here(visit))).body)).toContain('No meeting has people of both sides.');
  });
});

describe('a seating plan', () => {
  it('draws chairs and table, numbers them, marks interpreters, and says when it is a proposal only', async () => {
    const { visit, meeting } = await received();
    const proposed = await words(visit, 'seating_plan.be', meeting.id);
    expect(proposed).toContain('рассадка не зацверджана');
    await world.get(Seatings).propose(visit, meeting.id, 0, 'rectangle');
    const { bytes } = await file(`${here(visit)}/seating_plan.be.docx?of=${meeting.id}`);
    const texts = textsOf(bytes).join('\n');
    expect(texts).not.toContain('рассадка не зацверджана');
    for (const name of [
      'Ўладзімір',
      'Марына',
      'Арам Петрасян',
      'Мухамад аль-Амін',
      'Ван Сяамін',
      'стол',
      'перакладчык',
    ])
      expect(texts).toContain(name);
    expect(partOf(bytes, 'word/document.xml')).toContain('<w:gridSpan');
  });

  it.each(['u', 'rows', 'presidium'] as const)('has everybody on it once at a table of shape %s', async (shape) => {
    const { visit, meeting } = await received();
    await world.get(Seatings).propose(visit, meeting.id, 0, shape);
    const texts = await words(visit, 'seating_plan.en', meeting.id);
    // On the drawing and in the list below it.
    expect(texts.split('Aram Petrosyan')).toHaveLength(3);
  });
});

describe('plates', () => {
  it('are printed for everybody at one table, hosts too, with both scripts, one or three on a sheet', async () => {
    const { visit, meeting } = await received();
    const single = await words(visit, 'name_plates.be', meeting.id);
    for (const name of ['Ўладзімір', 'Арам Петрасян', 'Արամ Պետրոսյան', 'محمد الأمين', '王小明'])
      expect(single).toContain(name);
    const three = await words(visit, 'name_plates_third.be', meeting.id);
    expect(three).toContain('王小明');
    expect(await words(visit, 'name_plates.be')).not.toContain('Ўладзімір');
  });

  it('name the country where guests of several countries sit together, as we print it', async () => {
    const { visit, members } = await received();
    await world.get(Countries).save(
      'CN',
      { version: 0 },
      {
        shortName: { be: 'Кітай (КНР)' },
        officialName: {},
        days: [],
        protocolNote: null,
        flagCheckedOn: null,
      },
    );
    expect(await words(visit, 'name_plates.be')).not.toContain('Арменія');
    const wang = await world.get(Delegations).member(visit, members[2]!.id);
    await world.get(Delegations).edit(visit, wang, { citizenship: 'CN' });
    const texts = await words(visit, 'name_plates.be');
    expect(texts).toContain('Арменія');
    expect(texts).toContain('Кітай (КНР)');
  });
});

describe('the list of flags', () => {
  it('begins with the host, names the alphabet, and says which flag was never compared with its design', async () => {
    const visit = await visitOf(world, { country: null });
    const members = await membersOf(world, visit, ['U', 'A']);
    const uzbek = await world.get(Delegations).member(visit, members[0]!.id);
    await world.get(Delegations).edit(visit, uzbek, { citizenship: 'UZ' });
    const texts = await words(visit, 'flag_list.be');
    const order = ['Беларусь', 'Арменія', 'Узбекістан'].map((name) => texts.indexOf(name));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(texts).toContain('беларускага алфавіта');
    expect(texts).toContain('Файла сцяга няма');
    expect(await words(visit, 'flag_list.en')).toContain('the English alphabet');
  });
});

describe('the press list', () => {
  it('names accredited members and who may not be photographed, and shows nothing of a visit that is closed', async () => {
    const { visit, members } = await received({ press: 'photo' });
    await sessionOf(world, visit, 'signing', '2027-03-03T10:00', '2027-03-03T11:00', ['Ўладзімір']);
    const [head, second] = members;
    const change = async (member: VisitMember, fields: object) =>
      world.get(Delegations).edit(visit, await world.get(Delegations).member(visit, member.id), fields);
    await change(head!, { photoConsent: true });
    await change(second!, { role: 'press', photoConsent: false });
    const texts = await words(visit, 'press_list.be');
    expect(texts).toContain('The signing');
    expect(texts.indexOf('Мухамад аль-Амін')).toBeLessThan(texts.indexOf('Не фатаграфаваць'));
    expect(texts.slice(texts.indexOf('Не фатаграфаваць'))).toContain('Мухамад аль-Амін');
    expect(texts.slice(texts.indexOf('Не фатаграфаваць'))).not.toContain('Арам Петрасян');
    const closed = await received({ press: 'closed' });
    expect(await words(closed.visit, 'press_list.en')).not.toContain('The meeting');
  });
});

describe('an order for the caterer', () => {
  it('counts allergies, and names whose plate it is only where chairs are settled, which the journal keeps', async () => {
    const { visit, members } = await received();
    const meal = await sessionOf(world, visit, 'meal', '2027-03-02T13:00', '2027-03-02T14:00', ['Ўладзімір']);
    await world
      .get(MemberNeeds)
      .write(visit, await world.get(Delegations).member(visit, members[2]!.id), { allergy: 'арэхі' });
    const counted = await words(visit, 'catering_order.be');
    expect(counted).toContain('алергія: 1 чалавек');
    expect(counted).not.toContain('Ван Сяамін');
    await world.get(Seatings).propose(visit, meal.id, 0, 'rectangle');
    const before = await readings();
    const named = await words(visit, 'catering_order.be');
    expect(named).toMatch(/Ван Сяамін \(месца \d+\): арэхі/);
    expect(named).not.toContain('Арам Петрасян');
    expect(await readings()).toBe(before + 1);
  });

  async function readings(): Promise<number> {
    return world.db.repository(JournalEntry).countBy({ type: 'MemberNeedsRead' });
  }
});

describe('lists that are cut to their readers', () => {
  it('a driver reads the journeys of their car alone, a hotel its own rooms, the guard names of the day without numbers', async () => {
    const { visit, members } = await received();
    const car = (name: string, driver: string) =>
      world.get(Cars).add({ name, plate: null, seats: 3, luggage: null, driver, phone: null, inUse: true });
    const [first, second] = [await car('Geely', 'Пётр'), await car('Volkswagen', 'Іван')];
    const leg = (toPlace: string, carId: string) => ({
      direction: 'between' as const,
      mode: 'car' as const,
      carrier: null,
      number: null,
      fromPlace: 'гасцініца',
      toPlace,
      departsAt: '2027-03-02T09:00',
      departsZone: 'Europe/Minsk',
      arrivesAt: '2027-03-02T09:30',
      arrivesZone: 'Europe/Minsk',
      terminal: null,
      carId,
      greeter: null,
      signText: null,
      luggage: null,
      status: 'planned' as const,
      note: null,
    });
    await world.get(Journeys).add(visit, leg('бібліятэка', first.id), [members[0]!.id]);
    await world.get(Journeys).add(visit, leg('музей', second.id), [members[1]!.id]);
    const own = await words(visit, 'transport_sheet.be', first.id);
    expect(own).toContain('бібліятэка');
    expect(own).not.toMatch(/музей|Іван|Мухамад/);
    expect(await words(visit, 'transport_sheet.be')).toMatch(/бібліятэка.*музей/s);
    const room = {
      roomType: 'single' as const,
      from: '2027-03-01',
      until: '2027-03-04',
      sharedWith: null,
      payer: null,
    };
    await world.get(Lodgings).save(visit, members[0]!.id, 0, { hotel: 'Першая', ...room });
    await world.get(Lodgings).save(visit, members[1]!.id, 0, { hotel: 'Другая', ...room });
    const hotel = await words(visit, 'rooming_list.be', 'Першая');
    expect(hotel).toContain('Арам Петрасян');
    expect(hotel).not.toContain('Мухамад');
    const guard = await words(visit, 'pass_list.be', '2027-03-02');
    expect(guard).toMatch(/Арам Петрасян \/ Արամ Պետրոսյան.*10:00/s);
    expect((await file(`${here(visit)}/pass_list.be.docx?of=2027-03-09`)).status).toBe(404);
  });
});

describe('a change sheet on paper', () => {
  it('holds only what is different from the frozen text, in words, with whom to inform', async () => {
    const { visit } = await received();
    const tour = await sessionOf(world, visit, 'tour', '2027-03-03T15:00', '2027-03-03T16:00', ['Ганна']);
    const frozen = await freeze(visit);
    await world.get(StaySessions).cancel(frozen, tour);
    await world.get(StayReleases).send(frozen, 1);
    const texts = await words(frozen, 'change_sheet.be', '1');
    expect(texts).toContain('№ 1');
    expect(texts).toMatch(/The tour\n15:00–16:00\nадменена/);
    expect(texts).toContain('Ганна');
    expect(texts).not.toContain('The meeting');
    expect((await file(`${here(frozen)}/change_sheet.be.docx?of=2`)).status).toBe(404);
  });
});

describe('the pack of a visit', () => {
  async function contentsOf(visit: Visit): Promise<{ names: string[]; contents: string; text(part: string): string }> {
    const { status, bytes } = await file(`${here(visit)}/pack.zip?language=be`);
    expect(status).toBe(200);
    const files = unzipped(bytes);
    const text = (part: string) => textsOf(files.find(({ name }) => name.includes(part))!.content).join('\n');
    return { names: files.map(({ name }) => name), contents: textsOf(files[0]!.content).join('\n'), text };
  }

  it('says first for whom each paper is, what is missing, and why', async () => {
    const { visit } = await received();
    const { names, contents } = await contentsOf(visit);
    expect(names[0]).toMatch(/^00 /);
    for (const part of ['Удзельнікі перамоваў', 'Кувертныя карткі', 'Рассадка', 'Сцягі', 'Спіс прэсы'])
      expect([part, names.some((name) => name.includes(part))]).toEqual([part, true]);
    expect(contents).toContain('пасту аховы');
    for (const why of ['Нумары не ўпісаны.', 'Лістоў змен яшчэ няма.', 'Не выдаваўся.'])
      expect(contents).toContain(why);
    expect(contents).toContain('Тэксту праграмы яшчэ няма');
  });

  it('is printed from the frozen text, and warns while changes are planned that are not in it', async () => {
    const { visit, meeting } = await received();
    const frozen = await freeze(visit);
    const clean = await contentsOf(frozen);
    expect(clean.contents).not.toMatch(/Увага/);
    expect(clean.contents).toContain('«1»');
    const programme = await world.get(Programmes).ofOwner(visit.id);
    await world.get(Sessions).edit(programme.id, meeting, { title: { be: 'Іншая назва' } });
    const changed = await contentsOf(frozen);
    expect(changed.contents).toContain('У плане 1 змена, якой у гэтых дакументах няма.');
    expect(changed.text('Удзельнікі перамоваў')).not.toContain('Іншая назва');
    expect(unescapeHtml((await client.get(here(frozen))).body)).toContain('The plan has 1 change');
  });
});
