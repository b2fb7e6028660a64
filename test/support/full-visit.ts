import { Incidents } from '../../src/features/visits/day/incidents.service.js';
import { Programmes, Releases, Sessions } from '../../src/features/programme/index.js';
import { People } from '../../src/features/people/index.js';
import { Venues } from '../../src/features/venues/index.js';
import { SharedFeeds } from '../../src/features/feeds/shared-feeds.service.js';
import {
  DelegationLinks,
  Delegations,
  MemberNeeds,
  StayReleases,
  StaySessions,
  VisitAttendances,
  Visits,
  type NewVisit,
  type Visit,
} from '../../src/features/visits/index.js';
import { Commitments } from '../../src/features/visits/commitments/commitments.service.js';
import { DelegationLists } from '../../src/features/visits/delegation/delegation-lists.service.js';
import { VisitDocuments } from '../../src/features/visits/documents/visit-documents.service.js';
import { Cars } from '../../src/features/visits/logistics/cars.service.js';
import { Gifts } from '../../src/features/visits/logistics/gifts.service.js';
import { Journeys } from '../../src/features/visits/logistics/journeys.service.js';
import { Lodgings } from '../../src/features/visits/logistics/lodgings.service.js';
import { MemberVisaRequests } from '../../src/features/visits/visas/member-visa-requests.service.js';
import { VisitPapers } from '../../src/features/visits/papers/papers.service.js';
import { Assignment } from '../../src/features/programme/index.js';
import { Briefings } from '../../src/features/visits/briefing/briefings.service.js';
import { Costs } from '../../src/features/visits/logistics/costs.service.js';
import type { Viewer } from '../../src/platform/web/viewer.js';
import { toInstant } from '../../src/kernel/zones.js';
import type { TestApp } from './app.js';
import type { Scene } from './scene.js';

/** What its words are about, to look for them in answers: each is one word that stands nowhere else. */
export type Said =
  | 'title'
  | 'name'
  | 'session'
  | 'note'
  | 'diet'
  | 'allergy'
  | 'contact'
  | 'gift'
  | 'cost'
  | 'briefing'
  | 'budget'
  | 'decision'
  | 'lessons'
  | 'paper'
  | 'promise'
  | 'hotel'
  | 'sign'
  | 'label'
  | 'purpose';

export interface FullVisit {
  readonly visit: Visit;
  readonly said: Readonly<Record<Said, string>>;
  /** For the parameters of its routes. */
  readonly ids: Readonly<Record<string, string>>;
  /** Of the guest side. */
  readonly link: string;
  /** Addresses of its secret calendars. */
  readonly feeds: readonly string[];
}

/**
 * A visit linked to a conference whose every room holds something: frozen, with a change sheet, letters, calendars, a link.
 * Its words begin with the mark, or (`text`) everything that can be said says the same.
 */
