import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clearName, readPastedList } from '../../../../../src/features/invitations/waves/pasted-list.rules.js';

describe('a pasted list', () => {
  it('is read line by line, in each of its shapes', () => {
    const { people, problems } = readPastedList(
      [
        'Anna Kowalska <Anna@Example.org>',
        '',
        'plain@example.org',
        'Іван Іваноў ivan@example.org',
        'Li, Wei\twei@example.org\tCapital Library\tDirector',
        'National Library; office@example.org; National Library of Examples',
        'Name; E-mail; Institution',
        'Twice <ANNA@example.org>',
        'Nobody <no address@>',
      ].join('\r\n'),
    );
    expect(people).toEqual([
      {
        line: 1,
        email: 'Anna@example.org',
        key: 'anna@example.org',
        name: { given: 'Anna', family: 'Kowalska' },
        institution: null,
        position: null,
      },
      {
        line: 3,
        email: 'plain@example.org',
        key: 'plain@example.org',
        name: null,
        institution: null,
        position: null,
      },
      {
        line: 4,
        email: 'ivan@example.org',
        key: 'ivan@example.org',
        name: { given: 'Іван', family: 'Іваноў' },
        institution: null,
        position: null,
      },
      {
        line: 5,
        email: 'wei@example.org',
        key: 'wei@example.org',
        name: { given: 'Wei', family: 'Li' },
        institution: 'Capital Library',
        position: 'Director',
      },
      {
        line: 6,
        email: 'office@example.org',
        key: 'office@example.org',
        name: { given: 'National', family: 'Library' },
        institution: 'National Library of Examples',
        position: null,
      },
    ]);
    expect(problems.map(({ line, problem }) => [line, problem])).toEqual([
      [7, 'noAddress'],
      [8, 'twice'],
      [9, 'badAddress'],
    ]);
  });

  it('accounts for every line that is not empty, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 8 }), (typed) => {
        const lines = typed.map((line) => line.replace(/[\r\n]/g, ' '));
        const { people, problems } = readPastedList(lines.join('\n'));
        expect(people.length + problems.length).toBe(lines.filter((line) => line.trim() !== '').length);
      }),
    );
  });
});

describe('a name', () => {
  it.each([
    ['Anna Kowalska', { given: 'Anna', family: 'Kowalska' }],
    ['Kowalska, Anna Maria', { given: 'Anna Maria', family: 'Kowalska' }],
    ['"Anna  O’Neil"', { given: 'Anna', family: 'O’Neil' }],
    ['Anna', null],
    ['Anna Maria Kowalska', null],
    ['A. Kowalska', null],
    ['Reading room', null],
    ['Library 5', null],
    ['', null],
  ])('%s', (typed, name) => {
    expect(clearName(typed)).toEqual(name);
  });
});
