import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  byProtocol,
  levelOf,
  moved,
  placed,
  PROTOCOL_LEVELS,
  renumbered,
  type Ranked,
} from '../../../../../src/features/invitations/waves/protocol.rules.js';

const one = (id: string, level: Ranked['level'] = 'other'): Ranked => ({ id, level });
const ids = (order: readonly Ranked[]) => order.map(({ id }) => id).join('');

const people = fc
  .array(fc.constantFrom(...PROTOCOL_LEVELS), { maxLength: 12 })
  .map((levels) => levels.map((level, index) => one(String.fromCharCode(97 + index), level)));

describe('what a position suggests', () => {
  it.each([
    ['Прэзідэнт Рэспублікі Беларусь', 'state'],
    ['Prime Minister', 'state'],
    ['Міністр культуры', 'minister'],
    ['Министр культуры Республики', 'minister'],
    ['Minister of Culture', 'minister'],
    ['First Deputy Minister of Culture', 'deputy_minister'],
    ['Намеснік міністра культуры', 'deputy_minister'],
    ['Заместитель Министра иностранных дел', 'deputy_minister'],
    ['Надзвычайны і Паўнамоцны Пасол', 'ambassador'],
    ['Чрезвычайный и Полномочный Посол', 'ambassador'],
    ['Ambassador Extraordinary and Plenipotentiary', 'ambassador'],
    ['Генеральны дырэктар', 'director'],
    ['Director General', 'director'],
    ['ректор', 'director'],
    ['проректор по науке', 'deputy_director'],
    ['Намеснік дырэктара', 'deputy_director'],
    ['Adviser to the Minister', 'other'],
    ['начальник отдела, Министерство культуры', 'other'],
    ['загадчык аддзела Міністэрства культуры', 'other'],
    ['Head of department, Ministry of Culture', 'other'],
    ['librarian', 'other'],
    ['', 'other'],
    [null, 'other'],
  ])('%s: %s', (position, level) => {
    expect(levelOf(position)).toBe(level);
  });
});

describe('an order', () => {
  it('by protocol keeps equals as they stood', () => {
    const order = [one('a'), one('b', 'minister'), one('c'), one('d', 'ambassador'), one('e', 'minister')];
    expect(ids(byProtocol(order))).toBe('bedac');
  });

  it('gives newcomers the places of their levels, behind those who were there', () => {
    const order = [one('a', 'minister'), one('b', 'director'), one('c')];
    expect(ids(placed(order, [one('x', 'minister'), one('y', 'ambassador'), one('z')]))).toBe('axybcz');
  });

  it('is moved by one step, and not beyond its ends', () => {
    const order = [one('a'), one('b'), one('c')];
    expect(ids(moved(order, 'b', 'up'))).toBe('bac');
    expect(ids(moved(order, 'b', 'down'))).toBe('acb');
    expect(ids(moved(order, 'a', 'up'))).toBe('abc');
    expect(ids(moved(order, 'c', 'down'))).toBe('abc');
    expect(ids(moved(order, 'nobody', 'down'))).toBe('abc');
  });

  it('puts whoever got another number there', () => {
    const order = [one('a'), one('b'), one('c'), one('d')];
    expect(ids(renumbered(order, new Map([['d', 1]])))).toBe('dabc');
    expect(ids(renumbered(order, new Map([['a', 3]])))).toBe('bcad');
    expect(ids(renumbered(order, new Map([['a', 99]])))).toBe('bcda');
    const swap = new Map([
      ['a', 2],
      ['b', 1],
    ]);
    expect(ids(renumbered(order, swap))).toBe('bacd');
    expect(ids(renumbered(order, new Map()))).toBe('abcd');
  });

  it('loses and doubles nobody, whatever is done to it', () => {
    const numbers = fc.array(fc.tuple(fc.nat(12), fc.integer({ min: 1, max: 20 })), { maxLength: 6 });
    fc.assert(
      fc.property(people, people, numbers, fc.nat(12), (order, newcomers, typed, at) => {
        const fresh = newcomers.map(({ id, level }) => one(id.toUpperCase(), level));
        const same = (found: readonly Ranked[], all: readonly Ranked[]) =>
          expect([...ids(found)].toSorted()).toEqual([...ids(all)].toSorted());
        const chosen = new Map(typed.flatMap(([index, to]) => (order[index] ? [[order[index].id, to] as const] : [])));
        same(placed(order, fresh), [...order, ...fresh]);
        same(byProtocol(order), order);
        same(renumbered(order, chosen), order);
        same(moved(order, order[at]?.id ?? '', 'down'), order);
      }),
    );
  });

  it('by protocol stays so when newcomers join', () => {
    fc.assert(
      fc.property(people, people, (order, newcomers) => {
        const joined = placed(byProtocol(order), newcomers);
        expect(ids(byProtocol(joined))).toBe(ids(joined));
      }),
    );
  });
});
