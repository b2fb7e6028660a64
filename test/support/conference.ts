import { Conferences, type Conference, type NewConference } from '../../src/features/conferences/index.js';
import { SettingsOfRegistration } from '../../src/features/registration/index.js';
import type { TestApp } from './app.js';
import { hiddenFields, type Answer, type Client, type Fields } from './client.js';

let serial = 0;

/** A public conference whose registration is open; ten places unless told, no approval. */
export async function openConference(
  world: TestApp,
  settings: Partial<{ capacity: number | null; approval: 'automatic' | 'manual'; offerHours: number; opensAt: Date | null; closesAt: Date | null }> = {},
  fields: Partial<NewConference> = {},
): Promise<Conference> {
  const now = world.clock.now();
  const day = (days: number): string => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const conference = await world.get(Conferences).create({
    slug: `congress-${++serial}`,
    kind: 'congress',
    title: { be: 'Міжнародны кангрэс «Бібліятэка»', ru: 'Международный конгресс «Библиотека»', en: 'International Congress “Library”' },
    startsOn: day(200),
    endsOn: day(202),
    numberPrefix: 'C27',
    public: true,
    ...fields,
  });
  const { id, version, categories, offerHours } = await world.get(SettingsOfRegistration).of(conference.id);
  await world.get(SettingsOfRegistration).edit(
    { id, version },
    {
      opensAt: new Date(now.getTime() - 86_400_000),
      closesAt: null,
      approval: 'automatic',
      capacity: 10,
      categories,
      forms: ['in_person', 'online', 'poster'],
      offerHours,
      ...settings,
    },
  );
  return conference;
}

let people = 0;

/** What a delegate fills in; `nth` makes the address different each time. */
export function delegate(changes: Fields = {}): Fields {
  return {
    form: 'in_person',
    category: 'listener',
    given: 'Anna',
    family: 'Kowalska',
    email: `delegate-${++people}@example.org`,
    institution: 'Biblioteka Narodowa',
    position: 'Librarian',
    country: 'PL',
    phone: '',
    consent: 'on',
    ...changes,
  };
}

/** Opens the public form and sends it, as a browser does. */
export async function register(visitor: Client, conference: Conference, changes: Fields = {}, locale = 'en'): Promise<Answer> {
  const page = `/${locale}/c/${conference.slug}/register`;
  const opened = await visitor.get(page);
  return visitor.post(page, { ...hiddenFields(opened.body, page), ...delegate(changes) });
}
