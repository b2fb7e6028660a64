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
import { startDemo, STAFF, type DemoServer } from '../support/demo-server.js';

let demo: DemoServer;
let browser: Browser;

beforeAll(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

async function signedIn(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${demo.origin}/staff/sign-in`);
  await page.fill('#field-email', STAFF.email);
  await page.fill('#field-password', STAFF.password);
  await Promise.all([page.waitForNavigation(), page.click('main form button')]);
  return page;
}

async function inOrder(page: Page): Promise<void> {
  expect([page.url(), await seriousFindings(page), await scrollsSideways(page)]).toEqual([page.url(), [], false]);
}

describe('the board of answers', () => {
  it('on a phone leads from a number to the people whom it counts', async () => {
    const context = await phone(browser);
    const complaints = watchComplaints(context, demo.origin);
    const page = await signedIn(context);
    await page.goto(`${demo.origin}/org/c/${demo.congress}/invitations/board?by=all`);
    await inOrder(page);
    const number = page.locator('tbody td.numeric a').first();
    const count = await number.innerText();
    await Promise.all([page.waitForNavigation(), number.click()]);
    expect(await page.locator('main').innerText()).toMatch(new RegExp(`(?<!\\d)${count} invitations? found`));
    await inOrder(page);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('a letter', () => {
  it('is answered in its thread', async () => {
    const context = await desktop(browser);
    const complaints = watchComplaints(context, demo.origin);
    const page = await signedIn(context);
    await page.goto(`${demo.origin}/org/inbox?kind=letter&show=all`);
    const hrefs = await page
      .locator('tbody th a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    for (const href of hrefs) {
      await page.goto(demo.origin + href);
      if ((await page.locator('form[action$="/replies"]').count()) > 0) break;
    }
    const to = await page.locator('#reply dd').first().innerText();
    await page.fill('#field-text', 'Thank you: the hall opens at nine.');
    await Promise.all([page.waitForNavigation(), page.click('form[action$="/replies"] button')]);
    expect(await page.locator('section[aria-labelledby="thread-title"]').innerText()).toContain(
      'the hall opens at nine',
    );
    await inOrder(page);
    const mail = (await demo.mails(to)).at(-1)!;
    expect([mail.subject?.startsWith('Re: '), mail.text?.trim(), mail.inReplyTo !== undefined]).toEqual([
      true,
      'Thank you: the hall opens at nine.',
      true,
    ]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
