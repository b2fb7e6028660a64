import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { unzipped } from '../../src/platform/documents/zip-archive.js';
import {
  desktop,
  launchBrowser,
  phone,
  scrollsSideways,
  seriousFindings,
  watchComplaints,
} from '../support/browser.js';
import { STAFF, startDemo, type DemoServer } from '../support/demo-server.js';
import { textsOf } from '../support/docx.js';

let demo: DemoServer;
let browser: Browser;
let office: BrowserContext;
let officer: Page;
/** The first day of the congress, on which the delegation comes. */
let day: string;
let card: string;
let link: string;
const complaints: string[][] = [];

beforeAll(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  office = await desktop(browser);
  complaints.push(watchComplaints(office, demo.origin));
  officer = await signedIn(office, STAFF.email);
  await officer.goto(`${demo.origin}/org/c/${demo.congress}/board`);
  day = (await officer.locator('[data-day]').first().getAttribute('data-day'))!;
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

async function signedIn(context: BrowserContext, email: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${demo.origin}/staff/sign-in`);
  await page.fill('#field-email', email);
  await page.fill('#field-password', STAFF.password);
  await press(page.locator('main form button'));
  return page;
}

/** Presses a button or link and waits for the page that follows the redirects. */
async function press(button: Locator): Promise<void> {
  await Promise.all([button.page().waitForNavigation(), button.first().click()]);
}

const save = (page: Page) => press(page.locator('main form.form button').last());

/** What every page must be, for a reader with a phone and for one who reads by ear. */
async function inOrder(page: Page): Promise<void> {
  expect([page.url(), await seriousFindings(page), await scrollsSideways(page)]).toEqual([page.url(), [], false]);
}

/** A file behind an address, with the cookies of the officer. */
async function file(path: string): Promise<Buffer> {
  const answer = await office.request.get(`${card}${path}`);
  expect([path, answer.status()]).toEqual([path, 200]);
  return answer.body();
}

const words = (page: Page) => page.locator('main').innerText();
/** The names in the order in which the page lists them. */
const names = (page: Page) => page.locator('.delegation > li .member p:first-child strong').allInnerTexts();

async function step(to: string): Promise<void> {
  await officer.goto(card);
  await press(officer.locator(`form[action$="/step"]:has(input[value="${to}"]) button`));
}

const readiness = async (key: string): Promise<string> => {
  await officer.goto(card);
  return (await officer.locator(`#readiness-${key}`).getAttribute('class'))!.replace('readiness-', '');
};

const GUESTS = [
  { given: 'محمد', family: 'الأحمد', original: 'محمد الأحمد', latin: 'Muhammad Al-Ahmad', role: 'head' },
  { given: 'Արամ', family: 'Պետրոսյան', original: 'Արամ Պետրոսյան', latin: 'Aram Petrosyan', role: 'deputy' },
  { given: 'Layla', family: 'Haddad', original: '', latin: 'Layla Haddad', role: 'member' },
  { given: 'Karim', family: 'Nassar', original: '', latin: 'Karim Nassar', role: 'adviser' },
  { given: 'Salma', family: 'Rahim', original: '', latin: 'Salma Rahim', role: 'press' },
] as const;
const NAMES = GUESTS.map(({ given, family }) => `${given} ${family}`);
const ORDER = [...NAMES.slice(0, 3), NAMES[4], NAMES[3]];

describe('J8: a visit from the letter to the pack', () => {
  it('is opened from an earlier one, restricted, gets its reference, and is approved', async () => {
    await officer.goto(`${demo.origin}/protocol/visits?q=Yerevan`);
    await press(officer.locator('a[href^="/protocol/visits/V-"]'));
    await press(officer.locator('a[href*="/new?from="]'));
    expect(await officer.inputValue('[name="title.en"]')).toContain('Yerevan');
    await officer.fill('[name="title.en"]', 'Visit of the secret guests');
    await officer.check('[name=confidentiality][value=restricted]');
    await officer.fill('[name=startsOn]', day);
    await officer.fill('[name=endsOn]', day);
    await save(officer);
    card = officer.url();
    expect(card).toMatch(/\/protocol\/visits\/V-\d{4}-\d{3}$/);
    await inOrder(officer);
    await step('under_review');
    await officer.goto(`${card}/decision`);
    await officer.fill('[name=decidedBy]', 'The Director');
    await officer.fill('[name=decidedOn]', new Date().toISOString().slice(0, 10));
    await officer.fill('[name=decision]', 'Welcome.');
    await save(officer);
    await step('approved');
  }, 90_000);

  it('has a numbered invitation as a Word file, and counts as invited', async () => {
    expect(await readiness('invitation_letter')).toBe('missing');
    await officer.goto(`${card}/documents`);
    await inOrder(officer);
    await press(officer.locator('form[action$="/invitation_letter/issue"]:has([value=en]) button'));
    const letter = officer.locator('a[href*="/documents/letters/"]').first();
    const path = new URL((await letter.getAttribute('href'))!, demo.origin).pathname;
    const answer = await office.request.get(demo.origin + path);
    const text = textsOf(await answer.body()).join('\n');
    expect(text).not.toMatch(/[{}]/);
    const number = /№ ?\S+|No\.? ?\S+/.exec(text)?.[0];
    expect(number).toBeDefined();
    expect(await readiness('invitation_letter')).toBe('done');
    await step('invited');
  }, 90_000);

  it('gives the embassy a link, which is shown once', async () => {
    await officer.goto(`${card}/delegation`);
    await press(officer.locator('form[action$="/delegation/link"] button'));
    await inOrder(officer);
    link = await officer.inputValue('[name=secret]');
    expect(link).toMatch(/\/en\/delegation\/[\w-]{43}$/);
    await officer.goto(`${card}/delegation`);
    expect(await officer.locator('[name=secret]').count()).toBe(0);
  }, 60_000);

  it('has five members and their flight, entered on a phone without an account; a mistake loses nothing', async () => {
    const context = await phone(browser);
    complaints.push(watchComplaints(context, demo.origin));
    const page = await context.newPage();
    await page.goto(link);
    await inOrder(page);
    for (const [at, guest] of GUESTS.entries()) {
      await press(page.locator('a[href$="/members/new"]'));
      await page.fill('[name=given]', guest.given);
      await page.fill('[name=family]', guest.family);
      await page.selectOption('[name=role]', guest.role);
      await page.fill('[name=position]', `Position ${at + 1}`);
      await page.fill('[name="plate.original"]', guest.original);
      await page.fill('[name="plate.en"]', guest.latin);
      await page.selectOption('[name=citizenship]', 'RU');
      if (at === 0) {
        await save(page);
        expect(await page.title()).toMatch(/^Error: /);
        await inOrder(page);
        expect(await page.locator('#field-told-error').innerText()).toContain('the person knows of it');
        expect(await page.inputValue('[name=given]')).toBe(guest.given);
      }
      await page.check('[name=told]');
      await save(page);
    }
    expect(await names(page)).toEqual(NAMES);
    await inOrder(page);
    await press(page.locator('a[href$="/journeys"]'));
    await press(page.locator('a[href$="/journeys/new"]'));
    for (const box of await page.locator('[name=memberIds]').all()) await box.check();
    const flight = { carrier: 'Masis', number: 'MS 905', fromPlace: 'Yerevan (EVN)', toPlace: 'Minsk (MSQ)' };
    const times = { departsAt: `${day}T05:10`, arrivesAt: `${day}T07:25` };
    for (const [name, text] of Object.entries({ ...flight, ...times })) await page.fill(`[name=${name}]`, text);
    await inOrder(page);
    await save(page);
    expect(await words(page)).toContain('05:10 Yerevan time, UTC+4');
    await context.close();
  }, 120_000);

  it('is put in order without script, and said to be complete', async () => {
    const context = await phone(browser, { javaScript: false });
    const page = await context.newPage();
    await page.goto(link);
    await press(page.locator(`.delegation > li:nth-child(5) button[name=to][value="4"]`));
    expect(await names(page)).toEqual(ORDER);
    await press(page.locator('.delegation > li:nth-child(4) .member-actions a'));
    await page.fill('[name=position]', 'First Secretary');
    await page.fill('[name=diet]', 'no pork');
    await save(page);
    await press(page.locator('.delegation > li:nth-child(4) .member-actions a'));
    const again = [await page.inputValue('[name=position]'), await page.inputValue('[name=diet]')];
    expect(again).toEqual(['First Secretary', '']);
    await page.goBack();
    await press(page.locator('form[action$="/done"] button'));
    await context.close();
  }, 60_000);

  it('shows the officer their order and scripts, and the composition is confirmed', async () => {
    await officer.goto(`${card}/delegation`);
    await inOrder(officer);
    expect(await names(officer)).toEqual(ORDER);
    const page = await words(officer);
    for (const text of ['محمد الأحمد', 'Արամ Պետրոսյան', 'Aram Petrosyan', 'First Secretary', 'diet: 1'])
      expect(page).toContain(text);
    expect(page.toLowerCase()).toContain('all are entered');
    for (const to of ['composition_confirmed', 'preparing']) await step(to);
  }, 60_000);

  it('gets its programme; a session without interpreter is red, and the link leads to it', async () => {
    const add = async (kind: string, title: string, time: string, until: string, room: string) => {
      await officer.goto(`${card}/programme/new`);
      await officer.fill('[name="title.en"]', title);
      await officer.fill('[name="title.be"]', title);
      await officer.selectOption('[name=kind]', kind);
      await officer.fill('[name=day]', day);
      await officer.fill('[name=time]', time);
      await officer.fill('[name=until]', until);
      const option = officer.locator('[name=roomId] option', { hasText: room }).first();
      await officer.selectOption('[name=roomId]', (await option.getAttribute('value'))!);
      await save(officer);
      await person('Вішнеўская', 'host');
    };
    const person = async (name: string, role: string) => {
      if (!officer.url().includes('/sessions/')) await press(officer.locator('.stay-item h3 a').last());
      await officer.goto(`${officer.url().split('?')[0]!.split('#')[0]}?q=${encodeURIComponent(name)}`);
      const form = officer.locator('form[action$="/people"]');
      await form.locator('[name=personId]').selectOption({ index: 0 });
      await form.locator('[name=role]').selectOption(role);
      await press(form.locator('button'));
    };
    await add('meeting', 'Negotiations', '08:00', '08:40', 'Room 205');
    expect(await readiness('interpreters')).toBe('missing');
    await officer.locator('#readiness-interpreters a[href*="#session-"]').first().click();
    await inOrder(officer);
    await press(officer.locator(`${new URL(officer.url()).hash} h3 a`));
    const interpreter = officer.locator('form[action$="/people"] [name=personId] option', { hasText: 'interpreter' });
    await officer.selectOption(
      'form[action$="/people"] [name=personId]',
      (await interpreter.first().getAttribute('value'))!,
    );
    await officer.selectOption('form[action$="/people"] [name=role]', 'interpreter');
    await press(officer.locator('form[action$="/people"] button'));
    expect(await readiness('interpreters')).toBe('done');
    await add('meal', 'Lunch', '13:00', '14:00', '317');
  }, 120_000);

  it('is sent, agreed and frozen', async () => {
    await officer.goto(`${card}/programme`);
    await inOrder(officer);
    await press(officer.locator('form[action$="/releases"] button'));
    await officer.locator('details:has(form[action$="/agreement"]) summary').click();
    await officer.locator('[name=by]').fill('The secretary of the embassy');
    await officer.locator('[name=through]').selectOption('letter');
    await press(officer.locator('form[action$="/agreement"] button'));
    expect(await words(officer)).toContain('The secretary of the embassy, by letter');
    // Whatever the demonstration's table of rules says of their visas: protocol life does not obey validators.
    for (const key of ['visas', 'interpreters', 'double_bookings', 'owners', 'places'])
      if ((await readiness(key)) === 'missing') {
        await officer.goto(`${card}/readiness/${key}`);
        await officer.fill('[name=reason]', 'settled by telephone');
        await save(officer);
      }
    await step('frozen');
    await officer.goto(`${card}/programme`);
    expect((await words(officer)).toLowerCase()).toContain('frozen');
    await inOrder(officer);
  }, 120_000);

  it('is packed: programme, both sides, plates, seating, transport, catering, with order and scripts intact', async () => {
    const files = new Map(
      unzipped(await file('/documents/pack.zip?language=en')).map(({ name, content }) => [name, content]),
    );
    const text = (part: RegExp): string => {
      const found = [...files].filter(([name]) => part.test(name));
      expect([part, found.length > 0, [...files.keys()]]).toEqual([part, true, [...files.keys()]]);
      return found.flatMap(([, content]) => textsOf(content)).join('\n');
    };
    const list = text(/delegation/i);
    const places = GUESTS.map(({ latin }) => list.indexOf(latin));
    expect(places.every((at) => at >= 0)).toBe(true);
    expect(places[4]).toBeLessThan(places[3]!);
    expect(list).toContain('محمد الأحمد');
    expect(text(/plates/i)).toContain('Արամ Պետրոսյան');
    expect(text(/programme/i)).toContain('Negotiations');
    expect(text(/transport/i)).toContain('MS 905');
    expect(text(/catering/i)).toContain('no pork');
    for (const part of [/participants/i, /seating/i, /pass list/i, /run sheet/i]) text(part);
    // What is not there is named, and not left out silently.
    expect(text(/^00 /)).toContain('There is no change sheet yet.');
  }, 60_000);

  it('changes by a sheet that has only that difference', async () => {
    await officer.goto(`${card}/programme`);
    await press(officer.locator('.stay-item h3 a', { hasText: 'Lunch' }));
    await officer.locator('[name=address]').fill('The restaurant in the square');
    await press(officer.locator('form:has([name=address]) button'));
    await officer.goto(`${card}/programme`);
    expect(await words(officer)).toContain('1 change is not yet in a change sheet');
    await press(officer.locator('form[action$="/releases"] button'));
    const sheet = await words(officer);
    expect(
      ['Change sheet No 1', 'Lunch', 'The restaurant in the square', 'Whom to inform', 'Negotiations'].map((said) =>
        sheet.includes(said),
      ),
    ).toEqual([true, true, true, true, false]);
    await inOrder(officer);
  }, 60_000);

  it('[A2] is not there for an organizer without rights, whose board says that the room is occupied', async () => {
    const context = await desktop(browser);
    const organizer = await signedIn(context, 'organizer@example.org');
    for (const path of ['', '/programme', '/documents/pack.zip?language=en'])
      expect((await context.request.get(card + path)).status()).toBe(404);
    await organizer.goto(`${demo.origin}/org/c/${demo.congress}/board?day=${day}`);
    expect(await organizer.locator('[data-foreign]', { hasText: 'Occupied' }).count()).toBeGreaterThan(0);
    const board = await organizer.content();
    expect(['secret guests', 'Negotiations'].filter((name) => board.includes(name))).toEqual([]);
    await context.close();
    expect(complaints.flat()).toEqual([]);
  }, 60_000);
});
