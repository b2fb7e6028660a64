// @engine sqlite
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Accounts } from '../../src/features/accounts/index.js';
import { readCalendar } from '../../src/platform/calendar/index.js';
import { PolicyCheck } from '../../src/platform/web/policy-check.js';
import { ORIGIN, startApp, type TestApp } from '../support/app.js';
import { checkCalendar } from '../support/calendar-checker.js';
import { unescapeHtml, type Client, type Fields } from '../support/client.js';
import { fullVisit, type FullVisit } from '../support/full-visit.js';
import { hostile, hostileValue, type Hostile } from '../support/hostile.js';
import { signedIn, staff } from '../support/house.js';
import { scene, type Scene } from '../support/scene.js';
import { typedIn } from '../support/typed-form.js';
import { cookiesOf, FORM, send } from '../support/visits.js';

const POLYGLOT = hostileValue('xss-20');
const PLAIN = 'Nothing but letters';

let world: TestApp;
let congress: Scene;
let nasty: FullVisit;
let plain: FullVisit;
let officer: Client;

beforeAll(async () => {
  world = await startApp();
  congress = await scene(world, 'congress', 'C');
  await staff(world, 'officer@example.org', [
    { role: 'protocol_officer', conferenceId: null },
    { role: 'responsible', conferenceId: null },
  ]);
  const { id: responsibleId } = (await world.get(Accounts).byEmail('officer@example.org'))!;
  nasty = await fullVisit(world, congress, 'Nasty', { responsibleId }, POLYGLOT);
  plain = await fullVisit(world, congress, 'Plain', { responsibleId, country: 'GE' }, PLAIN);
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.advance({ hours: 2 });
  officer = await signedIn(world.client(), 'officer@example.org');
});

/** Every page of a visit, and of its guest side. */
function addresses({ ids, link }: FullVisit): string[] {
  const paths = world
    .get(PolicyCheck)
    .routes()
    .filter(({ methods }) => methods === 'GET')
    .flatMap((route) => route.paths)
    .filter((path) => /^\/protocol\/(visits\/:ref|cars|commitments)|\/delegation\/:token/.test(path));
  return [...new Set(paths)].map((path) =>
    path
      .replace(':token', link)
      .replace(/:(\w+)/g, (_, name: string) =>
        encodeURIComponent(ids[name === 'session' && path.includes('/attended/') ? 'attended' : name] ?? 'unknown'),
      ),
  );
}

async function read(url: string): Promise<{ status: number; body: string; type: string }> {
  const answer = await send(world, 'GET', url, { cookie: officer.cookieHeader() });
  return { status: answer.statusCode, body: answer.body, type: String(answer.headers['content-type']) };
}

/** Tags with the names of their attributes: what a page is made of, whatever its texts. A long name has more lines in a drawing. */
function skeleton(body: string): string[] {
  return [
    ...body.replace(/<\/?text\b[^>]*>/g, '').matchAll(/<(?:\/?[a-zA-Z][^\s/>]*|!)(?:"[^"]*"|'[^']*'|[^'">])*>/g),
  ].map(([tag]) => tag.replace(/="[^"]*"| (?:selected|checked)(?=>)/g, '').replace(/\s+/g, ' '));
}

/** A form of a page, with the names of what somebody types into it. */
interface TypedForm {
  readonly action: string;
  readonly fields: Fields;
  readonly texts: readonly string[];
}

const NO_TEXT = /\btype="(?:hidden|checkbox|radio|file|submit)"/;

function formsOf(body: string): TypedForm[] {
  return (body.match(/<form\b[^>]*\bmethod="post"[\s\S]*?<\/form>/g) ?? []).flatMap((form): TypedForm[] => {
    const action = unescapeHtml(/\baction="([^"]*)"/.exec(form)![1]!);
    const inputs = [...form.matchAll(/<(?:input|textarea)\b[^>]*>/g)].map(([tag]) => tag);
    const texts = inputs.filter((tag) => !NO_TEXT.test(tag)).flatMap((tag) => /\bname="([^"]*)"/.exec(tag)?.[1] ?? []);
    if (texts.length === 0 || form.includes('multipart')) return [];
    return [{ action, fields: typedIn(form, /\baction="([^"]*)"/.exec(form)![1]!), texts: [...new Set(texts)] }];
  });
}

/** The first two of each verdict of each class: what is typed into every field of every form. */
function chosen(): Hostile[] {
  const classes = Map.groupBy(
    hostile().filter(({ class: of }) => !['host', 'file', 'object', 'sort'].includes(of)),
    ({ class: of, verdict }) => `${of} ${verdict}`,
  );
  return [...classes.values()].flatMap((some) => some.slice(0, 1));
}

