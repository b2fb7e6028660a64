import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import {
  desktop,
  launchBrowser,
  phone,
  scrollsSideways,
  seriousFindings,
  watchComplaints,
} from '../support/browser.js';
import { STAFF, startDemo, type DemoServer } from '../support/demo-server.js';

let demo: DemoServer;
let browser: Browser;
let office: BrowserContext;
let officer: Page;
let room: string;
let link: string;
const complaints: string[][] = [];

beforeAll(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  office = await desktop(browser);
  complaints.push(watchComplaints(office, demo.origin));
  officer = await office.newPage();
}, 120_000);
afterAll(async () => {
  await office?.close();
  await browser?.close();
  await demo?.stop();
});

/** Presses a button or link and waits for the page that follows the redirects. */
async function press(page: Page, button: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.locator(button).first().click()]);
}

/** What every page must be, for a reader with a phone and for one who reads by ear. */
async function inOrder(page: Page): Promise<void> {
  expect([page.url(), await seriousFindings(page)]).toEqual([page.url(), []]);
  expect([page.url(), await scrollsSideways(page)]).toEqual([page.url(), false]);
}

/** The names in the order in which the page lists them. */
const names = (page: Page) => page.locator('.delegation > li .member p:first-child strong').allInnerTexts();

const GUESTS = [
  { given: 'محمد', family: 'الأحمد', original: 'محمد الأحمد', latin: 'Muhammad Al-Ahmad', role: 'head' },
  { given: 'Արամ', family: 'Պետրոսյան', original: 'Արամ Պետրոսյան', latin: 'Aram Petrosyan', role: 'deputy' },
  { given: 'Layla', family: 'Haddad', original: '', latin: 'Layla Haddad', role: 'member' },
  { given: 'Karim', family: 'Nassar', original: '', latin: 'Karim Nassar', role: 'adviser' },
  { given: 'Salma', family: 'Rahim', original: '', latin: 'Salma Rahim', role: 'interpreter' },
] as const;
const NAMES = GUESTS.map(({ given, family }) => `${given} ${family}`);

async function fill(page: Page, guest: (typeof GUESTS)[number]): Promise<void> {
  await page.fill('[name=given]', guest.given);
  await page.fill('[name=family]', guest.family);
  await page.selectOption('[name=role]', guest.role);
  await page.fill('[name="plate.original"]', guest.original);
  await page.fill('[name="plate.en"]', guest.latin);
}

describe('J8: an embassy enters its delegation', () => {
  it('the officer opens a visit and makes a link, which is shown once', async () => {
    await officer.goto(`${demo.origin}/staff/sign-in?next=/protocol/visits/new`);
    await officer.fill('#field-email', STAFF.email);
    await officer.fill('#field-password', STAFF.password);
    await press(officer, 'main form button');
    await officer.fill('[name="title.en"]', 'Visit of the embassy');
    await press(officer, 'form[action="/protocol/visits"] button');
    room = `${officer.url()}/delegation`;
    await officer.goto(room);
    await inOrder(officer);
    await press(officer, 'form[action$="/delegation/link"] button');
    await inOrder(officer);
    link = await officer.inputValue('[name=secret]');
    expect(link).toMatch(/\/en\/delegation\/[\w-]{43}$/);
    await officer.goto(room);
    expect(await officer.locator('[name=secret]').count()).toBe(0);
  }, 60_000);

  it('on a phone, the guest side corrects a mistake, and enters five members in its own order', async () => {
    const context = await phone(browser);
    complaints.push(watchComplaints(context, demo.origin));
    const page = await context.newPage();
    await page.goto(link);
    await inOrder(page);
    for (const [at, guest] of GUESTS.entries()) {
      await press(page, 'a[href$="/members/new"]');
      await fill(page, guest);
      if (at === 0) {
        await inOrder(page);
        await press(page, 'main form button');
        expect(await page.title()).toMatch(/^Error: /);
        await inOrder(page);
        expect(await page.locator('#field-told-error').innerText()).toContain('the person knows of it');
        expect(await page.inputValue('[name=given]')).toBe(guest.given);
      }
      await page.check('[name=told]');
      await press(page, 'main form button');
    }
    expect(await names(page)).toEqual(NAMES);
    await inOrder(page);
    await context.close();
  }, 90_000);

  it('without script, puts one on another place, corrects her, and says that all are there', async () => {
    const context = await phone(browser, { javaScript: false });
    const page = await context.newPage();
    await page.goto(link);
    await press(page, `.delegation > li:nth-child(5) button[name=to][value="4"]`);
    expect(await names(page)).toEqual([...NAMES.slice(0, 3), NAMES[4], NAMES[3]]);
    await press(page, '.delegation > li:nth-child(4) .member-actions a');
    await page.fill('[name=position]', 'First Secretary');
    await page.fill('[name=diet]', 'no pork');
    await press(page, 'main form.form button');
    await press(page, '.delegation > li:nth-child(4) .member-actions a');
    expect([await page.inputValue('[name=position]'), await page.inputValue('[name=diet]')]).toEqual([
      'First Secretary',
      '',
    ]);
    await page.goBack();
    await press(page, 'form[action$="/done"] button');
    await context.close();
  }, 60_000);

  it('the officer sees them in that order, in their scripts, and that all are entered', async () => {
    await officer.goto(room);
    await inOrder(officer);
    expect(await names(officer)).toEqual([...NAMES.slice(0, 3), NAMES[4], NAMES[3]]);
    const page = await officer.locator('main').innerText();
    for (const text of ['محمد الأحمد', 'Արամ Պետրոսյան', 'Aram Petrosyan', 'First Secretary', 'diet: 1'])
      expect(page).toContain(text);
    expect(page.toLowerCase()).toContain('all are entered');
    expect(complaints.flat()).toEqual([]);
  });
});
