import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Conferences,
  SeriesService,
  type Conference,
  type NewConference,
} from '../../../../src/features/conferences/index.js';
import { Conflicts, Programmes, Releases, Sessions } from '../../../../src/features/programme/index.js';
import { Venues, type Room } from '../../../../src/features/venues/index.js';
import { toInstant } from '../../../../src/kernel/zones.js';
import { LOCALES } from '../../../../src/kernel/locale.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { hostile } from '../../../support/hostile.js';
import { signedIn, staff } from '../../../support/house.js';

let world: TestApp;
let room: Room;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  const venue = await world.get(Venues).addVenue({
    code: 'library',
    name: { be: 'Бібліятэка', en: 'Library' },
    address: { en: 'Independence Avenue' },
    geo: null,
  });
  room = await world.get(Venues).addRoom(venue.id, {
    code: 'hall',
    name: { be: 'Вялікая зала', ru: 'Большой зал', en: 'Great Hall' },
    capacity: 400,
    notes: '',
  });
  await staff(world, 'admin@example.org', [{ role: 'admin', conferenceId: null }]);
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

const day = (days: number) => new Date(world.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);

function made(changes: Partial<NewConference> = {}): Promise<Conference> {
  return world.get(Conferences).create({
    slug: `gathering-${++serial}`,
    kind: 'congress',
    title: { be: 'Кангрэс', ru: 'Конгресс', en: 'Congress' },
    startsOn: day(100),
    endsOn: day(102),
    numberPrefix: 'C27',
    public: true,
    ...changes,
  });
}

/** A session at 10:00 of the first day; not released yet. */
async function planned(conference: Conference, changes: Parameters<Sessions['add']>[1] | object = {}) {
  const { id: programmeId } = await world.get(Programmes).ofOwner(conference.id);
  const start = toInstant(`${conference.startsOn}T10:00`, conference.zone).instant;
  const { session } = await world.get(Sessions).add(programmeId, {
    kind: 'section',
    title: { en: 'Manuscripts', be: 'Рукапісы' },
    languages: ['be', 'en'],
    interpretation: ['ru'],
    place: { start, minutes: 90, roomId: room.id },
    ...changes,
  });
  return { programmeId, session };
}

/** Publishes whatever the draft says; conflicts are overridden. */
async function release(programmeId: string): Promise<void> {
  for (const found of await world.get(Conflicts).findings(programmeId))
    if (found.severity === 'error') await world.get(Conflicts).override(programmeId, found.key, 'as planned');
  await world.get(Releases).publish(programmeId, { name: { en: 'Release' } });
}

const admin = (): Promise<Client> => signedIn(world.client(), 'admin@example.org');
const fieldsOf = (conference: Conference, changes: Record<string, string> = {}) => ({
  slug: conference.slug,
  kind: conference.kind,
  'title.en': conference.title.en ?? '',
  'title.be': conference.title.be ?? '',
  startsOn: conference.startsOn,
  endsOn: conference.endsOn,
  zone: conference.zone,
  numberPrefix: conference.numberPrefix,
  public: 'on',
  ...changes,
});

