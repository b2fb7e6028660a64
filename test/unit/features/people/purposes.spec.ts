import { describe, expect, it } from '@jest/globals';
import {
  CONSENT_PURPOSES,
  FIELD_GROUPS,
  GROUNDS,
  PURPOSES,
  RECIPIENTS,
  textVersionOf,
} from '../../../../src/features/people/purposes.js';
import { Translator } from '../../../../src/platform/i18n/translator.js';
import { LOCALES } from '../../../../src/kernel/locale.js';

describe('register of purposes', () => {
  const translator = new Translator();
  const lacking = (keys: readonly string[]) =>
    LOCALES.flatMap((locale) => keys.filter((key) => !translator.has(locale, key)).map((key) => `${locale} ${key}`));

  it('gives every field group at least one purpose', () => {
    const covered = new Set(PURPOSES.flatMap(({ groups }) => groups));
    expect(FIELD_GROUPS.filter((group) => !covered.has(group))).toEqual([]);
  });

  it('knows every box that people tick, each with a text version', () => {
    expect(CONSENT_PURPOSES.map((purpose) => textVersionOf(purpose)).every((version) => version >= 1)).toBe(true);
  });

  it('has words for every purpose, ground, group, recipient and term in three languages', () => {
    expect(
      lacking([
        ...PURPOSES.flatMap(({ code, term }) => [
          `privacy.purpose.${code}.title`,
          `privacy.purpose.${code}.text`,
          `privacy.purpose.${code}.end`,
          `privacy.term.${term}`,
        ]),
        ...CONSENT_PURPOSES.map((code) => `privacy.purpose.${code}.consent`),
        ...GROUNDS.map((code) => `privacy.ground.${code}`),
        ...FIELD_GROUPS.map((code) => `privacy.group.${code}`),
        ...RECIPIENTS.map((code) => `privacy.recipient.${code}`),
      ]),
    ).toEqual([]);
  });

  it('names each purpose once', () => {
    expect(new Set(PURPOSES.map(({ code }) => code)).size).toBe(PURPOSES.length);
  });
});
