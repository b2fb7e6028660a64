import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import {
  desktop,
  launchBrowser,
  phone,
  scrollsSideways,
  seriousFindings,
  watchComplaints,
} from '../support/browser.js';
import { STAFF, startDemo, type DemoServer } from '../support/demo-server.js';
import { until } from '../support/server-process.js';

let demo: DemoServer;
let browser: Browser;
let mine: Page;
let theirs: Page;
let board: string;
let day: string;

beforeAll(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  mine = await organizer(await desktop(browser), STAFF.email);
  theirs = await organizer(await desktop(browser), 'organizer@example.org');
  board = `${demo.origin}/org/c/${demo.congress}/board`;
  await mine.goto(board);
  day = (await mine.locator('[data-day]').first().getAttribute('data-day'))!;
  await newSession('A talk that waits', '60');
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

async function organizer(context: BrowserContext, email: string): Promise<Page> {
  watched.push(watchComplaints(context, demo.origin));
  const page = await context.newPage();
  await page.goto(`${demo.origin}/staff/sign-in`);
  await page.fill('[name=email]', email);
  await page.fill('[name=password]', STAFF.password);
  await Promise.all([page.waitForURL(/\/org/), page.click('form[action="/staff/sign-in"] button')]);
  return page;
}
const watched: string[][] = [];

async function newSession(title: string, minutes: string): Promise<void> {
  await mine.goto(`${demo.origin}/org/c/${demo.congress}/sessions/new`);
  await mine.fill('[name="title.en"]', title);
  await mine.fill('[name="title.be"]', title);
  await mine.fill('[name=minutes]', minutes);
  await Promise.all([mine.waitForNavigation(), mine.click('form[action$="/sessions"] button')]);
}

/** The board, ready to drag and connected. */
async function openBoard(page: Page): Promise<void> {
  await page.goto(`${board}?day=${day}`);
  await page.waitForSelector('[data-board][data-ready][data-connected]');
}
const block = (page: Page, title: string): Locator =>
  page.locator('[data-block]:not([data-continues])', { hasText: title }).first();
const column = (page: Page, name: string): Locator => page.locator(`[data-column][data-name="${name}"] .blocks`);
const clock = (page: Page, title: string): Promise<string> => block(page, title).locator('[data-clock]').innerText();
const roomOf = (page: Page, title: string): Promise<string | null> =>
  block(page, title).evaluate((one) => one.closest('[data-column]')?.getAttribute('data-name') ?? null);
const status = (page: Page): Locator => page.locator('[data-status]');

/** Presses, moves in steps as a hand does, and lets go at a time of a room. */
async function drag(page: Page, what: Locator, room: string, minute: number): Promise<void> {
  await what.scrollIntoViewIfNeeded();
  const from = (await what.boundingBox())!;
  const list = column(page, room);
  await page.mouse.move(from.x + 20, from.y + 4);
  await page.mouse.down();
  await page.mouse.move(from.x + 30, from.y + 14, { steps: 3 });
  const to = (await list.boundingBox())!;
  const scale = await page.evaluate(
    "parseFloat(getComputedStyle(document.querySelector('[data-board]')).getPropertyValue('--minute'))",
  );
  await page.mouse.move(to.x + 30, to.y + minute * Number(scale) + 2, { steps: 8 });
  await page.mouse.up();
}

async function answered(page: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForResponse((one) => /\/board\/(operations|undo|redo)$/.test(one.url())), act()]);
}

async function inOrder(page: Page): Promise<void> {
  expect([page.url(), await seriousFindings(page)]).toEqual([page.url(), []]);
  expect([page.url(), await scrollsSideways(page)]).toEqual([page.url(), false]);
}

