// @engine sqlite
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Conferences, SeriesService } from '../../src/features/conferences/index.js';
import { Assignments, Conflicts, Programmes, Releases, Sessions, Talks } from '../../src/features/programme/index.js';
import { Waves } from '../../src/features/invitations/index.js';
import { People } from '../../src/features/people/index.js';
import { Registrations } from '../../src/features/registration/index.js';
import { Venues } from '../../src/features/venues/index.js';
import { AccessLinks } from '../../src/features/accounts/index.js';
import { toInstant } from '../../src/kernel/zones.js';
import { renderMarkdown } from '../../src/platform/web/markdown.js';
import { PolicyCheck } from '../../src/platform/web/policy-check.js';
import { startApp, type TestApp } from '../support/app.js';
import { unescapeHtml, type Client } from '../support/client.js';
import { hostile, hostileValue } from '../support/hostile.js';
import { signedIn, staff } from '../support/house.js';
import { invited, openRegistration, quotaOf, type Scene } from '../support/scene.js';
import { filled, tokenIn } from '../support/visits.js';
import { WAVE_TERMS } from '../support/waves.js';

const POLYGLOT = hostileValue('xss-20');
const PLAIN = 'Nothing but letters';

const ALLOWED =
  /^<\/?(?:p|h[3-6]|ul|ol(?: start="\d+")?|li|a(?: href="(?:https?:|mailto:)[^"]*" rel="nofollow noopener"(?: title="[^"]*")?)?|em|strong|code|pre|blockquote|table|thead|tbody|tr|th|td|hr|br)>$/;

let world: TestApp;
let nasty: Scene;
let plain: Scene;

beforeAll(async () => {
  world = await startApp();
  nasty = await everything('nasty', 'N', POLYGLOT);
  plain = await everything('plain', 'P', PLAIN);
  await staff(world, 'chief@example.org', [
    { role: 'admin', conferenceId: null },
    { role: 'organizer', conferenceId: null },
  ]);
});
afterAll(() => world.close());

/** A conference in which every text that anybody may type is the given one. */
async function everything(slug: string, prefix: string, text: string): Promise<Scene> {
  const { clock } = world;
  const all = { be: text, ru: text, en: text };
  const day = new Date(clock.now().getTime() + 60 * 86_400_000).toISOString().slice(0, 10);
  const start = toInstant(`${day}T10:00`, 'Europe/Minsk').instant;
  const series = await world.get(SeriesService).create({ code: `${slug}-series`, title: all });
  const venue = await world.get(Venues).addVenue({ code: `${slug}-venue`, name: all, address: all, geo: null });
  const room = await world
    .get(Venues)
    .addRoom(venue.id, { code: `${slug}-room`, name: all, capacity: 10, notes: text });
  const conference = await world.get(Conferences).create({
    ...{
      slug,
      kind: 'congress',
      title: all,
      tagline: all,
      description: all,
      practical: all,
      host: all,
      startsOn: day,
      endsOn: day,
    },
    ...{ public: true, numberPrefix: prefix, seriesId: series.id, venueId: venue.id, editionNo: 1 },
  });
  await openRegistration(world, conference.id);
  const { id: programmeId } = await world.get(Programmes).ofOwner(conference.id);
  const strand = await world.get(Programmes).addStrand(programmeId, {
    code: `${slug}-strand`,
    name: all,
    colour: 'steelblue',
  });
  const place = { start, minutes: 60, roomId: room.id };
  const { session } = await world.get(Sessions).add(programmeId, {
    kind: 'section',
    title: all,
    abstract: all,
    strandId: strand.id,
    place,
    expected: 40,
  });
  await world.get(Sessions).add(programmeId, {
    kind: 'section',
    title: all,
    place: { ...place, start: new Date(start.getTime() + 1_800_000) },
  });
  const { talk } = await world.get(Talks).add(programmeId, session.id, {
    title: all,
    abstract: all,
    minutes: 20,
    language: 'en',
  });
  const { registration } = await world.get(Registrations).register({
    ...{
      conferenceId: conference.id,
      form: 'in_person',
      category: 'listener',
      locale: 'en',
      channel: 'staff',
      byStaff: true,
      note: text,
    },
    person: {
      given: text,
      family: text,
      mononym: false,
      email: `${slug}@example.org`,
      institution: text,
      position: text,
      country: 'BY',
      phone: null,
    },
  });
  const person = (await world.get(People).byId(registration.personId))!;
  const { assignment } = await world.get(Assignments).assign(programmeId, {
    sessionId: session.id,
    talkId: talk.id,
    personId: person.id,
    role: 'speaker',
    state: 'confirmed',
  });
  for (const { key, severity } of await world.get(Conflicts).findings(programmeId))
    if (severity === 'error') await world.get(Conflicts).override(programmeId, key, text);
  await world.get(Releases).publish(programmeId, { name: all, note: all });
  return {
    conference,
    programmeId,
    strandId: strand.id,
    sessionId: session.id,
    talkId: talk.id,
    assignmentId: assignment.id,
    invitationId: await invited(world, conference.id, text),
    quotaId: await quotaOf(world, conference.id, text),
    waveId: (await world.get(Waves).add(conference.id, { ...WAVE_TERMS, name: text })).id,
    registration,
    person,
  };
}

