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
let context: BrowserContext;
let complaints: string[];
let page: Page;

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

async function inOrder(what: Page): Promise<void> {
  expect([what.url(), await seriousFindings(what)]).toEqual([what.url(), []]);
  expect([what.url(), await scrollsSideways(what)]).toEqual([what.url(), false]);
}

async function open(path: string): Promise<void> {
  const answer = await page.goto(demo.origin + path);
  expect([path, answer!.status()]).toEqual([path, 200]);
  await inOrder(page);
}

async function press(button: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.locator(button).first().click()]);
  await inOrder(page);
}

const DAY = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);

describe('an organizer', () => {
  it('signs in and arrives at the day’s work', async () => {
    await open('/staff/sign-in');
    await page.fill('[name=email]', STAFF.email);
    await page.fill('[name=password]', STAFF.password);
    await press('form[action="/staff/sign-in"] button');
    expect(page.url()).toBe(`${demo.origin}/org`);
  });

  it('founds a conference; a mistake is told and keeps what was typed', async () => {
    await open('/org/conferences');
    await press('a[href="/org/conferences/new"]');
    await page.fill('[name="title.en"]', 'Days of the old map');
    await page.fill('[name="title.be"]', 'Дні старой карты');
    await page.fill('[name=slug]', 'Old Maps');
    await page.fill('[name=startsOn]', DAY);
    await page.fill('[name=endsOn]', DAY);
    await page.fill('[name=numberPrefix]', 'OM');
    await page.check('[name=public]');
    await press('form[action="/org/conferences"] button');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.inputValue('[name="title.be"]')).toBe('Дні старой карты');
    await page.fill('[name=slug]', 'old-maps');
    await press('form[action="/org/conferences"] button');
    expect(page.url()).toBe(`${demo.origin}/org/c/old-maps`);
    expect(await page.locator('h1').innerText()).toBe('Days of the old map');
  });

  it('adds a session with time and room', async () => {
    await open('/org/c/old-maps/sessions/new');
    await page.fill('[name="title.en"]', 'How to read a portolan');
    await page.selectOption('[name=kind]', 'seminar');
    await page.fill('[name=day]', DAY);
    await page.fill('[name=time]', '11:00');
    await page.fill('[name=minutes]', '45');
    await page.selectOption('[name=roomId]', {
      label: (await page.locator('[name=roomId] option', { hasText: 'Great Hall' }).first().innerText()).trim(),
    });
    await press('form[action$="/sessions"] button');
    expect(await page.locator('body').innerText()).toContain('How to read a portolan');
  });

  it('shows nothing of it in public before publishing, and everything after', async () => {
    const visitor = await phone(browser);
    const seen = watchComplaints(visitor, demo.origin);
    const reader = await visitor.newPage();
    await reader.goto(`${demo.origin}/en/c/old-maps/programme`);
    expect(await reader.locator('body').innerText()).not.toContain('portolan');
    await inOrder(reader);

    await open('/org/c/old-maps/publish');
    await page.fill('[name="name.en"]', 'First programme');
    await press('form[action$="/publish"] button');

    await expectSoon(async () => {
      await reader.goto(`${demo.origin}/en/c/old-maps/programme`);
      return (await reader.locator('body').innerText()).includes('How to read a portolan');
    });
    const clock = await reader.locator('.clock').first().innerText();
    expect([clock.includes('11:00'), clock.includes('–11:45')]).toEqual([true, true]);
    expect(await reader.locator('body').innerText()).toContain('First programme');
    await inOrder(reader);
    expect(seen).toEqual([]);
    await visitor.close();
  });

  it('finds every page of the back office in order: axe, width, policy', async () => {
    const base = `/org/c/${demo.congress}`;
    await open(base);
    const links = await page
      .locator('main a[href^="/org/"]')
      .evaluateAll((list) => list.map((one) => one.getAttribute('href')!));
    const more = [
      '/org',
      '/org/conferences',
      '/org/series',
      '/org/people',
      '/org/venues',
      '/admin/accounts',
      '/staff/profile',
      `${base}/settings`,
      `${base}/registrations/new`,
      `${base}/sessions/new`,
      `${base}/team`,
    ];
    const paths = [...new Set([...links, ...more])].filter((path) => !/\.(xlsx|ics|json)$/.test(path));
    expect(paths.length).toBeGreaterThan(14);
    for (const path of paths) await open(path);
    const [row] = await rowsOf('registrations');
    await open(row!);
    const [session] = await rowsOf('sessions');
    await open(session!);
  }, 300_000);

  it('meets no message of the content policy, no script error, no foreign host', () => {
    expect(complaints).toEqual([]);
  });
});

describe('the public pages', () => {
  it.each(['be', 'ru', 'en'])('are in order on a phone, in %s', async (locale) => {
    const visitor = await phone(browser);
    const seen = watchComplaints(visitor, demo.origin);
    const reader = await visitor.newPage();
    const base = `/${locale}/c/${demo.congress}`;
    await reader.goto(`${demo.origin}${base}/programme`);
    const session = await reader.locator(`a[href^="${base}/s/"]`).first().getAttribute('href');
    for (const path of [
      `/${locale}/`,
      base,
      `${base}/programme`,
      session!,
      `${base}/practical`,
      `${base}/satellites`,
      `${base}/programme/changes`,
      `/${locale}/privacy`,
      `/${locale}/help`,
      `/${locale}/accessibility`,
    ]) {
      const answer = await reader.goto(demo.origin + path);
      expect([path, answer!.status(), await reader.locator('html').getAttribute('lang')]).toEqual([path, 200, locale]);
      await inOrder(reader);
    }
    expect(seen).toEqual([]);
    await visitor.close();
  });

  it('offer the same page in the other languages, each in its own name', async () => {
    const reader = await (await phone(browser)).newPage();
    await reader.goto(`${demo.origin}/en/c/${demo.congress}/programme`);
    await Promise.all([reader.waitForNavigation(), reader.getByRole('link', { name: 'Беларуская' }).click()]);
    expect(reader.url()).toMatch(new RegExp(`/be/c/${demo.congress}/programme`));
    await reader.context().close();
  });
});

/** Addresses of the things in a list of the congress. */
async function rowsOf(list: string): Promise<string[]> {
  const base = `/org/c/${demo.congress}/${list}`;
  await open(base);
  const links = await page
    .locator(`main a[href^="${base}/"]`)
    .evaluateAll((all) => all.map((one) => one.getAttribute('href')!));
  const things = links.filter((href) => !/\/(new|move)$/.test(href));
  expect(things.length).toBeGreaterThan(5);
  return things;
}

/** A released page is looked at again within a second. */
async function expectSoon(check: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await check())) if (performance.now() > end) throw new Error('not within ten seconds');
}
