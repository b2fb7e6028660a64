import { headings } from '../../../platform/documents/table-headings.rules.js';

/** What a column of a delegation's list may hold. */
export const DELEGATION_LIST_FIELDS = [
  'name',
  'family',
  'given',
  'original',
  'en',
  'be',
  'ru',
  'titleBe',
  'titleRu',
  'titleEn',
  'role',
  'citizenship',
  'passportType',
] as const;
export type DelegationListField = (typeof DELEGATION_LIST_FIELDS)[number];

/** How somebody at the page wants it read. */
export interface DelegationListOptions {
  /** Number of the row with the headings, from 1. */
  readonly header: number | null;
  readonly columns: Readonly<Partial<Record<DelegationListField, number>>>;
  readonly nameOrder: 'family' | 'given';
}

/** Words that embassies and institutions write over such columns. */
const table = headings<DelegationListField>({
  name: [
    'піб',
    'прозвішча, імя',
    'прозвішча і імя',
    'фио',
    'ф.и.о.',
    'фамилия, имя',
    'фамилия и имя',
    'name',
    'full name',
    'delegate',
  ],
  family: ['прозвішча', 'фамилия', 'surname', 'family name', 'last name'],
  given: ['імя', 'имя', 'given name', 'given names', 'first name'],
  original: ['імя на мове арыгінала', 'имя на языке оригинала', 'original', 'name in original script', 'native name'],
  en: ['лацінкай', 'латиницей', 'latin', 'name in latin letters', 'name in english'],
  be: ['па-беларуску', 'імя па-беларуску', 'по-белорусски', 'in belarusian', 'name in belarusian'],
  ru: ['па-руску', 'по-русски', 'имя по-русски', 'in russian', 'name in russian'],
  titleBe: ['пасада'],
  titleRu: ['должность'],
  titleEn: ['position', 'title', 'job title', 'post'],
  role: ['роля', 'роль', 'role', 'status', 'статус'],
  citizenship: ['грамадзянства', 'краіна', 'гражданство', 'страна', 'citizenship', 'nationality', 'country'],
  passportType: ['пашпарт', 'від пашпарта', 'паспорт', 'вид паспорта', 'тип паспорта', 'passport', 'passport type'],
});

export const delegationHeader = table.headerRow;

/** Which column holds what, by its heading. A family name alone is a whole name in one cell. */
export function delegationColumns(cells: readonly string[]): Partial<Record<DelegationListField, number>> {
  const { family, ...columns } = table.columnsOf(cells);
  if (family === undefined) return columns;
  const whole = columns.given === undefined && columns.name === undefined;
  return whole ? { ...columns, name: family } : { ...columns, family };
}
