import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser, phone, scrollsSideways, seriousFindings, watchComplaints } from '../support/browser.js';
import { codeIn, linkIn, startDemo, type DemoServer } from '../support/demo-server.js';

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

interface Delegate {
  given: string;
  family: string;
  email: string;
}

const NAME = { given: 'فاطمة', family: 'الحارثي' };
const SEND = 'form[action$="/register"] button';
let journeys = 0;

/** Presses the button of a form and waits for the page that follows the redirects. */
async function press(page: Page, button: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.locator(button).first().click()]);
}

/** What every page must be, seen by a reader with a phone. */
async function inOrder(page: Page, javaScript: boolean): Promise<void> {
  if (!javaScript) return;
  expect([page.url(), await seriousFindings(page)]).toEqual([page.url(), []]);
  expect([page.url(), await scrollsSideways(page)]).toEqual([page.url(), false]);
}

async function fillIn(page: Page, { given, family, email }: Delegate): Promise<void> {
  await page.check('[name=form][value=in_person]');
  await page.selectOption('[name=category]', 'listener');
  await page.fill('[name=given]', given);
  await page.fill('[name=family]', family);
  await page.fill('[name=email]', email);
  await page.fill('[name=institution]', 'المكتبة الوطنية');
  await page.fill('[name=position]', 'رئيسة قسم المخطوطات');
  await page.selectOption('[name=country]', 'OM');
  await page.fill('[name=phone]', '+968 (24) 123-456');
}