describe('the board (J6)', () => {
  it('takes a talk from the tray by mouse, says where it is and which conflict that makes', async () => {
    await openBoard(mine);
    await inOrder(mine);
    expect(await mine.locator('[data-tray-count]').innerText()).toBe('1');
    // The demonstration has warnings of its own: sessions that still need interpreters.
    const before = Number(await mine.locator('[data-conflict-count]').innerText());
    await answered(mine, () => drag(mine, block(mine, 'A talk that waits'), 'Great Hall', 60));
    await status(mine)
      .getByText(/A talk that waits moved to 10:00, Great Hall\. 1 conflict\./)
      .waitFor();
    expect([await clock(mine, 'A talk that waits'), await roomOf(mine, 'A talk that waits')]).toEqual([
      '10:00–11:00',
      'Great Hall',
    ]);
    expect(await mine.locator('[data-tray-count]').innerText()).toBe('0');
    expect(Number(await mine.locator('[data-conflict-count]').innerText())).toBe(before + 1);
    // Two in one room stand beside each other.
    const [a, b] = [
      await block(mine, 'A talk that waits').boundingBox(),
      await block(mine, 'Opening of the Congress').boundingBox(),
    ];
    expect(Math.abs(a!.x - b!.x)).toBeGreaterThan(a!.width / 2);
    await inOrder(mine);
  }, 60_000);

  it('leads from the conflict to its block', async () => {
    await mine.locator('[data-conflicts] a').first().click();
    const focused = await mine.evaluate("document.activeElement.closest('[data-block]')?.textContent ?? ''");
    expect(focused).toMatch(/A talk that waits|Opening of the Congress/);
  }, 60_000);

  it('opens Move… by Enter, comes back and tells it', async () => {
    await block(mine, 'A talk that waits').locator('.block-link').focus();
    await Promise.all([mine.waitForNavigation(), mine.keyboard.press('Enter')]);
    await inOrder(mine);
    await mine.fill('[name=time]', '17:30');
    await Promise.all([mine.waitForNavigation(), mine.click('form[action$="/move"] button')]);
    expect(mine.url()).toContain(`/board?day=${day}`);
    await mine.getByText('A talk that waits moved to 17:30, Great Hall. No conflicts.').waitFor();
    await mine.waitForSelector('[data-board][data-ready][data-connected]');
  }, 60_000);

  it('undoes and redoes', async () => {
    await answered(mine, () => mine.click('[data-turn=undo] button'));
    await status(mine)
      .getByText(/A talk that waits is back: 10:00, Great Hall/)
      .waitFor();
    expect(await clock(mine, 'A talk that waits')).toBe('10:00–11:00');
    await answered(mine, () => mine.click('[data-turn=redo] button'));
    await status(mine)
      .getByText(/moved to 17:30, Great Hall/)
      .waitFor();
    expect(await clock(mine, 'A talk that waits')).toBe('17:30–18:30');
  }, 60_000);

  it('moves by keyboard: time, room, length, and several together', async () => {
    const link = block(mine, 'A talk that waits').locator('.block-link');
    await link.focus();
    await answered(mine, () => mine.keyboard.press('Alt+ArrowDown'));
    await status(mine)
      .getByText(/moved to 17:35, Great Hall/)
      .waitFor();
    await answered(mine, () => mine.keyboard.press('Alt+ArrowRight'));
    await status(mine)
      .getByText(/moved to 17:35, Conference Hall/)
      .waitFor();
    await answered(mine, () => mine.keyboard.press('Alt+Shift+ArrowUp'));
    await status(mine)
      .getByText(/now lasts 55 minutes/)
      .waitFor();
    expect(await clock(mine, 'A talk that waits')).toBe('17:35–18:30');
    await mine.keyboard.press('Space');
    await block(mine, 'Manuscripts and early').locator('.block-link').focus();
    await mine.keyboard.press('Space');
    await answered(mine, () => mine.keyboard.press('Alt+ArrowUp'));
    await status(mine)
      .getByText(/2 sessions moved/)
      .waitFor();
    expect([await clock(mine, 'A talk that waits'), await clock(mine, 'Manuscripts and early')]).toEqual([
      '17:30–18:25',
      '14:25–15:55',
    ]);
    await mine.keyboard.press('Escape');
    await answered(mine, () => mine.keyboard.press('Control+z'));
    await status(mine)
      .getByText(/2 sessions put back/)
      .waitFor();
    expect(await clock(mine, 'Manuscripts and early')).toBe('14:30–16:00');
  }, 60_000);

  it('is changed in length by its lower edge', async () => {
    const one = block(mine, 'A talk that waits');
    await one.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await one.hover();
    const box = (await one.boundingBox())!;
    await mine.mouse.move(box.x + 20, box.y + box.height - 3);
    await mine.mouse.down();
    await mine.mouse.move(box.x + 20, box.y + box.height + 10, { steps: 3 });
    await mine.mouse.move(box.x + 20, box.y + box.height - 3 - 19, { steps: 3 });
    await answered(mine, () => mine.mouse.up());
    await status(mine)
      .getByText(/now lasts 40 minutes/)
      .waitFor();
    expect(await clock(mine, 'A talk that waits')).toBe('17:35–18:15');
  }, 60_000);

  it('shows others a move within a second, with the name of who made it', async () => {
    await openBoard(theirs);
    expect(await clock(theirs, 'A talk that waits')).toBe('17:35–18:15');
    await block(mine, 'A talk that waits').locator('.block-link').focus();
    await answered(mine, () => mine.keyboard.press('Alt+ArrowUp'));
    await theirs
      .locator('[data-block]', { hasText: 'A talk that waits' })
      .locator('[data-clock]', { hasText: '17:30–18:10' })
      .waitFor({ timeout: 10_000 });
    await status(theirs)
      .getByText(/: A talk that waits moved to 17:30, Conference Hall\./)
      .waitFor();
  }, 60_000);

  it('refuses a stale move with name, time and place; mine may be made again', async () => {
    // Theirs does not hear of it: the stream is cut, as on a train.
    await theirs.route('**/board/events', (route) => route.abort());
    await theirs.route('**/api/v1/**/board', (route) => route.abort());
    await theirs.goto(`${board}?day=${day}`);
    await theirs.waitForSelector('[data-board][data-ready]');
    await block(mine, 'A talk that waits').locator('.block-link').focus();
    await answered(mine, () => mine.keyboard.press('Alt+ArrowUp'));
    await block(theirs, 'A talk that waits').locator('.block-link').focus();
    await answered(theirs, () => theirs.keyboard.press('Alt+ArrowDown'));
    const dialog = theirs.locator('[data-stale-dialog]');
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(
      /changed “A talk that waits” at \d\d:\d\d\. It is now: .*17:25, Conference Hall/,
    );
    expect(await clock(theirs, 'A talk that waits')).toBe('17:25–18:05');
    await answered(theirs, () => theirs.click('[data-apply-mine]'));
    await status(theirs)
      .getByText(/moved to 17:35, Conference Hall/)
      .waitFor();
    await mine.locator('[data-clock]', { hasText: '17:35–18:15' }).waitFor({ timeout: 10_000 });
    await answered(mine, () => mine.click('[data-turn=undo] button'));
    await status(mine)
      .getByText(/cannot be turned back: .* has changed “A talk that waits” since/)
      .waitFor();
  }, 60_000);

  it('brings what others wrote, too: a title', async () => {
    await openBoard(mine);
    const href = (await block(mine, 'A talk that waits').locator('.block-link').getAttribute('href'))!;
    await theirs.goto(demo.origin + href.replace(/\/move.*/, ''));
    await theirs.fill('[name="title.en"]', 'A talk with another name');
    await Promise.all([
      theirs.waitForNavigation(),
      theirs.locator('form.form').first().locator('button').first().click(),
    ]);
    await block(mine, 'A talk with another name').waitFor({ timeout: 10_000 });
    expect(await mine.locator('[data-block]', { hasText: 'A talk that waits' }).count()).toBe(0);
  }, 60_000);

  it('is published, and visitors see it', async () => {
    await mine.goto(`${demo.origin}/org/c/${demo.congress}/publish`);
    await inOrder(mine);
    expect(await mine.locator('main').innerText()).toContain('A talk with another name');
    await mine.fill('[name="name.en"]', 'Second programme');
    await Promise.all([mine.waitForNavigation(), mine.click('form[action$="/publish"] button')]);
    expect(mine.url()).toMatch(/\/releases\/\d+$/);
    await until('the public page to show it', async () => {
      const page = await fetch(`${demo.origin}/en/c/${demo.congress}/programme?day=${day}`);
      return (await page.text()).includes('A talk with another name');
    });
  }, 60_000);

  it('shows a day shifted before it is, and is in order on a phone and without a script', async () => {
    await mine.goto(`${board}/shift?day=${day}&from=16:00&minutes=15`);
    await inOrder(mine);
    expect(await mine.locator('#preview').innerText()).toMatch(/sessions would change/);
    const visitor = await organizer(await phone(browser), STAFF.email);
    await visitor.goto(`${board}?day=${day}`);
    await visitor.waitForSelector('[data-board][data-ready]');
    await inOrder(visitor);
    const bare = await organizer(await desktop(browser, { javaScriptEnabled: false }), STAFF.email);
    await bare.goto(`${board}?day=${day}`);
    await bare.locator('.block-link', { hasText: 'A talk with another name' }).click();
    await bare.fill('[name=time]', '09:00');
    await bare.click('form[action$="/move"] button');
    expect(await bare.locator('[role=status]').first().innerText()).toContain(
      'A talk with another name moved to 09:00',
    );
    expect(bare.url()).toContain('/board?day=');
  }, 60_000);

  it('meets no message of the content policy, no script error, no foreign host', () => {
    expect(watched.flat().filter((line) => !line.includes('net::ERR_FAILED'))).toEqual([]);
  }, 60_000);
});
