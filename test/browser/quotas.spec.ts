import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ParsedMail } from 'mailparser';
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
let satellite: string;

beforeAll(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  satellite = `${demo.congress}-manuscripts`;
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

/** Presses a button or link and waits for the page that follows the redirects. */
async function press(page: Page, button: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.locator(button).first().click()]);
}

const words = (page: Page) => page.locator('main').innerText();

/** What every page must be, seen by a reader with a phone. */
async function inOrder(page: Page, javaScript: boolean): Promise<void> {
  expect([page.url(), javaScript ? await seriousFindings(page) : []]).toEqual([page.url(), []]);
  if (javaScript) expect([page.url(), await scrollsSideways(page)]).toEqual([page.url(), false]);
}

interface Guest {
  given: string;
  family: string;
  email: string;
}

async function nameSomebody(page: Page, { given, family, email }: Guest, action: string): Promise<void> {
  const form = page.locator(`form[action$="${action}"]`);
  await form.locator('[name=given]').fill(given);
  await form.locator('[name=family]').fill(family);
  await form.locator('[name=email]').fill(email);
  await form.locator('[name=locale][value=en]').check();
  await form.locator('[name=told]').check();
  await Promise.all([page.waitForNavigation(), form.locator('button').click()]);
}

/** The latest mail to that address whose text has such a link. */
async function latestWith(to: string, part: string): Promise<ParsedMail> {
  return (await demo.mails(to)).findLast(({ text = '' }) => text.includes(part))!;
}

