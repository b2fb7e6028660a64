import type { Browser } from 'playwright-core';
import { desktop, launchBrowser } from '../test/support/browser.js';
import { PASSWORD, staff } from '../test/support/house.js';
import type { ServerProcess } from '../test/support/server-process.js';
import { openHouse } from './house.js';
import { median, ROUNDS, type Figure } from './measure.js';
import { congress } from './seed.js';

const SESSIONS = 500;
const EMAIL = 'organizer@example.org';

/** The board of a whole congress in Chromium, nothing cached: from the click to blocks that can be dragged, and its weight. */
export async function board(): Promise<Figure[]> {
  const house = await openHouse();
  const browser = await launchBrowser();
  try {
    const { id, slug } = await congress(house, 'congress', SESSIONS);
    await staff(house, EMAIL, [{ role: 'organizer', conferenceId: id }]);
    const server = await house.server();
    const ready: number[] = [];
    const weight: number[] = [];
    const heat: number[] = [];
    await opened(browser, server, slug); // what the server compiles on first use is not what is measured
    for (let round = 0; round < ROUNDS; round++) {
      const one = await opened(browser, server, slug);
      ready.push(one.ready);
      weight.push(one.kilobytes);
      heat.push(one.heat);
    }
    return [
      figure('board of 500 sessions: ready to drag', median(ready), 's', '≤ 1 s'),
      figure('board of 500 sessions: compressed', median(weight), 'kB', '≤ 250 kB'),
      figure('board of 500 sessions: a day shaded, asked and read', median(heat), 'ms', '–'),
    ];
  } finally {
    await browser.close();
    await house.close();
  }
}

/** Milliseconds from the question how bad every place of a day is (five minutes apart, 40 rooms) to the answer; the median. */
const HEAT = `(async () => {
  const { api } = document.querySelector('[data-board]').dataset;
  const { from, minutes } = document.querySelector('[data-day]').dataset;
  const id = document.querySelector('[data-block]').dataset.block;
  const to = new Date(Date.parse(from) + minutes * 60000).toISOString();
  const times = [];
  for (let n = 0; n < 15; n++) {
    const before = performance.now();
    await (await fetch(api + '/heat-map?' + new URLSearchParams({ sessions: id, from, to }))).json();
    times.push(performance.now() - before);
  }
  return times.sort((a, b) => a - b)[7];
})()`;

async function opened(browser: Browser, { origin }: ServerProcess, slug: string) {
  const context = await desktop(browser);
  const page = await context.newPage();
  await page.goto(`${origin}/staff/sign-in`);
  await page.fill('[name=email]', EMAIL);
  await page.fill('[name=password]', PASSWORD);
  await Promise.all([page.waitForURL(/\/org/), page.click('form[action="/staff/sign-in"] button')]);
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize)));
  await page.goto(`${origin}/org/c/${slug}/board?days=7`);
  await page.waitForSelector('[data-board][data-ready]');
  const [ready, blocks] = await page.evaluate<[number, number]>(
    "[performance.getEntriesByName('board-ready')[0].startTime, document.querySelectorAll('[data-block]').length]",
  );
  if (blocks !== SESSIONS) throw new Error(`the board shows ${blocks} sessions`);
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  const heat = await page.evaluate<number>(HEAT);
  await context.close();
  return { ready: ready / 1000, kilobytes: bytes / 1000, heat };
}

function figure(name: string, value: number, unit: string, target: string): Figure {
  return { name, value, unit, reference: null, ratio: null, target };
}