/** Tags with the names of their attributes: what a page is made of, whatever its texts. Asterisks are emphasis by right, and which option or box is chosen differs. */
function skeleton(body: string): string[] {
  return [...body.replace(/<\/?em>/g, '').matchAll(/<(?:\/?[a-zA-Z][^\s/>]*|!)(?:"[^"]*"|'[^']*'|[^'">])*>/g)].map(
    ([tag]) => tag.replace(/="[^"]*"| (?:selected|checked)(?=>)/g, '').replace(/\s+/g, ' '),
  );
}

async function pages(client: Client, of: Scene): Promise<Map<string, string>> {
  const { code } = await world.get(Sessions).byId(of.programmeId, of.sessionId);
  const found = new Map<string, string>();
  for (const { policy, methods, paths } of world.get(PolicyCheck).routes()) {
    if (methods !== 'GET' || policy.kind === 'token') continue;
    for (const path of paths) {
      const address = filled(path.replace('people/:id', `people/${of.person.publicId}`), of, code);
      // Events are an answer that never ends.
      if (!/:conf|:reg|people\/:id/.test(path) || /\.\w+$|\/events$/.test(path)) continue;
      const { status, body, headers } = await client.get(address);
      expect([address, status < 500]).toEqual([address, true]);
      if (status === 200 && String(headers['content-type']).startsWith('text/html')) found.set(path, body);
    }
  }
  return found;
}

const delegateOf = async ({ person }: Scene): Promise<Client> => {
  const { token } = await world.get(AccessLinks).issue({ purpose: 'sign-in', subjectId: person.id, minutes: 30 });
  const client = world.client();
  expect((await client.submit(`/en/link/${token}`, {})).status).toBe(303);
  return client;
};

