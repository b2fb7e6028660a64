import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  cyrillicSpelling,
  languageOfName,
  passportSpelling,
} from '../../../../../src/features/registration/visa/passport-names.rules.js';

describe('spelling of a name in a passport', () => {
  it.each([
    ['Грынкевіч', 'HRYNKEVICH'],
    ['Шчаўлёў', 'SHCHAULIOU'],
    ['Уладзіслаў', 'ULADZISLAU'],
    ['Пятніцкі-Дзям’ян', 'PIATNITSKI-DZIAMIAN'],
    ['Григорьев', 'GRIGOREV'],
    ['Щукин Подъячев', 'SHCHUKIN PODIEIACHEV'],
    ['Згурський Їжак', 'ZHURSKYI YIZHAK'],
    ['Юлія Єнакієва', 'YULIIA YENAKIIEVA'],
    ['Қанат Әбілқасым', 'KANAT ABILKASYM'],
  ])('%s is probably %s', (name, spelling) => {
    expect(passportSpelling(name)).toBe(spelling);
  });

  it('follows the rules of a language that letters do not tell', () => {
    expect([passportSpelling('Марыя-Ганна', 'be'), passportSpelling('Цвятаева', 'be')]).toEqual([
      'MARYIA-HANNA',
      'TSVIATAEVA',
    ]);
  });

  it.each([
    ['Müller-Lüdenscheidt', 'MUELLER-LUEDENSCHEIDT'],
    ['Strauß', 'STRAUSS'],
    ['Łucja Żółć', 'LUCJA ZOLC'],
    ['Åse Østergård', 'AASE OESTERGAARD'],
    ['O’Connor', 'OCONNOR'],
    ["O'Connor", "O'CONNOR"],
    ['Nguyễn Thị', 'NGUYEN THI'],
  ])('%s is %s', (name, spelling) => {
    expect(passportSpelling(name)).toBe(spelling);
  });

  it('of a script without a table is not guessed', () => {
    expect([passportSpelling('欧阳明月'), passportSpelling('محمد'), passportSpelling('')]).toEqual(['', '', '']);
  });

  it('is always in the letters of a passport', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => expect(passportSpelling(name)).toMatch(/^[A-Z '-]*$/)),
    );
  });
});

describe('the language of a Cyrillic name', () => {
  it('is told by letters that only one of them has', () => {
    const names = ['Уладзімір', 'Ўла', 'Иванов', 'Ковалів', 'Їжак', 'Єгор', 'Қайрат', 'Anna', 'Владимир Ильіч'];
    expect(names.map(languageOfName)).toEqual(['be', 'be', 'ru', 'be', 'uk', 'uk', 'kk', null, 'ru']);
  });
});

describe('a Latin name in Cyrillic', () => {
  it.each([
    ['SANTOSO BUDI', 'Сантосо Буди'],
    ['Schmidt', 'Шмидт'],
    ['Erik Quist', 'Эрик Квист'],
    ['Ana-Maria', 'Ана-Мариа'],
    ['Yulia Shcherba', 'Юлиа Щерба'],
    ['Кісялёва', 'Кісялёва'],
  ])('%s is perhaps %s', (name, spelling) => {
    expect(cyrillicSpelling(name)).toBe(spelling);
  });

  it('leaves no Latin letter behind', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z' -]{0,30}$/), (name) =>
        expect(cyrillicSpelling(name)).not.toMatch(/[A-Za-z]/),
      ),
    );
  });
});
