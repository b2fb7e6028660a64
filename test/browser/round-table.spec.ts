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
import { linkIn, STAFF, startDemo, type DemoServer } from '../support/demo-server.js';
import { until } from '../support/server-process.js';

interface Guest {
  context: BrowserContext;
  page: Page;
  complaints: string[];
}

let demo: DemoServer;
let browser: Browser;
let staff: Guest;
let moderator: Guest;
let panelist: Guest;
/** Address of the round table on a phone, and on the desk of its organizer. */
let table: string;
let desk: string;

beforeAll(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  staff = await opened(await desktop(browser));
  await staff.page.goto(`${demo.origin}/staff/sign-in`);
  await staff.page.fill('[name=email]', STAFF.email);
  await staff.page.fill('[name=password]', STAFF.password);
  await press(staff, 'form[action="/staff/sign-in"] button');
  const { id, code } = await roundTable();
  table = `${demo.origin}/en/c/${demo.congress}/s/${code}/table`;
  desk = `${demo.origin}/org/c/${demo.congress}/roundtable/${id}`;
  moderator = await atTable('Žemaitytė', { javaScript: false });
  panelist = await atTable('Пятрэнка');
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

async function opened(context: BrowserContext): Promise<Guest> {
  return { context, complaints: watchComplaints(context, demo.origin), page: await context.newPage() };
}

/** The round table of the coming congress, as the API names it. */
async function roundTable(): Promise<{ id: string; code: string }> {
  const answer = await staff.context.request.get(
    `${demo.origin}/api/v1/conferences/${demo.congress}/sessions?limit=200`,
  );
  const { items } = (await answer.json()) as { items: { id: string; code: string; kind: string }[] };
  return items.find(({ kind }) => kind === 'round_table')!;
}

/** Somebody of the panel, signed in on their phone by the link of a mail. */
async function atTable(family: string, options: { javaScript?: boolean } = {}): Promise<Guest> {
  await staff.page.goto(`${demo.origin}/org/people?q=${encodeURIComponent(family)}`);
  await staff.page.locator('main tbody a').first().click();
  const email = /[\w.]+@delegates\.example\.org/.exec(await staff.page.locator('main').innerText())![0];
  const guest = await opened(await phone(browser, options));
  await guest.page.goto(`${demo.origin}/en/sign-in`);
  await guest.page.fill('[name=email]', email);
  await press(guest, 'form[action="/en/sign-in"] button');
  let link = '';
  await until('the mail with the link', async () => {
    const mail = (await demo.mails(email)).findLast(({ text }) => /\/en\/link\//.test(text ?? ''));
    link = mail ? linkIn(mail, '/en/link/') : '';
    return link !== '';
  });
  await guest.page.goto(link);
  await press(guest, 'main form button');
  return guest;
}

async function inOrder({ page }: Guest): Promise<void> {
  expect([page.url(), await scrollsSideways(page)]).toEqual([page.url(), false]);
  // What axe looks at runs in the page, so only where scripts do.
  const scripted = await page.evaluate('typeof document.documentElement').then(
    () => true,
    () => false,
  );
  if (scripted) expect([page.url(), await seriousFindings(page)]).toEqual([page.url(), []]);
}

async function press(guest: Guest, button: string): Promise<void> {
  await Promise.all([guest.page.waitForNavigation(), guest.page.locator(button).first().click()]);
}

async function go(guest: Guest, path: string): Promise<void> {
  const answer = await guest.page.goto(path);
  expect([path, answer!.status()]).toEqual([path, 200]);
  if (guest !== moderator) await inOrder(guest);
}

const textOf = ({ page }: Guest): Promise<string> => page.locator('main').innerText();

describe('J13: a round table on phones', () => {
  it('opens for those who sit at it, with what is to do, in every language', async () => {
    for (const locale of ['be', 'ru', 'en']) await go(panelist, table.replace('/en/c/', `/${locale}/c/`));
    expect(await textOf(panelist)).toContain('Documentary heritage without borders');
    for (const page of ['thesis', 'floor', 'resolution']) await go(panelist, `${table}/${page}`);
    await go(staff, desk);
    const stranger = await opened(await phone(browser));
    await stranger.page.goto(table);
    expect(stranger.page.url()).toContain('/en/sign-in');
    expect(stranger.complaints).toEqual([]);
    await stranger.context.close();
  });

  it('leads the floor: asked for by touch, given by the moderator without script, seen by the others and in the hall', async () => {
    await go(panelist, `${table}/floor`);
    await press(panelist, 'form[action$="/floor/ask"] button');
    expect(await textOf(panelist)).toContain('(you)');
    const hall = await opened(await desktop(browser, { storageState: await staff.context.storageState() }));
    await go(hall, `${desk}/screen`);
    expect(await textOf(hall)).toContain('Nobody is speaking');

    await moderator.page.goto(`${table}/floor`);
    await moderator.page.locator('summary', { hasText: 'No speaking time' }).click();
    await moderator.page.fill('[name=minutes]', 'five');
    await press(moderator, 'form[action$="/floor/limit"] button');
    expect([await moderator.page.title(), await moderator.page.inputValue('[name=minutes]')]).toEqual([
      expect.stringMatching(/^Error: /),
      'five',
    ]);
    await moderator.page.fill('[name=minutes]', '5');
    await press(moderator, 'form[action$="/floor/limit"] button');
    await press(moderator, 'form[action$="/floor/give"] button');
    expect(await textOf(moderator)).toMatch(/Пятрэнка since .*, until /);

    // Both pages follow by themselves.
    await panelist.page.locator('#floor', { hasText: 'I have finished' }).waitFor({ timeout: 20_000 });
    await hall.page.locator('.screen-speaker', { hasText: 'Пятрэнка' }).waitFor({ timeout: 20_000 });
    await inOrder(panelist);
    await inOrder(hall);
    await press(panelist, 'form[action$="/floor/leave"] button');
    expect(await textOf(panelist)).toContain('Nobody is speaking');
    expect(hall.complaints).toEqual([]);
    await hall.context.close();
  });

  it('comments by paragraph, writes a second version, adopts it and publishes it in its languages', async () => {
    await go(panelist, `${table}/resolution`);
    const first = panelist.page.locator('section.paragraph').first();
    await first.locator('summary').click();
    await first.locator('textarea').fill('Say which countries.');
    await Promise.all([panelist.page.waitForNavigation(), first.locator('button').click()]);
    expect(await textOf(panelist)).toContain('Say which countries.');
    await inOrder(panelist);

    await moderator.page.goto(`${table}/resolution`);
    const text = await moderator.page.inputValue('[name=en]');
    await moderator.page.fill('[name=en]', text.replace('Within a year', 'Within two years'));
    await press(moderator, 'form[action$="/resolution"] button');
    expect(await textOf(moderator)).toContain('Version 2');
    await press(moderator, 'form[action$="/resolution/adopt"] button');
    expect(await textOf(moderator)).toContain('There are open comments: 2.');
    for (const left of [1, 0]) {
      await press(moderator, 'form[action$="/resolution/settle"] button');
      expect(await moderator.page.locator('form[action$="/resolution/settle"]').count()).toBe(left);
    }
    await press(moderator, 'form[action$="/resolution/adopt"] button');
    expect(await textOf(moderator)).toMatch(/Adopted \d/);
    await go(panelist, `${table}/resolution`);
    await press(panelist, 'form[action$="/resolution/sign"] button');
    await inOrder(panelist);

    const visitor = await opened(await phone(browser));
    const adopted = table.replace(/\/table$/, '/resolution');
    await go(visitor, adopted);
    expect(await textOf(visitor)).toContain('Within two years');
    await go(visitor, adopted.replace('/en/c/', '/be/c/'));
    expect(await textOf(visitor)).toContain('Кожная бібліятэка');
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  it('prints a folded plate for each seat, and the order of seats', async () => {
    await go(staff, `${desk}/plates`);
    expect(await staff.page.locator('.plate').count()).toBe(6);
    await staff.page.emulateMedia({ media: 'print' });
    expect(await staff.page.locator('.plates-options').first().isVisible()).toBe(false);
    const boxes = await staff.page.locator('.plate-name').evaluateAll((names) =>
      names.map((name) => {
        const [inner, outer] = [name.getBoundingClientRect(), name.closest('.plate')!.getBoundingClientRect()];
        return inner.left >= outer.left && inner.right <= outer.right;
      }),
    );
    expect(new Set(boxes)).toEqual(new Set([true]));
    const pdf = (await staff.page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(7);
    // A4, landscape.
    expect(pdf).toMatch(/MediaBox \[0 0 84[12](\.\d+)? 59[45](\.\d+)?\]/);
    await staff.page.emulateMedia({ media: 'screen' });
  });

  it('complained about nothing', () => {
    expect([staff.complaints, moderator.complaints, panelist.complaints]).toEqual([[], [], []]);
  });
});
