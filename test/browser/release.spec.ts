import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import type { ParsedMail } from 'mailparser';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { BoardPage } from '../support/board-page.js';
import {
  desktop,
  launchBrowser,
  phone,
  scrollsSideways,
  seriousFindings,
  watchComplaints,
} from '../support/browser.js';
import { linkIn, STAFF, startDemo, type DemoServer } from '../support/demo-server.js';
import { until } from '../support/server-process.js';

/*
 * J6 from the board to the calendars: a lecture that everybody knows is moved, a talk that waited finds its place, and the
 * second release tells exactly the two speakers. Dragging is walked in board.spec.ts.
 */
const ANNA = { given: 'Анна', family: 'Петросян', email: 'anna.petrosyan@example.org' };
const LECTURE = 'A lecture on maps';
const WAITING = 'A talk that waits';
/** Chairs the opening, at ten. */
const CHAIR = { name: 'Алена Кавалёва', email: 'by01@delegates.example.org' };

let demo: DemoServer;
let browser: Browser;
let me: BoardPage;
let them: BoardPage;
let page: Page;
let day: string;
let feed: string;
let known: { uid: string; etag: string };
const watched: string[][] = [];

beforeAll(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  me = await organizer(STAFF.email);
  them = await organizer('organizer@example.org');
  ({ page } = me);
  await page.goto(`${me.conference}/board`);
  day = (await page.locator('[data-day]').first().getAttribute('data-day'))!;
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

async function organizer(email: string): Promise<BoardPage> {
  const context: BrowserContext = await desktop(browser);
  watched.push(watchComplaints(context, demo.origin));
  return BoardPage.of(context, demo, email);
}

async function inOrder(what: Page = page): Promise<void> {
  expect([what.url(), await seriousFindings(what)]).toEqual([what.url(), []]);
  expect([what.url(), await scrollsSideways(what)]).toEqual([what.url(), false]);
}

async function press(button: string, what: Page = page): Promise<void> {
  await Promise.all([what.waitForNavigation(), what.locator(button).first().click()]);
}

/** Puts somebody who is found by name on a session, as its speaker who has confirmed. */
async function speaks(name: string, title: string): Promise<void> {
  await page.goto(`${me.conference}/sessions?q=${encodeURIComponent(title)}`);
  await Promise.all([page.waitForNavigation(), page.getByRole('link', { name: title }).first().click()]);
  await page.goto(`${page.url()}/people?q=${encodeURIComponent(name)}`);
  await page.locator('[name=personId]').first().check();
  await page.selectOption('[name=role]', 'speaker');
  await page.check('[name=state][value=confirmed]');
  await press('form.form[action*="/people"] button');
}

/** Confirms the drafts of a release in the outbox, by their number. */
async function confirm(count: number): Promise<void> {
  await page.goto(`${me.conference}/mail/outbox`);
  const form = page.locator(`form[action$="/sendings"]:has([name=count][value="${count}"])`);
  expect(await form.count()).toBe(1);
  await Promise.all([page.waitForNavigation(), form.locator('button').click()]);
}

const eventOf = (mail: ParsedMail) => {
  const file = mail.attachments.find(({ contentType }) => contentType.includes('calendar'))!;
  const calendar = new ICAL.Component(ICAL.parse(file.content.toString('utf8')) as never);
  const event = calendar.getFirstSubcomponent('vevent')!;
  const value = (name: string) => String(event.getFirstPropertyValue(name));
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    uid: value('uid'),
    sequence: value('sequence'),
    start: value('dtstart'),
  };
};

async function readFeed(): Promise<{ etag: string; start: string | undefined }> {
  const answer = await fetch(feed);
  const calendar = new ICAL.Component(ICAL.parse(await answer.text()) as never);
  const event = calendar
    .getAllSubcomponents('vevent')
    .find((one) => String(one.getFirstPropertyValue('summary')) === LECTURE);
  return { etag: answer.headers.get('etag')!, start: event && String(event.getFirstPropertyValue('dtstart')) };
}

