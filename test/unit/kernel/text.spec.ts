import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanText, codePoints, shownText } from '../../../src/kernel/text.js';
import { hostile, hostileValue } from '../../support/hostile.js';

const oneLine = { multiline: false, max: 50_000 };
const lines = { multiline: true, max: 50_000 };

const clean = (value: string) => {
  const cleaned = cleanText(value, oneLine);
  return cleaned.ok ? cleaned.value : cleaned.problem;
};

describe('text border', () => {
  const texts = hostile(
    'name',
    'emoji',
    'xss',
    'template',
    'formula',
    'control',
    'bidi',
    'invisible',
    'xml',
    'header',
    'search',
    'calendar',
    'jsonld',
    'sql',
  );

  it.each(texts.filter(({ verdict }) => verdict === 'keep'))(
    '[X1] keeps $id exactly, but for its ends',
    ({ value }) => {
      expect(cleanText(value, lines)).toEqual({ ok: true, value: value.replaceAll('\r\n', '\n').trim() });
    },
  );

  it.each(texts.filter(({ verdict }) => verdict === 'clean'))('[X1] removes something from $id', ({ value }) => {
    const cleaned = cleanText(value, oneLine);
    expect(cleaned).toEqual({ ok: true, value: expect.any(String) });
    expect(cleaned).not.toEqual({ ok: true, value });
  });

  it.each(texts.filter(({ verdict }) => verdict === 'refuse'))(
    '[X1] refuses $id in one line and in several',
    ({ value }) => {
      expect([cleanText(value, oneLine).ok, cleanText(value, lines).ok]).toEqual([false, false]);
    },
  );

  it.each(hostile('smtp'))('[X1] keeps every word of $id in a text and turns line breaks into LF', ({ value }) => {
    expect(cleanText(value, lines)).toEqual({ ok: true, value: value.replaceAll('\r\n', '\n').trim() });
  });

  it.each([
    ['control-01', 'error.text.nul'],
    ['control-09', 'error.text.surrogate'],
    ['control-10', 'error.text.surrogate'],
    ['control-11', 'error.text.surrogate'],
    ['control-12', 'error.text.noncharacter'],
    ['xml-07', 'error.text.noncharacter'],
    ['invisible-01', 'error.required'],
    ['invisible-02', 'error.text.invisible'],
    ['invisible-03', 'error.text.invisible'],
    ['invisible-04', 'error.required'],
  ])('[X1] refuses %s with %s', (id, problem) => {
    expect(clean(hostileValue(id))).toBe(problem);
  });

  it.each([
    ['control-03', 'ab'],
    ['control-04', 'a[31mred[0m'],
    ['control-05', 'ab'],
    ['control-06', 'ab'],
    ['control-07', 'Анна'],
    ['control-08', 'a b'],
    ['xml-06', 'xy'],
    ['bidi-01', 'Anna gnihton'],
    ['bidi-02', '+375 29 000 00 00'],
    ['bidi-04', 'עברית'],
    ['invisible-05', 'Anna'],
    ['invisible-06', 'Anna'],
    ['invisible-08', 'Anna   Maria'],
    ['header-01', 'Anna Bcc: all@evil.example'],
    ['header-02', 'Anna X-Injected: 1'],
    ['header-03', 'Anna X-Injected: 1'],
    ['header-04', 'Anna Bcc: all@evil.example'],
    ['header-05', 'Anna Bcc: all@evil.example'],
  ])('[X1] cleans %s to %j in one line', (id, expected) => {
    expect(clean(hostileValue(id))).toBe(expected);
  });

  it('[X1] counts code points of the cleaned text against the limit', () => {
    const name = { multiline: false, max: 128 };
    expect(cleanText(hostileValue('length-01'), name).ok).toBe(true);
    expect(cleanText(hostileValue('length-02'), name)).toEqual({
      ok: false,
      problem: 'error.text.long',
      params: { max: 128, length: 129 },
    });
    expect(cleanText(hostileValue('length-03'), name).ok).toBe(true);
    expect(cleanText(`  ${hostileValue('length-01')}\u200b `, name).ok).toBe(true);
    expect(cleanText('ab', { ...name, min: 3 })).toEqual({
      ok: false,
      problem: 'error.text.short',
      params: { min: 3, length: 2 },
    });
    expect(cleanText(' ', { ...name, min: 0 })).toEqual({ ok: true, value: '' });
  });

  it('[X1] keeps an isolate closed in its line and removes one closed in the next', () => {
    expect(cleanText('\u2067a\u2069 b', lines)).toEqual({ ok: true, value: '\u2067a\u2069 b' });
    expect(cleanText('\u2067a\nb\u2069', lines)).toEqual({ ok: true, value: 'a\nb' });
    expect(cleanText('\u2069x\u2067\u2066a\u2069', lines)).toEqual({ ok: true, value: 'x\u2066a\u2069' });
  });

  it('[X1] changes nothing in a text that it has cleaned', () => {
    const dangerous = fc.constantFrom(
      ...Array.from('\t\r\n\u0085\u2028\u200b\u00ad\ufeff\u202e\u2066\u2067\u2069\u200d\u200f \u00a0aЎ😀'),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(dangerous, fc.string({ unit: 'binary' }))), fc.boolean(), (parts, multiline) => {
        const limits = { multiline, max: 50_000 };
        const once = cleanText(parts.join(''), limits);
        fc.pre(once.ok);
        expect(cleanText(once.value, limits)).toEqual(once);
      }),
    );
  });

  it('counts code points as iteration does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(codePoints(text)).toBe(Array.from(text).length);
      }),
    );
  });
});

describe('what is only shown', () => {
  it('is the cleaned text wherever the border takes it, and never refused (property) [X1]', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(...hostile().map(({ value }) => value)),
      fc
        .array(fc.constantFrom('a', '\0', '\ud800', '\ufffe', '\u202e', '\u2067', '\u2069', '\n', '\r'), {
          maxLength: 12,
        })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(any, fc.boolean(), (value, multiline) => {
        const shown = shownText(value, { multiline, max: 100 });
        expect(codePoints(shown)).toBeLessThanOrEqual(100);
        expect(/[\0\p{Cs}\p{Noncharacter_Code_Point}\u202a-\u202e]/u.test(shown)).toBe(false);
        const cleaned = cleanText(value, { multiline, max: 100 });
        if (cleaned.ok) expect(shown).toBe(cleaned.value);
      }),
    );
  });
});