describe('the front door', () => {
  it.each([
    ['ru;q=0.9, en;q=0.1', '/ru/'],
    ['fr, en', '/en/'],
    ['fr', '/be/'],
  ])('leads a reader of "%s" to %s', async (languages, path) => {
    const answer = await world.client().get('/', { 'accept-language': languages });
    expect([answer.status, answer.location, answer.headers['vary']]).toEqual([303, path, 'Accept-Language']);
  });

  it('shows coming conferences with their satellites under them, evenings beside, and the past', async () => {
    const parent = await made({ title: { en: 'Parent congress' } });
    await made({ title: { en: 'Its satellite' }, kind: 'satellite', parentId: parent.id });
    await made({ title: { en: 'Book transfer' }, kind: 'ceremony' });
    await made({ title: { en: 'Old readings' }, startsOn: day(-50), endsOn: day(-48) });
    const { body } = await world.client().get('/en/');
    const places = ['Parent congress', 'Its satellite', 'Book transfer', 'Old readings'].map((title) =>
      body.indexOf(title),
    );
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('answers the same bytes again with 304', async () => {
    const first = await world.client().get('/en/');
    const again = await world.client().get('/en/', { 'if-none-match': String(first.headers['etag']) });
    expect([first.status, again.status, again.body]).toEqual([200, 304, '']);
  });
});

describe('drafts', () => {
  const pages = (slug: string) => [
    ...LOCALES.flatMap((locale) =>
      ['', '/programme', '/programme/changes', '/practical', '/satellites', '/s/abc'].map(
        (path) => `/${locale}/c/${slug}${path}`,
      ),
    ),
    `/c/${slug}/programme.json`,
  ];

  it('[A6] no public page knows a conference that is not public, or anything of it', async () => {
    const canary = 'CANARY-of-a-draft';
    const draft = await made({ title: { en: canary }, tagline: { en: canary }, public: false });
    const { programmeId } = await planned(draft, { title: { en: canary } });
    await release(programmeId);
    for (const page of pages(draft.slug)) {
      const answer = await world.client().get(page);
      expect([page, answer.status, answer.body.includes(canary)]).toEqual([page, 404, false]);
    }
    for (const locale of LOCALES) expect((await world.client().get(`/${locale}/`)).body).not.toContain(canary);
  });

  it('[A6] what is not released yet is in no page, file or list of a public conference', async () => {
    const conference = await made();
    const { programmeId, session } = await planned(conference, { title: { en: 'First words' } });
    await release(programmeId);
    const canary = 'CANARY-of-a-session';
    await world
      .get(Sessions)
      .edit(programmeId, await world.get(Sessions).byId(programmeId, session.id), { title: { en: canary } });
    const unreleased = await planned(conference, {
      title: { en: canary },
      kind: 'plenary',
      place: { start: session.endsAt, minutes: 30, roomId: room.id },
    });
    for (const page of [
      ...pages(conference.slug).filter((path) => !path.includes('/s/')),
      `/en/c/${conference.slug}/s/${session.code}`,
    ]) {
      const answer = await world.client().get(page);
      expect([page, answer.status, answer.body.includes(canary)]).toEqual([page, 200, false]);
    }
    expect((await world.client().get(`/en/c/${conference.slug}/s/${unreleased.session.code}`)).status).toBe(404);
  });

  it('[A6] a restricted session is released without being shown', async () => {
    const conference = await made();
    await planned(conference, { title: { en: 'Open session' } });
    const { programmeId, session } = await planned(conference, {
      title: { en: 'CANARY-closed' },
      restricted: true,
      place: {
        start: toInstant(`${conference.startsOn}T16:00`, conference.zone).instant,
        minutes: 30,
        roomId: room.id,
      },
    });
    await release(programmeId);
    for (const page of ['/programme', '/programme/changes'])
      expect((await world.client().get(`/en/c/${conference.slug}${page}`)).body).not.toContain('CANARY-closed');
    expect((await world.client().get(`/c/${conference.slug}/programme.json`)).body).not.toContain('CANARY-closed');
    expect((await world.client().get(`/en/c/${conference.slug}/s/${session.code}`)).status).toBe(404);
  });

  it('a public conference without a release says so kindly', async () => {
    const conference = await made();
    const answer = await world.client().get(`/en/c/${conference.slug}/programme`);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('The programme is still being prepared');
  });

  it('a page that was kept is gone once the conference is hidden again', async () => {
    const conference = await made({ title: { en: 'Shown for a while' } });
    const page = `/en/c/${conference.slug}`;
    expect((await world.client().get(page)).status).toBe(200);
    await world.get(Conferences).edit(conference, { public: false });
    expect((await world.client().get(page)).status).toBe(404);
    expect((await world.client().get('/en/')).body).not.toContain('Shown for a while');
  });
});

describe('the public programme', () => {
  it('says languages, interpretation, zone and room in the words of the page', async () => {
    const conference = await made();
    const { programmeId, session } = await planned(conference);
    await release(programmeId);
    const en = (await world.client().get(`/en/c/${conference.slug}/s/${session.code}`)).body;
    expect(en).toContain('In Belarusian and English, interpreted into Russian');
    expect(en).toContain('Minsk time, UTC+3');
    expect(en).toContain('Great Hall');
    const be = (await world.client().get(`/be/c/${conference.slug}/programme`)).body;
    expect(be).toContain('Мова: беларуская і англійская; вусны пераклад: руская');
    expect(be).toContain('Вялікая зала');
  });

  it('marks a text that has no translation with its language', async () => {
    const conference = await made({ title: { be: 'Толькі па-беларуску' }, description: { be: 'Тэкст' } });
    const { body } = await world.client().get(`/en/c/${conference.slug}`);
    expect(body).toContain('<span lang="be">Толькі па-беларуску</span>');
    expect(body).toContain('This text is available in Belarusian only.');
  });

  it('shows one day at a time and filters by strand, language and room', async () => {
    const conference = await made();
    const { programmeId } = await planned(conference, { title: { en: 'In Belarusian and English' } });
    const at = (days: number, hour: string) =>
      toInstant(
        `${new Date(Date.parse(`${conference.startsOn}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)}T${hour}`,
        conference.zone,
      ).instant;
    await planned(conference, {
      title: { en: 'In Russian' },
      languages: ['ru'],
      place: { start: at(0, '14:00'), minutes: 60, roomId: room.id },
    });
    await planned(conference, {
      title: { en: 'The second day' },
      place: { start: at(1, '10:00'), minutes: 60, roomId: null },
    });
    await release(programmeId);
    const shown = async (query: string) => {
      const { body } = await world.client().get(`/en/c/${conference.slug}/programme${query}`);
      return ['In Belarusian and English', 'In Russian', 'The second day'].filter((title) =>
        body.includes(`>${title}</a>`),
      );
    };
    expect(await shown('')).toEqual(['In Belarusian and English', 'In Russian']);
    expect(await shown('?language=ru')).toEqual(['In Russian']);
    expect(await shown('?room=hall&language=en')).toEqual(['In Belarusian and English']);
    expect(await shown(`?day=${at(1, '10:00').toISOString().slice(0, 10)}`)).toEqual(['The second day']);
    expect(await shown('?day=nonsense&language=nonsense')).toEqual(['In Belarusian and English', 'In Russian']);
  });

  it('says what a release changed: from where to where', async () => {
    const conference = await made();
    const { programmeId, session } = await planned(conference);
    await release(programmeId);
    const current = await world.get(Sessions).byId(programmeId, session.id);
    await world.get(Sessions).move(programmeId, current, {
      start: new Date(current.startsAt!.getTime() + 5_400_000),
      minutes: 90,
      roomId: null,
    });
    await release(programmeId);
    const { body } = await world.client().get(`/en/c/${conference.slug}/programme/changes`);
    expect(body).toMatch(/<span class="change-old">[^<]*10:00–11:30<\/span> → <strong>[^<]*11:30–13:00<\/strong>/);
    expect(body).toContain('<span class="change-old">Great Hall</span> → <strong>no room</strong>');
  });

  it('goes by its kind where a session has no title', async () => {
    const conference = await made();
    const { programmeId } = await planned(conference, { title: {}, kind: 'break' });
    await release(programmeId);
    expect((await world.client().get(`/en/c/${conference.slug}/programme`)).body).toMatch(/<h3>\s*Break\s*<\/h3>/);
  });

  it('is there for other programs as JSON, in the language asked for', async () => {
    const conference = await made();
    const { programmeId, session } = await planned(conference);
    await release(programmeId);
    const answer = await world.client().get(`/c/${conference.slug}/programme.json?lang=en`);
    const { schedule } = answer.json<{
      schedule: {
        version: string;
        conference: {
          title: string;
          time_zone_name: string;
          days: { date: string; rooms: Record<string, object[]> }[];
        };
      };
    }>();
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(schedule).toMatchObject({
      version: '1',
      conference: {
        title: 'Congress',
        time_zone_name: 'Europe/Minsk',
        days: [
          {
            date: conference.startsOn,
            rooms: {
              'Great Hall': [
                {
                  code: session.code.toUpperCase(),
                  title: 'Manuscripts',
                  start: '10:00',
                  duration: '01:30',
                  date: `${conference.startsOn}T10:00:00+03:00`,
                },
              ],
            },
          },
        ],
      },
    });
  });

  it.each([1, 3])('asks the database equally often with %i sessions', async (sessions) => {
    const conference = await made();
    let programmeId = '';
    for (let at = 0; at < sessions; at++) {
      ({ programmeId } = await planned(conference, {
        place: {
          start: toInstant(`${conference.startsOn}T1${at * 2}:00`, conference.zone).instant,
          minutes: 60,
          roomId: room.id,
        },
      }));
    }
    await release(programmeId);
    const { source, count } = counted();
    await world.client().get(`/en/c/${conference.slug}/programme`);
    source();
    expect(count()).toBeGreaterThan(3);
    expect(count()).toBeLessThanOrEqual(16);
    statements.add(count());
    expect(statements.size).toBe(1);
  });
});

const statements = new Set<number>();

/** Counts the statements that run until `source` is called. */
function counted(): { source: () => void; count: () => number } {
  const runner = world.db.manager.connection;
  const original = runner.createQueryRunner.bind(runner);
  let number = 0;
  runner.createQueryRunner = ((mode: 'master' | 'slave') => {
    const made_ = original(mode);
    const query = made_.query.bind(made_);
    made_.query = ((...args: Parameters<typeof query>) => {
      number++;
      return query(...args);
    }) as typeof query;
    return made_;
  }) as typeof original;
  return { source: () => void (runner.createQueryRunner = original), count: () => number };
}

/** Tags that none of our templates writes: what a title would have brought in. */
function foreignTags(html: string): string[] {
  const ours = /^<script type="(?:module" src="\/assets\/|application\/(?:ld\+)?json")/;
  return (html.match(/<[a-z][^>]*>/gi) ?? []).filter(
    (tag) =>
      /^<(?:img|iframe|object|embed|base)|\son\w+\s*=|="\s*javascript:/i.test(tag) ||
      (/^<script/i.test(tag) && !ours.test(tag)),
  );
}

describe('what people typed', () => {
  it('[X2] hostile titles come back as text, on every public page', async () => {
    const kept = hostile('xss', 'jsonld', 'template').filter(
      ({ verdict, value }) => verdict === 'keep' && value.length <= 200,
    );
    expect(kept.length).toBeGreaterThan(10);
    let conference = await made();
    const codes = new Map<string, string>();
    let programmeId = '';
    for (const [at, { id, value }] of kept.entries()) {
      const start = toInstant(`${conference.startsOn}T00:00`, conference.zone).instant.getTime() + at * 600_000;
      const added = await planned(conference, {
        title: { en: value },
        place: { start: new Date(start), minutes: 10, roomId: null },
      });
      codes.set(id, added.session.code);
      ({ programmeId } = added);
    }
    await release(programmeId);
    const programme = await world.client().get(`/en/c/${conference.slug}/programme`);
    expect(foreignTags(programme.body)).toEqual([]);
    for (const { id, value } of kept) {
      conference = await world.get(Conferences).edit(conference, { title: { en: value }, tagline: { en: value } });
      for (const page of ['', `/s/${codes.get(id)!}`]) {
        const { status, body } = await world.client().get(`/en/c/${conference.slug}${page}`);
        const heading = unescapeHtml(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(body)?.[1] ?? '');
        expect([id, page, status, heading, foreignTags(body)]).toEqual([id, page, 200, value, []]);
      }
      expect([id, unescapeHtml(programme.body).includes(`>${value}</a>`)]).toEqual([id, true]);
    }
  });

  it('[X2] Markdown of a description brings no markup and no foreign scheme', async () => {
    const conference = await made({
      description: {
        en: '**bold** <script>alert(1)</script> <img src=x onerror=alert(1)> [go](javascript:alert(1)) [home](https://example.org/)',
      },
      practical: { en: '# Heading\n\n![picture](https://example.org/x.png)' },
    });
    const { body } = await world.client().get(`/en/c/${conference.slug}`);
    expect(body).toContain('<strong>bold</strong> &lt;script&gt;');
    expect(body).toContain('<a href="https://example.org/" rel="nofollow noopener">home</a>');
    expect(body).not.toMatch(/<img|href="javascript/);
    const practical = (await world.client().get(`/en/c/${conference.slug}/practical`)).body;
    expect(practical).toMatch(/<h3>Heading<\/h3>/);
    expect(practical).not.toContain('<img');
  });

  it('[X6] structured data cannot end their block', async () => {
    const conference = await made({ title: { en: '</script><script>alert(1)</script>' } });
    const { body } = await world.client().get(`/en/c/${conference.slug}`);
    const block = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(body)![1]!;
    expect(JSON.parse(block)).toMatchObject({
      '@type': 'Event',
      name: '</script><script>alert(1)</script>',
      startDate: conference.startsOn,
    });
  });
});

describe('the organizer’s pages', () => {
  it('an admin creates a conference, and its programme is there at once', async () => {
    const client = await admin();
    const fields = {
      slug: 'made-by-hand',
      kind: 'seminar',
      'title.be': 'Семінар',
      startsOn: day(30),
      endsOn: day(31),
      zone: 'Europe/Minsk',
      numberPrefix: 's27',
    };
    const answer = await client.submit('/org/conferences/new', fields, '/org/conferences');
    expect([answer.status, answer.location]).toEqual([303, '/org/c/made-by-hand']);
    const conference = (await world.get(Conferences).bySlug('made-by-hand'))!;
    expect(conference).toMatchObject({
      kind: 'seminar',
      title: { be: 'Семінар' },
      public: false,
      numberPrefix: 'S27',
      version: 1,
    });
    expect(await world.get(Programmes).ofOwner(conference.id)).toMatchObject({
      ownerKind: 'conference',
      zone: 'Europe/Minsk',
    });
    const overview = await client.follow(answer);
    expect(overview.body).toContain('href="/org/c/made-by-hand/settings"');
  });

  it('says beside the field what is wrong, and keeps everything typed', async () => {
    const taken = await made();
    const client = await admin();
    const answer = await client.submit(
      '/org/conferences/new',
      {
        slug: taken.slug,
        kind: 'congress',
        'title.en': 'Kept title',
        startsOn: day(30),
        endsOn: day(31),
        zone: 'Europe/Minsk',
        numberPrefix: 'C',
      },
      '/org/conferences',
    );
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('This address is already taken');
    expect(answer.body).toContain('aria-describedby="field-slug-hint field-slug-error"');
    expect(answer.body).toContain('value="Kept title"');
    const late = await client.submit(
      '/org/conferences/new',
      {
        slug: 'other',
        kind: 'congress',
        'title.en': 'x',
        startsOn: day(31),
        endsOn: day(30),
        zone: 'Nowhere/Land',
        numberPrefix: 'C-27',
      },
      '/org/conferences',
    );
    expect(late.status).toBe(422);
    expect(['field-zone-error', 'field-numberPrefix-error'].filter((id) => !late.body.includes(`id="${id}"`))).toEqual(
      [],
    );
  });

  it('a stale save is 409, shows what is different now, and saves when sent again', async () => {
    const conference = await made({ title: { en: 'As I knew it' } });
    const client = await admin();
    const page = `/org/c/${conference.slug}/settings`;
    const mine = await client.get(page);
    const csrf = unescapeHtml(/name="_csrf" value="([^"]*)"/.exec(mine.body)![1]!);
    await world.get(Conferences).edit(conference, { title: { en: 'As somebody else made it' } });
    const stale = await client.post(page, {
      _csrf: csrf,
      version: '1',
      ...fieldsOf(conference, { 'title.en': 'As I want it' }),
    });
    expect(stale.status).toBe(409);
    expect(stale.body).toContain('As somebody else made it');
    expect(stale.body).toContain('value="As I want it"');
    expect(stale.body).toContain('name="version" value="2"');
    const again = await client.post(page, {
      _csrf: csrf,
      version: '2',
      ...fieldsOf(conference, { 'title.en': 'As I want it' }),
    });
    expect([again.status, (await world.get(Conferences).byId(conference.id))!.title]).toEqual([
      303,
      { en: 'As I want it' },
    ]);
  });

  it('two conferences never become satellites of each other', async () => {
    const [one, two] = [await made(), await made()];
    const results = await Promise.allSettled([
      world.get(Conferences).edit(one, { parentId: two.id }),
      world.get(Conferences).edit(two, { parentId: one.id }),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('the list finds a title in another script', async () => {
    await made({ title: { be: 'Чытанні імя Скарыны' } });
    const { body } = await (await admin()).get(`/org/conferences?q=${encodeURIComponent('skaryny')}`);
    expect(body).toContain('Чытанні імя Скарыны');
  });
});

describe('the API', () => {
  it('creates, answers with an entity tag and edits against it: 428 without, 412 when stale', async () => {
    const client = await admin();
    const csrf = await formToken(client);
    const headers = { origin: 'http://127.0.0.1:3000', 'x-csrf-token': csrf };
    const input = {
      slug: 'by-api',
      kind: 'round_table',
      title: { en: 'Round table' },
      startsOn: day(10),
      endsOn: day(10),
      zone: 'Europe/Minsk',
      numberPrefix: 'RT',
    };
    const created = await client.api('POST', '/api/v1/conferences', input, headers);
    expect([created.status, created.headers['etag']]).toEqual([201, '"v1"']);
    expect(created.json()).toMatchObject({ slug: 'by-api', public: false, description: {}, parentId: null });
    const url = '/api/v1/conferences/by-api';
    expect((await client.api('PATCH', url, { tagline: { en: 'New' } }, headers)).status).toBe(428);
    const edited = await client.api('PATCH', url, { tagline: { en: 'New' } }, { ...headers, 'if-match': '"v1"' });
    expect([edited.status, edited.headers['etag'], edited.json()['tagline'], edited.json()['title']]).toEqual([
      200,
      '"v2"',
      { en: 'New' },
      { en: 'Round table' },
    ]);
    const stale = await client.api('PATCH', url, { tagline: { en: 'Late' } }, { ...headers, 'if-match': '"v1"' });
    expect([stale.status, stale.json()['code']]).toEqual([412, 'error.stale']);
    const unknown = await client.api('PATCH', url, { colour: 'red' }, { ...headers, 'if-match': '"v2"' });
    expect([unknown.status, unknown.json<{ errors: { field: string }[] }>().errors.map(({ field }) => field)]).toEqual([
      422,
      ['colour'],
    ]);
    const wrong = await client.api('PATCH', url, { endsOn: day(9) }, { ...headers, 'if-match': '"v2"' });
    expect(wrong.json()).toMatchObject({
      status: 422,
      errors: [{ field: 'endsOn', code: 'error.conference.endBeforeStart' }],
    });
  });

  it('walks the list page by page', async () => {
    const client = await admin();
    const all: string[] = [];
    let next: string | null = null;
    do {
      const answer = await client.api('GET', `/api/v1/conferences?limit=4${next ? `&after=${next}` : ''}`);
      const page: { items: { slug: string }[]; next: string | null } = answer.json();
      all.push(...page.items.map(({ slug }) => slug));
      next = page.next;
    } while (next);
    expect(all).toEqual((await world.get(Conferences).list()).map(({ slug }) => slug));
  });

  it('keeps series likewise', async () => {
    const client = await admin();
    const headers = { origin: 'http://127.0.0.1:3000', 'x-csrf-token': await formToken(client) };
    const created = await client.api(
      'POST',
      '/api/v1/series',
      { code: 'readings', title: { en: 'Readings' } },
      headers,
    );
    const { id } = created.json<{ id: string }>();
    expect(created.status).toBe(201);
    expect(
      (await client.api('POST', '/api/v1/series', { code: 'readings', title: { en: 'Again' } }, headers)).json(),
    ).toMatchObject({ status: 422, errors: [{ field: 'code' }] });
    const edited = await client.api(
      'PATCH',
      `/api/v1/series/${id}`,
      { title: { en: 'Book readings' } },
      { ...headers, 'if-match': '"v1"' },
    );
    expect([edited.status, (await world.get(SeriesService).byId(id)).title]).toEqual([200, { en: 'Book readings' }]);
  });
});

async function formToken(client: Client): Promise<string> {
  return unescapeHtml(/name="_csrf" value="([^"]*)"/.exec((await client.get('/org/series/new')).body)![1]!);
}
