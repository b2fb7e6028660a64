import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { safeFileName, uniqueNames } from '../../../../src/platform/documents/file-names.rules.js';
import { hostile } from '../../../support/hostile.js';

describe('the name of a file [F3]', () => {
  it('keeps the letters of every script', () => {
    expect(safeFileName('Праграма знаходжання: 王小明 / محمد', 'docx')).toBe('Праграма знаходжання 王小明 محمد.docx');
  });

  it('leads nowhere, hides nothing and is no device', () => {
    expect(safeFileName('../../etc/passwd', 'docx')).toBe('etc passwd.docx');
    expect(safeFileName('..', 'docx')).toBe('document.docx');
    expect(safeFileName('CON', 'docx')).toBe('_CON.docx');
    expect(safeFileName('.hidden.', 'docx')).toBe('hidden.docx');
    expect(safeFileName('invoice\u202excod.exe', 'docx')).toBe('invoicexcod.exe.docx');
  });

  it.each(hostile('path', 'control', 'bidi', 'invisible').map((one) => [one.id, one.value] as const))(
    'is harmless: %s',
    (_id, value) => {
      const name = safeFileName(value, 'docx');
      expect(name).toMatch(/^[^\\/:*?"<>|\p{Cc}\p{Cf}]+\.docx$/u);
      expect(name).not.toMatch(/^\.|\.\.\//);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
    },
  );

  it('is harmless for any text, and short enough', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const name = safeFileName(text, 'docx');
        expect(name).toMatch(/^[^\\/:*?"<>|\p{Cc}]+\.docx$/u);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
        expect(safeFileName(name.slice(0, -5), 'docx')).toBe(name);
      }),
    );
  });

  it('is another one for every file of an archive, also where letter case does not count', () => {
    expect(uniqueNames(['a.docx', 'A.docx', 'a.docx', 'a (2).docx'])).toEqual([
      'a.docx',
      'A (2).docx',
      'a (3).docx',
      'a (2) (2).docx',
    ]);
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a.docx', 'A.DOCX', 'a (2).docx', 'b'), { maxLength: 12 }), (names) => {
        const unique = uniqueNames(names).map((name) => name.toLowerCase());
        expect(new Set(unique).size).toBe(names.length);
      }),
    );
  });
});
