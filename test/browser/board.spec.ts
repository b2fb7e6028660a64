import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
import { STAFF, startDemo, type DemoServer } from '../support/demo-server.js';
import { until } from '../support/server-process.js';

let demo: DemoServer;
let browser: Browser;
let me: BoardPage;
let them: BoardPage;
let mine: Page;
let theirs: Page;
let board: string;
let day: string;
const watched: string[][] = [];

beforeAll(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  me = await organizer(await desktop(browser), STAFF.email);
  them = await organizer(await desktop(browser), 'organizer@example.org');
  [mine, theirs] = [me.page, them.page];
  board = `${me.conference}/board`;
  await mine.goto(board);
  day = (await mine.locator('[data-day]').first().getAttribute('data-day'))!;
  await me.add('A talk that waits', 60);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

function organizer(context: BrowserContext, email: string): Promise<BoardPage> {
  watched.push(watchComplaints(context, demo.origin));
  return BoardPage.of(context, demo, email);
}

const clock = (of: BoardPage, title: string): Promise<string> => of.block(title).locator('[data-clock]').innerText();

async function inOrder(page: Page): Promise<void> {
  expect([page.url(), await seriousFindings(page)]).toEqual([page.url(), []]);
  expect([page.url(), await scrollsSideways(page)]).toEqual([page.url(), false]);
}

describe('the board (J6)', () => {
  it('takes a talk from the tray by mouse, says where it is and which conflict that makes', async () => {
    await me.open(`?day=${day}`);
    await inOrder(mine);
    const waiting = Number(await mine.locator('[data-tray-count]').innerText());
    // The demonstration has warnings of its own: sessions that still need interpreters.
    const before = Number(await mine.locator('[data-conflict-count]').innerText());
    await me.take('A talk that waits', 'Great Hall', 60);
    await me.answered(() => mine.mouse.up());
    await me.said(/A talk that waits moved to 10:00, Great Hall\. 1 conflict\./);
    expect(await me.place('A talk that waits')).toBe('10:00–11:00, Great Hall');
    expect(Number(await mine.locator('[data-tray-count]').innerText())).toBe(waiting - 1);
    expect(Number(await mine.locator('[data-conflict-count]').innerText())).toBe(before + 1);
    // Two in one room stand beside each other.
    const [a, b] = [
      await me.block('A talk that waits').boundingBox(),
      await me.block('Opening of the Congress').boundingBox(),
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
    await me.link('A talk that waits').focus();
    await Promise.all([mine.waitForNavigation(), mine.keyboard.press('Enter')]);
    await inOrder(mine);
    await mine.fill('[name=time]', '17:30');
    await Promise.all([mine.waitForNavigation(), mine.click('form[action$="/move"] button')]);
    expect(mine.url()).toContain(`/board?day=${day}`);
    await mine.getByText('A talk that waits moved to 17:30, Great Hall. No conflicts.').waitFor();
    await mine.waitForSelector('[data-board][data-ready][data-connected]');
  }, 60_000);

  it('undoes and redoes', async () => {
    await me.answered(() => mine.click('[data-turn=undo] button'));
    await me.said(/A talk that waits is back: 10:00, Great Hall/);
    expect(await clock(me, 'A talk that waits')).toBe('10:00–11:00');
    await me.answered(() => mine.click('[data-turn=redo] button'));
    await me.said(/moved to 17:30, Great Hall/);
    expect(await clock(me, 'A talk that waits')).toBe('17:30–18:30');
  }, 60_000);

  it('moves by keyboard: time, room, length, and several together', async () => {
    const link = me.link('A talk that waits');
    await link.focus();
    await me.answered(() => mine.keyboard.press('Alt+ArrowDown'));
    await me.said(/moved to 17:35, Great Hall/);
    await me.answered(() => mine.keyboard.press('Alt+ArrowRight'));
    await me.said(/moved to 17:35, Conference Hall/);
    await me.answered(() => mine.keyboard.press('Alt+Shift+ArrowUp'));
    await me.said(/now lasts 55 minutes/);
    expect(await clock(me, 'A talk that waits')).toBe('17:35–18:30');
    await mine.keyboard.press('Space');
    await me.link('Manuscripts and early').focus();
    await mine.keyboard.press('Space');
    await me.answered(() => mine.keyboard.press('Alt+ArrowUp'));
    await me.said(/2 sessions moved/);
    expect([await clock(me, 'A talk that waits'), await clock(me, 'Manuscripts and early')]).toEqual([
      '17:30–18:25',
      '14:25–15:55',
    ]);
    await mine.keyboard.press('Escape');
    await me.answered(() => mine.keyboard.press('Control+z'));
    await me.said(/2 sessions put back/);
    expect(await clock(me, 'Manuscripts and early')).toBe('14:30–16:00');
  }, 60_000);

  it('is changed in length by its lower edge', async () => {
    const one = me.block('A talk that waits');
    await one.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await one.hover();
    const box = (await one.boundingBox())!;
    await mine.mouse.move(box.x + 20, box.y + box.height - 3);
    await mine.mouse.down();
    await mine.mouse.move(box.x + 20, box.y + box.height + 10, { steps: 3 });
    await mine.mouse.move(box.x + 20, box.y + box.height - 3 - 19, { steps: 3 });
    await me.answered(() => mine.mouse.up());
    await me.said(/now lasts 40 minutes/);
    expect(await clock(me, 'A talk that waits')).toBe('17:35–18:15');
  }, 60_000);

  it('shows others a move within a second, with the name of who made it', async () => {
    await them.open(`?day=${day}`);
    expect(await clock(them, 'A talk that waits')).toBe('17:35–18:15');
    await me.link('A talk that waits').focus();
    await me.answered(() => mine.keyboard.press('Alt+ArrowUp'));
    await theirs
      .locator('[data-block]', { hasText: 'A talk that waits' })
      .locator('[data-clock]', { hasText: '17:30–18:10' })
      .waitFor({ timeout: 10_000 });
    await them.said(/: A talk that waits moved to 17:30, Conference Hall\./);
  }, 60_000);

  it('refuses a stale move with name, time and place; mine may be made again', async () => {
    // Theirs does not hear of it: the stream is cut, as on a train.
    await theirs.route('**/board/events', (route) => route.abort());
    await theirs.route('**/api/v1/**/board', (route) => route.abort());
    await theirs.goto(`${board}?day=${day}`);
    await theirs.waitForSelector('[data-board][data-ready]');
    await me.link('A talk that waits').focus();
    await me.answered(() => mine.keyboard.press('Alt+ArrowUp'));
    await them.link('A talk that waits').focus();
    await them.answered(() => theirs.keyboard.press('Alt+ArrowDown'));
    const dialog = theirs.locator('[data-stale-dialog]');
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(
      /changed “A talk that waits” at \d\d:\d\d\. It is now: .*17:25, Conference Hall/,
    );
    expect(await clock(them, 'A talk that waits')).toBe('17:25–18:05');
    await them.answered(() => theirs.click('[data-apply-mine]'));
    await them.said(/moved to 17:35, Conference Hall/);
    await mine.locator('[data-clock]', { hasText: '17:35–18:15' }).waitFor({ timeout: 10_000 });
    await me.answered(() => mine.click('[data-turn=undo] button'));
    await me.said(/cannot be turned back: .* has changed “A talk that waits” since/);
  }, 60_000);

  it('brings what others wrote, too: a title', async () => {
    await me.open(`?day=${day}`);
    const href = (await me.link('A talk that waits').getAttribute('href'))!;
    await theirs.goto(demo.origin + href.replace(/\/move.*/, ''));
    await theirs.fill('[name="title.en"]', 'A talk with another name');
    await Promise.all([
      theirs.waitForNavigation(),
      theirs.locator('form.form').first().locator('button').first().click(),
    ]);
    await me.block('A talk with another name').waitFor({ timeout: 10_000 });
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
    const { page: visitor } = await organizer(await phone(browser), STAFF.email);
    await visitor.goto(`${board}?day=${day}`);
    await visitor.waitForSelector('[data-board][data-ready]');
    await inOrder(visitor);
    const { page: bare } = await organizer(await desktop(browser, { javaScriptEnabled: false }), STAFF.email);
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