describe('J5: institutions get places and fill them', () => {
  it('the organizer previews whom to invite and who is skipped, drafts, and confirms the number', async () => {
    const context = await desktop(browser);
    const complaints = watchComplaints(context, demo.origin);
    const page = await context.newPage();
    await page.goto(`${demo.origin}/staff/sign-in?next=/org/c/${satellite}/quotas`);
    await page.fill('#field-email', STAFF.email);
    await page.fill('#field-password', STAFF.password);
    await press(page, 'main form button');
    await press(page, `a[href$="/quotas/new"]`);
    await inOrder(page, true);
    const preview = await words(page);
    expect(preview).toContain('4 institutions will be invited');
    expect(preview).toContain('Skipped: 3');
    expect(preview).toContain('National Library, Muscat — no focal point is named');
    expect(preview).toContain('National Library, Tashkent — the focal point has no e-mail address');
    expect(preview).toContain('University Library, Vilnius — no agreement in force');
    const deadline = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 16);
    await page.fill('[name=deadline]', deadline);
    await page.fill('[name="message.en"]', 'Do bring one difficult case.');
    await press(page, 'form[action$="/quotas"] button');
    await press(page, 'a[href$="/quotas/sending"]');
    await inOrder(page, true);
    expect(await words(page)).toContain('Do bring one difficult case.');
    await press(page, 'form[action$="/sending"] button');
    await inOrder(page, true);
    expect(await words(page)).toContain('Institutions: 4 · places: 12 · named: 0');
    expect(complaints).toEqual([]);
    await context.close();
  }, 60_000);

  describe.each([
    ['without JavaScript', false, 'am01@delegates.example.org', 'a'],
    ['with JavaScript', true, 'cn02@delegates.example.org', 'c'],
  ])('the focal point with a phone, %s', (_title, javaScript, focalPoint, letter) => {
    let context: BrowserContext;
    let page: Page;
    let complaints: string[];
    let link: string;
    const guest = (given: string, family: string): Guest => ({
      given,
      family,
      email: `${given.toLowerCase()}.${letter}@guests.example.org`,
    });
    const [first, second] = [guest('Anahit', 'Գրիգորյան'), guest('Tigran', 'Սարգսյան')];
    const [third, fourth] = [guest('Mariam', 'Հովհաննիսյան'), guest('Aram', 'Պետրոսյան')];
    const replacement = guest('Lusine', 'Ավետիսյան');

    beforeAll(async () => {
      context = await phone(browser, { javaScript });
      complaints = watchComplaints(context, demo.origin);
      page = await context.newPage();
      link = linkIn(await latestWith(focalPoint, 'Do bring one difficult case.'), '/quota/');
    });
    afterAll(async () => {
      await context?.close();
    });

    it('opens the link: three places', async () => {
      await page.goto(link);
      await inOrder(page, javaScript);
      expect(await page.locator('h1').innerText()).toMatch(/: 3 places$/);
      expect(await words(page)).toContain('3 places are free.');
    });

    it('is told what is missing and keeps what was typed', async () => {
      await page.locator('form[action$="/places"] [name=given]').fill('Anahit');
      await press(page, 'form[action$="/places"] button');
      expect(await page.title()).toMatch(/^Error: /);
      await inOrder(page, javaScript);
      expect(await page.inputValue('[name=given]')).toBe('Anahit');
      expect(await page.locator('#field-told-error').innerText()).toContain('Please confirm that the person knows of it.');
    });

    it('registers two on behalf', async () => {
      await page.goto(link);
      await nameSomebody(page, first, '/places');
      await inOrder(page, javaScript);
      await nameSomebody(page, second, '/places');
      expect(await words(page)).toContain('1 place is free.');
      expect(await words(page)).toContain('Anahit Գրիգորյան');
    });

    it('passes a link to a third, who registers alone', async () => {
      await page.locator('details', { has: page.locator('[name=guest]') }).locator('summary').click();
      const path = await page.inputValue('[name=guest]');
      const reader = await phone(browser, { javaScript });
      const tab = await reader.newPage();
      await tab.goto(path);
      await inOrder(tab, javaScript);
      expect(await words(tab)).not.toContain('Anahit');
      await tab.fill('[name=given]', third.given);
      await tab.fill('[name=family]', third.family);
      await tab.fill('[name=email]', third.email);
      await tab.selectOption('[name=country]', 'AM');
      await tab.check('[name=consent]');
      await press(tab, 'main form button');
      await inOrder(tab, javaScript);
      expect(await words(tab)).toContain('We have received your registration');
      expect((await demo.mails(third.email))[0]!.subject).toMatch(/Registration received/);
      await reader.close();
    });

    it('has the fourth refused, and replaces one: still three', async () => {
      // Opened before the third registered: the form is still there.
      await nameSomebody(page, fourth, '/places');
      expect(await words(page)).toContain('All places (3) are taken.');
      await inOrder(page, javaScript);
      await page.goto(link);
      expect(await words(page)).toContain('All places are taken.');
      await page.locator('li', { hasText: first.family }).locator('a').click();
      await page.waitForURL(/\/places\//);
      await inOrder(page, javaScript);
      await nameSomebody(page, replacement, '/substitution');
      const people = await page.locator('main ol li strong').allInnerTexts();
      expect(people.toSorted()).toEqual(
        [second, third, replacement].map(({ given, family }) => `${given} ${family}`).toSorted(),
      );
    });

    it('is heard only where the named person agrees', async () => {
      const mail = await latestWith(replacement.email, '/quota-consent/');
      const reader = await phone(browser, { javaScript });
      const tab = await reader.newPage();
      await tab.goto(linkIn(mail, '/quota-consent/'));
      await inOrder(tab, javaScript);
      await tab.check('[name=answer][value=agree]');
      await tab.check('[name=consent]');
      await press(tab, 'main form button');
      await inOrder(tab, javaScript);
      expect(await words(tab)).toContain('Your participation is confirmed.');
      expect((await demo.mails(replacement.email, 2)).at(-1)!.subject).toMatch(/Registration received/);
      await tab.goto(linkIn(await latestWith(first.email, '/quota-consent/'), '/quota-consent/'));
      expect(await words(tab)).toContain('none of your details are kept here');
      await reader.close();
    });

    it('meets no complaint of the browser', () => {
      expect(complaints).toEqual([]);
    });
  });
});
