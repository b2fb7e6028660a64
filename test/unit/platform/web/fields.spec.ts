import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { LOCALES } from '../../../../src/kernel/locale.js';
import { Translator } from '../../../../src/platform/i18n/translator.js';
import * as fields from '../../../../src/platform/web/fields.js';
import { hostile, hostileValue } from '../../../support/hostile.js';

const translator = new Translator();

/** The value, or the code of the first problem; every problem must have its words in all languages. */
function read(schema: z.ZodType, ...given: unknown[]): unknown {
  const parsed = z.strictObject({ it: schema }).safeParse(given.length === 0 ? {} : { it: given[0] });
  if (parsed.success) return parsed.data.it;
  const [problem] = fields.fieldErrors(parsed.error);
  for (const locale of LOCALES) expect(translator.t(locale, problem!.code, problem!.params)).not.toBe('');
  return problem!.field === 'it' ? problem!.code : `${problem!.field} ${problem!.code}`;
}

const refused = expect.stringMatching(/^error\./);

describe('text fields', () => {
  it.each(hostile('name', 'emoji', 'invisible', 'control', 'bidi'))(
    '[X1] reads $id as its note says',
    ({ value, verdict }) => {
      const name = read(fields.line(256), value);
      const outcome = name === value ? 'keep' : String(name).startsWith('error.') ? 'refuse' : 'clean';
      expect(outcome).toBe(verdict);
    },
  );

  it('tells absent, blank, wrong and long apart', () => {
    const field = fields.line(3);
    expect([
      read(field),
      read(field, null),
      read(field, ' '),
      read(field, 7),
      read(field, ['a']),
      read(field, { $ne: null }),
      read(field, 'four'),
    ]).toEqual([
      'error.required',
      'error.required',
      'error.required',
      'error.text.expected',
      'error.text.expected',
      'error.text.expected',
      'error.text.long',
    ]);
  });

  it('gives null for optional text that is absent or blank, and refuses what only looks empty', () => {
    const field = fields.optionalLine(9);
    expect([
      read(field),
      read(field, null),
      read(field, ''),
      read(field, '\u200b'),
      read(field, '\u3164'),
      read(field, 'a\nb'),
    ]).toEqual([null, null, null, null, 'error.text.invisible', 'a b']);
    expect([read(fields.paragraph(9), 'a\r\nb'), read(fields.optionalParagraph(9), ' ')]).toEqual(['a\nb', null]);
  });

  it('reads texts in languages, at least one', () => {
    const title = fields.localizedLine(5);
    expect([
      read(title, { be: 'Дзень', ru: '', en: null }),
      read(title, {}),
      read(title),
      read(title, 'x'),
      read(title, { be: 'занадта' }),
      read(title, { de: 'Tag' }),
      read(fields.optionalLocalizedParagraph(5)),
    ]).toEqual([
      { be: 'Дзень' },
      'error.localized',
      'error.localized',
      'error.localized',
      'it.be error.text.long',
      'it.de error.unknown',
      {},
    ]);
  });

  it.each(hostile('email'))('[X7] reads the address $id as its note says', ({ value, verdict }) => {
    const outcome = read(fields.emailField(), value);
    const address: unknown = { address: expect.stringContaining('@'), key: expect.stringContaining('@') };
    expect(outcome).toEqual(verdict === 'refuse' ? refused : address);
  });

  it.each([
    ['+375 (17) 200-00-00', { original: '+375 (17) 200-00-00', e164: '+375172000000' }],
    ['00 374 10 123456', { original: '00 374 10 123456', e164: '+37410123456' }],
    ['8 029 000 00 00', { original: '8 029 000 00 00', e164: null }],
    [hostileValue('bidi-02'), { original: '+375 29 000 00 00', e164: '+375290000000' }],
    ['', null],
    ['call me', 'error.phone'],
    ['12', 'error.phone'],
    [`+${'1'.repeat(50)}`, 'error.text.long'],
    ['+375 29 000 00 00<script>', 'error.phone'],
  ])('keeps the phone number %j as written', (given, expected) => {
    expect(read(fields.phoneField(), given)).toEqual(expected);
  });

  it.each([
    ['congress-2027', 'congress-2027'],
    ['constructor', 'constructor'],
    ['__proto__', 'error.slug'],
    ['Congress', 'error.slug'],
    ['a--b', 'error.slug'],
    ['a/../b', 'error.slug'],
    ['чытанні', 'error.slug'],
  ])('[B7] reads the slug %j as %j', (given, expected) => {
    expect(read(fields.slugField(), given)).toBe(expected);
  });
});

