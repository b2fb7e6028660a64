import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessLinks } from '../../src/features/accounts/index.js';
import { speakerCode } from '../../src/features/conferences/speakers.js';
import { Feeds } from '../../src/features/feeds/index.js';
import { Invitation, Invitations } from '../../src/features/invitations/index.js';
import { InvitationTokens } from '../../src/features/invitations/invitation-tokens.js';
import { People } from '../../src/features/people/index.js';
import { Assignments, Programmes, Releases, Sessions, Talks } from '../../src/features/programme/index.js';
import { SessionChoices, type Registration } from '../../src/features/registration/index.js';
import { Resolutions } from '../../src/features/round-tables/index.js';
import { Venues } from '../../src/features/venues/index.js';
import { LOCALES } from '../../src/kernel/locale.js';
import { PolicyCheck, type RoutePolicy } from '../../src/platform/web/policy-check.js';
import { startApp, type TestApp } from '../support/app.js';
import { hiddenFields, type Client } from '../support/client.js';
import { registered, scene, type Scene } from '../support/scene.js';
import { cookiesOf, send } from '../support/visits.js';

/*
 * Nothing unreleased is visible anywhere (invariant 6). Every route that somebody outside of the staff may read stands in
 * the table below with addresses at which it answers 200, or with the reason why it says nothing of a programme. A route
 * that is missing here fails the test, so that whoever adds one decides. Then the draft is changed in every way that there
 * is, and none of the addresses may show a trace of it.
 */
const RELEASED = 'Released words';
const MARK = 'UNRELEASEDWORD';
/** Everything that is only in the draft holds this, or is at this time of day, or is this state. */
const TRACES = [/UNRELEASEDWORD/i, /\b0[34][:.]?17(?:00)?\b/, /STATUS:CANCELLED|EventCancelled/, /nrlsdcode/i];

/** `shows`: it tells titles of sessions, so the released one must be there. */
interface Reached {
  readonly addresses: readonly string[];
  readonly shows: boolean;
  readonly as: 'visitor' | 'person';
}
type Row = Reached | { readonly silent: string };

const silent = (reason: string): Row => ({ silent: reason });
const shows = (...addresses: string[]): Row => ({ addresses, shows: true, as: 'visitor' });
const without = (...addresses: string[]): Row => ({ addresses, shows: false, as: 'visitor' });
const own = (addresses: string[], more: Partial<Reached> = {}): Row => ({
  addresses,
  shows: false,
  as: 'person',
  ...more,
});
const inLanguages = (address: string): string[] => [address, ...LOCALES.map((lang) => `${address}?lang=${lang}`)];

let world: TestApp;
let house: Scene;
let person: Client;
let day: string;
let code: string;
let tableCode: string;
let speaker: string;
let feed: string;
let invitation: string;
let moderator: Registration;

