import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { desktop, launchBrowser, scrollsSideways, seriousFindings } from '../support/browser.js';
import { STAFF, startDemo, type DemoServer } from '../support/demo-server.js';

let demo: DemoServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let card: string;

beforeAll(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  context = await desktop(browser);
  page = await context.newPage();
  await page.goto(`${demo.origin}/staff/sign-in`);
  await page.locator('#field-email').fill(STAFF.email);
  await page.locator('#field-password').fill(STAFF.password);
  await press(page.locator('main form button'));
  await page.goto(`${demo.origin}/protocol/visits?q=Yerevan`);
  card = new URL((await page.locator('a[href^="/protocol/visits/V-"]').first().getAttribute('href'))!, demo.origin).href;
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

async function press(button: Locator): Promise<void> {
  await Promise.all([page.waitForNavigation(), button.first().click()]);
}

const words = () => page.locator('main').innerText();
const programme = () => `${card}/programme`;

async function inOrder(): Promise<void> {
  expect([page.url(), await seriousFindings(page), await scrollsSideways(page)]).toEqual([page.url(), [], false]);
}

async function step(to: string): Promise<void> {
  await page.goto(card);
  await press(page.locator(`form[action$="/step"]:has(input[value="${to}"]) button`));
}

async function letPass(key: string): Promise<void> {
  await page.goto(`${card}/readiness/${key}`);
  await page.locator('[name=reason]').fill('settled by telephone');
  await press(page.locator('main form button'));
}

describe('J8: the programme of a visit', () => {
  it('lacks an interpreter, which readiness says and leads to', async () => {
    await page.goto(card);
    const line = page.locator('#readiness-interpreters');
    expect(await line.getAttribute('class')).toContain('missing');
    await line.locator('a[href*="#session-"]').first().click();
    await inOrder();
    await press(page.locator(`${new URL(page.url()).hash} h3 a`));
    const form = page.locator('form[action$="/people"]');
    const interpreter = form.locator('[name=personId] option', { hasText: 'interpreter' }).first();
    await form.locator('[name=personId]').selectOption((await interpreter.getAttribute('value'))!);
    await form.locator('[name=role]').selectOption('interpreter');
    await press(form.locator('button'));
    await inOrder();
    await page.goto(card);
    expect(await page.locator('#readiness-interpreters').getAttribute('class')).toContain('done');
  });

  it('is sent, agreed and frozen', async () => {
    await page.goto(programme());
    await press(page.locator('form[action$="/releases"] button'));
    await page.locator('details:has(form[action$="/agreement"]) summary').click();
    await page.locator('[name=by]').fill('The secretary of the embassy');
    await page.locator('[name=through]').selectOption('letter');
    await press(page.locator('form[action$="/agreement"] button'));
    expect(await words()).toContain('The secretary of the embassy, by letter');
    for (const key of ['invitation_letter', 'head', 'names', 'visas', 'double_bookings', 'owners', 'places']) {
      await page.goto(card);
      if (await page.locator(`#readiness-${key}.readiness-missing`).count()) await letPass(key);
    }
    for (const to of ['invited', 'composition_confirmed', 'preparing', 'frozen']) await step(to);
    await page.goto(programme());
    expect((await words()).toLowerCase()).toContain('frozen');
    await inOrder();
  });

  it('changes by a sheet that has only that difference', async () => {
    await press(page.locator('.stay-item h3 a', { hasText: 'Lunch' }));
    await page.locator('[name=address]').fill('The restaurant in the square');
    await press(page.locator('form:has([name=address]) button'));
    await page.goto(programme());
    expect(await words()).toContain('1 change is not yet in a change sheet');
    await press(page.locator('form[action$="/releases"] button'));
    const sheet = await words();
    expect(
      ['Change sheet No 1', 'Lunch', 'The restaurant in the square', 'Whom to inform', 'Tour', 'Signing'].map((said) =>
        sheet.includes(said),
      ),
    ).toEqual([true, true, true, true, false, false]);
    await inOrder();
  });
});
