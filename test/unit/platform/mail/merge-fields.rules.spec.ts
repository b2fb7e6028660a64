import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergedText, parseMergeText } from '../../../../src/platform/mail/merge-fields.rules.js';

const KNOWN = ['name', 'institution', 'session.title'];
const merged = (text: string, values: Record<string, string | null>) =>
  mergedText(parseMergeText(text, KNOWN).text, values);

describe('a text with fields', () => {
  it('says for one recipient what they have, and the fallback where they have nothing', () => {
    const text = 'Dear {{name}}, {{ institution | your library }} is in “{{session.title}}”.';
    expect(merged(text, { name: '欧阳', institution: ' ', 'session.title': 'Кнігі' })).toEqual({
      text: 'Dear 欧阳, your library is in “Кнігі”.',
      missing: [],
    });
  });

  it('names each field that has neither value nor fallback once', () => {
    expect(merged('{{name}} {{name}} {{institution|}}', { institution: null })).toEqual({
      text: '  ',
      missing: ['name', 'institution'],
    });
  });

  it.each([
    ['{{surname}}', [{ problem: 'unknown', field: 'surname' }]],
    ['Dear {{name', [{ problem: 'braces', near: '{{name' }]],
    ['Dear name}}', [{ problem: 'braces', near: '}}' }]],
    ['{{name}} {{}}', [{ problem: 'braces', near: '{{}}' }]],
    ['{{na me}}', [{ problem: 'braces', near: '{{na me}}' }]],
    ['a { b } c', []],
  ])('%s has the problems %j', (text, problems) => {
    expect(parseMergeText(text, KNOWN).problems).toEqual(problems);
  });

  it('never reads a value as a field, nor changes what stands between fields (property)', () => {
    const words = fc.string({ unit: 'grapheme' }).filter((text) => !/[{}]/.test(text));
    fc.assert(
      fc.property(words, words, fc.string({ minLength: 1 }), (before, after, value) => {
        fc.pre(value.trim() !== '');
        const { text, problems } = parseMergeText(`${before}{{name}}${after}`, KNOWN);
        expect(problems).toEqual([]);
        expect(mergedText(text, { name: value }).text).toBe(before + value.trim() + after);
      }),
    );
  });
});
