import type { INestApplicationContext, Type } from '@nestjs/common';
import {
  Invitation,
  Invitations,
  WaveGuests,
  Waves,
  WaveSending,
  type InvitationWave,
} from '../features/invitations/index.js';
import { People, type NewPerson, type Person } from '../features/people/index.js';
import { dayAfter, toInstant } from '../kernel/zones.js';
import { Database } from '../platform/database/database.js';
import type { DemoProgramme } from './conferences.js';

/** Guests of honour, none of whom exists. One has no position, as lists often have it. */
const GUESTS: readonly Omit<NewPerson, 'email'>[] = [
  honoured('Аляксей', 'Вярбіла', 'be', 'BY', 'намеснік міністра', 'Міністэрства культуры'),
  honoured('Gulbahor', 'Saidova', 'en', 'UZ', 'Ambassador Extraordinary and Plenipotentiary', 'Embassy of Uzbekistan'),
  honoured('Нұрсұлтан', 'Ақжолов', 'ru', 'KZ', 'Чрезвычайный и Полномочный Посол', 'Посольство Казахстана'),
  honoured('Ольга', 'Ветрова', 'ru', 'RU', 'заместитель директора', 'Областная научная библиотека'),
  honoured('Милица', 'Радовановић', 'en', 'RS', 'Director', 'City Library, Novi Sad'),
  honoured('Рагнеда', 'Шчасная', 'be', 'BY', 'рэктар', 'Акадэмія мастацтваў'),
  honoured('静怡', '陈', 'en', 'CN', 'Director General', 'Provincial Library'),
  honoured('Yusuf', 'Özdemir', 'en', 'TR', 'Cultural attaché', 'Embassy of Türkiye'),
  honoured('Марта', 'Гліненка', 'be', 'BY', 'галоўная рэдактарка', 'Часопіс «Кніганоша»'),
  honoured('Lwin', 'Thandar', 'en', 'MM', null, 'National Museum'),
];

const LETTER = {
  subject: {
    be: 'Запрашэнне: {{conference}}',
    ru: 'Приглашение: {{conference}}',
    en: 'Invitation: {{conference}}',
  },
  body: {
    be: '{{name}}\n{{position|ганаровы госць}}\n{{institution}}\n\nПрыміце нашу пашану!\n\nМаем гонар запрасіць Вас на ўрачыстае адкрыццё. {{conference}}: {{dates}}. {{place}}.\n\nБудзем удзячныя за адказ да {{answerBy}}.',
    ru: '{{name}}\n{{position|почётный гость}}\n{{institution}}\n\nПримите наше глубокое почтение!\n\nИмеем честь пригласить Вас на торжественное открытие. {{conference}}: {{dates}}. {{place}}.\n\nБудем признательны за ответ до {{answerBy}}.',
    en: '{{name}}\n{{position|Guest of honour}}\n{{institution}}\n\nPlease accept the assurances of our highest consideration.\n\nWe have the honour to invite you to the opening of the {{conference}}, {{dates}}. {{place}}.\n\nWe would be grateful for your answer by {{answerBy}}.',
  },
};

/** Guests of honour of the Congress, ten an hour: the wave is on its way, the first has answered, the rest is reminded by rule. */
export async function seedWaves(app: INestApplicationContext, { conference }: DemoProgramme): Promise<void> {
  const get = <T>(type: Type<T>): T => app.get(type, { strict: false });
  const guests: Person[] = [];
  for (const [index, guest] of GUESTS.entries())
    guests.push(await get(People).create({ ...guest, email: `honour-${index + 1}@guests.example.org` }));
  const wave = await get(Waves).add(conference.id, {
    name: 'Ганаровыя госці: паслы, міністэрствы, кіраўнікі',
    sessionId: null,
    role: null,
    deadline: toInstant(`${dayAfter(conference.startsOn, -21)}T18:00`, conference.zone).instant,
    perHour: 10,
    remindOn: true,
    remindAfter: 7,
    remindBefore: 3,
    remindMost: 2,
  });
  const publicIds = guests.map(({ publicId }) => publicId);
  await get(WaveGuests).add(conference.id, wave, 'list', publicIds);
  const written = await get(Waves).write(conference.id, { ...wave, version: wave.version + 1 }, LETTER);
  await get(WaveSending).queue(conference.id, written, guests.length);
  await answered(get, wave);
}

/** Who heard of it first has answered by telephone. */
async function answered(get: <T>(type: Type<T>) => T, { id }: InvitationWave): Promise<void> {
  const first = await get(Database)
    .repository(Invitation)
    .findOneOrFail({ where: { waveId: id }, order: { id: 'ASC' } });
  await get(Invitations).answer(first.id, { answer: 'accepted', channel: 'staff' });
}

function honoured(
  given: string,
  family: string,
  locale: NewPerson['locale'],
  country: string,
  position: string | null,
  institution: string,
): Omit<NewPerson, 'email'> {
  return { given, family, locale, country, position, institution };
}
