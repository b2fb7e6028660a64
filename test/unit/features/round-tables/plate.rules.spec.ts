import { describe, expect, it } from '@jest/globals';
import { facesOf, sizeOf } from '../../../../src/features/round-tables/plate.rules.js';

describe('the two sides of a name plate', () => {
  it('show each script large on one of them', () => {
    expect(facesOf({ name: 'Anahit Hakobyan', badge: 'Անահիտ Հակոբյան' })).toEqual([
      { large: 'Անահիտ Հակոբյան', small: 'Anahit Hakobyan', size: 'l', tall: false },
      { large: 'Anahit Hakobyan', small: 'Անահիտ Հակոբյան', size: 'l', tall: false },
    ]);
    expect(facesOf({ name: 'Wang Xiaoming', badge: '王晓明' }).map(({ large, size }) => [large, size])).toEqual([
      ['王晓明', 'xl'],
      ['Wang Xiaoming', 'l'],
    ]);
  });

  it('are alike where somebody is written in one script', () => {
    const face = { large: 'ليلى المنصوري', small: null, size: 'l', tall: true };
    for (const badge of [null, 'ليلى المنصوري'])
      expect(facesOf({ name: 'ليلى المنصوري', badge })).toEqual([face, face]);
  });
});

describe('the size of a name', () => {
  it.each([
    ['Ana', 'xl'],
    ['Іна Бут', 'xl'],
    // Two short words on two lines are larger than on one.
    ['Васіль Крэйдзіч', 'l'],
    ['Магдалена Дубоўская-Лось', 'l'],
    ['Максіміліянаўна', 'l'],
    ['Абдуррахманмухаммадов', 'm'],
    ['Wolfeschlegelsteinhausen', 's'],
    ['Wolfeschlegelsteinhausenbergerdorff', 'xs'],
    [`${'Name '.repeat(40)}`.trim(), 'xs'],
    ['欧阳明月', 'xl'],
    ['欧阳明月欧阳明月', 'l'],
  ])('%s is %s', (name, size) => {
    expect(sizeOf(name)).toBe(size);
  });

  it('does not count marks above and below letters', () => {
    const plain = 'Nguyen Thi Minh';
    expect(sizeOf(plain.replaceAll(/[aeiu]/g, '$&\u0323\u0302'))).toBe(sizeOf(plain));
  });
});
