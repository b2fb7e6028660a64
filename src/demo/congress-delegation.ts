import type { INestApplicationContext } from '@nestjs/common';
import { Accounts } from '../features/accounts/index.js';
import { Delegations, StaySessions, VisitAttendances, Visits } from '../features/visits/index.js';
import { toInstant } from '../kernel/zones.js';
import type { DemoProgramme } from './conferences.js';

const MEMBERS = [
  { given: 'Нино', family: 'Капанадзе', role: 'head', title: { be: 'дырэктар', ru: 'директор', en: 'Director' } },
  { given: 'Леван', family: 'Джапаридзе', role: 'member', title: { be: 'намеснік', ru: 'заместитель', en: 'Deputy' } },
] as const;

/** A delegation that comes to the congress: it attends the opening, and has a call of its own afterwards. All invented. */
export async function seedCongressDelegation(
  app: INestApplicationContext,
  { conference, sessions }: DemoProgramme,
): Promise<void> {
  const visits = app.get(Visits, { strict: false });
  const officer = await app.get(Accounts, { strict: false }).byEmail('demo@example.org');
  const visit = await visits.openFile({
    title: {
      be: 'Дэлегацыя Грузіі на кангрэсе',
      ru: 'Делегация Грузии на конгрессе',
      en: 'The delegation of Georgia at the congress',
    },
    kind: 'conference',
    level: 3,
    country: 'GE',
    channel: 'letter',
    conferenceId: conference.id,
    responsibleId: officer?.id ?? null,
    startsOn: conference.startsOn,
    endsOn: conference.endsOn,
    languages: ['ka', 'ru'],
  });
  for (const { role, title, ...name } of MEMBERS)
    await app.get(Delegations, { strict: false }).add(visit, {
      person: { ...name, locale: 'ru', country: 'GE' },
      role,
      title,
      citizenship: 'GE',
      source: 'guest',
    });
  await app.get(StaySessions, { strict: false }).add(visit, {
    kind: 'courtesy_call',
    title: { be: 'Сустрэча з дырэктарам', ru: 'Встреча с директором', en: 'Meeting with the Director' },
    place: { start: toInstant(`${conference.startsOn}T16:30`, visit.zone).instant, minutes: 30, roomId: null },
    address: 'Кабінет 317',
    languages: ['ru'],
    layout: null,
    setUp: {},
    menu: null,
    internalNote: null,
    guestNote: null,
    shownToGuests: true,
    planB: null,
  });
  for (const { session } of sessions
    .filter(({ plan }) => plan.kind === 'opening' || plan.kind === 'plenary')
    .slice(0, 2))
    await app
      .get(VisitAttendances, { strict: false })
      .choose(visit, session.id, { memberIds: null, version: 0 }, false);
}
