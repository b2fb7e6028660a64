import type { INestApplicationContext, Type } from '@nestjs/common';
import {
  Agreements,
  InstitutionContacts,
  Institutions,
  type InstitutionFields,
} from '../features/cooperation/index.js';
import { People } from '../features/people/index.js';
import { dayAfter } from '../kernel/zones.js';

interface DemoInstitution {
  fields: InstitutionFields;
  /** Number and title, with first and last day counted from the beginning of the Congress. */
  agreement?: { reference: string; from: number; until: number | null };
  /** The delegate who is the focal point, by the first part of the address; empty: somebody without one. */
  focalPoint?: string;
}

const library = (
  country: string,
  city: string,
  name: InstitutionFields['name'],
  originalName: string | null,
): InstitutionFields => ({ kind: 'library', country, city, name, originalName, website: null });

/** All invented, as are their people. Two partners cannot be written to: one has nobody named, one nobody with an address. */
const INSTITUTIONS: readonly DemoInstitution[] = [
  {
    fields: library(
      'KZ',
      'Астана',
      {
        be: 'Акадэмічная бібліятэка Казахстана',
        ru: 'Академическая библиотека Казахстана',
        en: 'Academic Library of Kazakhstan',
      },
      'Ұлттық академиялық кітапхана',
    ),
    agreement: { reference: 'Пагадненне аб супрацоўніцтве № 14', from: -900, until: 900 },
    focalPoint: 'kz01',
  },
  {
    fields: library(
      'AM',
      'Երևան',
      { be: 'Нацыянальная бібліятэка, Ерэван', ru: 'Национальная библиотека, Ереван', en: 'National Library, Yerevan' },
      'Ազգային գրադարան',
    ),
    agreement: { reference: 'Memorandum of understanding 7/2024', from: -1200, until: null },
    focalPoint: 'am01',
  },
  {
    fields: library(
      'RS',
      'Београд',
      { be: 'Народная бібліятэка, Бялград', ru: 'Народная библиотека, Белград', en: 'National Library, Belgrade' },
      'Народна библиотека',
    ),
    agreement: { reference: 'Соглашение о книгообмене № 3', from: -400, until: 330 },
    focalPoint: 'rs01',
  },
  {
    fields: library(
      'CN',
      '北京',
      { be: 'Сталічная бібліятэка, Пекін', ru: 'Столичная библиотека, Пекин', en: 'Capital Library, Beijing' },
      '首都图书馆',
    ),
    agreement: { reference: 'Memorandum of cooperation 2025-11', from: -500, until: 600 },
    focalPoint: 'cn02',
  },
  {
    fields: library(
      'OM',
      'مسقط',
      { be: 'Нацыянальная бібліятэка, Маскат', ru: 'Национальная библиотека, Маскат', en: 'National Library, Muscat' },
      'المكتبة الوطنية',
    ),
    agreement: { reference: 'Agreement on the exchange of publications', from: -300, until: 800 },
  },
  {
    fields: library(
      'UZ',
      'Toshkent',
      {
        be: 'Нацыянальная бібліятэка, Ташкент',
        ru: 'Национальная библиотека, Ташкент',
        en: 'National Library, Tashkent',
      },
      'Milliy kutubxona',
    ),
    agreement: { reference: 'Пагадненне аб супрацоўніцтве № 21', from: -200, until: null },
    focalPoint: '',
  },
  {
    fields: {
      kind: 'university',
      country: 'LT',
      city: 'Vilnius',
      name: {
        be: 'Універсітэцкая бібліятэка, Вільнюс',
        ru: 'Университетская библиотека, Вильнюс',
        en: 'University Library, Vilnius',
      },
      originalName: 'Vilniaus universiteto biblioteka',
      website: 'https://library.example.org/',
    },
    agreement: { reference: 'Agreement 2019-4', from: -2500, until: -400 },
    focalPoint: 'lt02',
  },
  {
    fields: {
      kind: 'embassy',
      country: 'ID',
      city: 'Мінск',
      name: { be: 'Пасольства Інданезіі', ru: 'Посольство Индонезии', en: 'Embassy of Indonesia' },
      originalName: null,
      website: null,
    },
  },
];

/** Partners of the house, with whom it writes to there. */
export async function seedInstitutions(app: INestApplicationContext, congressStartsOn: string): Promise<void> {
  const get = <T>(type: Type<T>): T => app.get(type, { strict: false });
  for (const { fields, agreement, focalPoint } of INSTITUTIONS) {
    const { id } = await get(Institutions).add(fields);
    if (agreement) {
      const { reference, from, until } = agreement;
      const validUntil = until === null ? null : dayAfter(congressStartsOn, until);
      await get(Agreements).add(id, { reference, validFrom: dayAfter(congressStartsOn, from), validUntil });
    }
    const person = await contactOf(get(People), focalPoint);
    if (person) await get(InstitutionContacts).name(id, person, 'focal_point');
  }
}

/** Somebody of the demonstration, or, for an empty name, somebody of whom the house has no address. */
async function contactOf(people: People, name: string | undefined): Promise<string | null> {
  if (name === undefined) return null;
  if (name !== '') return (await people.byEmail(`${name}@delegates.example.org`))!.id;
  const named = { given: 'Дилноза', family: 'Қодирова', country: 'UZ', position: 'директор ўринбосари' };
  return (await people.create({ ...named, locale: 'ru' })).id;
}
