import type axe from 'axe-core';
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

export interface AxeFinding {
  rule: string;
  impact: string;
  help: string;
  /** CSS selectors of the elements concerned. */
  elements: string[];
}

// The small form: every page that is looked at gets it anew.
const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

const PATH = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

// Nothing may leave the machine: without these flags a browser that starts looks for updates and its maker's hosts.
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};
const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };

/** The system's Chromium. As root (continuous integration) it has no sandbox, which it would refuse to start without. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: PATH, chromiumSandbox: process.getuid?.() !== 0, args: FLAGS });
}

/** A visitor with a phone (360 px wide), with JavaScript or without. */
export function phone(
  browser: Browser,
  { javaScript = true, ...options }: { javaScript?: boolean } & BrowserContextOptions = {},
): Promise<BrowserContext> {
  return browser.newContext({ ...PHONE, locale: 'en-GB', javaScriptEnabled: javaScript, ...options });
}

export function desktop(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return browser.newContext({ ...DESKTOP, locale: 'en-GB', ...options });
}

/**
 * Collects what no page may cause: messages of the content policy ([B2]), script errors, and requests to other hosts.
 * Call it before the first page opens, expect the result to be empty at the end.
 */
export function watchComplaints(context: BrowserContext, origin: string): string[] {
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error' && !isStatus(message.text()))
      complaints.push(`${message.page()?.url() ?? ''}: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(`${error.page()?.url() ?? ''}: ${error.error().message}`));
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith('data:') && new URL(url).origin !== new URL(origin).origin)
      complaints.push(`a request to ${url}`);
  });
  return complaints;
}

/** Chromium logs every 4xx answer as an error; the tests of bad input want those. */
function isStatus(text: string): boolean {
  return /^Failed to load resource: the server responded with a status of 4\d\d/.test(text);
}

/**
 * What axe finds serious or critical. It is handed over by the debugging protocol, which the page's content policy does
 * not bind, so that the policy under test stays as it is. Needs a page with JavaScript.
 */
export async function seriousFindings(page: Page): Promise<AxeFinding[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as { axe: typeof axe };
    return runner.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      // Where each passed rule holds is a list as long as the page, which nobody reads.
      resultTypes: ['violations'],
    });
  });
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, help, nodes }) => ({
      rule: id,
      impact: impact ?? '',
      help,
      elements: nodes.map(({ target }) => target.join(' ')),
    }));
}

/** Whether something sticks out to the right: a phone reader must never have to scroll sideways. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
}
