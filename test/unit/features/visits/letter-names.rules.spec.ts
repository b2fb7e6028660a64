import { describe, expect, it } from '@jest/globals';
import { isForm } from '../../../../src/features/visits/letter/letter-names.rules.js';

describe('a name in another case', () => {
  it.each([
    ['армения', 'арменией'],
    ['арменія', 'арменіі'],
    ['иран', 'ираном'],
    ['куба', 'кубы'],
    ['турция', 'турцию'],
    ['беларусь', 'беларуссю'],
    ['рэспубліка', 'рэспубліцы'],
    ['национальная', 'национальной'],
    ['нацыянальная', 'нацыянальнай'],
    ['посольство', 'посольству'],
    ['министерство', 'министерства'],
    ['штаты', 'штатов'],
    ['library', 'library'],
  ])('%s is met in %s', (name, word) => expect(isForm(name, word)).toBe(true));

  it.each([
    ['армения', 'армянский'],
    ['мали', 'мало'],
    ['куба', 'кубок'],
    ['перу', 'перо'],
    ['иран', 'иранский'],
    ['оман', 'оманец'],
    ['чад', 'чада'],
    ['turkey', 'turkeys'],
    ['рэспубліка', ''],
  ])('%s is not met in %s', (name, word) => expect(isForm(name, word)).toBe(false));
});
