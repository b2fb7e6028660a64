import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Comparison } from '../../../../src/features/registration/imports/likeness.rules.js';
import type { ListOptions } from '../../../../src/features/registration/imports/list-import.rules.js';
import { keyOf, planKey, planList, type KnownPerson } from '../../../../src/features/registration/imports/list-plan.js';
import { readList } from '../../../../src/features/registration/imports/read-list.js';
import { splitListName } from '../../../../src/features/registration/imports/list-name.rules.js';

const OPTIONS: ListOptions = {
  locale: 'be',
  category: 'listener',
  form: 'in_person',
  approval: 'confirmed',
  letters: false,
  nameOrder: 'family',
  header: 1,
  columns: { name: 0, email: 1, institution: 2 },
  headings: [],
  fixes: {},
  skipped: [],
  people: {},
};
const WORDS = { countries: new Map(), categories: new Map(), forms: new Map() };

/** A house that compares everybody with everybody. */
function houseOf(people: readonly KnownPerson[], before = new Map<string, string>()) {
  return { near: () => people, hasEmail: (key: string) => people.some(({ emailKey }) => emailKey === key), before };
}

const known = (name: string, more: Partial<KnownPerson> = {}): KnownPerson => ({
  ...splitListName(name, 'family'),
  id: name,
  version: 1,
  registered: false,
  emailKey: null,
  phoneE164: null,
  institution: null,
  ...more,
});

function plan(
  lines: readonly string[][],
  people: readonly KnownPerson[] = [],
  options: Partial<ListOptions> = {},
  before?: Map<string, string>,
) {
  const rows = [['Імя', 'Пошта', 'Установа'], ...lines].map((cells, at) => ({ at: at + 1, cells }));
  const all = { ...OPTIONS, ...options };
  return planList(readList(rows, all, WORDS), all, houseOf(people, before), (phone) => phone);
}

const whats = (result: ReturnType<typeof plan>) => result.rows.map(({ what }) => what);

describe('what a list would do', () => {
  it('finds who is new, who is known, who is here already, and whom a person must decide about', () => {
    const people = [
      known('Іваноў Іван', { emailKey: 'ivan@example.org' }),
      known('Пятроў Пётр', { registered: true }),
      known('Сідараў Сідар'),
    ];
    const lines = [
      ['Іваноў І.', 'ivan@example.org'],
      ['Пятроў П.', ''],
      ['Сідараў С.', ''],
      ['Новы Н.', ''],
      ['Іншы І.', 'ivan@example.org'],
    ];
    const first = plan(lines, people);
    expect(whats(first)).toEqual(['known', 'already', 'undecided', 'new', 'undecided']);
    const decided = plan(lines, people, { people: { 4: 'Сідараў Сідар', 6: 'new' } });
    expect(whats(decided)).toEqual(['known', 'already', 'known', 'new', 'new']);
    expect(decided.rows[4]).toMatchObject({ withoutEmail: true, hints: [{ code: 'participants.hint.shared' }] });
    // Nobody is decided to be somebody whom the row cannot be.
    expect(whats(plan(lines, people, { people: { 4: 'Пятроў Пётр' } }))[2]).toBe('undecided');
  });

  it('takes nobody of the house twice', () => {
    const people = [known('Іваноў Іван', { emailKey: 'ivan@example.org' })];
    const lines = [
      ['Іваноў І.', 'ivan@example.org', 'А'],
      ['Іваноў І.', 'second@example.org', 'Б'],
    ];
    expect(whats(plan(lines, people))).toEqual(['known', 'undecided']);
    const both = plan(lines, people, { people: { 3: 'Іваноў Іван' } });
    expect([whats(both), both.problems]).toEqual([
      ['known', 'twice'],
      [{ place: 'A3', code: 'participants.problem.twice', params: { row: 2 } }],
    ]);
  });

  it('knows the lines of earlier lists again, whatever their people are called now', () => {
    const people = [known('Іваноў Іван Пятровіч', { id: 'p1', registered: true, institution: 'Іншая' })];
    const lines = [['Іваноў І.', '', 'Музей']];
    expect(whats(plan(lines, people))).toEqual(['undecided']);
    const key = keyOf(plan(lines).rows[0]!.person!);
    expect(whats(plan(lines, people, {}, new Map([[key, 'p1']])))).toEqual(['already']);
  });

  it('is the same for the same list and house, counts every row, and leaves nobody out silently', () => {
    const name = fc.stringMatching(/^[А-Я][а-я]{2,4} [А-Я]\.$/);
    const line = fc.tuple(
      name,
      fc.constantFrom('', 'a@example.org', 'b@example.org', 'wrong@'),
      fc.constantFrom('', 'Музей', 'Бібліятэка'),
    );
    const person = fc.record({
      name: fc.stringMatching(/^[А-Я][а-я]{2,4} [А-Я][а-я]{2,4}$/),
      registered: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 25 }),
        fc.uniqueArray(person, { maxLength: 8, selector: (one) => one.name }),
        (lines, house) => {
          const people = house.map((one) => known(one.name, { registered: one.registered }));
          const result = plan(lines, people);
          expect(planKey(result)).toBe(planKey(plan(lines, people)));
          const { added, already, undecided, errors, skipped } = result.counts;
          expect(added + already + undecided + errors + skipped).toBe(lines.length);
          const chosen = result.rows.flatMap(({ personId }) => personId ?? []);
          expect(new Set(chosen).size).toBe(chosen.length);
          for (const row of result.rows) {
            expect(row.problems.length > 0).toBe(row.what === 'error' || row.what === 'twice');
            expect(row.what === 'undecided' ? row.candidates.length > 0 : true).toBe(true);
          }
        },
      ),
    );
  });

  it('is compared in a moment, also with thousands of one name', () => {
    const comparison = new Comparison();
    const people = Array.from({ length: 2000 }, (_, at) => known(`Іваноў Іван${'абвгдеж'[at % 7]}`));
    let probable = 0;
    for (const one of people)
      for (const other of people.slice(0, 200)) probable += comparison.likeness(one, other) ? 1 : 0;
    expect(probable).toBe(
      people.reduce((sum, { given }) => sum + people.slice(0, 200).filter((other) => other.given === given).length, 0),
    );
  });
});
