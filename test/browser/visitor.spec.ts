import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
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
    const chosen = await context.request.get(
      demo.origin + (await page.locator('[data-stars-href]:visible').getAttribute('href'))!,
    );
    expect([chosen.status(), chosen.headers()['cache-control']]).toEqual([200, 'private, no-store']);
    expect((await chosen.text()).match(/^BEGIN:VEVENT\r$/gm)).toHaveLength(3);
    await stars.nth(1).click();
    await page.reload();
    expect(await page.locator('button[data-star][aria-pressed=true]').count()).toBe(2);
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

  it('prints the programme without menus and buttons', async () => {
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.languages-nav:visible, .filters:visible, .tabs:visible, button:visible').count()).toBe(
      0,
    );
    expect(await page.locator('h3:visible', { hasText: 'Opening of the Congress' }).count()).toBe(1);
    await page.emulateMedia({ media: 'screen' });
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
