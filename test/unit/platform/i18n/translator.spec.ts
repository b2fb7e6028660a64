import { describe, expect, it } from '@jest/globals';
import { MissingMessage, Translator } from '../../../../src/platform/i18n/translator.js';

const translator = new Translator();

describe('Translator', () => {
  it('picks the plural form by the rules of each language', () => {
    const inLanguage = (locale: 'be' | 'ru' | 'en') =>
      [1, 2, 5, 11, 21].map((count) => translator.t(locale, 'common.conflicts', { count }));
    expect(inLanguage('be')).toEqual(['1 накладка', '2 накладкі', '5 накладак', '11 накладак', '21 накладка']);
    expect(inLanguage('ru')).toEqual(['1 накладка', '2 накладки', '5 накладок', '11 накладок', '21 накладка']);
    expect(inLanguage('en')).toEqual(['1 conflict', '2 conflicts', '5 conflicts', '11 conflicts', '21 conflicts']);
  });

  it('writes a count with the digits of the language', () => {
    expect(translator.t('en', 'common.conflicts', { count: 12_345 })).toBe('12,345 conflicts');
  });

  it.each([
    '{{title}}',
    '$t(common.yes)',
    '{{- title}}',
    '$t(common.errorTitle, {"title": "x"})',
    '<b>&',
    '$&',
    '\u0000',
    'a.b:c',
  ])('keeps the value %j as dead text', (title) => {
    expect(translator.t('en', 'common.errorTitle', { title })).toBe(`Error: ${title}`);
  });

  it.each(['lng', 'ns', 'context', 'defaultValue', 'replace'])(
    'does not take a parameter named %s for an option',
    (name) => {
      expect(translator.t('en', 'common.errorTitle', { title: 'A', [name]: 'ru' })).toBe('Error: A');
    },
  );

  it('throws for an unknown key, a group, and a message whose value is absent', () => {
    expect(() => translator.t('en', 'common.nowhere')).toThrow(new MissingMessage('en', 'common.nowhere'));
    expect(() => translator.t('be', 'common')).toThrow(new MissingMessage('be', 'common'));
    expect(() => translator.t('ru', 'common.errorTitle', {})).toThrow(
      new MissingMessage('ru', 'common.errorTitle', 'title'),
    );
    expect(() => translator.t('en', '__proto__.polluted')).toThrow(MissingMessage);
    expect(() => translator.t('en', 'constructor')).toThrow(MissingMessage);
  });

  it('tells whether a key is there, plural ones too', () => {
    expect([
      translator.has('be', 'common.save'),
      translator.has('be', 'common.conflicts'),
      translator.has('be', 'common'),
      translator.has('be', 'x.y'),
    ]).toEqual([true, true, false, false]);
  });
});