describe('a text that tries to be everything, in a visit', () => {
  it('[P9] [X2] changes no tag and no attribute of any of its pages, behind the secret link too', async () => {
    const [dead, calm] = [addresses(nasty), addresses(plain)];
    expect(dead.length).toBeGreaterThan(40);
    let shown = 0;
    for (const [at, url] of dead.entries()) {
      const [one, other] = [await read(url), await read(calm[at]!)];
      expect([url, one.status]).toEqual([url, other.status]);
      expect([url, one.status < 500]).toEqual([url, true]);
      if (!one.type.startsWith('text/html')) continue;
      if (one.body.includes('&lt;svg/onload')) shown++;
      expect([url, one.body.includes('<svg/onload')]).toEqual([url, false]);
      expect([url, skeleton(one.body)]).toEqual([url, skeleton(other.body)]);
    }
    expect(shown).toBeGreaterThan(25);
  }, 120_000);

  it('[X8] is a text in the calendar of the guests', async () => {
    const { body, status } = await read(nasty.feeds[0]!);
    expect([status, checkCalendar(Buffer.from(body))]).toEqual([200, []]);
    expect(readCalendar(body).events.map(({ summary }) => summary)).toContain(POLYGLOT);
  });
});

describe('hostile values in the forms of visits', () => {
  it('[P9] [X1] are taken or refused beside the field, never lived by a page, on every form, of the guest side too', async () => {
    const values = chosen();
    expect(values.length).toBeGreaterThan(30);
    const seen = new Set<string>();
    const told: unknown[] = [];
    for (const url of addresses(plain)) {
      const page = await read(url);
      if (page.status !== 200 || !page.type.startsWith('text/html')) continue;
      for (const { action, texts, fields } of formsOf(page.body)) {
        // Many lines of a page have forms of one kind: one of them is enough.
        const kind = action.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id');
        if (seen.has(kind) || !/visits|cars|delegation/.test(action)) continue;
        seen.add(kind);
        let now: Fields | undefined = fields;
        for (const { id, value, verdict } of values) {
          // What was taken has moved the page on: the next value is typed into it as it is now.
          now ??= formsOf((await read(url)).body).find((form) => form.action === action)?.fields;
          if (!now) break;
          const typed = Object.fromEntries(texts.map((name) => [name, value]));
          const answer = await posted(action, { ...now, ...typed });
          if (answer.statusCode !== 422) now = undefined;
          const live = value.includes('<') && answer.body.includes(value);
          const refused = answer.statusCode === 303 && id.startsWith('control') && verdict === 'refuse';
          if (answer.statusCode >= 500 || live || refused) told.push([kind, id, answer.statusCode, live]);
        }
      }
    }
    expect(told).toEqual([]);
    expect(seen.size).toBeGreaterThan(25);
    expect([...seen].some((action) => action.includes('/delegation/'))).toBe(true);
    // Whatever was taken lies in pages, papers and calendars now: all of them still open, and nothing lives.
    for (const url of addresses(plain)) {
      const { status, body, type } = await read(url);
      expect([url, status < 500]).toEqual([url, true]);
      if (type.startsWith('text/html'))
        expect([url, /<script>|<svg\/onload|<img src=x|javascript:alert\(1\)"/.test(body)]).toEqual([url, false]);
    }
    const { body } = await read(plain.feeds[0]!);
    expect(checkCalendar(Buffer.from(body))).toEqual([]);
  }, 300_000);

  it('[X1] come back exactly where they are to be kept: names, scripts, emoji, directions', async () => {
    const page = `/protocol/visits/${plain.visit.ref}/edit`;
    for (const { id, value } of hostile('name', 'emoji', 'bidi').filter((one) => one.verdict === 'keep')) {
      const form = formsOf((await read(page)).body).find(({ action }) => action === page)!;
      const short = [...value].length <= 200;
      const saved = await posted(page, { ...form.fields, dressCode: value, initiator: value });
      expect([id, saved.statusCode]).toEqual([id, short ? 303 : 422]);
      if (!short) continue;
      const { initiator, dressCode } = (await officer.get(`/api/v1/visits/${plain.visit.ref}`)).json<
        Record<string, string>
      >();
      expect([id, initiator, dressCode]).toEqual([id, value.trim(), value.trim()]);
    }
  }, 120_000);
});

/** Sent as a browser does, from an address of its own each time. */
function posted(action: string, fields: Fields) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const one of [value ?? []].flat()) body.append(name, one);
  const headers = { cookie: cookiesOf(officer), origin: ORIGIN, 'content-type': FORM };
  return send(world, 'POST', action, headers, body.toString());
}
