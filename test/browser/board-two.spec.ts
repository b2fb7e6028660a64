import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext } from 'playwright-core';
import { BoardPage } from '../support/board-page.js';
import { desktop, launchBrowser, watchComplaints } from '../support/browser.js';
import { startDemo, type DemoServer } from '../support/demo-server.js';

const TALK = 'A talk that waits';
const SHORT = 'A short one';

let demo: DemoServer;
let browser: Browser;
let away: BrowserContext;
let me: BoardPage;
let them: BoardPage;
const watched: string[][] = [];

beforeAll(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  const own = await desktop(browser);
  away = await desktop(browser);
  for (const context of [own, away]) watched.push(watchComplaints(context, demo.origin));
  me = await BoardPage.of(own, demo);
  them = await BoardPage.of(away, demo, 'organizer@example.org');
  await me.add(TALK, 60);
  await me.add(SHORT, 30);
  await Promise.all([me.open(), them.open()]);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

const conflicts = (of: BoardPage) => of.page.locator('[data-conflict-count]').innerText();

/** By the form of the session, as somebody else would, elsewhere. */
async function remove(of: BoardPage, title: string): Promise<void> {
  const href = (await of.link(title).getAttribute('href'))!;
  await of.page.goto(demo.origin + href.replace(/\/move.*/, ''));
  await Promise.all([of.page.waitForNavigation(), of.page.click('form[action$="/remove"] button')]);
}

describe('two boards', () => {
  it('count each other’s conflicts within a second, and the panel leads to the block', async () => {
    const before = Number(await conflicts(them));
    await me.take(TALK, 'Great Hall', 60);
    await me.answered(() => me.page.mouse.up());
    const answered = Date.now();
    await them.page.locator('[data-conflict-count]', { hasText: new RegExp(`^${before + 1}$`) }).waitFor();
    // A bound that only a lost event passes; how long it takes is a figure of the bench.
    expect(Date.now() - answered).toBeLessThan(5000);
    await them.said(/: A talk that waits moved to 10:00, Great Hall\./);
    expect(await them.place(TALK)).toBe('10:00–11:00, Great Hall');
    await them.page.locator('[data-conflicts] a', { hasText: TALK }).first().click();
    const focused = () =>
      them.page.evaluate<string>("document.activeElement.closest('[data-block]')?.textContent ?? ''");
    const first = await focused();
    expect(first).toMatch(/A talk that waits|Opening of the Congress/);
    await them.page.locator('[data-conflicts] a', { hasText: TALK }).first().click();
    expect(await focused()).not.toBe(first);
    expect(await focused()).toMatch(/A talk that waits|Opening of the Congress/);
  }, 60_000);

  it('show moves while one has a block in hand, and refuse to let go what the other moved', async () => {
    await them.page.mouse.move(0, 0);
    await them.take(TALK, 'Conference Hall', 30);
    await me.link(SHORT).focus();
    await me.page.keyboard.press('m');
    await me.page.locator('[data-lift-where]', { hasText: /\d/ }).waitFor();
    await me.answered(() => me.page.keyboard.press('Enter'));
    await them.block(SHORT).locator('[data-clock]', { hasText: '–' }).waitFor();
    await me.link(TALK).focus();
    await me.answered(() => me.page.keyboard.press('Alt+ArrowDown'));
    await them.said(/A talk that waits moved to 10:05/);
    // In the hand it stays as it was seen.
    expect(await them.place(TALK)).toBe('10:00–11:00, Great Hall');
    await them.answered(() => them.page.mouse.up());
    const dialog = them.page.locator('[data-stale-dialog]');
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(
      /changed “A talk that waits” at \d\d:\d\d\. It is now: .*10:05, Great Hall/,
    );
    await them.page.click('[data-take-theirs]');
    expect(await them.place(TALK)).toBe('10:05–11:05, Great Hall');
  }, 60_000);

  it('say who took a session away that somebody is moving', async () => {
    await them.page.mouse.move(0, 0);
    await them.take(SHORT, 'Conference Hall', 60);
    await remove(me, SHORT);
    await them.answered(() => them.page.mouse.up());
    await them.said(/removed this session from the programme at \d\d:\d\d\./);
    await them.block(SHORT).waitFor({ state: 'detached' });
    expect(await them.page.locator('[data-stale-dialog]').isVisible()).toBe(false);
    await me.open();
  }, 60_000);
});

describe('without a connection', () => {
  it('nothing that others did is missed, and what could not be saved is done when it is back', async () => {
    await away.setOffline(true);
    await them.page.waitForSelector('[data-board]:not([data-connected])');
    await them.page.locator('[data-offline]').waitFor();
    await them.link(TALK).focus();
    await them.page.keyboard.press('Alt+ArrowRight');
    await them.said(/could not be saved/);
    expect(await them.place(TALK)).toBe('10:05–11:05, Great Hall');
    // Meanwhile: a move, a new session, another title.
    await me.link('Manuscripts and early').focus();
    await me.answered(() => me.page.keyboard.press('Alt+ArrowDown'));
    await me.add('Brought by the morning', 20);
    await me.open();
    const href = (await me.link('Children and reading').getAttribute('href'))!;
    await me.page.goto(demo.origin + href.replace(/\/move.*/, ''));
    await me.page.fill('[name="title.en"]', 'Children, reading and libraries');
    await Promise.all([
      me.page.waitForNavigation(),
      me.page.locator('form.form').first().locator('button').first().click(),
    ]);
    await away.setOffline(false);
    await them.block('Brought by the morning').waitFor();
    await them.block('Children, reading and libraries').waitFor();
    expect(await them.place('Manuscripts and early')).toBe('14:35–16:05, Conference Hall');
    expect(await them.page.locator('[data-offline]').isVisible()).toBe(false);
    await them.answered(() => them.status.locator('button').click());
    await them.said(/moved to 10:05, Conference Hall/);
    expect(await them.place(TALK)).toBe('10:05–11:05, Conference Hall');
  }, 90_000);

  it('meets no message of the content policy, no script error, no foreign host', () => {
    expect(watched.flat().filter((line) => !line.includes('net::ERR_INTERNET_DISCONNECTED'))).toEqual([]);
  });
});
