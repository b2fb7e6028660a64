import type { INestApplicationContext, Type } from '@nestjs/common';
import type { Language } from '../kernel/languages.js';
import { dayAfter, toInstant } from '../kernel/zones.js';
import { Interpreters, People, type Direction } from '../features/people/index.js';
import { Assignments, Availabilities } from '../features/programme/index.js';
import type { DemoProgramme } from './conferences.js';

interface DemoInterpreter {
  given: string;
  family: string;
  standing: 'house' | 'external';
  sworn?: boolean;
  /** `be-en`: from Belarusian into English. */
  ways: string;
}

/** All invented. */
const PEOPLE = {
  tacciana: { given: 'Таццяна', family: 'Рамейка', standing: 'house', sworn: true, ways: 'be-en en-be ru-en ru-be' },
  kiryl: { given: 'Кірыл', family: 'Астравух', standing: 'house', ways: 'en-be ru-be be-ru' },
  hanna: { given: 'Ганна', family: 'Лявонік', standing: 'external', ways: 'ru-en en-ru be-ru' },
  mark: { given: 'Марк', family: 'Зубрыцкі-Вольны', standing: 'external', ways: 'ru-en en-ru be-ru' },
  ema: { given: 'Эма', family: 'Каралькевіч', standing: 'external', ways: 'ru-en en-ru be-en' },
  piotr: { given: 'Пётр', family: 'Галубок', standing: 'external', sworn: true, ways: 'ru-en be-en' },
} as const satisfies Record<string, DemoInterpreter>;
type Name = keyof typeof PEOPLE;

/** Who interprets which session, by its title in English. The round table still has nobody, the closing one too few. */
const ASSIGNED: Readonly<Record<string, readonly Name[]>> = {
  'Opening of the Congress': ['hanna', 'mark', 'ema', 'piotr'],
  'The library as a cultural phenomenon': ['tacciana', 'kiryl', 'hanna', 'mark', 'ema', 'piotr'],
  'Shared memory, shared standards': ['tacciana', 'kiryl', 'hanna', 'ema'],
  'Resolution and closing': ['tacciana', 'kiryl', 'hanna', 'mark', 'ema'],
};
/** Have not said yes yet. */
const ASKED: readonly Name[] = ['mark'];

/** Six interpreters, and what they do at the Congress. One of them leaves before the closing. */
export async function seedInterpreters(
  app: INestApplicationContext,
  { conference, programmeId, sessions }: DemoProgramme,
): Promise<void> {
  const get = <T>(type: Type<T>): T => app.get(type, { strict: false });
  const ids = new Map<Name, string>();
  for (const [name, person] of Object.entries(PEOPLE) as [Name, DemoInterpreter][])
    ids.set(name, await added(get(People), get(Interpreters), name, person));
  for (const { session, plan } of sessions) {
    for (const name of ASSIGNED[plan.title.en ?? ''] ?? [])
      await get(Assignments).assign(programmeId, {
        sessionId: session.id,
        personId: ids.get(name)!,
        role: 'interpreter',
        state: ASKED.includes(name) ? 'proposed' : 'confirmed',
      });
  }
  const lastDay = dayAfter(conference.startsOn, 2);
  await get(Availabilities).add(programmeId, ids.get('piotr')!, {
    kind: 'unavailable',
    startsAt: toInstant(`${lastDay}T12:00`, conference.zone).instant,
    endsAt: toInstant(`${lastDay}T20:00`, conference.zone).instant,
  });
}

async function added(
  people: People,
  interpreters: Interpreters,
  name: Name,
  { given, family, standing, sworn = false, ways }: DemoInterpreter,
): Promise<string> {
  const { id } = await people.create({
    given,
    family,
    country: 'BY',
    institution: standing === 'house' ? 'Нацыянальная бібліятэка' : null,
    position: standing === 'house' ? 'перакладчык' : null,
    email: `${name}@interpreters.example.org`,
    locale: 'be',
  });
  await interpreters.create(id, {
    directions: ways.split(' ').map(directionOf),
    modes: ['simultaneous'],
    standing,
    sworn,
  });
  return id;
}

function directionOf(way: string): Direction {
  const [from, to] = way.split('-') as [Language, Language];
  return { from, to };
}
