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
import { linkIn, STAFF, startDemo, type DemoServer } from '../support/demo-server.js';

let demo: DemoServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let wave: string;

beforeAll(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  context = await desktop(browser);
  complaints = watchComplaints(context, demo.origin);
  page = await context.newPage();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

async function press(button: string, on: Page = page): Promise<void> {
  await Promise.all([on.waitForNavigation(), on.locator(button).first().click()]);
}

const words = (on: Page = page) => on.locator('body').innerText();

/** What every page must be; also where it is narrow. */
async function inOrder(on: Page = page): Promise<void> {
  expect([on.url(), await seriousFindings(on)]).toEqual([on.url(), []]);
  const size = on.viewportSize()!;
  await on.setViewportSize({ width: 360, height: 740 });
  expect([on.url(), await scrollsSideways(on)]).toEqual([on.url(), false]);
  await on.setViewportSize(size);
}

const GUESTS = Array.from(
  { length: 8 },
  (_, index) =>
    `Guest Number${'abcdefgh'[index]!}\tguest-${index}@guests.example.org\t${index === 3 ? '' : 'Academy'}\tprofessor`,
).join('\n');

const write = async (body: string): Promise<void> => {
  await page.goto(`${wave}/letter`);
  await page.fill('[name="subject.en"]', 'Invitation: {{conference}}');
  await page.fill('[name="body.en"]', body);
  await press('form[action$="/letter"] button');
};

describe('J14: a wave of invitations', () => {
  it('begins with what it is for', async () => {
    const here = `/org/c/${demo.congress}-manuscripts/invitations/waves`;
    await page.goto(`${demo.origin}/staff/sign-in?next=${here}`);
    await page.fill('#field-email', STAFF.email);
    await page.fill('#field-password', STAFF.password);
    await press('main form button');
    await press('a[href$="/waves/new"]');
    await inOrder();
    await page.fill('[name=name]', 'Partners and academies');
    await page.fill('[name=perHour]', '4');
    await press('main form button');
    wave = page.url().replace(/\/people$/, '');
    await inOrder();
    await page.goto(`${wave}/people?source=people`);
    expect(await words()).toContain('No consent to be invited in the future');
  });

  it('takes the contacts of partners, and names those who are left out', async () => {
    await press('a[href$="source=partners"]');
    await inOrder();
    const shown = await words();
    expect(shown).toContain('4 people can be invited');
    expect(shown).toContain('No address: 1');
    expect(shown).toContain('National Library, Muscat');
    await press('form[method=post][action$="/people"] button');
    expect(await words()).toContain('4 people added.');
  });

  it('reads a list, looks at it first, and adds who is clear', async () => {
    await page.goto(`${wave}/people?source=list`);
    await page.fill('[name=text]', `${GUESTS}\nnobody@guests.example.org`);
    await page.check('[name=locale][value=en]');
    await press('form[action$="/list"] button');
    await inOrder();
    expect(await words()).toContain('8 new people');
    expect(await words()).toContain('1 line is not clear');
    await press('form[action$="/listed-people"] button');
    expect(await words()).toContain('8 people added.');
    await inOrder();
  });

  it('is put in order: a level, a step, a number', async () => {
    const rows = page.locator('main tbody tr');
    const nameIn = (row: number) => rows.nth(row).locator('th bdi').innerText();
    const last = await nameIn(11);
    await rows.nth(11).locator('select').selectOption('ambassador');
    await press('button:has-text("Save the order")');
    await press('button:has-text("Order by level")');
    expect(await nameIn(0)).toBe(last);
    const second = await nameIn(1);
    await press(`button[aria-label="Move ${second} up"]`);
    expect([await nameIn(0), await nameIn(1)]).toEqual([second, last]);
    await rows.nth(1).locator('input').fill('1');
    await press('button:has-text("Save the order")');
    expect([await nameIn(0), await nameIn(1)]).toEqual([last, second]);
  });

  it('refuses an unknown field beside the text', async () => {
    await write('Dear {{surname}}!');
    expect(await page.title()).toMatch(/^Error: /);
    await inOrder();
    expect(await words()).toContain('There is no field surname.');
    expect(await page.inputValue('[name="body.en"]')).toBe('Dear {{surname}}!');
  });

  it('names who lacks something until there is a fallback', async () => {
    await write('Dear {{name}} of {{institution}},\n\nplease come.');
    await inOrder();
    expect(await words()).toContain('1 letter lacks something');
    expect(await page.locator('form[action$="/sending"]').count()).toBe(1);
    expect(await words()).toContain('Send to 11 people');
    await press('form[action$="/sending"] button');
    expect(await words()).toContain('give the field a fallback');
    await write('Dear {{name}} of {{institution|your house}},\n\nplease come.');
    expect(await words()).toContain('Send to 12 people');
    await inOrder();
  });

  it('is tried on oneself', async () => {
    await press('form[action$="/test"] button');
    const [test] = await demo.mails(STAFF.email);
    expect(test!.subject).toMatch(/^\[test\] Invitation: /);
  });

  it('is confirmed by its number, leaves at its pace, and is paused', async () => {
    await press('form[action$="/sending"] button');
    expect(await words()).toContain('12 letters are on their way.');
    await inOrder();
    const [letter] = await demo.mails('guest-7@guests.example.org');
    await page.reload();
    expect(await words()).toMatch(/waiting to leave: 11\s+sent: 1/);
    await press('form[action$="/pause"] button');
    expect(await words()).toContain('Paused');
    await press('form[action$="/resumption"] button');

    const reader = await phone(browser);
    const tab = await reader.newPage();
    await tab.goto(linkIn(letter!, '/invite/'));
    await tab.locator('[name=answer][value=accepted]').check();
    await press('main form button', tab);
    await reader.close();
    await page.reload();
    expect(await words()).toMatch(/Accepted\s+1/);
    await inOrder();
  });

  it('is stopped: what has not left is taken back', async () => {
    await press('form[action$="/stop"] button');
    expect(await words()).toMatch(/waiting to leave: 0\s+sent: 1/);
    expect(await words()).toMatch(/Withdrawn\s+11/);
    await inOrder();
    expect(complaints).toEqual([]);
  });
});
