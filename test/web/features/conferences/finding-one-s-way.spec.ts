// @engine sqlite
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Releases, Sessions } from '../../../../src/features/programme/index.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml } from '../../../support/client.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let congress: Scene;

beforeAll(async () => {
  world = await startApp();
  congress = await scene(world, 'congress', 'C27');
});
afterAll(() => world.close());

const page = async (path: string) => {
  const answer = await world.client().get(`/en/c/congress${path}`);
  return { status: answer.status, text: unescapeHtml(answer.body) };
};

describe('the search in a programme', () => {
  it('finds a session by the name of its speaker typed in another script, by its title and by its talk', async () => {
    for (const q of ['labockaja', 'ЛАБОЦКАЯ', 'section of', 'Talk congress']) {
      const { status, text } = await page(`/programme/search?q=${encodeURIComponent(q)}`);
      expect([q, status, text.includes('Section of congress'), text.includes('1 session')]).toEqual([
        q,
        200,
        true,
        true,
      ]);
    }
  });

  it('says that it found nothing, and keeps what was typed', async () => {
    const { text } = await page('/programme/search?q=%3Cb%3Eelephant');
    expect(text).toContain('Nothing found.');
    expect(text).toContain('value="<b>elephant"');
  });

  it('finds nothing by signs alone', async () => {
    expect((await page('/programme/search?q=%25')).text).toContain('Nothing found.');
  });

  it('finds nothing that is only in the draft', async () => {
    await world.get(Sessions).add(congress.programmeId, { kind: 'section', title: { en: 'Unreleased wonders' } });
    expect((await page('/programme/search?q=wonders')).text).not.toContain('Unreleased');
  });
});

describe('the speakers of a conference', () => {
  it('lead from the list to a page with everything that somebody gives, and from the session to that page', async () => {
    const list = await page('/speakers');
    expect(list.text).toContain('Марыя Лабоцкая congress');
    const address = /\/en\/c\/congress(\/speakers\/[0-9a-f]{12})/.exec(list.text)![1]!;
    const { status, text } = await page(address);
    expect([status, text.includes('Talk of congress'), text.includes('Section of congress')]).toEqual([
      200,
      true,
      true,
    ]);
    const code = /\/s\/([a-z0-9-]+)/i.exec(text)![1]!;
    expect((await page(`/s/${code}`)).text).toContain(`/en/c/congress${address}`);
  });

  it('are nobody whom the release does not print', async () => {
    expect((await page('/speakers/0123456789ab')).status).toBe(404);
  });
});

describe('now and next', () => {
  it('says what the conference begins with before it begins', async () => {
    const { status, text } = await page('/programme/now');
    expect([status, text.includes('Nothing is running right now.'), text.includes('Section of congress')]).toEqual([
      200,
      true,
      true,
    ]);
  });
});

describe('comparing releases', () => {
  it('shows what changed between any two', async () => {
    for (const title of ['Second title', 'Third title']) {
      const { id, version } = await world.get(Sessions).byId(congress.programmeId, congress.sessionId);
      await world.get(Sessions).edit(congress.programmeId, { id, version }, { title: { en: title } });
      await world.get(Releases).publish(congress.programmeId, { name: { en: title } });
    }
    const latest = await page('/programme/changes');
    const whole = await page('/programme/changes?from=1&to=3');
    expect([latest.text.includes('Second title'), latest.text.includes('Section of congress')]).toEqual([true, false]);
    expect([whole.text.includes('Section of congress'), whole.text.includes('between releases 1 and 3')]).toEqual([
      true,
      true,
    ]);
    expect((await page('/programme/changes?from=1&to=99')).text).toBe(latest.text);
  });
});
