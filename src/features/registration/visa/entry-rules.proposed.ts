import type { RuleInput } from './visa.schemas.js';

type Proposed = Omit<RuleInput, 'checkedOn' | 'confirmed'>;

const none = {
  entryPoints: [],
  maxDays: null,
  validFrom: null,
  validTo: null,
  note: 'To be confirmed with the law in force / Спраўдзіць паводле дзейнага заканадаўства',
} satisfies Partial<Proposed>;
const list = (codes: string): string[] => codes.split(' ');

/**
 * What an empty table may start with. A working reading of Belarusian rules, unconfirmed: the officer compares every line with
 * the law before it is used, and the page says so until then. Whoever is in no line needs a visa.
 */
export const PROPOSED_RULES: readonly Proposed[] = [
  {
    ...none,
    title: 'Citizens of Belarus / Грамадзяне Беларусі',
    citizenships: ['BY'],
    passportTypes: [],
    outcome: 'not_needed',
  },
  {
    ...none,
    title: 'Union State: Russia / Саюзная дзяржава: Расія',
    citizenships: ['RU'],
    passportTypes: [],
    outcome: 'not_needed',
  },
  {
    ...none,
    title: 'CIS and bilateral agreements, 90 days / СНД і двухбаковыя пагадненні, 90 дзён',
    citizenships: list('AM AZ GE KG KZ MD TJ UA UZ'),
    passportTypes: [],
    maxDays: 90,
    outcome: 'not_needed',
  },
  {
    ...none,
    title: 'Bilateral agreements, 30 days / Двухбаковыя пагадненні, 30 дзён',
    citizenships: list('AE CN CU ME MN OM QA RS TR VE'),
    passportTypes: [],
    maxDays: 30,
    outcome: 'not_needed',
  },
  {
    ...none,
    title: '38 European countries, 30 days / 38 краін Еўропы, 30 дзён',
    citizenships: list(
      'AD AT BA BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC MK MT NL NO PL PT RO SE SI SK SM VA',
    ),
    passportTypes: ['ordinary'],
    maxDays: 30,
    validTo: '2026-12-31',
    outcome: 'not_needed',
  },
  {
    ...none,
    title: 'Visa at Minsk airport, applied for in advance / Віза ў аэрапорце Мінск, з папярэдняй заяўкай',
    citizenships: list('BJ BW BI CM CD ML MM NA RW TG ZM ZW'),
    passportTypes: ['ordinary'],
    entryPoints: ['airport'],
    outcome: 'on_arrival',
  },
];
