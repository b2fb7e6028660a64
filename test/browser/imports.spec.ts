import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { NEW_LINES, participantsList } from '../support/participants-list.js';

let demo: DemoServer;
let browser: Browser;
let context: BrowserContext;
let complaints: string[];
let page: Page;
let folder: string;
let conference: string;

const DAY = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skaryna-files-'));
  demo = await startDemo();
  browser = await launchBrowser();
  context = await desktop(browser);
  complaints = watchComplaints(context, demo.origin);
  page = await context.newPage();
  await page.goto(`${demo.origin}/staff/sign-in`);
  await page.fill('[name=email]', STAFF.email);
  await page.fill('[name=password]', STAFF.password);
  await press('form[action="/staff/sign-in"] button');
  await open('/org/conferences/new');
  for (const locale of ['be', 'en']) await page.fill(`[name="title.${locale}"]`, 'Days of the imported table');
  await page.fill('[name=slug]', 'imported-table');
  for (const field of ['startsOn', 'endsOn']) await page.fill(`[name=${field}]`, DAY);
  await page.fill('[name=numberPrefix]', 'IT');
  await press('form[action="/org/conferences"] button');
  conference = '/org/c/imported-table';
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function inOrder(what: Page = page): Promise<void> {
  expect([what.url(), await seriousFindings(what)]).toEqual([what.url(), []]);
  expect([what.url(), await scrollsSideways(what)]).toEqual([what.url(), false]);
}

async function open(path: string): Promise<void> {
  const answer = await page.goto(path.startsWith('http') ? path : demo.origin + path);
  expect([path, answer!.status()]).toEqual([path, 200]);
}

async function press(button: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.locator(button).first().click()]);
}

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const figures = async (): Promise<Record<string, string>> => {
  const facts = await page.locator('dl.facts').first().locator('dt, dd').allInnerTexts();
  return Object.fromEntries(facts.flatMap((text, at) => (at % 2 === 0 ? [[text, facts[at + 1]!] as const] : [])));
};

describe('a programme out of a table', () => {
  it('is refused with its line where it is broken; what was chosen stays', async () => {
    await open(`${conference}/import`);
    await inOrder();
    await page.check('[name=locale][value=be]');
    await page.setInputFiles('[name=file]', file('broken.csv', 'Wort;Wann\n"never ends;10:00\n'));
    await press('form[enctype] button');
    expect([await page.title(), await page.isChecked('[name=locale][value=be]')]).toEqual([
      expect.stringMatching(/^Error: /),
      true,
    ]);
    expect(await page.locator('#field-file-error').innerText()).toContain('line 2: The table is broken here');
    expect(await page.evaluate('document.activeElement.className')).toContain('error-summary');
    await inOrder();
  });

  it('is previewed, its columns and rooms are chosen, it is taken over, and comes again without a difference', async () => {
    await open(`${conference}/import`);
    const table = `Programm\nWort;Wann;Dauer;Wo;Wer\nHow to read a map;${DAY} 10:00;45;Map Room;Awa Ndiaye\nHow to fold one;${DAY} 11:00;30;Map Room;\nWrong;tomorrow;30;;\n`;
    await page.setInputFiles('[name=file]', file('programme.csv', table));
    await press('form[enctype] button');
    expect(await page.locator('main').innerText()).toContain('Choose which row holds the headings');
    await page.selectOption('[name=header]', '2');
    await press('form[action$="/choices"] button');
    for (const [field, column] of Object.entries({ title: 0, start: 1, duration: 2, room: 3, people: 4 }))
      await page.selectOption(`[name="column.${field}"]`, String(column));
    await press('form[action$="/choices"] button');
    expect(await figures()).toMatchObject({ New: '2', 'With errors': '1', 'New people': '1' });
    expect(await page.locator('tr', { hasText: 'cell B5' }).innerText()).toContain('“tomorrow”');
    await inOrder();
    await page.getByLabel('Map Room').selectOption({ label: 'make a new one' });
    await press('form[action$="/choices"] button');
    await press('form[action$="/commit"] button');
    expect(await page.locator('main').innerText()).toContain('Imported.');
    await inOrder();
    await open(`${conference}/sessions`);
    expect(await page.locator('main').innerText()).toContain('How to read a map');

    await open(`${conference}/import`);
    await page.setInputFiles('[name=file]', file('programme.csv', table));
    await press('form[enctype] button');
    // The columns are remembered.
    expect(await figures()).toMatchObject({ New: '0', Changed: '0', Unchanged: '2', 'With errors': '1' });
  });

  it('is undone, and what somebody has edited since stays and is named', async () => {
    await open(`${conference}/sessions`);
    await press('a:has-text("How to fold one")');
    await page.locator('details:has([name=capacity]) > summary').first().click();
    await page.fill('[name=capacity]', '12');
    await press('form[action*="/sessions/"]:has([name=capacity]) button');
    await open(`${conference}/import`);
    await press('table a:has-text("programme.csv")');
    await press('form[action$="/undo"] button');
    expect(await figures()).toEqual({ 'Sessions removed': '1', 'Sessions put back': '0', 'People removed': '1' });
    expect(await page.locator('.import-list').innerText()).toBe('How to fold one');
    await inOrder();
  });
});