describe('a text that tries to be everything', () => {
  it('[P9] [X2] changes no tag and no attribute of any page: public, staff', async () => {
    const chief = await signedIn(world.client(), 'chief@example.org');
    const [dead, calm] = [await pages(chief, nasty), await pages(chief, plain)];
    expect(dead.size).toBeGreaterThan(40);
    expect([...dead.keys()]).toEqual([...calm.keys()]);
    const shown = [...dead].filter(([, body]) => body.includes('&lt;svg/onload')).length;
    expect(shown).toBeGreaterThan(30);
    for (const [path, body] of dead) expect([path, skeleton(body)]).toEqual([path, skeleton(calm.get(path)!)]);
  }, 120_000);

  it('[P9] [X2] changes none of the delegate’s own pages', async () => {
    const [dead, calm] = [await pages(await delegateOf(nasty), nasty), await pages(await delegateOf(plain), plain)];
    expect([...dead.keys()]).toEqual([...calm.keys()]);
    expect([...dead.keys()].filter((path) => path.includes('/my/')).length).toBeGreaterThan(8);
    for (const [path, body] of dead) expect([path, skeleton(body)]).toEqual([path, skeleton(calm.get(path)!)]);
  }, 120_000);

  it('[P9] stays text in a refused form and in the differences of a stale one', async () => {
    const chief = await signedIn(world.client(), 'chief@example.org');
    const answers: Record<string, [string, string]> = { refused: ['', ''], stale: ['', ''] };
    for (const [index, [of, text]] of (
      [
        [nasty, POLYGLOT],
        [plain, PLAIN],
      ] as const
    ).entries()) {
      const page = `/org/c/${of.conference.slug}/settings`;
      const _csrf = tokenIn((await chief.get(page)).body);
      const { slug, kind, startsOn, endsOn, zone, numberPrefix } = of.conference;
      const fields = {
        _csrf,
        slug,
        kind,
        startsOn,
        endsOn,
        zone,
        numberPrefix,
        'title.en': `${text} ${text}`,
        'host.be': text,
        public: 'on',
      };
      const refused = await chief.post(page, { ...fields, startsOn: text, version: '1' });
      const stale = await chief.post(page, { ...fields, version: '99' });
      expect([refused.status, stale.status]).toEqual([422, 409]);
      answers['refused']![index] = refused.body;
      answers['stale']![index] = stale.body;
    }
    for (const [dead, calm] of Object.values(answers)) {
      expect(dead).toContain('&lt;svg/onload');
      expect(skeleton(dead)).toEqual(skeleton(calm));
    }
  });

  it.each([...hostile('jsonld'), ...hostile('xss')].map(({ id, value }) => [id, value]))(
    '[P12] [X6] leaves data blocks that parse and hold what was typed: %s',
    async (id, value) => {
      const slug = `block-${id}`;
      await world.get(Conferences).create({
        slug,
        kind: 'congress',
        title: { en: value },
        startsOn: '2027-05-01',
        endsOn: '2027-05-02',
        public: true,
        numberPrefix: 'B',
      });
      const { body } = await world.client().get(`/en/c/${slug}`);
      const blocks = [...body.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)];
      expect(blocks).toHaveLength(1);
      expect(blocks[0]![1]).not.toMatch(/[<>&\u2028\u2029]/);
      expect(JSON.parse(blocks[0]![1]!)).toMatchObject({ name: value });
    },
  );

  it.each(hostile('markdown').map(({ id, value }) => [id, value]))(
    '[P11] [X5] is rendered by one function, the same each time, wherever it is shown: %s',
    async (id, value) => {
      const slug = `text-${id}`;
      const html = renderMarkdown(value);
      expect(renderMarkdown(value)).toBe(html);
      for (const [tag] of html.matchAll(/<[^>]*>/g)) expect(tag).toMatch(ALLOWED);
      await world.get(Conferences).create({
        slug,
        kind: 'congress',
        title: { en: 'Text' },
        description: { en: value },
        practical: { en: value },
        startsOn: '2027-05-01',
        endsOn: '2027-05-02',
        public: true,
        numberPrefix: 'T',
      });
      const visitor = world.client();
      expect((await visitor.get(`/en/c/${slug}`)).body).toContain(html);
      expect((await visitor.get(`/en/c/${slug}/practical`)).body).toContain(html);
    },
  );
});

describe('ids of people', () => {
  it('[P3] cannot be walked along by a delegate: 404 each time, then 429, and they follow no order', async () => {
    const delegate = await delegateOf(nasty);
    const own = `/en/my/${nasty.registration.publicId}`;
    expect((await delegate.get(own)).status).toBe(200);
    expect((await delegate.get(`/en/my/${plain.registration.publicId}`)).status).toBe(404);
    expect((await delegate.get(`/org/people/${plain.person.publicId}`)).status).toBe(404);
    const statuses: number[] = [];
    for (let n = 0; n < 62; n++)
      statuses.push(
        (await delegate.get(`/en/my/${plain.registration.publicId.slice(0, -2)}${String(n).padStart(2, '0')}`)).status,
      );
    expect([statuses[0], statuses[50], statuses.at(-1)]).toEqual([404, 404, 429]);
    const ids = [nasty, plain].flatMap(({ person, registration }) => [person.publicId, registration.publicId]);
    for (const id of ids) expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{16}$/);
    expect(new Set(ids.map((id) => id.slice(0, 4))).size).toBe(4);
    world.clock.advance({ minutes: 11 });
    expect(unescapeHtml((await delegate.get(own)).body)).toContain(POLYGLOT);
  });
});