describe('choices and numbers', () => {
  it('accepts what is on the list', () => {
    const form = fields.choice(['online', 'person']);
    expect([
      read(form, 'online'),
      read(form, 'ONLINE'),
      read(form),
      read(form, ''),
      read(fields.optionalChoice(['a']), ''),
      read(form, '__proto__'),
    ]).toEqual(['online', 'error.choice', 'error.required', 'error.required', null, 'error.choice']);
    const several = fields.choices(['a', 'b']);
    expect([read(several), read(several, 'b'), read(several, ['b', 'a', 'b']), read(several, ['c'])]).toEqual([
      [],
      ['b'],
      ['a', 'b'],
      'error.choice',
    ]);
    expect([
      read(fields.countryField(), 'BY'),
      read(fields.countryField(), 'XX'),
      read(fields.countryField(), 'by'),
      read(fields.optionalCountry(), ''),
    ]).toEqual(['BY', 'XX', 'error.country', null]);
  });

  it('reads boxes of forms and of the API', () => {
    expect([undefined, 'on', true, 'true', '', false, 'maybe'].map((given) => read(fields.checkbox(), given))).toEqual([
      false,
      true,
      true,
      true,
      false,
      false,
      'error.choice',
    ]);
    expect([read(fields.mustAccept()), read(fields.mustAccept(), 'on'), read(fields.mustAccept(), false)]).toEqual([
      'error.mustAccept',
      true,
      'error.mustAccept',
    ]);
  });

  it.each(hostile('number'))('[X10] reads the number $id as its note says', ({ value, verdict }) => {
    const outcome = read(fields.integerField({ min: 0, max: 100_000 }), value);
    expect(outcome).toEqual(verdict === 'refuse' ? refused : Number(value));
  });

  it('[X10] reads whole numbers of JSON, and negative ones where they may be', () => {
    const temperature = fields.integerField({ min: -40, max: 40 });
    expect([7, -7, '-7', 1.5, -0, 41, -41, NaN, true].map((given) => read(temperature, given))).toEqual([
      7,
      -7,
      -7,
      'error.number.digits',
      'error.number.digits',
      'error.number.large',
      'error.number.small',
      'error.number.digits',
      'error.number.digits',
    ]);
    expect([
      read(fields.optionalInteger({ min: 0, max: 9 }), ''),
      read(fields.optionalInteger({ min: 0, max: 9 })),
    ]).toEqual([null, null]);
  });

  it('reads ids', () => {
    const id = '0190f0f0-0000-7000-8000-000000000000';
    expect([read(fields.idField(), id), read(fields.idField(), '1 OR 1=1'), read(fields.optionalId(), '')]).toEqual([
      id,
      'error.reference',
      null,
    ]);
  });
});

describe('dates, times and zones', () => {
  it.each(hostile('date'))('[X10] reads the date $id as its note says', ({ value, verdict }) => {
    expect(read(fields.dateField(), value)).toEqual(verdict === 'refuse' ? refused : value);
    expect(read(fields.localDateTimeField(), `${value}T10:00`)).toEqual(
      verdict === 'refuse' ? refused : `${value}T10:00`,
    );
  });

  it.each(hostile('time'))('[X10] reads the time $id as its note says', ({ value, verdict }) => {
    expect(read(fields.timeField(), value)).toEqual(verdict === 'refuse' ? refused : value);
    expect(read(fields.localDateTimeField(), `2027-05-12T${value}`)).toEqual(
      verdict === 'refuse' ? refused : `2027-05-12T${value}`,
    );
  });

  it.each(hostile('instant'))('[X10] reads the instant $id as its note says', ({ value, verdict }) => {
    expect(read(fields.instantField(), value)).toEqual(
      verdict === 'refuse' ? refused : new Date('2027-03-10T10:00:00.123Z'),
    );
  });

  it.each([
    ['2027-02-30', 'error.date.none'],
    ['2027-2-3', 'error.date.shape'],
    ['9999-12-31', 'error.date.range'],
    ['', 'error.required'],
  ])('[X10] says what is wrong with the date %j: %s', (given, code) => {
    expect(read(fields.dateField(), given)).toBe(code);
  });

  it('[X10] offers the next day for 24:00', () => {
    expect([read(fields.timeField(), '24:00'), read(fields.localDateTimeField(), '2027-05-12T24:00')]).toEqual([
      'error.time.midnight',
      'error.time.midnight',
    ]);
  });

  it.each(hostile('dst').filter(({ id }) => id >= 'dst-13'))(
    '[X10] accepts or refuses the zone of $id',
    ({ value, verdict }) => {
      const zone = value.split(' ')[1]!;
      expect(read(fields.zoneField(), zone)).toBe(verdict === 'refuse' ? 'error.zone' : zone);
    },
  );
});
