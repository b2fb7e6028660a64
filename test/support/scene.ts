import { createHash } from 'node:crypto';
import { Conferences, type Conference } from '../../src/features/conferences/index.js';
import { Invitations, Quotas, Waves } from '../../src/features/invitations/index.js';
import { People, type Person } from '../../src/features/people/index.js';
import { Assignments, Programmes, Releases, Sessions, Talks } from '../../src/features/programme/index.js';
import { Registrations, SettingsOfRegistration, type Registration } from '../../src/features/registration/index.js';
import { toInstant } from '../../src/kernel/zones.js';
import type { TestApp } from './app.js';
import { partner } from './partners.js';
import { WAVE_TERMS } from './waves.js';

const DAY_MS = 86_400_000;
const NOTHING_READ = new Set(['attempt_counters', 'sign_ins', 'access_links']);

export interface Scene {
  conference: Conference;
  programmeId: string;
  strandId: string;
  sessionId: string;
  talkId: string;
  assignmentId: string;
  invitationId: string;
  quotaId: string;
  waveId: string;
  registration: Registration;
  person: Person;
}

/** A conference with a programme, somebody registered who speaks in it, and a first release. Registration is open. */
export async function scene(world: Pick<TestApp, 'get' | 'clock'>, slug: string, prefix: string): Promise<Scene> {
  const { get, clock } = world;
  const day = new Date(clock.now().getTime() + 60 * DAY_MS).toISOString().slice(0, 10);
  const conference = await get(Conferences).create({
    slug,
    kind: 'congress',
    title: { be: `Кангрэс ${slug}`, ru: `Конгресс ${slug}`, en: `Congress ${slug}` },
    startsOn: day,
    endsOn: day,
    public: true,
    numberPrefix: prefix,
  });
  await openRegistration(world, conference.id);
  const { id: programmeId } = await get(Programmes).ofOwner(conference.id);
  const strand = await get(Programmes).addStrand(programmeId, {
    code: `${slug}-strand`,
    name: { en: `Strand of ${slug}` },
    colour: 'steelblue',
  });
  const { session } = await get(Sessions).add(programmeId, {
    kind: 'section',
    title: { en: `Section of ${slug}` },
    strandId: strand.id,
    place: { start: toInstant(`${day}T10:00`, 'Europe/Minsk').instant, minutes: 60, roomId: null },
  });
  const { talk } = await get(Talks).add(programmeId, session.id, {
    title: { en: `Talk of ${slug}` },
    minutes: 20,
    language: 'en',
  });
  const registration = await registered(world, conference.id, {
    given: 'Марыя',
    family: `Лабоцкая ${slug}`,
    email: `maria.${slug}@example.org`,
  });
  const person = (await get(People).byId(registration.personId))!;
  const { assignment } = await get(Assignments).assign(programmeId, {
    sessionId: session.id,
    talkId: talk.id,
    personId: person.id,
    role: 'speaker',
    state: 'confirmed',
  });
  const invitationId = await invited(world, conference.id, `Guest of ${slug}`);
  await get(Releases).publish(programmeId, { name: { en: 'First version' } });
  return {
    conference,
    programmeId,
    strandId: strand.id,
    sessionId: session.id,
    talkId: talk.id,
    assignmentId: assignment.id,
    invitationId,
    waveId: (await get(Waves).add(conference.id, WAVE_TERMS)).id,
    quotaId: await quotaOf(world, conference.id, `Library of ${slug}`),
    registration,
    person,
  };
}

export async function openRegistration(
  { get, clock }: Pick<TestApp, 'get' | 'clock'>,
  conferenceId: string,
): Promise<void> {
  const settings = get(SettingsOfRegistration);
  const { approval, capacity, categories, forms, offerHours, id, version } = await settings.of(conferenceId);
  const now = clock.now().getTime();
  const open = { opensAt: new Date(now - DAY_MS), closesAt: new Date(now + 50 * DAY_MS) };
  await settings.edit({ id, version }, { ...open, approval, capacity, categories, forms, offerHours });
}

/** A draft of a letter to somebody new. Answers its id. */
export async function invited({ get }: Pick<TestApp, 'get'>, conferenceId: string, name: string): Promise<string> {
  const email = `guest.${conferenceId.slice(-12)}@example.org`;
  const person = { given: name, family: null, email, institution: name, position: name, locale: 'en' as const };
  const { id } = await get(Invitations).create({ conferenceId, person, deadline: null, message: name, locale: 'en' });
  return id;
}

/** A draft of a letter to an institution of that name. Answers its id. */
export async function quotaOf(
  world: Pick<TestApp, 'get' | 'clock'>,
  conferenceId: string,
  name: string,
): Promise<string> {
  const { institution } = await partner(world, name);
  const deadline = new Date(world.clock.now().getTime() + 30 * DAY_MS);
  const terms = { places: 3, deadline, category: 'listener' as const, consentDays: 14, message: { en: name } };
  const order = { ...terms, conferenceId, institutionIds: [institution.id], partnersOnly: true };
  return (await world.get(Quotas).create(order))[0]!.id;
}

/** Somebody registered by staff. */
export async function registered(
  { get }: Pick<TestApp, 'get'>,
  conferenceId: string,
  person: { given: string; family: string; email: string },
): Promise<Registration> {
  const { registration } = await get(Registrations).register({
    conferenceId,
    form: 'in_person',
    category: 'listener',
    person: {
      ...person,
      mononym: false,
      institution: 'Example Library',
      position: 'librarian',
      country: 'BY',
      phone: null,
    },
    locale: 'en',
    channel: 'staff',
    byStaff: true,
  });
  return registration;
}

/**
 * A fingerprint of every table, without what reading alone may touch (limits, the time a sign-in was seen). Equal
 * fingerprints: no row has changed.
 */
export async function rowsOf({ db }: Pick<TestApp, 'db'>): Promise<Record<string, string>> {
  const prints: Record<string, string> = {};
  for (const { tableName } of db.manager.connection.entityMetadatas) {
    if (NOTHING_READ.has(tableName)) continue;
    const rows = (await db.manager.query<object[]>(`SELECT * FROM ${tableName}`))
      .map((row) => JSON.stringify(row))
      .sort();
    prints[tableName] = `${rows.length} ${createHash('sha256').update(rows.join('\n')).digest('hex').slice(0, 12)}`;
  }
  return prints;
}
