import { Consents, People, type NewPerson, type Person } from '../../src/features/people/index.js';
import { WaveGuests, Waves, type InvitationWave } from '../../src/features/invitations/index.js';
import type { TestApp } from './app.js';

type World = Pick<TestApp, 'get'>;

let serial = 0;

/** Somebody who agreed to be invited again. */
export async function willing({ get }: World, changes: Partial<NewPerson> = {}): Promise<Person> {
  const name = { given: 'Гульнара', family: `Досова ${++serial}`, email: `willing-${serial}@example.org` };
  const person = await get(People).create({ ...name, locale: 'en', position: 'librarian', ...changes });
  await get(Consents).record({ personId: person.id, answers: { future: true }, channel: 'staff' });
  return person;
}

type Terms = Parameters<Waves['add']>[1];

export const WAVE_TERMS: Terms = {
  name: 'Wave',
  sessionId: null,
  role: null,
  deadline: null,
  perHour: 3600,
  remindOn: false,
  remindAfter: null,
  remindBefore: null,
  remindMost: 2,
};

/** A draft with these people and a letter that has all it needs. */
export async function draftWave(
  { get }: World,
  conferenceId: string,
  people: readonly Person[],
  terms: Partial<Terms> = {},
): Promise<InvitationWave> {
  const wave = await get(Waves).add(conferenceId, { ...WAVE_TERMS, ...terms });
  const publicIds = people.map(({ publicId }) => publicId);
  await get(WaveGuests).add(conferenceId, wave, 'people', publicIds);
  const text = { subject: { en: 'Come to {{conference}}' }, body: { en: 'Dear {{name}},\n\nplease come.' } };
  return get(Waves).write(conferenceId, { ...wave, version: wave.version + 1 }, text);
}
