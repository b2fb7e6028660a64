import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser, phone, scrollsSideways, seriousFindings } from '../support/browser.js';
import { STAFF, startDemo, type DemoServer } from '../support/demo-server.js';

let demo: DemoServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  context = await phone(browser);
  page = await context.newPage();
  await page.goto(`${demo.origin}/staff/sign-in`);
  await page.locator('#field-email').fill(STAFF.email);
  await page.locator('#field-password').fill(STAFF.password);
  await Promise.all([page.waitForNavigation(), page.locator('main form button').first().click()]);
  await page.goto(`${demo.origin}/protocol/visits?q=Yerevan`);
  const card = await page.locator('a[href^="/protocol/visits/V-"]').first().getAttribute('href');
  await page.goto(`${demo.origin}${card!}/day`);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

/** Waits for a text in the line that says whether all is sent. */
const said = (text: string) => page.locator('[data-ticks-state]', { hasText: text }).waitFor();
const lines = () => page.locator('.run-line');
const done = () => page.locator('.run-done');

describe('the run sheet on a phone', () => {
  it('stands upright, with large ticks and no sideways scroll', async () => {
    expect(await lines().count()).toBeGreaterThan(1);
    expect([await seriousFindings(page), await scrollsSideways(page)]).toEqual([[], false]);
    const box = (await page.locator('.run-tick button').first().boundingBox())!;
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
  });

  it('without a network shows ticks at once, keeps them, and sends them when there is one again', async () => {
    await context.setOffline(true);
    await page.locator('.run-tick button').nth(0).click();
    await page.locator('.run-tick button').nth(1).click();
    expect(await done().count()).toBe(2);
    await said('No connection');
    await context.setOffline(false);
    await said('All is sent');
    const other = await (await browser.newContext({ storageState: await context.storageState() })).newPage();
    await other.goto(page.url());
    expect(await other.locator('.run-done').count()).toBe(2);
  });

  it('untouched by another phone that ticked before, takes a tick back', async () => {
    await page.reload();
    await page.locator('.run-tick button').nth(0).click();
    await said('All is sent');
    await page.reload();
    expect(await done().count()).toBe(1);
  });
});