/** By path, the language written `:l`. */
function table(): Record<string, Row> {
  const [conf, pages] = ['/c/forum', '/:l/c/forum'];
  const my = `/:l/my/${moderator.publicId}`;
  const file = (name: string): Row => shows(...inLanguages(`${conf}/${name}`));
  const page = (name: string): Row => shows(`${pages}/${name}`);
  return {
    '/': silent('leads to a language'),
    '/api/docs': without('/api/docs'),
    '/api/openapi.json': without('/api/openapi.json'),
    '/healthz': silent('says that the process lives'),
    '/readyz': silent('says whether the database is there'),
    '/robots.txt': without('/robots.txt'),
    '/dev/mail': silent('development only: shows mails, which hold what was released'),
    '/dev/mail/:id': silent('development only'),
    '/dev/mail/:id/attachments/:index': silent('development only'),
    '/dev/mail/:id/raw': silent('development only'),
    '/staff/forgotten': silent('a form for an address'),
    '/staff/sign-in': silent('a form for a password'),
    '/staff/password/:token': silent('a form for a password'),
    '/:l/delegation/:token': silent('the people of one delegation, behind its link; no programme'),
    '/:l/delegation/:token/members/new': silent('a form for one of them'),
    '/:l/delegation/:token/members/:member': silent('one of them'),
    '/:l/delegation/:token/members/:member/visa': silent('how far the visa of one of them is'),
    '/:l/delegation/:token/journeys': silent('how they travel'),
    '/:l/delegation/:token/journeys/new': silent('a form for a flight'),
    '/:l/delegation/:token/journeys/:leg': silent('one of their flights'),
    '/:l/delegation-consent/:token': silent('a consent'),
    '/:l/quota/:token': silent('places and people of one institution, behind its link; no programme'),
    '/:l/quota/:token/places/:place': silent('who takes one of those places'),
    '/:l/quota-place/:token': silent('names and an address'),
    '/:l/quota-place/:token/registered': silent('a receipt'),
    '/:l/quota-consent/:token': silent('a consent'),
    '/unsubscribe/:token': silent('a button to get no more bulk mail'),
    '/:l': without('/:l'),
    '/:l/accessibility': without('/:l/accessibility'),
    '/:l/help': without('/:l/help'),
    '/:l/privacy': without('/:l/privacy'),
    '/:l/sign-in': silent('a form for an address'),
    '/:l/sign-in/code': silent('a form for a code'),
    '/:l/link/:token': silent('a button to sign in'),
    '/:l/offer/:token': silent('a place on the waiting list'),
    '/:l/c/:conf': without(pages),
    '/:l/c/:conf/practical': without(`${pages}/practical`),
    '/:l/c/:conf/satellites': without(`${pages}/satellites`),
    '/:l/c/:conf/register': without(`${pages}/register`),
    '/:l/c/:conf/registered': without(`${pages}/registered`),
    '/:l/c/:conf/programme': shows(
      `${pages}/programme`,
      `${pages}/programme?day=${day}`,
      `${pages}/programme?day=${day}&strand=forum-strand`,
      `${pages}/programme?language=en&room=nrlsdcode`,
    ),
    '/:l/c/:conf/programme/booklet': page('programme/booklet'),
    '/:l/c/:conf/programme/changes': page('programme/changes'),
    '/:l/c/:conf/programme/now': page('programme/now'),
    '/:l/c/:conf/programme/search': shows(`${pages}/programme/search?q=Released`),
    '/:l/c/:conf/s/:code': page(`s/${code}`),
    '/:l/c/:conf/s/:code/resolution': page(`s/${tableCode}/resolution`),
    '/:l/c/:conf/speakers': without(`${pages}/speakers`),
    '/:l/c/:conf/speakers/:code': page(`speakers/${speaker}`),
    '/c/:conf/programme.ics': file('programme.ics'),
    '/c/:conf/programme.jcal.json': file('programme.jcal.json'),
    '/c/:conf/programme.xcal.xml': file('programme.xcal.xml'),
    '/c/:conf/programme.json': file('programme.json'),
    '/c/:conf/programme.jsonld': file('programme.jsonld'),
    '/c/:conf/programme.xml': file('programme.xml'),
    '/c/:conf/conference.ics': without(...inLanguages(`${conf}/conference.ics`)),
    '/c/:conf/chosen.ics': shows(`${conf}/chosen.ics?codes=${code},${tableCode}&lang=en`),
    '/c/:conf/days/:day.ics': file(`days/${day}.ics`),
    '/c/:conf/rooms/:code.ics': file('rooms/hall.ics'),
    '/c/:conf/s/:code.ics': file(`s/${code}.ics`),
    '/c/:conf/strands/:code.ics': file('strands/forum-strand.ics'),
    '/c/:conf/speakers/:code.ics': file(`speakers/${speaker}.ics`),
    '/feed/:token.ics': shows(`/feed/${feed}.ics`),
    '/:l/invite/:token': shows(`/:l/invite/${invitation}`),
    '/:l/my': silent('leads to the only registration'),
    '/:l/my/:reg': own([my]),
    '/:l/my/:reg/calendar': silent('leads to the page of the calendar'),
    '/:l/my/:reg/cancel': own([`${my}/cancel`]),
    '/:l/my/:reg/consents': own([`${my}/consents`]),
    '/:l/my/:reg/needs': own([`${my}/needs`]),
    '/:l/my/:reg/paper': silent('for registrations with a paper only'),
    '/:l/my/:reg/profile': own([`${my}/profile`]),
    '/:l/my/:reg/sessions': own([`${my}/sessions`], { shows: true }),
    '/:l/my/:reg/visa': own([`${my}/visa`]),
    '/:l/my/:reg/visa/letter': silent('a file that an officer has signed'),
    '/:l/my/calendar': own(['/:l/my/calendar']),
    '/:l/c/:conf/s/:code/table': own([`${pages}/s/${tableCode}/table`], { shows: true }),
    '/:l/c/:conf/s/:code/table/floor': own([`${pages}/s/${tableCode}/table/floor`]),
    '/:l/c/:conf/s/:code/table/resolution': own([`${pages}/s/${tableCode}/table/resolution`]),
    '/:l/c/:conf/s/:code/table/thesis': own([`${pages}/s/${tableCode}/table/thesis`]),
    '/api/v1/me': silent('who the account is'),
    '/api/v1/tokens': silent('tokens of the account'),
    '/org': silent('for staff'),
    '/staff/profile': silent('for staff'),
    '/staff/profile/password': silent('for staff'),
    '/staff/profile/tokens': silent('for staff'),
  };
}