describe('a release (J6)', () => {
  it('is public, and its speaker knows of it by a mail and in her own calendar', async () => {
    await page.goto(`${demo.origin}/org/people/new`);
    for (const [name, value] of Object.entries(ANNA)) await page.fill(`[name=${name}]`, value);
    await page.check('[name=locale][value=en]');
    await press('form[action="/org/people"] button');
    await me.add(LECTURE, 60);
    await speaks(ANNA.family, LECTURE);
    await me.open(`?day=${day}`);
    await Promise.all([page.waitForNavigation(), me.link(LECTURE).press('Enter')]);
    await page.fill('[name=day]', day);
    await page.fill('[name=time]', '17:00');
    await page.selectOption('[name=roomId]', {
      label: (await page.locator('[name=roomId] option', { hasText: 'Great Hall' }).first().innerText()).trim(),
    });
    await press('form[action$="/move"] button');
    await page.goto(`${me.conference}/publish`);
    await inOrder();
    await press('form[action$="/publish"] button');
    await confirm(1);
    const [letter] = await demo.mails(ANNA.email);
    expect(eventOf(letter!)).toMatchObject({ method: 'REQUEST', sequence: '0' });

    const visitor = await phone(browser);
    watched.push(watchComplaints(visitor, demo.origin));
    const own = await visitor.newPage();
    await own.goto(`${demo.origin}/en/sign-in?next=/en/my/calendar`);
    await own.fill('[name=email]', ANNA.email);
    await press('form[action="/en/sign-in"] button', own);
    const mails = await demo.mails(ANNA.email, 2);
    await own.goto(linkIn(mails.at(-1)!, '/en/link/'));
    await press('main form button', own);
    await own.goto(`${demo.origin}/en/my/calendar`);
    await press('form[action="/en/my/calendar"] button', own);
    feed = (await own.locator('main code').first().innerText()).trim();
    const { etag, start } = await readFeed();
    expect(start).toBe(`${day}T17:00:00`);
    known = { uid: eventOf(letter!).uid, etag };
    await visitor.close();
  }, 120_000);

  it('has a successor in the making: a talk from the tray clashes with what its speaker chairs, and finds another place', async () => {
    await me.add(WAITING, 45);
    await speaks(CHAIR.name, WAITING);
    await me.open(`?day=${day}`);
    await me.take(WAITING, 'Conference Hall', 60);
    await me.answered(() => page.mouse.up());
    await me.said(/A talk that waits moved to 10:00, Conference Hall\. 1 conflict\./);
    await page.locator('[data-conflicts] a', { hasText: WAITING }).first().click();
    const focused = await page.evaluate("document.activeElement.closest('[data-block]')?.textContent ?? ''");
    expect(focused).toMatch(/A talk that waits|Opening of the Congress/);
    await me.link(WAITING).focus();
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    await page.fill('[name=time]', '18:30');
    await press('form[action$="/move"] button');
    await page.getByText('A talk that waits moved to 18:30, Conference Hall. No conflicts.').waitFor();
    await page.waitForSelector('[data-board][data-ready][data-connected]');
    await me.answered(() => page.click('[data-turn=undo] button'));
    expect(await me.place(WAITING)).toBe('10:00–10:45, Conference Hall');
    await me.answered(() => page.click('[data-turn=redo] button'));
    expect(await me.place(WAITING)).toBe('18:30–19:15, Conference Hall');
  }, 120_000);

  it('and the lecture is moved; a second browser, loaded before, is refused with the place where it is now', async () => {
    await them.page.route('**/board/events', (route) => route.abort());
    await them.page.route('**/api/v1/**/board*', (route) => route.abort());
    await them.page.goto(`${them.conference}/board?day=${day}`);
    await them.page.waitForSelector('[data-board][data-ready]');
    await me.link(LECTURE).focus();
    await me.answered(() => page.keyboard.press('Alt+ArrowUp'));
    await me.said(/A lecture on maps moved to 16:55, Great Hall\./);
    await them.link(LECTURE).focus();
    await them.answered(() => them.page.keyboard.press('Alt+ArrowDown'));
    const dialog = them.page.locator('[data-stale-dialog]');
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(
      /changed “A lecture on maps” at \d\d:\d\d\. It is now: .*16:55, Great Hall/,
    );
    expect(await me.place(LECTURE)).toBe('16:55–17:55, Great Hall');
  }, 60_000);

  it('is previewed by session and by person, on a desk and on a phone', async () => {
    await page.goto(`${me.conference}/publish`);
    await inOrder();
    const main = () => page.locator('main').innerText();
    expect(await main()).toMatch(/17:00–18:00 → 16:55–17:55, Great Hall/);
    expect(await main()).toContain('By mail: 2');
    await Promise.all([page.waitForNavigation(), page.getByRole('link', { name: /^By person/ }).click()]);
    await inOrder();
    expect(await main()).toContain('Анна Петросян');
    expect(await main()).toContain(`New: “${WAITING}” (speaker)`);
    await page.setViewportSize({ width: 390, height: 800 });
    await inOrder();
    await page.setViewportSize({ width: 1280, height: 900 });
  }, 60_000);

  it('is published with a note in three languages; exactly two drafts wait, and go when their number is confirmed', async () => {
    const before = (await demo.mails(ANNA.email, 2)).length;
    await page.goto(`${me.conference}/publish`);
    for (const [language, note] of [
      ['be', 'Лекцыя пачынаецца раней'],
      ['ru', 'Лекция начинается раньше'],
      ['en', 'The lecture begins earlier'],
    ] as const)
      await page.fill(`[name="note.${language}"]`, note);
    await page.fill('[name="name.en"]', 'Programme with the talk');
    await press('form[action$="/publish"] button');
    expect(page.url()).toMatch(/\/releases\/\d+$/);
    expect((await demo.mails(ANNA.email, before)).length).toBe(before);
    await confirm(2);
    const letters = await demo.mails(ANNA.email, before + 1);
    expect(eventOf(letters.at(-1)!)).toEqual({
      method: 'REQUEST',
      uid: known.uid,
      sequence: '1',
      start: `${day}T16:55:00`,
    });
    const chair = (await demo.mails(CHAIR.email)).filter(
      ({ attachments, subject }) => attachments.length > 0 && subject?.includes(WAITING),
    );
    expect(chair.map(eventOf)).toMatchObject([{ method: 'REQUEST', sequence: '0', start: `${day}T18:30:00` }]);
  }, 60_000);

  it('is what visitors see, with its changes, and what her calendar says under a new ETag', async () => {
    const visitor = await phone(browser);
    watched.push(watchComplaints(visitor, demo.origin));
    const reader = await visitor.newPage();
    await until('the public page to show it', async () => {
      await reader.goto(`${demo.origin}/be/c/${demo.congress}/programme/changes`);
      return (await reader.locator('main').innerText()).includes('Лекцыя пачынаецца раней');
    });
    await inOrder(reader);
    const words = await reader.locator('main').innerText();
    expect([words.includes(WAITING), words.includes('16:55–17:55')]).toEqual([true, true]);
    await visitor.close();
    const { etag, start } = await readFeed();
    expect([start, etag === known.etag]).toEqual([`${day}T16:55:00`, false]);
  }, 60_000);

  it('can be compared with any other, and an older one restored into the draft and taken back', async () => {
    await page.goto(`${me.conference}/releases`);
    await inOrder();
    await Promise.all([page.waitForNavigation(), page.getByRole('link', { name: 'Compare releases' }).click()]);
    await page.selectOption('[name=from]', '2');
    await press('form.filters button');
    await inOrder();
    expect(await page.locator('main').innerText()).toContain(LECTURE);
    await page.goto(`${me.conference}/releases/2/restore`);
    await inOrder();
    expect(await page.locator('main').innerText()).toMatch(/Removed A lecture on maps/i);
    await press('form[action$="/restore"] button');
    expect(await page.locator('[role=status]').first().innerText()).toContain('Restored');
    await inOrder();
    await Promise.all([page.waitForNavigation(), page.locator('a[href*="/kept-drafts/"]').first().click()]);
    await inOrder();
    await press('form[action*="/kept-drafts/"] button');
    await page.goto(`${me.conference}/publish`);
    expect(await page.locator('main').innerText()).toContain('Nothing has changed.');
  }, 60_000);

  it('meets no message of the content policy, no script error, no foreign host', () => {
    expect(watched.flat().filter((line) => !line.includes('net::ERR_FAILED'))).toEqual([]);
  });
});
