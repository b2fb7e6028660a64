import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  readLetter,
  type LetterReading,
  type LetterRegisters,
} from '../../../../src/features/visits/letter/letter.rules.js';
import type { Found } from '../../../../src/features/visits/letter/letter-text.rules.js';
import { COUNTRY_CODES, countryName } from '../../../../src/platform/i18n/countries.js';
import { LETTERS, type LetterCase } from '../../../fixtures/letters/letters.js';

const REGISTERS: LetterRegisters = {
  today: '2027-02-01',
  countries: COUNTRY_CODES.filter((code) => code !== 'XX').map((code) => ({
    id: code,
    names: (['be', 'ru', 'en'] as const).map((locale) => countryName(locale, code)),
  })),
  institutions: [
    {
      id: 'nl-am',
      kind: 'library',
      country: 'AM',
      names: ['Нацыянальная бібліятэка Арменіі', 'Национальная библиотека Армении', 'National Library of Armenia'],
    },
    {
      id: 'nl-by',
      kind: 'library',
      country: 'BY',
      names: ['Нацыянальная бібліятэка Беларусі', 'Национальная библиотека Беларуси', 'National Library of Belarus'],
    },
    { id: 'nl-cn', kind: 'library', country: 'CN', names: ['National Library of China', '中国国家图书馆'] },
    { id: 'vu-lt', kind: 'university', country: 'LT', names: ['Vilnius University', 'Вільнюскі ўніверсітэт'] },
    {
      id: 'embassy-id',
      kind: 'embassy',
      country: 'ID',
      names: ['Пасольства Інданезіі', 'Посольство Индонезии', 'Embassy of Indonesia'],
    },
    { id: 'embassy-rs', kind: 'embassy', country: 'RS', names: ['Пасольства Сербіі', 'Посольство Сербии'] },
  ],
};

function simply(reading: LetterReading): LetterCase['expected'] {
  const { institution, country, channel, incomingNo, incomingOn, stay, flexible, kind, level, purpose } = reading;
  const parts = {
    institution: institution?.value,
    country: country?.value,
    channel: channel?.value,
    no: incomingNo?.value,
    on: incomingOn?.value,
    stay: stay ? [stay.value.startsOn, stay.value.endsOn] : undefined,
    yearGuessed: stay?.note === 'year' || undefined,
    flexible: flexible?.value,
    kind: kind?.value,
    level: level?.value,
    purpose: purpose?.value,
    people: list(reading.people.map(({ value: { name, title, role } }) => [name, title, role])),
    emails: list(reading.emails.map(({ value }) => value)),
    phones: list(reading.phones.map(({ value }) => value)),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
}

function list<T>(all: readonly T[]): readonly T[] | undefined {
  return all.length > 0 ? all : undefined;
}

function allFound(reading: LetterReading): Found<unknown>[] {
  return Object.values(reading).flatMap((part) =>
    part === null ? [] : (([part] as unknown[]).flat() as Found<unknown>[]),
  );
}

describe('a letter', () => {
  it.each(LETTERS.map((letter) => [letter.name, letter] as const))('reads %s', (_name, { text, expected }) => {
    const read = simply(readLetter(text, REGISTERS));
    const { purpose, ...rest } = expected;
    expect({ ...read, ...(purpose && read.purpose?.includes(purpose) ? { purpose } : {}) }).toEqual(
      purpose ? { ...rest, purpose } : rest,
    );
  });
});

/** Without the marks of a quotation, which stand before its lines. */
const oneLine = (text: string) =>
  text
    .replace(/\n\s{0,4}>/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

/** Every passage lies in the text, and what is quoted word for word stands in it. */
function check(text: string): void {
  const reading = readLetter(text, REGISTERS);
  for (const { passages } of allFound(reading)) {
    expect(passages.length).toBeGreaterThan(0);
    for (const { from, to } of passages) {
      expect([from >= 0, from < to, to <= text.length]).toEqual([true, true, true]);
      expect(text.slice(from, to).trim()).not.toBe('');
    }
  }
  const quoted = [reading.incomingNo, ...reading.emails, ...reading.phones, reading.purpose];
  for (const one of [...quoted, ...reading.people.map((person) => ({ ...person, value: person.value.name }))]) {
    const [passage] = one?.passages ?? [];
    if (one && passage) expect(oneLine(text.slice(passage.from, passage.to))).toContain(oneLine(one.value));
  }
}

/** What breaks readers of letters. */
const MARKS = [
  ...[
    '№',
    '12',
    '–',
    'мая',
    'May',
    '2027',
    'с',
    'по',
    '1.',
    '- ',
    '\t',
    '>',
    ',',
    '(',
    ')',
    'H.E.',
    'во главе с',
    'Ani',
    '\n',
  ],
  ...[
    '\u202e',
    '\u0000',
    '\ud83d',
    '🕊',
    'ё',
    'и\u0306',
    '\u00a0',
    '@',
    'a@b.c',
    '+375',
    '31 June',
    'From: ',
    '----- Original Message',
  ],
];
const PIECES = [...LETTERS.flatMap(({ text }) => text.split('\n')), ...MARKS];

describe('a list of people', () => {
  it('ends before the sentence that says whom to ask', () => {
    const letter =
      'Склад дэлегацыі:\n1. Асель Жумабаева, дырэктар\n2. Дана Ахметава, перакладчык\n\nПросім паведаміць пра прыём. Кантактная асоба: Д. Ахметава, d.akhmetova@example.org.';
    expect(readLetter(letter, REGISTERS).people.map(({ value }) => value.name)).toEqual([
      'Асель Жумабаева',
      'Дана Ахметава',
    ]);
  });
});

describe('a sentence', () => {
  it('ends where a quotation begins, after an abbreviation, too', () => {
    const letter = 'H.E.\n> Quoted words.\nПросім прыняць дэлегацыю.\n';
    expect(readLetter(letter, REGISTERS).purpose?.value).toBe('Просім прыняць дэлегацыю.');
  });
});

describe('any text', () => {
  it('is read without a complaint, and every proposal stands in it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), check), { numRuns: 200 });
  });

  it('made of pieces of letters is read, and every proposal stands in it', () => {
    const text = fc
      .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom('\n', ' ', '', '\n\n')), { maxLength: 60 })
      .map((parts) => parts.flat().join(''));
    fc.assert(fc.property(text, check), { numRuns: 300 });
  });

  it('of 200 kB is read to its end, whatever it repeats', () => {
    const hostile = [
      ...MARKS,
      ...[
        'с 1 по 2 мая и ',
        '№ 1/2\n',
        '1. Ani Sargsyan, Director\n',
        'Национальная библиотека ',
        'aaaa',
        '1 ',
        'Ani ',
      ],
      'embassy of ',
      'headed by Mr. ',
      'H.E. Ani Sargsyan, ',
      'Посольство Республики ',
      '12.05.2027 ',
      'a.b+c-',
      '+1 (2) ',
      '\n \n',
    ];
    for (const piece of hostile) {
      const text = piece.repeat(Math.ceil(200_000 / piece.length)).slice(0, 200_000);
      expect(readLetter(text, REGISTERS)).toBeDefined();
    }
  });
});