describe('J9: the old Excel', () => {
  it('goes in: decided, corrected, taken over without consents, and undone', async () => {
    const { bytes, rowOf } = await participantsList();
    await open(`${conference}/registrations`);
    await press('a[href$="/registrations/imports"]');
    await inOrder();
    await page.setInputFiles('[name=file]', file('Спіс удзельнікаў.xlsx', bytes));
    await press('form[enctype] button');
    expect(await page.locator('h1').innerText()).toBe('Спіс удзельнікаў.xlsx');
    const before = await figures();
    expect(Number(before['New registrations'])).toBeGreaterThan(30);
    await inOrder();

    // Whoever of the demonstration has a name of the list is somebody else.
    const others = page.locator('form:has([value=people]) input[value=new]');
    const doubts = await others.count();
    for (let nth = 0; nth < doubts; nth++) await others.nth(nth).check();
    await press('form:has([value=people]) button');
    expect(await figures()).toMatchObject({ 'To be decided': '0' });
    const wrong = page.locator(`[name="fix.E${rowOf('Памылка Б. Б.')}"]`);
    expect(await wrong.inputValue()).toBe('Атлантыда');
    await wrong.fill('Беларусь');
    await page.getByLabel('Leave row 57 out').check();
    await press('form:has([value=errors]) button');
    expect(await figures()).toMatchObject({ 'With errors': '2', 'Left out': '1' });
    await inOrder();
    await press('form[action$="/commit"] button');
    await inOrder();
    const report = page.url();

    await open(`${conference}/registrations`);
    expect(await page.locator('tbody tr', { hasText: 'no consent' }).count()).toBeGreaterThan(40);
    await inOrder();
    await open(report);
    await press('form[action$="/undo"] button');
    expect(await figures()).toMatchObject({ 'Registrations removed': String(NEW_LINES.length + 6 + 1) });
    await inOrder();
  });

  it('is looked at on a phone, in every language, also without script', async () => {
    const { bytes } = await participantsList();
    const small = await phone(browser, { storageState: await context.storageState() });
    const seen = watchComplaints(small, demo.origin);
    const reader = await small.newPage();
    await reader.goto(`${demo.origin}${conference}/registrations/imports`);
    await inOrder(reader);
    await reader.setInputFiles('[name=file]', file('list.xlsx', bytes));
    await Promise.all([reader.waitForNavigation(), reader.locator('form[enctype] button').click()]);
    await inOrder(reader);
    const preview = reader.url();
    const plain = await phone(browser, { javaScript: false, storageState: await small.storageState() });
    const still = await plain.newPage();
    await still.goto(preview);
    expect(await still.locator('form[action$="/commit"] button').count()).toBe(1);
    expect(seen).toEqual([]);
    await small.close();
    await plain.close();
  });

  it('complained about nothing', () => {
    expect(complaints).toEqual([]);
  });
});
