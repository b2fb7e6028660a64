import type { INestApplicationContext, Type } from '@nestjs/common';
import { dayAfter, toInstant } from '../kernel/zones.js';
import type { Locale } from '../kernel/locale.js';
import { Assignments, Releases } from '../features/programme/index.js';
import { Invitations } from '../features/invitations/index.js';
import { People, type Person } from '../features/people/index.js';
import { Registrations, SettingsOfRegistration, type Category } from '../features/registration/index.js';
import { seedInterpreters } from './interpreters.js';
import { publishDemo, type Demo, type DemoProgramme } from './conferences.js';
import { DEMO_PEOPLE, type DemoPerson } from './people.js';

/** 120 participants: speakers of the talks, chairs, the eight of the round table, and listeners; all registered for the Congress. */
export async function seedParticipants(app: INestApplicationContext, demo: Demo): Promise<void> {
  const get = <T>(type: Type<T>): T => app.get(type, { strict: false });
  const { congress } = demo;
  await openRegistration(get(SettingsOfRegistration), congress);
  const people = await register(get(Registrations), get(People), congress);
  await assignSpeakers(get(Assignments), congress, people);
  await assignSpeakers(get(Assignments), demo.readings, people);
  await seatModerator(get(Assignments), congress, people);
  await seedInterpreters(app, congress);
  await publishDemo(app, demo);
  await invitePanel(get(Invitations), congress, people);
  await get(Releases).publish(congress.programmeId, { name: { be: 'Другая рэдакцыя', ru: 'Вторая редакция', en: 'Second version' } });
}

async function openRegistration(settings: SettingsOfRegistration, { conference }: DemoProgramme): Promise<void> {
  const current = await settings.of(conference.id);
  const closesAt = toInstant(`${dayAfter(conference.startsOn, -2)}T23:59`, conference.zone).instant;
  await settings.edit(current, {
    opensAt: toInstant(`${dayAfter(conference.startsOn, -180)}T09:00`, conference.zone).instant,
    closesAt,
    approval: current.approval,
    capacity: 400,
    categories: current.categories,
    forms: current.forms,
    offerHours: current.offerHours,
  });
}

async function register(registrations: Registrations, people: People, { conference }: DemoProgramme): Promise<Map<DemoPerson, Person>> {
  const found = new Map<DemoPerson, Person>();
  for (const [index, person] of DEMO_PEOPLE.entries()) {
    const { registration } = await registrations.register({
      conferenceId: conference.id,
      form: index % 9 === 4 ? 'online' : 'in_person',
      category: categoryOf(index),
      person: { ...person, mononym: person.family === null, phone: null },
      locale: person.locale,
      channel: 'import',
      byStaff: true,
    });
    found.set(person, (await people.byId(registration.personId))!);
  }
  return found;
}

function categoryOf(index: number): Category {
  if (index % 5 === 0) return 'student';
  return index % 3 === 0 ? 'speaker' : 'listener';
}

/** Talks get speakers, one after the other round the list; sections and plenaries a chair from the house. */
async function assignSpeakers(assignments: Assignments, { programmeId, sessions }: DemoProgramme, people: Map<DemoPerson, Person>): Promise<void> {
  const speakers = [...people].filter(([{ country }]) => country !== 'BY').map(([, person]) => person);
  const hosts = [...people].filter(([{ country }]) => country === 'BY').map(([, person]) => person);
  let next = 0;
  for (const [index, { session, talks, plan }] of sessions.entries()) {
    for (const talk of talks) {
      const speaker = speakers[next++ % speakers.length]!;
      await assignments.assign(programmeId, { sessionId: session.id, talkId: talk.id, personId: speaker.id, role: 'speaker', state: 'confirmed' });
    }
    if (plan.kind === 'section' || plan.kind === 'plenary' || plan.kind === 'opening')
      await assignments.assign(programmeId, { sessionId: session.id, personId: hosts[index % hosts.length]!.id, role: 'chair', state: 'confirmed' });
  }
}

const PANEL_COUNTRIES = ['BY', 'KZ', 'AM', 'CN', 'MM', 'OM', 'RS', 'UZ'];

const lastOf = (people: Map<DemoPerson, Person>, country: string) => [...people].findLast(([person]) => person.country === country)!;

function roundTable({ sessions }: DemoProgramme) {
  return sessions.find(({ plan }) => plan.kind === 'round_table')!.session;
}

async function seatModerator(assignments: Assignments, congress: DemoProgramme, people: Map<DemoPerson, Person>): Promise<void> {
  const [, moderator] = [...people].find(([person]) => person.country === 'LT')!;
  await assignments.assign(congress.programmeId, { sessionId: roundTable(congress).id, personId: moderator.id, role: 'moderator', state: 'confirmed' });
}

const WORDS: Record<Locale, string> = {
  be: 'Запрашаем вас заняць месца за круглым сталом. Ваш вопыт вельмі важны для агульнай праграмы.\nПрамова — пяць хвілін, далей размова.',
  ru: 'Приглашаем вас занять место за круглым столом. Ваш опыт очень важен для общей программы.\nВыступление — пять минут, затем разговор.',
  en: 'We invite you to take a seat at the round table. Your experience matters for the joint programme.\nA statement of five minutes, then a conversation.',
};

/** Eight seats for eight countries: five have accepted, two have not answered, one letter is still a draft. */
async function invitePanel(invitations: Invitations, congress: DemoProgramme, people: Map<DemoPerson, Person>): Promise<void> {
  const deadline = toInstant(`${dayAfter(congress.conference.startsOn, -21)}T18:00`, congress.conference.zone).instant;
  for (const [index, country] of PANEL_COUNTRIES.entries()) {
    const [{ locale }, person] = lastOf(people, country);
    const draft = await invitations.create({
      conferenceId: congress.conference.id,
      seat: { sessionId: roundTable(congress).id, role: 'panelist' },
      person: { id: person.id },
      deadline,
      message: WORDS[locale],
      locale,
    });
    if (index === 7) continue;
    const sent = await invitations.send(draft);
    if (index < 5) await invitations.answer(sent.id, { answer: 'accepted', channel: 'link' });
  }
}
