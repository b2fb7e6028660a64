import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { BoardPage } from '../support/board-page.js';
import {
  desktop,
  launchBrowser,
  phone,
  scrollsSideways,
  seriousFindings,
  watchComplaints,
} from '../support/browser.js';
import { until } from '../support/server-process.js';
import { STAFF, startDemo, type DemoServer } from '../support/demo-server.js';

let demo: DemoServer;
let browser: Browser;
let board: BoardPage;
let page: Page;
let proposal: string;
const watched: string[][] = [];

beforeAll(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  const context = await desktop(browser);
  watched.push(watchComplaints(context, demo.origin));
  board = await BoardPage.of(context, demo, STAFF.email);
  page = board.page;
  proposal = `${board.conference}/proposal`;
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

async function inOrder(of: Page = page): Promise<void> {
  expect([of.url(), await seriousFindings(of)]).toEqual([of.url(), []]);
  expect([of.url(), await scrollsSideways(of)]).toEqual([of.url(), false]);
}

const press = (what: string, of: Page = page) => Promise.all([of.waitForNavigation(), of.click(what)]);
const traySize = async () => Number(await page.locator('[data-tray-count]').innerText());

describe('a proposal', () => {
  it('is asked for from the board, and can be watched while it is searched for', async () => {
    await board.open();
    expect(await traySize()).toBe(4);
    await press('.board-steps a[href$="/proposal"]');
    await page.getByText('4 sessions wait for a time.').waitFor();
    await inOrder();
    await page.selectOption('[name=seconds]', '5');
    await press('form[action$="/proposal"] button');
    await page.locator('#run').waitFor();
    await inOrder();
    // The bar grows without anybody reloading the page, and then the plan stands there.
    const share = async () => Number(await page.evaluate("document.querySelector('.run-bar')?.value ?? 1"));
    await until('the bar grows', async () => (await share()) > 0);
    await page.locator('#plan-title').waitFor({ timeout: 30_000 });
    expect(await page.locator('.plan-table tbody tr').count()).toBe(4);
    await inOrder();
  }, 90_000);

  it('is taken over by two of its moves, which the board shows and undoes together', async () => {
    const rows = page.locator('.plan-table tbody tr');
    const titles = await rows.locator('th label').allInnerTexts();
    for (const nth of [0, 1]) await rows.nth(nth).locator('input').check();
    await press('form[action$="/acceptance"] .button-quiet');
    await page.getByText('2 sessions moved.').waitFor();
    expect(await page.getByText('taken over', { exact: true }).count()).toBe(2);
    await inOrder();
    await board.open('?days=3');
    expect(await traySize()).toBe(2);
    for (const title of titles.slice(0, 2)) expect(await board.place(title)).not.toContain('tray');
    await board.answered(() => page.click('[data-turn=undo] button'));
    expect(await traySize()).toBe(4);
    // What was undone can be taken over once more.
    await page.goto(proposal);
    expect(await page.locator('.plan-table tbody input').count()).toBe(4);
  }, 60_000);

  it('keeps what is ticked when it would bring a conflict, and asks again', async () => {
    const row = page.locator('.plan-table tbody tr').first();
    const title = await row.locator('th label').innerText();
    const [, clock, room] = (await row.locator('td').last().innerText()).split(', ') as [string, string, string];
    const day = await page.evaluate(
      `fetch(${JSON.stringify(`/api/v1/conferences/${demo.congress}/proposal`)})
        .then((answer) => answer.json())
        .then(({ plans }) => plans[0].moves.map(({ to }) => to.startsAt).sort()[0].slice(0, 10))`,
    );
    await page.goto(`${board.conference}/sessions/new`);
    await page.fill('[name="title.en"]', 'In the way');
    await page.fill('[name=day]', String(day));
    await page.fill('[name=time]', clock);
    await page.fill('[name=minutes]', '30');
    const choice = await page.locator('[name=roomId] option', { hasText: room }).getAttribute('value');
    await page.selectOption('[name=roomId]', choice!);
    await press('form[action$="/sessions"] button');
    await page.goto(proposal);
    await page.getByText('it is better to search again').waitFor();
    await page.locator('.plan-table tbody tr', { hasText: title }).locator('input').check();
    await press('form[action$="/acceptance"] .button-quiet');
    expect(await page.title()).toContain('Error');
    await page.getByText('Take over although there are conflicts').waitFor();
    expect(await page.locator('.plan-table tbody tr', { hasText: title }).locator('input').isChecked()).toBe(true);
    await inOrder();
    await page.check('#field-anyway');
    await press('form[action$="/acceptance"] .button-quiet');
    await page.getByText(`${title} moved to`).waitFor();
    await board.open('?days=3');
    await board.answered(() => page.click('[data-turn=undo] button'));
  }, 60_000);

  it('works on a phone without a script: three plans of a repair, the search stopped early', async () => {
    const context = await phone(browser, { javaScript: false });
    watched.push(watchComplaints(context, demo.origin));
    const { page: small } = await BoardPage.of(context, demo, STAFF.email);
    await small.goto(proposal);
    await small.click('details.ask > summary');
    await small.check('[name=aim][value=repair]');
    await small.selectOption('[name=seconds]', '60');
    await press('details.ask form .button', small);
    await press('form[action$="/cancellation"] button', small);
    while ((await small.locator('#plan-title').count()) === 0) await press('a:has-text("Refresh this page")', small);
    await small.getByText('The search was stopped early.').waitFor();
    expect(await small.locator('.plan-card').count()).toBeLessThanOrEqual(3);
    await press('form[action$="/removal"] button', small);
    await small.getByText('The proposal is gone.').waitFor();
  }, 90_000);

  it('causes no complaint of the content policy, no script error, and asks no other host', () => {
    expect(watched.flat()).toEqual([]);
  });
});