export async function fullVisit(
  { get, db, clock }: Pick<TestApp, 'get' | 'db' | 'clock'>,
  congress: Scene,
  mark: string,
  more: Partial<NewVisit>,
  text?: string,
): Promise<FullVisit> {
  const word = (what: string) => text ?? `${mark}${what}`;
  const said: Record<Said, string> = {
    title: word('Title'),
    name: word('Name'),
    session: word('Session'),
    note: word('Note'),
    diet: word('Diet'),
    allergy: word('Allergy'),
    contact: word('Contact'),
    gift: word('Gift'),
    cost: word('Cost'),
    briefing: word('Briefing'),
    budget: word('Budget'),
    decision: word('Decision'),
    lessons: word('Lessons'),
    paper: word('Paper'),
    promise: word('Promise'),
    hotel: word('Hotel'),
    sign: word('Sign'),
    label: word('Label'),
    purpose: word('Purpose'),
  };
  const all = (one: string) => ({ be: one, ru: one, en: one });
  const day = congress.conference.startsOn!;
  const visits = get(Visits);
  const visit = await visits.openFile({
    title: all(text ?? `${said.title} findable`),
    initiator: word('Initiator'),
    topics: word('Topics'),
    hostPrincipal: word('Principal'),
    dressCode: word('Dress'),
    flags: word('Flags'),
    incomingNo: text === undefined ? `${mark}No` : '12/3',
    kind: 'working',
    level: 3,
    country: 'AM',
    languages: ['hy'],
    conferenceId: congress.conference.id,
    startsOn: day,
    endsOn: day,
    purpose: said.purpose,
    budget: said.budget,
    decidedBy: said.decision,
    decidedOn: '2026-11-01',
    decision: said.decision,
    lessons: said.lessons,
    financing: { travel: 'guest' },
    ...more,
  });
  const { member } = await get(Delegations).add(visit, {
    person: { given: text ?? 'Ani', family: said.name, institution: word('Library'), locale: 'en' },
    role: 'head',
    title: all(word('Post')),
    courtesy: all(word('Courtesy')),
    plate: { be: word('Plate'), en: word('Plate'), original: word('Plate') },
    citizenship: 'ID',
    passportType: 'ordinary',
    emergencyContact: said.contact,
    source: 'staff',
  });
  await get(MemberNeeds).write(visit, member, { diet: said.diet, allergy: said.allergy });
  await get(MemberVisaRequests).begin(visit, member);
  const host = await get(People).create({ given: 'Host', family: `${mark}Host`, locale: 'en' });
  const venue = await get(Venues).addVenue({ code: mark.toLowerCase(), name: { en: 'House' }, address: {}, geo: null });
  const hall = { code: mark.toLowerCase(), name: { en: 'Hall' }, capacity: 50, notes: '' };
  const { id: roomId } = await get(Venues).addRoom(venue.id, hall);
  const place = { start: toInstant(`${day}T15:00`, visit.zone).instant, minutes: 60, roomId };
  const { session } = await get(StaySessions).add(visit, {
    kind: 'meal',
    title: all(said.session),
    place,
    languages: [],
    layout: null,
    address: null,
    setUp: { flags: word('OnTable'), microphones: word('Sound') },
    menu: word('Menu'),
    internalNote: said.note,
    guestNote: word('Coats'),
    shownToGuests: true,
    planB: word('Plan'),
  });
  await get(StaySessions).assign(visit, session.id, { personId: host.id, role: 'host', level: null });
  const [assignment] = (await db.all(Assignment, { sessionId: session.id })).filter(({ role }) => role === 'host');
  await get(VisitAttendances).choose(visit, congress.sessionId, { memberIds: null, version: 0 }, false);
  const car = await get(Cars).add({
    name: word('Van'),
    plate: 'AB 1234-7',
    seats: 6,
    luggage: null,
    driver: word('Driver'),
    phone: '+375170000000',
    inUse: true,
  });
  const leg = await get(Journeys).add(
    visit,
    {
      direction: 'arrival',
      mode: 'flight',
      carrier: word('Carrier'),
      number: 'B2 1',
      fromPlace: word('From'),
      toPlace: word('To'),
      departsAt: `${day}T06:00`,
      departsZone: 'Asia/Yerevan',
      arrivesAt: `${day}T08:00`,
      arrivesZone: 'Europe/Minsk',
      terminal: null,
      carId: car.id,
      greeter: word('Greeter'),
      signText: said.sign,
      luggage: 1,
      status: 'planned',
      note: said.note,
    },
    [member.id],
  );
  await get(Lodgings).save(visit, member.id, 0, {
    hotel: said.hotel,
    roomType: 'single',
    from: day,
    until: new Date(new Date(`${day}T12:00Z`).getTime() + 86_400_000).toISOString().slice(0, 10),
    sharedWith: null,
    payer: 'host',
  });
  const gift = await get(Gifts).add(visit, {
    way: 'given',
    what: said.gift,
    memberId: member.id,
    whom: null,
    rank: null,
    value: 1000,
    currency: 'BYN',
    keptAt: word('Shelf'),
    ready: false,
    note: word('GiftNote'),
  });
  const cost = await get(Costs).add(visit, {
    item: 'other',
    what: said.cost,
    quantity: 1,
    price: 1000,
    currency: 'BYN',
    payer: 'host',
    spent: null,
  });
  await get(Briefings).save(visit, 0, {
    principal: null,
    wants: said.briefing,
    facts: [{ date: '2025', fact: said.briefing }],
    lastMeeting: said.briefing,
    theirPoints: said.briefing,
    ourLine: said.briefing,
    sensitive: said.briefing,
    execution: said.briefing,
    pressLine: said.briefing,
    bios: { [member.id]: said.briefing },
  });
  const promise = await get(Commitments).make(visit, {
    text: said.promise,
    promisedBy: 'us',
    ownerId: null,
    dueOn: day,
    sessionId: null,
  });
  const paper = await get(VisitPapers).enter(visit, {
    kind: 'other',
    direction: 'incoming',
    number: '1',
    issuedOn: '2026-11-01',
    about: said.paper,
    text: said.paper,
  });
  const incident = await get(Incidents).note(visit, { at: clock.now(), what: said.note, who: word('Who') });
  const viewer: Viewer = {
    kind: 'account',
    id: visit.responsibleId ?? '',
    name: 'Officer',
    locale: 'en',
    signInId: null,
    scopes: null,
    level: () => 'write',
  };
  const letter = await get(VisitDocuments).issue(visit, 'invitation_letter', { viewer, locale: 'en' });
  const list = await get(DelegationLists).start(visit, {
    filename: `${mark}.csv`,
    bytes: Buffer.from(`Name,Title\n${text === undefined ? said.name : 'Somebody'},Director\n`),
  });
  const link = await get(DelegationLinks).make(visit, day);
  const feed = await get(SharedFeeds).share(
    { kind: 'visit', id: visit.id },
    { what: 'visit', label: said.label, locale: 'en' },
  );
  await frozenWithSheet({ get }, visit, session.id);
  return {
    visit: await visits.byId(visit.id),
    said,
    ids: {
      ref: visit.ref,
      member: member.id,
      session: session.id,
      assignment: assignment!.id,
      car: car.id,
      leg: leg.id,
      gift: gift.id,
      cost: cost.id,
      id: promise.id,
      paper: paper.id,
      incident: incident.id,
      letter: letter.publicId,
      list: list.id,
      feed: feed.feed.id,
      key: 'report',
      to: 'cancelled',
      attended: congress.sessionId,
      number: '2',
      sheet: '1',
      kind: 'invitation_letter',
      name: 'programme_guest.en.docx',
      account: visit.responsibleId ?? '',
      proposal: paper.id,
      room: roomId,
    },
    link,
    feeds: [`/feed/${feed.token}.ics`],
  };

  /** Frozen, and changed once after that. */
  async function frozenWithSheet(world: Pick<TestApp, 'get'>, file: Visit, sessionId: string): Promise<void> {
    await world.get(StayReleases).send(file, 0);
    for (const key of ['head', 'names', 'places', 'owners', 'double_bookings', 'interpreters', 'visas'] as const)
      await visits.override(file, key, said.note);
    let now = await visits.byId(file.id);
    for (const to of ['under_review', 'approved', 'invited', 'composition_confirmed', 'preparing', 'frozen'] as const)
      now = await visits.step(now, { to, reason: null });
    const { id: programmeId } = await world.get(Programmes).ofOwner(file.id);
    const row = await world.get(Sessions).byId(programmeId, sessionId);
    await world.get(Sessions).move(programmeId, row, { ...place, minutes: 75 });
    const [latest] = await world.get(Releases).all(programmeId);
    clock.advance({ hours: 1 });
    await world.get(StayReleases).send(now, latest!.number);
  }
}
