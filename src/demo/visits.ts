import type { INestApplicationContext } from '@nestjs/common';
import { Accounts } from '../features/accounts/index.js';
import { CooperationQueries } from '../features/cooperation/index.js';
import { Visits, type NewVisit } from '../features/visits/index.js';
import { dayAfter } from '../kernel/zones.js';
import { seedBriefing } from './briefing.js';
import { seedDelegation } from './delegation.js';
import { seedStay } from './stay.js';

/** Visits at three points of their way: asked for, being prepared for next week, and over. All invented. */
export async function seedVisits(app: INestApplicationContext, today: string): Promise<void> {
  const visits = app.get(Visits, { strict: false });
  const officer = await app.get(Accounts, { strict: false }).byEmail('demo@example.org');
  const known = await app
    .get(CooperationQueries, { strict: false })
    .list({ q: null, kind: null, country: null, partners: null }, { limit: 50 });
  const from = (country: string) =>
    known.find(({ institution }) => institution.country === country)?.institution.id ?? null;
  const open = (visit: NewVisit) => visits.openFile({ responsibleId: officer?.id ?? null, ...visit });

  const armenia = await open({
    title: {
      be: 'Візіт дэлегацыі Нацыянальнай бібліятэкі, Ерэван',
      ru: 'Визит делегации Национальной библиотеки, Ереван',
      en: 'Visit of a delegation of the National Library, Yerevan',
    },
    kind: 'working',
    level: 3,
    institutionId: from('AM'),
    country: 'AM',
    initiator: 'Ազգային գրադարան',
    channel: 'letter',
    incomingNo: '12-04/381',
    incomingOn: dayAfter(today, -41),
    startsOn: dayAfter(today, 6),
    endsOn: dayAfter(today, 9),
    languages: ['hy', 'en'],
    interpretation: 'consecutive',
    purpose: 'Подпісанне плана супрацоўніцтва на тры гады, выстава рукапісаў.',
    hostPrincipal: 'Дырэктар бібліятэкі',
    financing: { travel: 'guest', hotel: 'host', meals: 'host', transport: 'host' },
    press: 'photo',
    decidedBy: 'Дырэктар бібліятэкі',
    decidedOn: dayAfter(today, -36),
    decision: 'Прыняць; прапанаваць тры дні.',
  });
  let read = { id: armenia.id, version: armenia.version };
  for (const to of ['under_review', 'approved'] as const) {
    const after = await visits.step(read, { to, reason: null });
    read = { id: after.id, version: after.version };
  }

  await seedDelegation(app, armenia);
  await seedStay(app, armenia);
  await seedBriefing(app, armenia);

  await open({
    title: {
      be: 'Візіт ветлівасці пасла',
      ru: 'Визит вежливости посла',
      en: 'Courtesy call of the Ambassador',
    },
    kind: 'courtesy',
    level: 2,
    country: 'KZ',
    institutionId: from('KZ'),
    initiator: 'Амбасада',
    channel: 'note_verbale',
    incomingNo: '07-11/52',
    incomingOn: dayAfter(today, -3),
    startsOn: dayAfter(today, 13),
    endsOn: dayAfter(today, 13),
    flexible: true,
    languages: ['ru', 'kk'],
    confidentiality: 'restricted',
  });
}
