import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkDigit, readMrz } from '../../../../../src/features/registration/visa/mrz.rules.js';
import { nationalityOf } from '../../../../../src/features/registration/visa/nationalities.rules.js';
import { COUNTRY_CODES } from '../../../../../src/platform/i18n/countries.js';
import { writeTd3, type Passport } from '../../../../support/passports.js';

const TODAY = '2027-05-01';
/** The specimens of ICAO 9303, parts 4, 6 and 5. */
const UTOPIA = 'UTO';
const TD3 = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'];
const TD2 = ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'];
const TD1 = ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'];
const ANNA = {
  surname: 'ERIKSSON',
  givenNames: 'ANNA MARIA',
  birthDate: '1974-08-12',
  sex: 'F',
  expiresOn: '2012-04-15',
  truncated: false,
};

const BUDI: Passport = {
  issuer: 'IDN',
  surname: 'SANTOSO',
  given: 'BUDI',
  number: 'C4821973',
  nationality: 'IDN',
  birth: '850214',
  sex: 'M',
  expiry: '320930',
  optional: '',
};

/** The specimens come from a country that does not exist; its nationality is the one thing that is wrong with them. */
const readAs = (country: string, lines: readonly string[]) =>
  readMrz(lines.join('\n').replaceAll(UTOPIA, country), TODAY);

describe('the machine readable zone', () => {
  it.each([
    ['a passport (TD3)', TD3, 'L898902C3'],
    ['a document of two short lines (TD2)', TD2, 'D23145890'],
    ['a card (TD1)', TD1, 'D23145890'],
  ])('reads %s of ICAO 9303', (_, lines, number) => {
    expect(readMrz(lines.join('\n'), TODAY)).toEqual({ ok: false, wrong: ['nationality'] });
    expect(readAs('IDN', lines)).toEqual({ ok: true, data: { ...ANNA, number, nationality: 'ID' } });
  });

  it('reads what people paste: lower case, spaces, one line, other angle signs', () => {
    const expected = readAs('IDN', TD3);
    const typed = TD3.join('\n').replaceAll(UTOPIA, 'idn').toLowerCase();
    for (const way of [
      typed,
      typed.replace('\n', ''),
      typed.replaceAll('<<', '«'),
      typed.replaceAll('<', '‹ '),
      `\r\n ${typed} \n`,
    ])
      expect(readMrz(way, TODAY)).toEqual(expected);
  });

  it('names every field whose check digit is wrong', () => {
    const [first, second] = writeTd3(BUDI) as [string, string];
    const broken = (at: number, by: string) =>
      readMrz([first, second.slice(0, at) + by + second.slice(at + 1)].join('\n'), TODAY);
    expect(broken(1, '5')).toEqual({ ok: false, wrong: ['number'] });
    expect(broken(14, '6')).toEqual({ ok: false, wrong: ['birthDate'] });
    expect(broken(22, '3')).toEqual({ ok: false, wrong: ['expiresOn'] });
    expect(broken(29, 'A')).toEqual({ ok: false, wrong: ['optional'] });
    expect(broken(43, String((Number(second[43]) + 1) % 10))).toEqual({ ok: false, wrong: ['whole'] });
    expect(broken(10, 'Q')).toEqual({ ok: false, wrong: ['nationality'] });
    const both =
      second.slice(0, 9) + String((Number(second[9]) + 1) % 10) + second.slice(10, 13) + '999999' + second.slice(19);
    expect(readMrz([first, both].join('\n'), TODAY)).toEqual({ ok: false, wrong: ['number', 'birthDate'] });
  });

  it('says when the lines are no lines, or hold other characters', () => {
    expect(readMrz('', TODAY)).toEqual({ ok: false, wrong: ['lines'] });
    expect(readMrz(TD3[0]!, TODAY)).toEqual({ ok: false, wrong: ['lines'] });
    expect(readMrz(TD3.join('\n').replace('ANNA', 'АННА'), TODAY)).toEqual({ ok: false, wrong: ['characters'] });
  });

  it('knows people with one name, without a known day of birth, and names that do not fit', () => {
    const read = (changes: Partial<Passport>) => {
      const reading = readMrz(writeTd3({ ...BUDI, ...changes }).join('\n'), TODAY);
      return reading.ok ? reading.data : reading.wrong;
    };
    expect(read({ given: '' })).toMatchObject({ surname: 'SANTOSO', givenNames: '' });
    expect(read({ birth: '85<<<<' })).toMatchObject({ birthDate: null });
    expect(read({ birth: '270502' })).toMatchObject({ birthDate: '1927-05-02' });
    expect(read({ birth: '270501' })).toMatchObject({ birthDate: '2027-05-01' });
    expect(read({ birth: '850230' })).toEqual(['birthDate']);
    expect(read({ surname: 'PAPANDROPOULOUS', given: 'JONATHAN ALEXANDER MAXIMILIAN' })).toMatchObject({
      truncated: true,
    });
    expect(read({ sex: '<', nationality: 'D' })).toMatchObject({ sex: 'X', nationality: 'DE' });
    expect(read({ nationality: 'XXB' })).toMatchObject({ nationality: 'XX' });
  });

  it('reads a number that is longer than its field (TD1)', () => {
    // ICAO 9303-5: D23145890734 goes on in the optional data, its check digit behind it.
    const lines = [
      'I<IDND23145890<7349<<<<<<<<<<<',
      '3407127M9507122IDN<<<<<<<<<<<2',
      'STEVENSON<<PETER<JOHN<<<<<<<<<',
    ];
    expect(readMrz(lines.join('\n'), TODAY)).toMatchObject({
      ok: true,
      data: { number: 'D23145890734', surname: 'STEVENSON' },
    });
  });

  it('has the check digits of ICAO 9303', () => {
    expect([
      checkDigit('520727'),
      checkDigit('AB2134<<<'),
      checkDigit('HA672242<658022549601086<<<<<<<<<<<<<<0'),
    ]).toEqual([3, 5, 8]);
  });

  it('knows the nationality of every country that forms offer', () => {
    const known = new Set('AFG ALA D DEU XXA IDN RKS'.split(' ').map(nationalityOf));
    expect([...known]).toEqual(['AF', 'AX', 'DE', 'XX', 'ID', 'XK']);
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const all = new Set(letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => nationalityOf(a + b + c)))));
    all.delete(null);
    expect([...all].sort()).toEqual([...COUNTRY_CODES].sort());
  });
});

