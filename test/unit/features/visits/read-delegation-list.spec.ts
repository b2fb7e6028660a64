import { describe, expect, it } from '@jest/globals';
import {
  delegationColumns,
  delegationHeader,
} from '../../../../src/features/visits/delegation/delegation-list.rules.js';
import { readDelegationList } from '../../../../src/features/visits/delegation/read-delegation-list.js';

const WORDS = {
  roles: new Map([['head', 'head' as const]]),
  passports: new Map([['service', 'service' as const]]),
  countries: new Map([['armenia', 'AM']]),
};
const table = (...rows: string[][]) => rows.map((cells, at) => ({ at: at + 1, cells }));
const read = (headings: string[], ...rows: string[][]) => {
  const all = table(headings, ...rows);
  const options = { header: 1, columns: delegationColumns(headings), nameOrder: 'family' as const };
  return readDelegationList(all, options, WORDS);
};

describe('the columns of a delegation’s list', () => {
  it('are found by their headings in three languages, and a title by the language of its heading', () => {
    expect(delegationColumns(['№', 'ФИО', 'Должность', 'Гражданство'])).toEqual({
      name: 1,
      titleRu: 2,
      citizenship: 3,
    });
    expect(delegationColumns(['Прозвішча', 'Імя', 'Пасада'])).toEqual({ family: 0, given: 1, titleBe: 2 });
    expect(delegationColumns(['Surname', 'Position'])).toEqual({ name: 0, titleEn: 1 });
  });

  it('stand in the row that looks most like headings, below titles', () => {
    expect(
      delegationHeader(table(['List of the delegation'], ['Name', 'Position', 'Role'], ['A B', 'C', 'head'])),
    ).toBe(2);
  });
});

describe('a row of a delegation’s list', () => {
  it('is a member as it stands there, with roles, passports and countries known in any language', () => {
    const headings = ['Name', 'Original', 'Position', 'Role', 'Citizenship', 'Passport'];
    expect(read(headings, ['Saroyants Armen', 'Արմեն', '=1+1', 'Head', 'ARMENIA', 'service'])).toEqual([
      {
        at: 2,
        name: 'Saroyants Armen',
        problems: [],
        member: {
          given: 'Armen',
          family: 'Saroyants',
          patronymic: null,
          mononym: false,
          role: 'head',
          plate: { original: 'Արմեն' },
          title: { en: '=1+1' },
          citizenship: 'AM',
          passportType: 'service',
        },
      },
    ]);
  });

  it('without a name is none, and with one name alone is somebody who has one', () => {
    const rows = read(['Family name', 'Given name'], ['', ''], ['', 'Suharto']);
    expect(rows.map(({ at, member }) => [at, member?.given, member?.family, member?.mononym])).toEqual([
      [3, 'Suharto', null, true],
    ]);
  });

  it('names every wrong cell, and is nobody then', () => {
    const [row] = read(['Name', 'Role', 'Citizenship'], ['12345', 'boss', 'Atlantis']);
    expect([row!.member, row!.problems.map(({ place, code }) => `${place} ${code}`)]).toEqual([
      null,
      ['A2 participants.problem.name', 'B2 delegation.list.problem.role', 'C2 delegation.list.problem.citizenship'],
    ]);
  });
});
