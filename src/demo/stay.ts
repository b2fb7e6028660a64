import type { INestApplicationContext, Type } from '@nestjs/common';
import { Interpreters, People } from '../features/people/index.js';
import { Venues } from '../features/venues/index.js';
import { StaySessions, type StaySessionFields, type Visit } from '../features/visits/index.js';
import type { Localized } from '../kernel/locale.js';
import { dayAfter, toInstant } from '../kernel/zones.js';

interface Item {
  readonly day: number;
  readonly at: string;
  readonly minutes: number;
  readonly kind: StaySessionFields['kind'];
  readonly title: Localized;
  readonly room?: string;
  readonly more?: Partial<StaySessionFields>;
  readonly interpreted?: boolean;
}

/** Two days of the delegation from Yerevan. The signing has no interpreter yet, so that readiness says so. */
const ITEMS: readonly Item[] = [
  {
    day: 0,
    at: '10:00',
    minutes: 30,
    kind: 'courtesy_call',
    title: { be: 'Візіт да дырэктара', ru: 'Визит к директору', en: 'Call on the Director' },
    room: '317',
    interpreted: true,
    more: { setUp: { flags: 'AM, BY' }, internalNote: 'Падарункі ў прыёмнай.' },
  },
  {
    day: 0,
    at: '11:00',
    minutes: 90,
    kind: 'tour',
    title: { be: 'Агляд бібліятэкі', ru: 'Осмотр библиотеки', en: 'Tour of the library' },
    interpreted: true,
    more: { address: 'Галоўны вестыбюль', guestNote: 'Фотаздымкі дазволены.', planB: 'Кароткі агляд: музей кнігі.' },
  },
  {
    day: 0,
    at: '13:00',
    minutes: 75,
    kind: 'meal',
    title: { be: 'Абед ад імя дырэктара', ru: 'Обед от имени директора', en: 'Lunch given by the Director' },
    more: { address: 'Рэстаран на 23-м паверсе', menu: 'Халодныя закускі, рыба, дэсерт; без свініны.' },
  },
  {
    day: 1,
    at: '10:30',
    minutes: 60,
    kind: 'signing',
    title: {
      be: 'Падпісанне плана супрацоўніцтва',
      ru: 'Подписание плана сотрудничества',
      en: 'Signing of the plan of co-operation',
    },
    room: '317',
    more: { setUp: { flags: 'AM, BY', microphones: '2', screen: true } },
  },
  {
    day: 1,
    at: '14:00',
    minutes: 20,
    kind: 'break',
    title: { be: 'Нарада арганізатараў', ru: 'Совещание организаторов', en: 'Meeting of the organizers' },
    more: { address: 'Кабінет 205', shownToGuests: false },
  },
];

/** The programme of stay of a visit that has its days. Everybody in it is invented. */
export async function seedStay(app: INestApplicationContext, visit: Visit): Promise<void> {
  const get = <T>(type: Type<T>): T => app.get(type, { strict: false });
  const stay = get(StaySessions);
  const rooms = new Map((await get(Venues).rooms()).map(({ code, id }) => [code, id]));
  const host = await get(People).create({
    given: 'Ганна',
    family: 'Вішнеўская',
    position: 'Намеснік дырэктара',
    phone: '+375 17 000 00 15',
    email: 'hanna.vishneuskaya@example.org',
    locale: 'be',
  });
  const interpreter = (await get(Interpreters).list())[0];
  for (const { day, at, minutes, kind, title, room, more, interpreted } of ITEMS) {
    const start = toInstant(`${dayAfter(visit.startsOn!, day)}T${at}`, visit.zone).instant;
    const { session } = await stay.add(visit, {
      kind,
      title,
      languages: [],
      layout: null,
      place: { start, minutes, roomId: room ? (rooms.get(room) ?? null) : null },
      address: null,
      setUp: {},
      menu: null,
      internalNote: null,
      guestNote: null,
      shownToGuests: true,
      planB: null,
      ...more,
    });
    await stay.assign(visit, session.id, { personId: host.id, role: 'host', level: null });
    if (kind === 'courtesy_call' || kind === 'signing')
      await stay.assign(visit, session.id, { personId: host.id, role: 'counterpart', level: 3 });
    if (interpreted && interpreter)
      await stay.assign(visit, session.id, { personId: interpreter.person.id, role: 'interpreter', level: null });
  }
}
