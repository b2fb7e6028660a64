import { describe, expect, it } from '@jest/globals';
import { changedSinceLetter, flagIsOld } from '../../../../src/features/visits/checks/letter-checks.rules.js';
import { checklist, type ChecklistFacts } from '../../../../src/features/visits/day/checklist.rules.js';
import { menuFindings } from '../../../../src/features/visits/logistics/catering.rules.js';
import {
  calendarChecks,
  languageCheck,
  printedLanguages,
  type TimedSession,
} from '../../../../src/features/visits/stay/stay-surroundings.rules.js';

describe('a menu', () => {
  const diets = [
    { diet: 'Халяль', count: 2 },
    { diet: 'vegetarian', count: 1 },
  ];

  it.each<[string, [string, number][]]>([
    [
      'Мачанка са свінінай, віно',
      [
        ['pork', 3],
        ['alcohol', 2],
        ['meat', 1],
      ],
    ],
    ['Chicken with vegetables', [['meat', 1]]],
    ['Свекольник, винегрет, морс', []],
    ['Халодныя закускі, рыба, дэсерт; без свініны', []],
    ['Рыба без мяса и свинины, безалкогольное шампанское, alcohol-free wine', []],
    [
      'Без мяса, но с ветчиной',
      [
        ['pork', 3],
        ['meat', 1],
      ],
    ],
    ['Рыба без костей, вино', [['alcohol', 2]]],
    [
      'Ветчина и шампанское',
      [
        ['pork', 3],
        ['alcohol', 2],
        ['meat', 1],
      ],
    ],
    ['Draniki with sour cream', []],
    ['Вінегрэт, салат, сыр', []],
    ['Hamachi, wineberries', []],
  ])('of %s is against %p', (menu, expected) => {
    expect(menuFindings(menu, diets).map(({ food, heads }) => [food, heads])).toEqual(expected);
  });

  it('that is not known, or that nobody minds, is against nothing', () => {
    expect(menuFindings(null, diets)).toEqual([]);
    expect(menuFindings('Свініна, віно', [{ diet: 'без глютэну', count: 4 }])).toEqual([]);
  });
});

describe('the calendar of the guests', () => {
  // A Friday.
  const session: TimedSession = {
    kind: 'meeting',
    day: '2027-03-05',
    from: '13:30',
    until: '14:30',
    first: false,
    title: {},
    shownToGuests: true,
  };
  const kinds = (more: Partial<TimedSession>, code: string | null = 'ID') =>
    calendarChecks({ ...session, ...more }, { code, days: [] }).map(({ kind }) => kind);

  it('says that the Friday prayer falls into the slot, of countries where it is kept', () => {
    expect(kinds({})).toEqual(['friday_prayer']);
    expect(kinds({ from: '12:00', until: '13:00' })).toEqual([]);
    expect(kinds({ from: '14:30', until: '15:00' })).toEqual([]);
    expect(kinds({ day: '2027-03-04' })).toEqual([]);
    expect(kinds({ kind: 'break' })).toEqual([]);
    expect([kinds({}, 'AM'), kinds({}, null)]).toEqual([[], []]);
  });

  it('says a national day once, with the first session, and a day of mourning with what is festive', () => {
    const days = [
      { kind: 'national', name: 'Independence Day' },
      { kind: 'mourning', name: 'Day of Memory' },
    ] as const;
    const of = (more: Partial<TimedSession>) =>
      calendarChecks({ ...session, day: '2027-03-04', ...more }, { code: 'AM', days });
    expect(of({})).toEqual([]);
    expect(of({ first: true })).toEqual([{ kind: 'guest_day', of: 'national', name: 'Independence Day' }]);
    expect(of({ kind: 'reception' })).toEqual([{ kind: 'guest_day', of: 'mourning', name: 'Day of Memory' }]);
  });
});

describe('the languages of a printed programme', () => {
  it('are ours and theirs, else English', () => {
    expect([printedLanguages(['ru', 'hy']), printedLanguages(['hy']), printedLanguages(['be'])]).toEqual([
      ['be', 'ru'],
      ['be', 'en'],
      ['be', 'en'],
    ]);
  });

  it('ask for a title in each of them where guests read it', () => {
    const missing = (title: TimedSession['title'], shownToGuests = true) =>
      languageCheck({ title, shownToGuests }, ['hy']).flatMap((check) => ('languages' in check ? check.languages : []));
    expect([missing({ be: 'Сустрэча' }), missing({ be: 'С', en: 'M' }), missing({})]).toEqual([['en'], [], []]);
    expect(missing({ be: 'Сустрэча' }, false)).toEqual([]);
  });
});

describe('a member after a letter', () => {
  const letterAt = new Date('2027-02-01T10:00:00Z');
  const change = (memberId: string, at: string, fields: string[]) => ({ memberId, at: new Date(at), fields });

  it('is changed where what the letter prints was changed since', () => {
    const changes = [
      change('a', '2027-02-02T10:00:00Z', ['plate', 'smoker']),
      change('a', '2027-02-03T10:00:00Z', ['title']),
      change('b', '2027-01-31T10:00:00Z', ['title']),
      change('c', '2027-02-02T10:00:00Z', ['smoker']),
    ];
    expect([...changedSinceLetter(changes, letterAt)]).toEqual([['a', ['title', 'plate']]]);
    expect(changedSinceLetter(changes, null).size).toBe(0);
  });
});

describe('the drawing of a flag', () => {
  it('is old after a year, or when nobody has looked', () => {
    expect([
      flagIsOld(null, '2027-03-01'),
      flagIsOld('2026-02-28', '2027-03-01'),
      flagIsOld('2026-03-01', '2027-03-01'),
    ]).toEqual([true, true, false]);
  });
});

describe('the checklist', () => {
  const plain: ChecklistFacts = { interpreted: false, signing: false, level: 4, access: false, photographed: false };

  it('asks what this visit needs', () => {
    expect(checklist(plain)).toEqual(['flags', 'flowers', 'quote']);
    expect(checklist({ interpreted: true, signing: true, level: 1, access: true, photographed: true })).toEqual([
      'names_sent',
      'signing_text',
      'pens',
      'flags',
      'anthem',
      'flowers',
      'wheelchair_way',
      'quote',
      'photos',
    ]);
  });
});
