import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { readFile } from 'node:fs/promises';
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

beforeAll(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

async function inOrder(page: Page): Promise<void> {
  expect([page.url(), await seriousFindings(page)]).toEqual([page.url(), []]);
  expect([page.url(), await scrollsSideways(page)]).toEqual([page.url(), false]);
}

async function press(page: Page, button: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.locator(button).first().click()]);
}

describe('a visitor without an account', () => {
  let context: BrowserContext;
  let complaints: string[];
  let page: Page;

  beforeAll(async () => {
    context = await phone(browser, { timezoneId: 'Europe/Minsk' });
    complaints = watchComplaints(context, demo.origin);
    page = await context.newPage();
    await page.goto(`${demo.origin}/en/c/${demo.congress}/programme`);
  });
  afterAll(() => context?.close());

  it('stars three sessions, which the device remembers and gives as a calendar file', async () => {
    const stars = page.locator('button[data-star]');
    for (const index of [0, 1, 2]) await stars.nth(index).click();
    await page.reload();
    expect(await page.locator('button[data-star][aria-pressed=true]').count()).toBe(3);
    const link = page.locator('[data-stars-href]:visible');
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toMatch(/\.ics$/);
    const file = await readFile((await download.path())!, 'utf8');
    const calendar = new ICAL.Component(ICAL.parse(file) as never);
    expect(calendar.getAllSubcomponents('vtimezone').map((zone) => zone.getFirstPropertyValue('tzid'))).toEqual([
      'Europe/Minsk',
    ]);
    // What the file says on the clock of Minsk is the moment that the page marks.
    const moments = await page
      .locator('.slot:has([data-star][aria-pressed=true]) .clock > time')
      .evaluateAll((all) => all.map((one) => one.getAttribute('datetime')!));
    const starts = calendar.getAllSubcomponents('vevent').map((event) => {
      const start = event.getFirstProperty('dtstart')!;
      expect(start.getParameter('tzid')).toBe('Europe/Minsk');
      return new Date(`${String(start.getFirstValue())}+03:00`).toISOString();
    });
    expect(starts).toHaveLength(3);
    expect(starts.sort()).toEqual(moments.map((moment) => new Date(moment).toISOString()).sort());
    const chosen = await context.request.get(demo.origin + (await link.getAttribute('href'))!);
    expect([chosen.status(), chosen.headers()['cache-control']]).toEqual([200, 'private, no-store']);
    await stars.nth(1).click();
    await page.reload();
    expect(await page.locator('button[data-star][aria-pressed=true]').count()).toBe(2);
  });

  it('without a script finds a file for each session, and for the day', async () => {
    const bare = await phone(browser, { javaScript: false });
    const reader = await bare.newPage();
    await reader.goto(`${demo.origin}/en/c/${demo.congress}/programme`);
    expect(await reader.locator('button[data-star]:visible').count()).toBe(0);
    const dayFile = (await reader.locator('main a[href*="/days/"]').first().getAttribute('href'))!;
    await Promise.all([reader.waitForNavigation(), reader.locator('.slot h3 a').first().click()]);
    const ownFile = (await reader.locator('main a[href*="/s/"][href*=".ics"]').first().getAttribute('href'))!;
    for (const [href, least] of [
      [dayFile, 5],
      [ownFile, 1],
    ] as const) {
      const answer = await bare.request.get(demo.origin + href);
      expect([href, answer.status()]).toEqual([href, 200]);
      expect((await answer.text()).match(/^BEGIN:VEVENT\r$/gm)!.length).toBeGreaterThanOrEqual(least);
    }
    await bare.close();
  });

  it('sees the own time beside the venue’s, never instead, and the choice stays', async () => {
    expect(await page.locator('.reader-time:visible').count()).toBe(0);
    await page.selectOption('#reader-zone', 'Asia/Shanghai');
    const first = page.locator('.clock').first();
    for (let visit = 0; visit < 2; visit++) {
      const text = await first.innerText();
      expect([text.includes('10:00'), text.includes('15:00'), text.includes('Shanghai')]).toEqual([true, true, true]);
      await page.reload();
    }
    await inOrder(page);
  });

  it('downloads the programme as a calendar: zone declared, moments right', async () => {
    const href = await page.locator('main a[href^="/c/"][href*="programme.ics"]').first().getAttribute('href');
    const answer = await context.request.get(demo.origin + href!);
    expect([answer.status(), answer.headers()['content-type']]).toEqual([
      200,
      expect.stringMatching(/^text\/calendar/),
    ]);
    const calendar = new ICAL.Component(ICAL.parse(await answer.text()) as never);
    expect(calendar.getAllSubcomponents('vtimezone').map((zone) => zone.getFirstPropertyValue('tzid'))).toEqual([
      'Europe/Minsk',
    ]);
    const events = calendar.getAllSubcomponents('vevent');
    expect(events.length).toBeGreaterThan(15);
    const opening = events.find((event) =>
      String(event.getFirstPropertyValue('summary')).includes('Opening of the Congress'),
    )!;
    const start = opening.getFirstProperty('dtstart')!;
    expect([start.getParameter('tzid'), String(start.getFirstValue())]).toEqual([
      'Europe/Minsk',
      expect.stringMatching(/T10:00:00$/),
    ]);
  });

  it('prints the day: no menus and buttons, the table whole and readable, then the sessions', async () => {
    // As wide as a sheet of A4 between its margins.
    await page.setViewportSize({ width: 688, height: 1000 });
    await page.emulateMedia({ media: 'print' });
    const screenOnly =
      '.languages-nav, .breadcrumbs, .filters, .fold, .tabs, .star, .reader-zone, .site-footer, .day-end, button, input, summary';
    expect(
      await page
        .locator(
          screenOnly
            .split(', ')
            .map((one) => `${one}:visible`)
            .join(', '),
        )
        .count(),
    ).toBe(0);
    expect(await page.locator('h3:visible', { hasText: 'Opening of the Congress' }).count()).toBe(1);
    const table = await page.evaluate<{ wide: boolean; points: number }>(`(() => {
      const grid = document.querySelector('table.grid');
      const size = getComputedStyle(grid.querySelector('td .grid-session')).fontSize;
      return {
        wide: grid.scrollWidth > grid.clientWidth + 1 || grid.getBoundingClientRect().right > innerWidth + 1,
        points: (parseFloat(size) * 72) / 96,
      };
    })()`);
    expect(table.wide).toBe(false);
    expect(table.points).toBeGreaterThanOrEqual(7);
    expect(await scrollsSideways(page)).toBe(false);
    await page.emulateMedia({ media: 'screen' });
  });

  it('prints the whole programme as a booklet: each day on a new sheet, names at the end', async () => {
    await page.goto(`${demo.origin}/en/c/${demo.congress}/programme/booklet`);
    await inOrder(page);
    const days = await page.locator('.booklet-day h2').allInnerTexts();
    expect(days.length).toBeGreaterThanOrEqual(3);
    expect(await page.locator('.booklet-names li').count()).toBeGreaterThan(20);
    const sheets = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g)!;
    expect(sheets.length).toBeGreaterThanOrEqual(days.length + 1);
  });

  it('causes no message of the content policy, no script error, no request elsewhere', () =>
    expect(complaints).toEqual([]));
});

