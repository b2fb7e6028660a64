import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, CDPSession } from 'playwright-core';
import { BoardPage } from '../support/board-page.js';
import {
  desktop,
  launchBrowser,
  phone,
  scrollsSideways,
  seriousFindings,
  watchComplaints,
} from '../support/browser.js';
import { startDemo, type DemoServer } from '../support/demo-server.js';

const TALK = 'A talk that waits';
const OTHER = 'Another that waits';
const SECTION = 'Manuscripts and early';
const PLENARY = 'The library as a cultural';

let demo: DemoServer;
let browser: Browser;
let me: BoardPage;
const watched: string[][] = [];

beforeAll(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  const context = await desktop(browser);
  watched.push(watchComplaints(context, demo.origin));
  me = await BoardPage.of(context, demo);
  await me.add(TALK, 60);
  await me.add(OTHER, 30);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

const part = (name: string) => me.page.locator(`[data-lift-${name}]`);
const shades = (heat: number, room: string) => me.column(room).locator(`.heat-${heat}`);
const lifted = (of = me) => of.page.locator('[data-board]').evaluate((root) => root.getAttribute('data-lifted'));

describe('the heat of the board', () => {
  it('shades every place while a block is dragged, in colour, pattern and words, and says why', async () => {
    await me.open();
    await me.take(SECTION, 'Great Hall', 160);
    await shades(3, 'Great Hall').first().waitFor();
    await part('reasons').getByText('Great Hall: “The library as a cultural phenomenon”, 11:30–13:00').waitFor();
    expect([await part('where').innerText(), await part('verdict').innerText()]).toEqual([
      'Great Hall, 11:40–13:10',
      'Error',
    ]);
    expect(await shades(3, 'Great Hall').first().innerText()).toBe('Error');
    expect(
      await me.page.evaluate<string>("getComputedStyle(document.querySelector('.heat-3')).backgroundImage"),
    ).toContain('gradient');
    expect(await me.page.locator('.heat-legend').innerText()).toMatch(/Free\s+Hint\s+Warning\s+Error/);
    // Starts at 10:00 would overlap the opening, starts before 08:30 would not; the whole morning is one band.
    expect(await me.column('Great Hall').locator('.heat').count()).toBeLessThan(6);
    expect(await seriousFindings(me.page)).toEqual([]);
    await me.page.emulateMedia({ colorScheme: 'dark' });
    await me.page.evaluate('Promise.all(document.getAnimations().map((one) => one.finished))');
    expect(await seriousFindings(me.page)).toEqual([]);
    await me.page.emulateMedia({ colorScheme: null });
  }, 60_000);

  it('is gone, and nothing has moved, when Escape is pressed', async () => {
    await me.page.keyboard.press('Escape');
    await me.page.mouse.up();
    expect([await me.page.locator('.heat').count(), await lifted(), await part('where').isVisible()]).toEqual([
      0,
      null,
      false,
    ]);
    expect(await me.place(SECTION)).toBe('14:30–16:00, Conference Hall');
    // Nor does letting go over the link where it began open the form.
    const address = me.page.url();
    await me.take(SECTION, 'Great Hall', 160);
    const { x, y } = (await me.link(SECTION).boundingBox())!;
    await me.page.mouse.move(x + 20, y + 5, { steps: 3 });
    await me.page.keyboard.press('Escape');
    await me.page.mouse.up();
    await me.page.waitForSelector('[data-board]:not([data-dragged])');
    expect(me.page.url()).toBe(address);
  }, 60_000);

  it('follows a block that is carried by keys, spoken, with points when they are wanted', async () => {
    await me.link(SECTION).focus();
    await me.page.keyboard.press('m');
    await shades(3, 'Great Hall').first().waitFor();
    for (const key of ['ArrowLeft', 'PageUp', 'PageUp', 'PageUp', 'ArrowDown']) await me.page.keyboard.press(key);
    await me.page
      .locator('[data-lift-said]', {
        hasText: 'Great Hall, 11:35–13:05. Error. Great Hall: “The library as a cultural phenomenon”, 11:30–13:00.',
      })
      .waitFor({ state: 'attached' });
    await me.page.locator('[data-heat-points]').check();
    await me.column('Great Hall').locator('.heat', { hasText: 'Error · 10000' }).first().waitFor();
    expect(await seriousFindings(me.page)).toEqual([]);
    await me.page.locator('[data-heat-points]').uncheck();
  }, 60_000);

  it('leads to the next free place, changes the length, and puts the block there', async () => {
    await part('next').click();
    await me.page.locator('[data-lift-verdict]', { hasText: 'Free' }).waitFor();
    const where = await part('where').innerText();
    expect(where).not.toContain('11:35');
    await part('shorter').click();
    const end = (text: string) => Number(text.slice(-5, -3)) * 60 + Number(text.slice(-2));
    expect(end(where) - end(await part('where').innerText())).toBe(5);
    const room = where.split(',')[0]!;
    await me.answered(() => part('drop').click());
    await me.said(/moved to/);
    expect(await me.place(SECTION)).toContain(room);
    const focused = await me.page.evaluate<string>("document.activeElement.closest('[data-block]')?.textContent ?? ''");
    expect(focused).toContain(SECTION);
    await me.answered(() => me.page.keyboard.press('Control+z'));
    await me.said(/is back: 14:30, Conference Hall/);
  }, 60_000);

  it('finds a place for what waits in the tray, also by a letter of another alphabet on the same key', async () => {
    await me.link(OTHER).focus();
    await me.page.evaluate(
      "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ь', code: 'KeyM', bubbles: true }))",
    );
    await me.page.locator('[data-lift-where]', { hasText: '09:00–09:30' }).waitFor();
    await me.answered(() => me.page.keyboard.press('Enter'));
    expect(await me.place(OTHER)).toBe('09:00–09:30, Great Hall');
    await me.page.keyboard.press('m');
    await me.answered(() => me.page.keyboard.press('Delete'));
    expect(await me.place(OTHER)).toBe('30 minutes, tray');
    await me.page.keyboard.press('m');
    await me.answered(() => me.page.keyboard.press('Control+z'));
    expect([await lifted(), await me.place(OTHER)]).toEqual([null, '09:00–09:30, Great Hall']);
    await me.answered(() => me.page.keyboard.press('Control+y'));
    expect(await me.place(OTHER)).toBe('30 minutes, tray');
  }, 60_000);
});

describe('several blocks', () => {
  it('are selected by clicks with Ctrl and Shift, are dragged together, and come back together', async () => {
    await me.link('Shared digital').click({ modifiers: ['Control'] });
    await me.link(SECTION).click({ modifiers: ['Control'] });
    expect(await me.page.locator('[data-select-count]').innerText()).toBe('Selected: 2');
    await me.link('Shared digital').click({ modifiers: ['Control'] });
    await me.link(SECTION).click({ modifiers: ['Control'] });
    expect(await me.page.locator('[data-selection]').isVisible()).toBe(false);
    await me.link(SECTION).click({ modifiers: ['Control'] });
    await me.link('Children and reading').click({ modifiers: ['Shift'] });
    expect(await me.page.locator('[data-select-count]').innerText()).toBe('Selected: 3');
    expect(await seriousFindings(me.page)).toEqual([]);
    await me.block(SECTION).evaluate((one) => one.scrollIntoView({ block: 'center' }));
    const from = await me.block(SECTION).boundingBox();
    await me.page.mouse.move(from!.x + 20, from!.y + 4);
    await me.page.mouse.down();
    await me.page.mouse.move(from!.x + 20, from!.y + 4 + 30 * (await me.scale()), { steps: 6 });
    await me.page.locator('.block-ghost').nth(2).waitFor();
    expect(await part('title').innerText()).toContain('+ 2');
    await me.answered(() => me.page.mouse.up());
    await me.said(/3 sessions moved/);
    const places = () =>
      Promise.all([SECTION, 'Shared digital', 'Children and reading'].map((title) => me.place(title)));
    expect(await places()).toEqual(['15:00–16:30, Conference Hall', '15:00–16:30, Room 205', '15:00–16:30, Room 317']);
    await me.answered(() => me.page.click('[data-turn=undo] button'));
    expect(await places()).toEqual(['14:30–16:00, Conference Hall', '14:30–16:00, Room 205', '14:30–16:00, Room 317']);
  }, 60_000);

  it('are selected by Shift and arrows, or the whole day by Ctrl and A', async () => {
    await me.link('Opening of the Congress').focus();
    await me.page.keyboard.press('Shift+ArrowDown');
    expect(await me.page.locator('[data-select-count]').innerText()).toBe('Selected: 2');
    await me.page.keyboard.press('Control+a');
    const all = await me.page.locator('[data-column] [data-block]').count();
    expect(await me.page.locator('[data-select-count]').innerText()).toBe(`Selected: ${all}`);
    await me.page.keyboard.press('Escape');
    expect(await me.page.locator('.is-selected').count()).toBe(0);
  }, 60_000);

  it('two change places, and everything from one on is shifted, from the board', async () => {
    await me.link(SECTION).click({ modifiers: ['Control'] });
    await me.link('Shared digital').click({ modifiers: ['Control'] });
    await Promise.all([me.page.waitForNavigation(), me.page.click('[data-select-swap]')]);
    expect(await me.page.locator('#preview').innerText()).toBe('2 sessions would change');
    await Promise.all([me.page.waitForNavigation(), me.page.click('form[method=post][action$="/swap"] button')]);
    await me.page.waitForSelector('[data-board][data-ready][data-connected]');
    expect(await me.place(SECTION)).toBe('14:30–16:00, Room 205');
    await me.link(SECTION).click({ modifiers: ['Control'] });
    expect(await me.page.locator('[data-select-shift]').innerText()).toBe('Shift everything from 14:30…');
    await Promise.all([me.page.waitForNavigation(), me.page.click('[data-select-shift]')]);
    await me.page.fill('[name=minutes]', '15');
    await Promise.all([me.page.waitForNavigation(), me.page.click('form[method=get] button')]);
    await Promise.all([me.page.waitForNavigation(), me.page.click('form[method=post][action$="/shift"] button')]);
    await me.page.waitForSelector('[data-board][data-ready][data-connected]');
    expect(await me.place(SECTION)).toBe('14:45–16:15, Room 205');
    for (const back of ['14:30–16:00, Room 205', '14:30–16:00, Conference Hall']) {
      await me.answered(() => me.page.click('[data-turn=undo] button'));
      expect(await me.place(SECTION)).toBe(back);
    }
  }, 60_000);

  it('of several days stand below each other, and a conflict leads to the board of its day', async () => {
    await me.open('?days=3');
    expect(await me.page.locator('[data-day]').count()).toBe(3);
    const last = me.page.locator('[data-day]').nth(1).locator('[data-block]').first();
    const title = await last.locator('[data-title]').innerText();
    const start = await last.getAttribute('data-start');
    await me.link(title).focus();
    await me.answered(() => me.page.keyboard.press('Alt+ArrowDown'));
    await me.answered(() => me.page.keyboard.press('Control+z'));
    expect(await me.block(title).getAttribute('data-start')).toBe(start);
    await me.open();
    const link = me.page.locator('[data-conflicts] a', { hasText: 'Documentary heritage without borders' });
    await Promise.all([me.page.waitForNavigation(), link.click()]);
    await me.page.waitForSelector('[data-board][data-ready]');
    expect(
      await me.page.evaluate<string>("document.activeElement.closest('[data-block]')?.textContent ?? ''"),
    ).toContain('Documentary heritage');
  }, 60_000);
});

describe('what waits', () => {
  it('is found by words, and counted', async () => {
    await me.open();
    const count = () => me.page.locator('[data-tray-count]').innerText();
    const all = await count();
    await me.page.fill('[data-tray-words]', 'ANOTHER');
    expect([await count(), await me.block(TALK).isVisible()]).toEqual([`1 / ${all}`, false]);
    await me.page.fill('[data-tray-words]', '');
    expect(await count()).toBe(all);
  }, 60_000);
});

describe('a finger', () => {
  let hand: BoardPage;
  let touch: (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number, y?: number) => Promise<unknown>;

  beforeAll(async () => {
    const context = await phone(browser, { viewport: { width: 390, height: 844 } });
    watched.push(watchComplaints(context, demo.origin));
    hand = await BoardPage.of(context, demo);
    const session: CDPSession = await context.newCDPSession(hand.page);
    touch = (type, x = 0, y = 0) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
    await hand.open();
  }, 60_000);

  const scrolled = () => hand.page.evaluate<number>('scrollY');
  const where = () => hand.page.locator('[data-lift-where]');
  /** In the middle of the screen; where it can be touched. */
  async function at(title: string): Promise<{ x: number; y: number }> {
    await hand.block(title).evaluate((one) => one.scrollIntoView({ block: 'center' }));
    await hand.still();
    const { x, y } = (await hand.block(title).boundingBox())!;
    return { x: x + 80, y: y + 20 };
  }
  async function press(title: string): Promise<{ x: number; y: number }> {
    const point = await at(title);
    await touch('touchStart', point.x, point.y);
    await hand.page.waitForSelector('[data-lifted]');
    return point;
  }

  it('sees one room at a time, without scrolling sideways', async () => {
    expect(await hand.page.locator('[data-room-tab][aria-pressed=true]').innerText()).toBe('Great Hall');
    expect(await hand.page.locator('[data-column]:visible').count()).toBe(1);
    expect([await scrollsSideways(hand.page), await seriousFindings(hand.page)]).toEqual([false, []]);
  }, 60_000);

  it('scrolls when it moves at once', async () => {
    const { x, y } = await at(PLENARY);
    const before = await scrolled();
    await touch('touchStart', x, y);
    for (let step = 1; step <= 10; step++) await touch('touchMove', x, y - step * 12);
    await touch('touchEnd');
    await hand.page.waitForFunction((from) => (globalThis as unknown as { scrollY: number }).scrollY > from, before);
    expect(await lifted(hand)).toBeNull();
  }, 60_000);

  it('drags after a long press, to another time and over a tab into another room', async () => {
    const { x, y } = await press(PLENARY);
    const before = await scrolled();
    const scale = await hand.scale();
    for (let step = 1; step <= 6; step++) await touch('touchMove', x, y + step * 5 * scale);
    await where().getByText('Great Hall, 12:00–13:30').waitFor();
    expect(await scrolled()).toBe(before);
    const tab = (await hand.page.locator('[data-room-tab]', { hasText: 'Conference Hall' }).boundingBox())!;
    await touch('touchMove', tab.x + 20, tab.y + 15);
    await touch('touchMove', x, y + 30 * scale);
    await where()
      .getByText(/^Conference Hall/)
      .waitFor();
    await hand.answered(() => touch('touchEnd'));
    await hand.said(/moved to .*Conference Hall/);
    expect(await hand.place(PLENARY)).toContain('Conference Hall');
    await hand.answered(() => hand.page.locator('[data-turn=undo] button').tap());
    expect(await hand.place(PLENARY)).toBe('11:30–13:00, Great Hall');
  }, 60_000);

  it('scrolls the page on when it holds a block near the edge', async () => {
    await hand.page.locator('[data-room-tab]', { hasText: 'Great Hall' }).tap();
    const { x } = await press(PLENARY);
    const before = await scrolled();
    const dock = (await hand.page.locator('[data-lift]').boundingBox())!;
    await touch('touchMove', x, dock.y - 100);
    await touch('touchMove', x, dock.y - 12);
    await hand.page.waitForFunction(
      (from) => (globalThis as unknown as { scrollY: number }).scrollY > from + 60,
      before,
    );
    await touch('touchMove', x, dock.y - 150);
    await hand.page.keyboard.press('Escape');
    await touch('touchEnd');
    expect(await hand.place(PLENARY)).toBe('11:30–13:00, Great Hall');
  }, 60_000);

  it('takes a block up by a long press alone, and taps choose its place', async () => {
    await press(PLENARY);
    await touch('touchEnd');
    await hand.page.waitForSelector('[data-lifted=carry]');
    await hand.column('Great Hall').evaluate((list) => list.scrollIntoView({ block: 'start' }));
    await hand.page.evaluate('scrollBy(0, -200)');
    await hand.still();
    const { x, y } = await hand.point('Great Hall', 0);
    await hand.page.touchscreen.tap(x, y + 2);
    await where().getByText('Great Hall, 09:00–10:30').waitFor();
    await hand.page.locator('[data-lift-verdict]', { hasText: 'Error' }).waitFor();
    expect([await scrollsSideways(hand.page), await seriousFindings(hand.page)]).toEqual([false, []]);
    await hand.page.locator('[data-lift-cancel]').tap();
    expect([await lifted(hand), await hand.place(PLENARY)]).toEqual([null, '11:30–13:00, Great Hall']);
  }, 60_000);

  it('selects several where that is switched on', async () => {
    await hand.page.locator('[data-select-mode]').tap();
    await at(PLENARY);
    await hand.link(PLENARY).tap();
    await hand.link('Opening of the Congress').tap();
    expect(await hand.page.locator('[data-select-count]').innerText()).toBe('Selected: 2');
    await hand.page.locator('[data-select-carry]').tap();
    expect(await hand.page.locator('[data-lift-title]').innerText()).toContain('+ 1');
    await hand.page.locator('[data-lift-cancel]').tap();
    await hand.page.locator('[data-select-mode]').tap();
    expect(await hand.page.locator('.is-selected').count()).toBe(0);
  }, 60_000);
});

describe('the board', () => {
  it('is drawn larger and smaller, and stays so', async () => {
    await me.open();
    const height = async () => Math.round((await me.block(SECTION).boundingBox())!.height);
    const before = await height();
    await me.page.click('[data-zoom-in]');
    expect(await height()).toBeGreaterThan(before * 1.3);
    await me.page.reload();
    await me.page.waitForSelector('[data-board][data-ready]');
    expect(await height()).toBeGreaterThan(before * 1.3);
    await me.page.click('[data-zoom-out]');
    expect(await height()).toBe(before);
  }, 60_000);

  it('shows how long a room is set up between two that want it otherwise, and when now is', async () => {
    await me.open();
    for (const [title, layout] of [
      ['Opening of the Congress', 'theatre'],
      [PLENARY, 'banquet'],
    ] as const) {
      const href = (await me.link(title).getAttribute('href'))!;
      await me.page.goto(demo.origin + href.replace(/\/move.*/, ''));
      await me.page.locator('details:has([name=layout]) > summary').click();
      await me.page.selectOption('[name=layout]', layout);
      await Promise.all([
        me.page.waitForNavigation(),
        me.page.locator('form.form').first().locator('button').first().click(),
      ]);
      await me.open();
    }
    expect(await me.column('Great Hall').locator('.setup').allInnerTexts()).toEqual(['set-up, 30 min']);
    await me.link(PLENARY).focus();
    await me.answered(() => me.page.keyboard.press('Alt+ArrowUp'));
    expect(await me.column('Great Hall').locator('.setup-short').count()).toBe(1);
    await me.answered(() => me.page.keyboard.press('Control+z'));
    expect(await me.column('Great Hall').locator('.setup-short').count()).toBe(0);
    const from = (await me.page.locator('[data-day]').getAttribute('data-from'))!;
    await me.page.clock.setFixedTime(Date.parse(from) + 90 * 60_000);
    await me.open();
    expect(await me.page.locator('.now').evaluate((line) => line.getAttribute('style'))).toContain('--at: 90');
  }, 60_000);
});

describe('the board elsewhere', () => {
  it('reads from right to left where the language does: the next room is to the left', async () => {
    await me.open();
    await me.page.evaluate("document.documentElement.dir = 'rtl'");
    expect(await scrollsSideways(me.page)).toBe(false);
    await me.link(SECTION).focus();
    await me.answered(() => me.page.keyboard.press('Alt+ArrowLeft'));
    expect(await me.place(SECTION)).toBe('14:30–16:00, Room 205');
    await me.answered(() => me.page.keyboard.press('Control+z'));
    expect(await me.place(SECTION)).toBe('14:30–16:00, Conference Hall');
  }, 60_000);

  it('is a list of rooms on paper', async () => {
    await me.page.emulateMedia({ media: 'print' });
    expect([
      await me.page.locator('.board-side').isVisible(),
      await me.page.locator('[data-tray]').isVisible(),
      await me.page.evaluate<string>("getComputedStyle(document.querySelector('[data-column] .block')).position"),
    ]).toEqual([false, false, 'relative']);
    await me.page.emulateMedia({ media: null });
  }, 60_000);

  it('meets no message of the content policy, no script error, no foreign host', () => {
    expect(watched.flat()).toEqual([]);
  });
});
