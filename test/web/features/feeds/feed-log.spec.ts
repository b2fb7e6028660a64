// @engine sqlite
import { expect, it, jest } from '@jest/globals';
import { Feeds } from '../../../../src/features/feeds/index.js';
import { startApp } from '../../../support/app.js';
import { scene } from '../../../support/scene.js';

// A file of its own: the log of the framework is one for all applications of a process.
it('the secret of a feed is in no line of the log, whatever happens to it [T4] [CF9]', async () => {
  const lines: string[] = [];
  const noted = [jest.spyOn(process.stdout, 'write'), jest.spyOn(process.stderr, 'write')].map((spy) => spy.mockImplementation((line) => lines.push(String(line)) > 0));
  const loud = await startApp({ LOG_LEVEL: 'debug' });
  try {
    const { person } = await scene(loud, 'loud', 'L27');
    const feeds = loud.get(Feeds);
    const token = await feeds.renew(person.id, 'en');
    const read = async (): Promise<number> => (await loud.client().get(`/feed/${token}.ics`)).status;
    for (let i = 0; i < 60; i++) expect(await read()).toBe(200);
    expect(await read()).toBe(429);
    await feeds.revoke(person.id);
    expect(await read()).toBe(410);
    expect((await loud.client().api('POST', `/feed/${token}.ics`)).status).toBe(405);
    for (const status of [200, 429, 410]) expect(lines.filter((line) => line.includes(`"route":"/feed/:token.ics","status":${status}`)).length).toBeGreaterThan(0);
    expect(lines.join('')).not.toContain(token);
  } finally {
    await loud.close();
    for (const spy of noted) spy.mockRestore();
  }
});