const forOutsiders = ({ policy, methods }: RoutePolicy) => policy.kind !== 'staff' && methods === 'GET';
const named = (path: string) => path.replace(/^\/(be|ru|en)(?=\/|$)/, '/:l');
const isReached = (row: Row): row is Reached => 'addresses' in row;

beforeAll(async () => {
  world = await startApp();
  const get: TestApp['get'] = (type) => world.get(type);
  house = await scene(world, 'forum', 'F27');
  const { programmeId, conference, sessionId, registration } = house;
  day = conference.startsOn;
  const venue = await get(Venues).addVenue({ code: 'annex', name: { en: 'Annex' }, address: {}, geo: null });
  const hall = await get(Venues).addRoom(venue.id, { code: 'hall', name: { en: 'Hall' }, capacity: 50, notes: '' });
  const first = await get(Sessions).byId(programmeId, sessionId);
  code = first.code;
  const title = { be: RELEASED, ru: RELEASED, en: RELEASED };
  const place = { start: first.startsAt, minutes: 60, roomId: hall.id };
  await get(Sessions).edit(programmeId, first, { title, languages: ['en'], place });
  const later = { start: new Date(first.startsAt!.getTime() + 7_200_000), minutes: 60, roomId: hall.id };
  const round = await get(Sessions).add(programmeId, { kind: 'round_table', title, place: later });
  tableCode = round.session.code;
  moderator = await registered(world, conference.id, { given: 'Мая', family: 'Вядучая', email: 'maya@example.org' });
  const { personId } = moderator;
  const seat = { sessionId: round.session.id, personId, role: 'moderator', state: 'confirmed' } as const;
  await get(Assignments).assign(programmeId, seat);
  await get(Releases).publish(programmeId, { name: title, note: title });
  await get(Resolutions).draft(conference.id, round.session.id, { en: 'We share what we have.' }, 0);
  const { version } = (await get(Resolutions).of(round.session.id))!.resolution;
  await get(Resolutions).adopt(conference.id, round.session.id, version);
  speaker = speakerCode(conference.id, registration.personId);
  feed = await get(Feeds).renew(personId, 'en');
  await get(SessionChoices).choose(moderator, [sessionId]);
  const order = { conferenceId: conference.id, deadline: null, message: '', locale: 'en' as const };
  const guest = { given: 'Госць', family: null, email: 'guest@example.org', locale: 'en' as const };
  const invited = await get(Invitations).create({
    ...order,
    seat: { sessionId, role: 'panelist' },
    person: guest as never,
  });
  await get(Invitations).send(invited);
  await world.mails();
  const row = await world.db.repository(Invitation).findOneByOrFail({ id: invited.id });
  invitation = get(InvitationTokens).of(row);
  person = await signedInPerson(personId);
});
afterAll(() => world.close());

async function signedInPerson(personId: string): Promise<Client> {
  const { token } = await world.get(AccessLinks).issue({ purpose: 'sign-in', subjectId: personId, minutes: 300 });
  const client = world.client();
  const path = `/en/link/${token}`;
  await client.post(path, hiddenFields((await client.get(path)).body, path));
  return client;
}