describe('somebody invited to the round table', () => {
  const guest = 'guest.of.honour@example.org';

  it('gets a letter, answers on a phone without JavaScript, and gets the calendar entry', async () => {
    const office = await desktop(browser);
    const complaints = watchComplaints(office, demo.origin);
    const page = await office.newPage();
    await page.goto(`${demo.origin}/staff/sign-in`);
    await page.fill('[name=email]', STAFF.email);
    await page.fill('[name=password]', STAFF.password);
    await press(page, 'form[action="/staff/sign-in"] button');
    const base = `/org/c/${demo.congress}/invitations`;
    await page.goto(`${demo.origin}${base}/new`);
    await inOrder(page);
    await page.fill('[name=given]', 'ဖြိုးဝေယံ');
    await page.fill('[name=email]', guest);
    await page.check('[name=kind][value=seat]');
    await page.selectOption('[name=session]', {
      label: (
        await page.locator('[name=session] option', { hasText: 'Documentary heritage' }).first().innerText()
      ).trim(),
    });
    await page.selectOption('[name=role]', 'panelist');
    await page.fill('[name=message]', 'We would be honoured.\nPlease come.');
    await press(page, `form[action="${base}"] button`);
    await inOrder(page);
    expect(await page.locator('body').innerText()).toContain('ဖြိုးဝေယံ');
    await press(page, 'form[action$="/sending"] button');
    await inOrder(page);

    const [letter] = await demo.mails(guest);
    expect(letter!.text).toContain('We would be honoured.');
    const away = await phone(browser, { javaScript: false });
    const answer = await away.newPage();
    await answer.goto(linkIn(letter!, '/invite/'));
    await answer.check('[name=answer][value=accepted]');
    await press(answer, 'form[action*="/invite/"] button');
    expect(await answer.locator('main').innerText()).toContain('You have answered that you will come.');

    const mails = await demo.mails(guest, 2);
    const request = mails
      .flatMap(({ attachments }) => attachments)
      .find(({ contentType }) => contentType.includes('calendar'));
    const calendar = new ICAL.Component(ICAL.parse(request!.content.toString('utf8')) as never);
    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
    const event = calendar.getFirstSubcomponent('vevent')!;
    expect(event.getAllProperties('attendee').map((one) => String(one.getFirstValue()))).toEqual([`mailto:${guest}`]);
    expect(event.getFirstPropertyValue('sequence')).toBe(0);

    await page.reload();
    expect(await page.locator('body').innerText()).toMatch(/accepted/i);
    expect(complaints).toEqual([]);
    await office.close();
    await away.close();
  });
});