describe('any passport', () => {
  const letters = fc.stringMatching(/^[A-Z]{2,12}$/);
  const names = fc.array(letters, { minLength: 1, maxLength: 2 }).map((parts) => parts.join(' '));
  const day = fc
    .date({ min: new Date('1950-01-01'), max: new Date('2010-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(2, 10).replaceAll('-', ''));
  const passport = fc.record({
    issuer: fc.constant('POL'),
    surname: letters,
    given: names,
    number: fc.stringMatching(/^[A-Z0-9]{5,9}$/),
    nationality: fc.constantFrom('POL', 'IDN', 'D', 'XXA'),
    birth: day,
    sex: fc.constantFrom('M' as const, 'F' as const, '<' as const),
    expiry: fc.constantFrom('270101', '351231', '400229'),
    optional: fc.stringMatching(/^[A-Z0-9]{0,14}$/),
  });

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(passport, (one) => {
        const reading = readMrz(writeTd3(one).join('\n'), TODAY);
        expect(reading).toMatchObject({
          ok: true,
          data: {
            surname: one.surname,
            givenNames: one.given,
            number: one.number,
            nationality: nationalityOf(one.nationality),
          },
        });
      }),
    );
  });

  it('with one character changed is refused, and the field is named', () => {
    const value = (c: string) => (c === '<' ? 0 : /\d/.test(c) ? Number(c) : c.charCodeAt(0) - 55);
    const fields = [
      ['number', 0, 10],
      ['birthDate', 13, 20],
      ['expiresOn', 21, 28],
      ['optional', 28, 43],
    ] as const;
    fc.assert(
      fc.property(passport, fc.nat(), fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'), (one, place, by) => {
        const [first, second] = writeTd3(one) as [string, string];
        const [field, from, to] = fields[place % fields.length]!;
        const at = from + (place % (to - from));
        // What has the same value modulo ten has the same digit: no check of one digit can see it.
        fc.pre((value(by) - value(second[at]!)) % 10 !== 0);
        const reading = readMrz([first, second.slice(0, at) + by + second.slice(at + 1)].join('\n'), TODAY);
        expect(reading.ok ? [] : reading.wrong).toContain(field);
      }),
    );
  });
});
