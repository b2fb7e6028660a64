import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../../support/app.js';
import { checkCalendar } from '../../../support/calendar-checker.js';
import type { Answer } from '../../../support/client.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let one: Scene;

beforeAll(async () => {
  world = await startApp();
  one = await scene(world, 'congress', 'C27');
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> => world.client().get(`/c/congress/${path}`, headers);
const codeOf = async (): Promise<string> => (await get('programme.json')).json<{ schedule: { conference: { days: { rooms: Record<string, { code: string }[]> }[] } } }>().schedule.conference.days[0]!.rooms['']![0]!.code;
const unfolded = (answer: Answer): string => answer.body.replaceAll('\r\n ', '');

describe('public calendar files', () => {
  it('are right to the letter, in each language and cut', async () => {
    const code = await codeOf();
    const day = one.conference.startsOn;
    for (const path of ['programme.ics', `s/${code}.ics`, 'strands/congress-strand.ics', `days/${day}.ics`, 'conference.ics']) {
      for (const query of ['', '?lang=be', '?lang=ru', '?lang=en']) {
        const answer = await get(path + query);
        expect([path, answer.status]).toEqual([path, 200]);
        expect(checkCalendar(answer.raw)).toEqual([]);
      }
    }
  });

  it('take an unknown language for the language of the site', async () => {
    const plain = await get('programme.ics');
    expect((await get('programme.ics?lang=zz')).body).toBe(plain.body);
    expect((await get('programme.ics?lang=en')).body).not.toBe(plain.body);
  });
});
