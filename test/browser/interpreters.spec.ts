import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
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
let page: Page;
const complaints: string[][] = [];

beforeAll(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

async function open(path: string): Promise<void> {
  const answer = await page.goto(demo.origin + path);
  expect([path, answer!.status()]).toEqual([path, 200]);
}

async function inOrder(): Promise<void> {
  expect([page.url(), await scrollsSideways(page)]).toEqual([page.url(), false]);
  expect([page.url(), await seriousFindings(page)]).toEqual([page.url(), []]);
}

async function signIn(): Promise<void> {
  await open('/staff/sign-in');
  await page.fill('[name=email]', STAFF.email);
  await page.fill('[name=password]', STAFF.password);
  await press('form[action="/staff/sign-in"] button');
}

async function press(button: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.locator(button).first().click()]);
}

const desk = () => `/org/c/${demo.congress}/interpreters`;

describe('the desk of interpretation', () => {
  it('proposes who is missing and takes over what is ticked, without a script', async () => {
    const context = await desktop(browser, { javaScriptEnabled: false });
    complaints.push(watchComplaints(context, demo.origin));
    page = await context.newPage();
    await signIn();
    await open(desk());
    expect(await page.locator('main').innerText()).toContain('5 interpreters missing');
    await press(`a[href="${desk()}/proposal"]`);
    expect(await page.locator('main').innerText()).toContain('No other distribution leaves fewer places empty');
    const seats = page.locator('[name=seat]');
    expect(await seats.count()).toBe(4);
    expect(await page.locator('#left ~ *').first().innerText()).toContain('Nobody who knows these languages is free');
    await seats.first().uncheck();
    await press('form[method=post][action$="/proposal"] button');
    expect(page.url()).toBe(demo.origin + desk());
    const shown = await page.locator('main').innerText();
    expect(shown).toContain('2 interpreters missing');
    expect(await page.locator('tr', { hasText: 'Documentary heritage' }).locator('.booth-person').count()).toBe(3);
    await context.close();
  });

  it.each(['desktop', 'phone'])('and the pages of interpreters can be read by everybody on a %s', async (device) => {
    const context = await (device === 'phone' ? phone(browser) : desktop(browser));
    complaints.push(watchComplaints(context, demo.origin));
    page = await context.newPage();
    await signIn();
    const whyNot = `/org/c/${demo.congress}/proposal/why-not`;
    for (const path of [desk(), `${desk()}/proposal`, whyNot, '/org/interpreters']) {
      await open(path);
      await inOrder();
    }
    await press('main tbody a');
    await inOrder();
    await press('a[href$="/interpreter"]');
    await inOrder();
    await page.selectOption('[name="pair.3.from"]', 'pl');
    await press('main form[action$="/interpreter"] button');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.inputValue('[name="pair.3.from"]')).toBe('pl');
    await inOrder();
    await context.close();
  });

  it('breaks no rule of the content policy', () => {
    expect(complaints.flat()).toEqual([]);
  });
});
