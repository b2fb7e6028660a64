import { describe, expect, it } from '@jest/globals';
import {
  checkLetterText,
  merged,
  paragraphsOf,
  worstFirst,
  type LetterReader,
} from '../../../../src/platform/mail/merge-letters.rules.js';

const KNOWN = ['name', 'institution', 'position'];
const reader = (changes: Partial<LetterReader> = {}): LetterReader => ({
  personId: 'a',
  name: 'Anna Kowalska',
  locale: 'en',
  values: { name: 'Anna Kowalska', institution: null, position: 'Director' },
  ...changes,
});
const TEXT = { subject: { en: 'For {{name}}' }, body: { en: 'Dear {{name}} of {{institution|your library}}' } };

describe('a letter to many', () => {
  it('is refused at each text that nobody could read', () => {
    const refused = () => checkLetterText({ subject: { en: 'x', be: 'x' }, body: { en: '{{surname}} }}' } }, KNOWN);
    expect(refused).toThrow(
      expect.objectContaining({
        problems: [
          { field: 'body.be', code: 'error.mailing.missing', params: {} },
          { field: 'body.en', code: 'error.mailing.unknown', params: { field: 'surname' } },
          { field: 'body.en', code: 'error.mailing.braces', params: { near: '}}' } },
        ],
      }),
    );
  });

  it('speaks the language that there is, and tells what it lacks', () => {
    expect(merged(TEXT, reader({ locale: 'be' }), KNOWN)).toMatchObject({
      locale: 'en',
      subject: 'For Anna Kowalska',
      body: 'Dear Anna Kowalska of your library',
      missing: [],
    });
    expect(merged({ ...TEXT, body: { en: '{{institution}}' } }, reader(), KNOWN).missing).toEqual(['institution']);
  });

  it('holds values as they are: a field in a name stays words', () => {
    const name = '{{position}} **x** https://evil.example';
    expect(merged(TEXT, reader({ values: { name } }), KNOWN).subject).toBe(`For ${name}`);
  });

  it('is shown first to whom it is likeliest to be wrong', () => {
    const readers = [
      reader({ personId: 'plain' }),
      reader({ personId: 'longName', name: 'Anna Maria Kowalska-Nowakowska' }),
      reader({ personId: 'noTitle', values: { name: 'x', position: null } }),
      reader({ personId: 'script', name: '明月' }),
      reader({ personId: 'language', locale: 'ru' }),
      reader({ personId: 'lacking', values: { name: null, position: 'x' } }),
    ];
    const letters = readers.map((one) => merged(TEXT, one, KNOWN));
    expect(worstFirst(letters).map(({ recipient }) => recipient.personId)).toEqual([
      'lacking',
      'language',
      'script',
      'noTitle',
      'longName',
      'plain',
    ]);
  });

  it('has paragraphs between empty lines', () => {
    expect(paragraphsOf('\none\ntwo\n\n\n  \n\nthree\n')).toEqual(['one\ntwo', 'three']);
  });
});
