import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  daysOn,
  readDays,
  typedDays,
  type CountryDay,
} from '../../../../src/features/people/countries/country.rules.js';
import { readFlag } from '../../../../src/features/people/countries/flag-file.js';
import { hostile } from '../../../support/hostile.js';

describe('days of a country', () => {
  it('are read one a line, in the order of day and month', () => {
    expect(readDays('21.09 Дзень незалежнасці\n\n 7.4. Motherhood and Beauty Day ', 'national')).toEqual({
      days: [
        { kind: 'national', day: '09-21', name: 'Дзень незалежнасці' },
        { kind: 'national', day: '04-07', name: 'Motherhood and Beauty Day' },
      ],
    });
    expect(readDays('29.02 x', 'mourning')).toEqual({ days: [{ kind: 'mourning', day: '02-29', name: 'x' }] });
  });

  it.each(['30.02 x', '1.13 x', '21.09', '09-21 x', 'x 21.09', '0.1 x', '32.1 x'])(
    'are refused at the line that is none: %s',
    (line) => {
      expect(readDays(`21.09 fine\n${line}`, 'national')).toEqual({ wrongLine: 2 });
    },
  );

  it('come back as they were typed', () => {
    const name = fc
      .string({ minLength: 1 })
      .map((text) => text.replace(/\s+/g, ' ').trim())
      .filter((text) => text !== '');
    const day = fc
      .date({ min: new Date('2024-01-01'), max: new Date('2024-12-31'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(5, 10));
    const days = fc.array(fc.record({ kind: fc.constant('national' as const), day, name }));
    fc.assert(
      fc.property(days, (list) => expect(readDays(typedDays(list, 'national'), 'national')).toEqual({ days: list })),
    );
  });

  it('are found by the day of any year', () => {
    const days: CountryDay[] = [{ kind: 'mourning', day: '04-24', name: 'x' }];
    expect([daysOn(days, '2027-04-24'), daysOn(days, '2027-04-25')]).toEqual([days, []]);
  });
});

describe('a flag that somebody brings [P13]', () => {
  const svg = (inner: string, more = '') =>
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"${more}>${inner}</svg>`);

  it('is a drawing of shapes and colours', () => {
    const flag = svg(
      '<defs><path id="s" d="M0 0"/></defs><rect width="3" height="1" fill="#d00"/><use href="#s" transform="scale(2)"/>',
    );
    expect(readFlag(flag)).toBe(flag.toString());
  });

  it.each([
    ['a script', svg('<script>alert(1)</script>')],
    ['an event', svg('<rect onload="alert(1)"/>')],
    ['an event on the whole', svg('', ' onload="alert(1)"')],
    ['a style', svg('<rect style="fill:url(http://x)"/>')],
    ['HTML inside', svg('<foreignObject><p/></foreignObject>')],
    ['a picture from elsewhere', svg('<image href="http://x/a.png"/>')],
    ['a shape from elsewhere', svg('<use href="http://x/a.svg#a"/>')],
    ['a fill from elsewhere', svg('<rect fill="url(http://x/a.svg#a)"/>')],
    ['a link', svg('<a href="javascript:alert(1)"><rect/></a>')],
    ['an animation', svg('<set attributeName="href" to="javascript:alert(1)"/>')],
    ['a document type', Buffer.from('<!DOCTYPE svg [<!ENTITY a "b">]><svg/>')],
    ['another document', Buffer.from('<html><svg/></html>')],
    ['no XML', Buffer.from('<svg><g></svg>')],
    ['two drawings', Buffer.from('<svg><svg/></svg>')],
    ['nothing', Buffer.from(' ')],
    ['more than a flag needs', svg(' '.repeat(200_001))],
  ])('is refused with %s', (_title, bytes) => {
    expect(() => readFlag(bytes)).toThrow(/^file\.problem\.flag/);
  });

  it.each(
    hostile('xss', 'xml')
      .filter(({ value }) => value.includes('<'))
      .map(({ id, value }) => [id, value] as const),
  )('is refused with what is no shape: %s', (_id, value) => {
    expect(() => readFlag(svg(value))).toThrow('file.problem.');
  });
});
