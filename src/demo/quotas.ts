import type { INestApplicationContext, Type } from '@nestjs/common';
import { CooperationQueries } from '../features/cooperation/index.js';
import { QuotaPlace, QuotaPlaces, Quotas, type NamedPerson, type Quota } from '../features/invitations/index.js';
import { dayAfter, toInstant } from '../kernel/zones.js';
import { Database } from '../platform/database/database.js';
import type { DemoProgramme } from './conferences.js';

const guest = (given: string, family: string, address: string): NamedPerson => ({
  given,
  family,
  mononym: false,
  email: `${address}@guests.example.org`,
  position: null,
  locale: 'ru',
});

/** Whom the focal points of the demonstration have named. Nobody of them exists. */
const NAMED: Record<string, readonly { person: NamedPerson; agreed: boolean }[]> = {
  KZ: [
    { person: guest('Салтанат', 'Ермекова', 'saltanat'), agreed: true },
    { person: guest('Нұрлан', 'Қайратұлы', 'nurlan'), agreed: false },
  ],
  RS: [
    { person: guest('Мирјана', 'Вуковић', 'mirjana'), agreed: true },
    { person: guest('Ђурђа', 'Станковић', 'djurdja'), agreed: true },
    { person: guest('Огњен', 'Ћосић', 'ognjen'), agreed: true },
  ],
};

/** Three places for each partner of the Congress that can be written to: one full, one begun, one waiting, one a draft. */
export async function seedQuotas(app: INestApplicationContext, { conference }: DemoProgramme): Promise<void> {
  const get = <T>(type: Type<T>): T => app.get(type, { strict: false });
  const partners = await get(CooperationQueries).all({ q: null, kind: null, country: null, partners: 'yes' });
  const drafts = await get(Quotas).create({
    conferenceId: conference.id,
    institutionIds: partners.map(({ institution }) => institution.id),
    partnersOnly: true,
    places: 3,
    deadline: toInstant(`${dayAfter(conference.startsOn, -28)}T18:00`, conference.zone).instant,
    category: 'invited_guest',
    consentDays: 14,
    message: {
      be: 'Будзем рады бачыць вашых калег у Мінску. Пражыванне для трох чалавек аплачвае бібліятэка.',
      ru: 'Будем рады видеть ваших коллег в Минске. Проживание для троих оплачивает библиотека.',
      en: 'We would be glad to see your colleagues in Minsk. The library pays for the stay of three people.',
    },
  });
  for (const draft of drafts) {
    const { country } = partners.find(({ institution }) => institution.id === draft.institutionId)!.institution;
    if (country === 'CN') continue;
    await get(Quotas).send(draft);
    await name(get, draft, NAMED[country ?? ''] ?? []);
  }
}

async function name(
  get: <T>(type: Type<T>) => T,
  { id }: Quota,
  people: readonly { person: NamedPerson; agreed: boolean }[],
): Promise<void> {
  for (const { person, agreed } of people) {
    await get(QuotaPlaces).nameOnBehalf(id, person);
    const place = await get(Database).repository(QuotaPlace).findOneByOrFail({ quotaId: id, email: person.email });
    if (agreed) await get(QuotaPlaces).confirm(place.id);
  }
}
