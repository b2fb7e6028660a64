import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { launchBrowser, phone, scrollsSideways, seriousFindings, watchComplaints } from '../support/browser.js';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'";
const GOOD = '<!doctype html><html lang="en"><title>Good</title><main><h1>Good</h1><p>Fine.</p></main></html>';
const BAD = `<!doctype html><html lang="en"><title>Bad</title><main><h1>Bad</h1><form><input name="a"></form>
<pre style="width:2000px">${'wide '.repeat(400)}</pre></main><script>document.title = 'ran'</script></html>`;

// The instruments of the browser tests, tried on a page that is in order and on one that is not: a check that cannot
// complain would prove nothing about ours.
describe('the browser checks', () => {
  let server: Server;
  let browser: Browser;
  let origin: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY };
      if (request.url === '/favicon.ico') response.writeHead(404).end();
      else response.writeHead(200, headers).end(request.url === '/bad' ? BAD : GOOD);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });

  it('have nothing to say about a page in order, axe under the strict policy included', async () => {
    const context = await phone(browser);
    const complaints = watchComplaints(context, origin);
    const page = await context.newPage();
    await page.goto(`${origin}/good`);
    expect(await seriousFindings(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('report inline script and style, a field without a label, and a page that is too wide', async () => {
    const context = await phone(browser);
    const complaints = watchComplaints(context, origin);
    const page = await context.newPage();
    await page.goto(`${origin}/bad`);
    expect((await seriousFindings(page)).map(({ rule }) => rule)).toContain('label');
    expect(await scrollsSideways(page)).toBe(true);
    expect(await page.title()).toBe('Bad');
    expect(complaints.filter((text) => text.includes('Content Security Policy'))).toHaveLength(2);
    await context.close();
  });

  it('run without JavaScript where a journey asks for that', async () => {
    const context = await phone(browser, { javaScript: false });
    const page = await context.newPage();
    await page.setContent('<title>off</title><script>document.title = "on"</script>');
    expect(await page.title()).toBe('off');
    await context.close();
  });
});