/** The draft is changed in every way that a release would show. */
async function changeEverything(): Promise<void> {
  const get: TestApp['get'] = (type) => world.get(type);
  const { programmeId, sessionId, talkId, strandId, registration } = house;
  const word = (n: number) => ({ be: `${MARK}${n}`, ru: `${MARK}${n}`, en: `${MARK}${n}` });
  const session = async (id: string) => get(Sessions).byId(programmeId, id);
  const odd = new Date(`${day}T00:17:00.000Z`);
  const first = await session(sessionId);
  const venue = await get(Venues).addVenue({ code: 'nrlsdcode', name: word(1), address: word(1), geo: null });
  const room = await get(Venues).addRoom(venue.id, { code: 'nrlsdcode', name: word(2), capacity: 9, notes: '' });
  await get(Sessions).edit(programmeId, first, {
    title: word(3),
    abstract: word(4),
    place: { start: odd, minutes: 45, roomId: room.id },
    languages: ['kk'],
    onlineUrl: `https://example.org/${MARK}`,
  });
  const talk = await get(Talks).byId(programmeId, talkId);
  await get(Talks).edit(programmeId, talk, { title: word(5), abstract: word(6) });
  await get(Talks).add(programmeId, sessionId, { title: word(7), abstract: word(7) });
  const strand = await get(Programmes).strand(programmeId, strandId);
  await get(Programmes).editStrand(programmeId, strand, { name: word(8), code: 'nrlsdcode' });
  const newcomer = await get(People).create({
    given: MARK,
    family: `${MARK}9`,
    institution: `${MARK} institute`,
    country: 'KZ',
    email: 'newcomer@example.org',
    locale: 'en',
  });
  const assign = (id: string, state: 'confirmed' | 'proposed', role: 'speaker' | 'chair') =>
    get(Assignments).assign(programmeId, { sessionId: id, personId: newcomer.id, role, state });
  await assign(sessionId, 'confirmed', 'speaker');
  await assign(sessionId, 'proposed', 'chair');
  const place = { start: new Date(odd.getTime() + 3_600_000), minutes: 45, roomId: null };
  const fresh = await get(Sessions).add(programmeId, { kind: 'plenary', title: word(10), abstract: word(10), place });
  await assign(fresh.session.id, 'confirmed', 'chair');
  await get(Sessions).add(programmeId, { kind: 'section', title: word(11) });
  const round = await get(Sessions).byCode(programmeId, tableCode);
  await get(Sessions).edit(programmeId, round, { title: word(12) });
  await get(Sessions).cancel(programmeId, await session(round.id));
  // Names of the house and of people are printed as they were released.
  const hall = (await get(Venues).rooms()).find((one) => one.code === 'hall')!;
  await get(Venues).editRoom(hall, { name: word(13) });
  await get(Venues).editVenue(hall.venue, { name: word(14), address: word(14) });
  const known = (await get(People).byId(registration.personId))!;
  await get(People).update(known, { institution: `${MARK} library` });
}

describe('what is not released', () => {
  const routes = () => world.get(PolicyCheck).routes().filter(forOutsiders);

  it('[A6] has no route to the outside that this test does not know, and the test knows none that is gone', () => {
    const paths = [...new Set(routes().flatMap(({ paths: all }) => all.map(named)))];
    expect(Object.keys(table()).sort()).toEqual(paths.sort());
  });

  it('[A6] is at no address, in no language and no format, though the draft is changed in every way', async () => {
    const visits = Object.entries(table()).flatMap(([path, row]) => (isReached(row) ? visitsOf(path, row) : []));
    const read = async (status: number | null) => {
      const bodies = new Map<string, string>();
      for (const { url, row } of visits) {
        const headers: Record<string, string> = row.as === 'person' ? { cookie: cookiesOf(person) } : {};
        const { statusCode, body } = await send(world, 'GET', url, headers);
        if (status !== null) expect([url, statusCode]).toEqual([url, status]);
        bodies.set(url, body);
      }
      return bodies;
    };
    expect(visits.length).toBeGreaterThan(100);
    // Before anything was read: what is kept of an earlier answer would hide what a new process shows.
    await changeEverything();
    const found = await read(200);
    const blind = visits.filter(({ row, url }) => row.shows && !found.get(url)!.includes(RELEASED));
    expect(blind.map(({ url }) => url)).toEqual([]);
    const leaks = [...found].flatMap(([url, body]) =>
      TRACES.filter((trace) => trace.test(body)).map((trace) => [url, String(trace), around(body, trace)]),
    );
    expect(leaks).toEqual([]);
    // Each of the words was there to be found: the next release shows them all, but for what waits without a time.
    await world.get(Releases).publish(house.programmeId);
    const shown = [...(await read(null)).values()].flatMap((body) => body.match(/UNRELEASEDWORD\d+/g) ?? []);
    const numbers = [...new Set(shown)].map((word) => Number(word.slice(MARK.length))).sort((a, b) => a - b);
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14]);
  });
});

function visitsOf(path: string, row: Reached): { path: string; row: Reached; url: string }[] {
  return row.addresses.flatMap((address) =>
    (address.startsWith('/:l') ? LOCALES : ['']).map((locale) => ({
      path,
      row,
      url: address.replace('/:l', `/${locale}`),
    })),
  );
}

function around(body: string, trace: RegExp): string {
  const { index } = trace.exec(body)!;
  return body.slice(Math.max(0, index - 80), index + 40).replace(/\s+/g, ' ');
}
