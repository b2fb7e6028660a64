import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import {
  desktop,
  launchBrowser,
  phone,
  scrollsSideways,
  seriousFindings,
  watchComplaints,
} from '../support/browser.js';
import { linkIn, STAFF, startDemo, type DemoServer } from '../support/demo-server.js';
import { MRZ, PDF } from '../support/visa.js';

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

const EMAIL = 'budi.santoso@example.org';
const words = (page: Page) => page.locator('main').innerText();

/** Presses a button or link and waits for the page that follows the redirects. */
async function press(page: Page, button: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.locator(button).first().click()]);
}

/** What every page must be. */
async function inOrder(page: Page): Promise<void> {
  expect([page.url(), await seriousFindings(page), await scrollsSideways(page)]).toEqual([page.url(), [], false]);
}

async function day(page: Page, name: string, parts: readonly [string, string, string]): Promise<void> {
  for (const [at, part] of ['day', 'month', 'year'].entries()) await page.fill(`[name="${name}.${part}"]`, parts[at]!);
}

describe('J4 a visa letter', () => {
  it('from the phone of a delegate to the desk of an officer and back', async () => {
    const mine = await phone(browser);
    const complaints = watchComplaints(mine, demo.origin);
    const page = await mine.newPage();
    await page.goto(`${demo.origin}/en/c/${demo.congress}/register`);
    await page.check('[name=form][value=in_person]');
    await page.selectOption('[name=category]', 'listener');
    const names = {
      given: 'Budi',
      family: 'Santoso',
      email: EMAIL,
      institution: 'Perpustakaan Contoh',
      position: 'Pustakawan',
    };
    for (const [name, value] of Object.entries(names)) await page.fill(`main [name=${name}]`, value);
    await page.selectOption('[name=country]', 'ID');
    await page.check('[name=consent]');
    await press(page, 'main form button');
    const link = linkIn((await demo.mails(EMAIL)).at(-1)!, '/en/link/');
    await page.goto(link);
    await press(page, 'main form button');

    await press(page, 'a[href$="/visa"]');
    await inOrder(page);
    await page.selectOption('[name=citizenship]', 'ID');
    await page.check('[name=passportType][value=ordinary]');
    await page.check('[name=entryPoint][value=airport]');
    await press(page, 'form[action$="/entry"] button');
    expect(await words(page)).toContain('you need a letter of ours to the consulate');
    await inOrder(page);

    await page.fill('[name=mrz]', MRZ.replace('850214', '850215'));
    await press(page, 'button[formaction$="/mrz"]');
    expect(await words(page)).toContain('The check digit of the date of birth does not fit');
    await page.fill('[name=mrz]', MRZ);
    await press(page, 'button[formaction$="/mrz"]');
    expect(await page.inputValue('[name=passportNumber]')).toBe('C4821973');
    await day(page, 'issuedOn', ['30', 'September', '2022']);
    // Less than 90 days after the congress.
    const leaving = new Date(`${await page.inputValue('[name=exitOn]')}T00:00:00Z`);
    const ends = new Date(leaving.getTime() + 60 * 86_400_000);
    await day(page, 'expiresOn', [
      String(ends.getUTCDate()),
      String(ends.getUTCMonth() + 1),
      String(ends.getUTCFullYear()),
    ]);
    for (const [name, value] of Object.entries({
      birthPlace: 'Bandung',
      issuer: 'Imigrasi Bandung',
      consulate: 'Jakarta',
    }))
      await page.fill(`[name=${name}]`, value);
    await page.check('[name=payer][value=employer]');
    await page.check('[name=consent]');
    await press(page, 'form[action$="/visa"] .form-buttons button:not([formaction])');
    expect(await words(page)).toContain('The passport ends less than 90 days after your departure');
    expect(await words(page)).toContain('•••• 1973');
    expect(await words(page)).not.toContain('C4821973');
    await inOrder(page);
    const visa = page.url();

    const desk = await desktop(browser);
    const staffComplaints = watchComplaints(desk, demo.origin);
    const officer = await desk.newPage();
    await officer.goto(`${demo.origin}/staff/sign-in`);
    await officer.fill('[name=email]', STAFF.email);
    await officer.fill('[name=password]', STAFF.password);
    await press(officer, 'main form button');
    await officer.goto(`${demo.origin}/org/c/${demo.congress}/visa`);
    await inOrder(officer);
    await press(officer, 'tbody th a');
    await inOrder(officer);
    expect(await words(officer)).not.toContain('C4821973');
    await officer.fill('[name=reason]', 'the letter for the consulate');
    await press(officer, 'button[name=what][value=details]');
    expect(await words(officer)).toContain('C4821973');
    await press(officer, 'form[action$="/letter"] button');
    await officer.setInputFiles('[name=file]', { name: 'signed.pdf', mimeType: 'application/pdf', buffer: PDF });
    await press(officer, 'form[action$="/signature"] button');
    await press(officer, 'form[action$="/sending"] button');
    expect(await words(officer)).toContain('Letter sent');
    await inOrder(officer);

    await page.goto(visa);
    expect(await words(page)).toContain('Letter sent');
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('a[href$="/letter"]').click()]);
    expect(file.suggestedFilename()).toMatch(/^visa-letter-\d+-\d{4}\.pdf$/);
    await page.goto(`${visa}?part=details`);
    await page.fill('[name=passportNumber]', 'D7654321');
    await page.check('[name=consent]');
    await press(page, 'form[action$="/visa"] .form-buttons button:not([formaction])');
    expect(await words(page)).toContain('The letter no longer matches');
    await officer.reload();
    expect(await words(officer)).toContain('Prepare a new letter.');
    expect([complaints, staffComplaints]).toEqual([[], []]);
  }, 180_000);
});
