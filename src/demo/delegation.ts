import type { INestApplicationContext } from '@nestjs/common';
import { Delegations, MemberNeeds, MemberVisaRequests, type NewMember, type Visit } from '../features/visits/index.js';

type Given = Omit<NewMember, 'person' | 'source'> & {
  readonly given: string;
  readonly family: string;
  readonly needs?: { diet?: string; allergy?: string; access?: string };
};

/** Six invented guests from Yerevan, in their own order; the interpreter’s Belarusian plate is still missing. */
const GUESTS: readonly Given[] = [
  {
    given: 'Արմեն',
    family: 'Սարոյանց',
    role: 'head',
    level: 3,
    plate: {
      be: 'Армен Сараянц',
      ru: 'Армен Сароянц',
      en: 'Armen Saroyants',
      original: 'Արմեն Սարոյանց',
    },
    courtesy: { be: 'Спадар', ru: 'Господин', en: 'Mr' },
    title: { be: 'дырэктар', ru: 'директор', en: 'Director' },
    passportType: 'service',
    photoConsent: true,
  },
  {
    given: 'Նարինե',
    family: 'Վարդազարյան',
    role: 'deputy',
    level: 3,
    plate: {
      be: 'Нарынэ Вардазаран',
      ru: 'Нарине Вардазарян',
      en: 'Narine Vardazaryan',
      original: 'Նարինե Վարդազարյան',
    },
    courtesy: { be: 'Спадарыня', ru: 'Госпожа', en: 'Ms' },
    title: {
      be: 'намеснік дырэктара па міжнародных сувязях',
      ru: 'заместитель директора по международным связям',
      en: 'Deputy Director for International Relations',
    },
    passportType: 'service',
    photoConsent: true,
    needs: { diet: 'вегетарыянскае' },
  },
  {
    given: 'Գևորգ',
    family: 'Թումանց',
    role: 'member',
    level: 4,
    plate: { be: 'Геворг Туманц', ru: 'Геворг Туманц', en: 'Gevorg Tumants', original: 'Գևորգ Թումանց' },
    title: {
      be: 'загадчык аддзела рукапісаў',
      ru: 'заведующий отделом рукописей',
      en: 'Head of the Manuscripts Department',
    },
    passportType: 'ordinary',
    smoker: true,
    needs: { allergy: 'арэхі' },
  },
  {
    given: 'Անահիտ',
    family: 'Մելիքսեթ',
    role: 'adviser',
    level: 4,
    plate: { be: 'Анаіт Меліксет', ru: 'Анаит Меликсет', en: 'Anahit Meliqset', original: 'Անահիտ Մելիքսեթ' },
    title: { be: 'рэстаўратар', ru: 'реставратор', en: 'Conservator' },
    citizenship: 'LB',
    passportType: 'ordinary',
    needs: { access: 'крэсла-каляска, патрэбны ліфт' },
  },
  {
    given: 'Տիգրան',
    family: 'Հովսեփունի',
    role: 'press',
    level: 4,
    plate: { be: 'Тыгран Аўсепуні', ru: 'Тигран Овсепуни', en: 'Tigran Hovsepuni', original: 'Տիգրան Հովսեփունի' },
    title: { be: 'прэс-сакратар', ru: 'пресс-секретарь', en: 'Press Secretary' },
    passportType: 'ordinary',
    photoConsent: true,
  },
  {
    given: 'Մարիամ',
    family: 'Դավթունի',
    role: 'interpreter',
    plate: { ru: 'Мариам Давтуни', en: 'Mariam Davtuni', original: 'Մարիամ Դավթունի' },
    title: { ru: 'переводчик', en: 'Interpreter' },
    passportType: 'ordinary',
    inPerson: false,
  },
];

/** The delegation as its own side gave it; for the guest from Lebanon a visa is asked for. */
export async function seedDelegation(app: INestApplicationContext, visit: Visit): Promise<void> {
  const delegations = app.get(Delegations, { strict: false });
  const needs = app.get(MemberNeeds, { strict: false });
  for (const { given, family, needs: words, ...fields } of GUESTS) {
    const person = { given, family, country: 'AM', locale: 'ru' as const };
    const { member } = await delegations.add(visit, { citizenship: 'AM', ...fields, person, source: 'guest' });
    if (words) await needs.write(visit, member, words);
  }
  await app.get(MemberVisaRequests, { strict: false }).beginAll(visit);
}