const words = (page: Page) => page.locator('main').innerText();

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('a delegate with a phone, %s', (_title, javaScript) => {
  let context: BrowserContext;
  let complaints: string[];
  let page: Page;
  const email = `fatima.${++journeys}@delegates.example.org`;

  beforeAll(async () => {
    context = await phone(browser, { javaScript });
    complaints = watchComplaints(context, demo.origin);
    page = await context.newPage();
  });
  afterAll(() => context?.close());

  it('finds the registration from the front door', async () => {
    await page.goto(demo.origin);
    expect(page.url()).toBe(`${demo.origin}/en/`);
    await inOrder(page, javaScript);
    await press(page, `a[href="/en/c/${demo.congress}"]`);
    await inOrder(page, javaScript);
    await press(page, `a[href="/en/c/${demo.congress}/register"]`);
    await inOrder(page, javaScript);
    expect(await page.locator('h1').innerText()).toBe('Registration');
  });

  it('is told what is wrong, beside the fields and on top, and keeps everything typed', async () => {
    await fillIn(page, { ...NAME, email: 'fatima.example.org' });
    await press(page, SEND);
    expect(await page.title()).toMatch(/^Error: /);
    await inOrder(page, javaScript);
    const links = page.locator('[role=alert] a');
    expect(await links.count()).toBe(2);
    for (const link of await links.all()) {
      const target = page.locator((await link.getAttribute('href'))!);
      expect(await target.count()).toBe(1);
      expect(await target.getAttribute('aria-invalid')).toBe('true');
      expect(await target.getAttribute('aria-describedby')).toContain('-error');
    }
    expect(await links.evaluateAll((list) => list.map((one) => one.getAttribute('href')))).toEqual([
      '#field-email',
      '#field-consent',
    ]);
    if (javaScript) expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('alert');
    const kept = {
      given: NAME.given,
      family: NAME.family,
      email: 'fatima.example.org',
      institution: 'المكتبة الوطنية',
      phone: '+968 (24) 123-456',
      category: 'listener',
      country: 'OM',
    };
    for (const [name, value] of Object.entries(kept))
      expect([name, await page.inputValue(`[name=${name}]`)]).toEqual([name, value]);
    expect(await page.isChecked('[name=form][value=in_person]')).toBe(true);
  });

  it('is told of every empty field by its name', async () => {
    const fresh = await context.newPage();
    await fresh.goto(`${demo.origin}/en/c/${demo.congress}/register`);
    await press(fresh, SEND);
    const told = await fresh.locator('[role=alert] a').allInnerTexts();
    expect(told).toHaveLength(9);
    expect(new Set(told).size).toBe(9);
    await inOrder(fresh, javaScript);
    await fresh.close();
  });

  it('registers, and finds the number in the one mail that comes', async () => {
    await page.fill('[name=email]', email);
    await page.check('[name=consent]');
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await press(page, SEND);
    const first = await words(page);
    expect(page.url()).toBe(`${demo.origin}/en/c/${demo.congress}/registered`);
    expect(await page.locator('body').innerText()).toMatch(/f•+@delegates\.example\.org|f•+@/);
    expect(first).not.toMatch(/C\d\d-\d{4}/);
    await inOrder(page, javaScript);

    const [mail] = await demo.mails(email);
    expect(mail!.subject).toMatch(/^Registration received, No C\d*-\d{4}/);
    expect(mail!.text).toContain(`${NAME.given} ${NAME.family}`);
    expect(mail!.html).toContain(NAME.family);
    expect(linkIn(mail!, '/link/')).toContain(demo.origin);
    expect(mail!.attachments.map(({ contentType }) => contentType)).toContain('text/calendar');

    // The finger that taps twice: the same form again, byte for byte.
    const request = await sent;
    const again = await context.request.post(request.url(), {
      data: request.postData()!,
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: demo.origin },
    });
    expect([again.status(), again.url()]).toEqual([200, `${demo.origin}/en/c/${demo.congress}/registered`]);
    expect(await demo.mails(email)).toHaveLength(1);
  });

  it('registers once: a new form with the same address looks the same and brings the link again', async () => {
    const { number } = /No (?<number>\S+?)[,.]?(?:\s|$)/.exec((await demo.mails(email))[0]!.subject!)!.groups!;
    const before = await words(page);
    await page.goto(`${demo.origin}/en/c/${demo.congress}/register`);
    await fillIn(page, { ...NAME, email });
    await page.check('[name=consent]');
    await press(page, SEND);
    expect(page.url()).toBe(`${demo.origin}/en/c/${demo.congress}/registered`);
    expect(await words(page)).toBe(before);
    const mails = await demo.mails(email, 2);
    expect(mails).toHaveLength(2);
    expect(mails[1]!.subject).toMatch(/already registered/i);
    expect(mails[1]!.text).toContain(number);
  });

  it('comes back by a link that a mail scanner has opened before, once', async () => {
    await page.goto(`${demo.origin}/en/sign-in`);
    await inOrder(page, javaScript);
    await page.fill('[name=email]', email);
    await press(page, 'form[action="/en/sign-in"] button');
    await inOrder(page, javaScript);
    const link = linkIn((await demo.mails(email, 3))[2]!, '/link/');

    for (const method of ['GET', 'HEAD', 'GET', 'HEAD']) expect((await fetch(link, { method })).status).toBe(200);

    await page.goto(link);
    expect(await page.locator('main button').first().innerText()).toContain('•');
    await inOrder(page, javaScript);
    await press(page, 'main form button');
    expect(page.url()).toMatch(new RegExp(`^${demo.origin}/en/my`));
    await inOrder(page, javaScript);
    expect(await words(page)).toContain('International Congress');
    await press(page, `main a[href^="/en/my/"]`);
    await inOrder(page, javaScript);
    const tasks = await page
      .locator('main a[href*="/my/"]')
      .evaluateAll((list) => [...new Set(list.map((one) => one.getAttribute('href')!))]);
    expect(tasks.length).toBeGreaterThan(4);
    for (const task of tasks) {
      const answer = await page.goto(demo.origin + task);
      expect([task, answer!.status()]).toEqual([task, 200]);
      await inOrder(page, javaScript);
    }

    await page.goto(link);
    expect(await words(page)).toMatch(/already used|been used/i);
    await inOrder(page, javaScript);
    await press(page, 'main form button');
    await demo.mails(email, 4);
  });

  it('comes back on another device by the code; five wrong ones lock, the right one too', async () => {
    const other = await phone(browser, { javaScript });
    const second = await other.newPage();
    const enter = async (code: string) => {
      await second.goto(`${demo.origin}/en/sign-in/code`);
      await second.fill('[name=email]', email);
      await second.fill('[name=code]', code);
      await press(second, 'form[action="/en/sign-in/code"] button');
    };
    const right = codeIn((await demo.mails(email, 4))[3]!);
    await enter(`${right.slice(0, 3)} ${right.slice(3)}`);
    expect(second.url()).toMatch(/\/en\/my/);
    await other.clearCookies();

    await second.goto(`${demo.origin}/en/sign-in`);
    await second.fill('[name=email]', email);
    await press(second, 'form[action="/en/sign-in"] button');
    const next = codeIn((await demo.mails(email, 5))[4]!);
    const wrong = next === '123456' ? '654321' : '123456';
    for (let attempt = 0; attempt < 5; attempt++) await enter(wrong);
    await enter(next);
    expect(second.url()).not.toMatch(/\/en\/my/);
    expect(await second.locator('body').innerText()).toMatch(/15 minutes|too many/i);
    await other.close();
  });

  it('meets no message of the content policy, no script error, no foreign host', () => {
    expect(complaints).toEqual([]);
  });
});
