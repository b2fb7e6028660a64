import { LOCALES } from '../../../kernel/locale.js';
import { foldForSearch } from '../../../kernel/search-text.js';
import { cleanText } from '../../../kernel/text.js';
import type { FileProblem } from '../../../platform/documents/file-problem.rules.js';
import { cellName } from '../../../platform/documents/table-cells.rules.js';
import type { TableRow } from '../../../platform/documents/table-file.js';
import type { Translator } from '../../../platform/i18n/translator.js';
import { countryWords, looksLikeNoName, splitListName } from '../../registration/index.js';
import type { DelegationListField, DelegationListOptions } from './delegation-list.rules.js';
import { MEMBER_ROLES, PASSPORT_TYPES, type MemberRole, type PassportType, type PlateNames } from './member.rules.js';

/** What a row says of somebody. */
export interface ListedMember {
  readonly given: string;
  readonly family: string | null;
  readonly patronymic: string | null;
  readonly mononym: boolean;
  readonly role: MemberRole;
  readonly plate: PlateNames;
  readonly title: Partial<Record<'be' | 'ru' | 'en', string>>;
  readonly citizenship: string | null;
  readonly passportType: PassportType | null;
}

export interface ListedRow {
  readonly at: number;
  /** As the list writes it. */
  readonly name: string;
  /** Null where something is wrong. */
  readonly member: ListedMember | null;
  readonly problems: readonly FileProblem[];
}

/** What lists call roles, passports and countries, folded, in every language. */
export interface DelegationWords {
  readonly roles: ReadonlyMap<string, MemberRole>;
  readonly passports: ReadonlyMap<string, PassportType>;
  readonly countries: ReadonlyMap<string, string>;
}

export function delegationWords(translator: Translator): DelegationWords {
  const said = <T extends string>(codes: readonly T[], group: string) =>
    new Map(
      codes.flatMap((code) => [
        [foldForSearch(code), code] as const,
        ...LOCALES.map((locale) => [foldForSearch(translator.t(locale, `${group}.${code}`)), code] as const),
      ]),
    );
  return {
    roles: said(MEMBER_ROLES, 'delegation.role'),
    passports: said(PASSPORT_TYPES, 'delegation.passport'),
    countries: countryWords(),
  };
}

const LONGEST: Partial<Record<DelegationListField, number>> = { family: 128, given: 128 };

/** The people of a list below its headings, in its order; each problem with its cell. Rows without a name are none. */
export function readDelegationList(
  rows: readonly TableRow[],
  options: DelegationListOptions,
  words: DelegationWords,
): ListedRow[] {
  const { header } = options;
  if (header === null) return [];
  return rows.flatMap((row) => (row.at > header ? (readRow(row, options, words) ?? []) : []));
}

function readRow(
  row: TableRow,
  { columns, nameOrder }: DelegationListOptions,
  words: DelegationWords,
): ListedRow | null {
  const problems: FileProblem[] = [];
  const raw = (field: DelegationListField): string => (row.cells[columns[field] ?? -1] ?? '').trim();
  const refuse = (field: DelegationListField, code: string, params: Record<string, unknown> = {}): null => {
    problems.push({ place: cellName(columns[field] ?? 0, row.at), code, params });
    return null;
  };
  const text = (field: DelegationListField, max = 200): string | undefined => {
    if (raw(field) === '') return undefined;
    const cleaned = cleanText(raw(field), { multiline: false, max: LONGEST[field] ?? max });
    if (!cleaned.ok) refuse(field, cleaned.problem, cleaned.params);
    return cleaned.ok ? cleaned.value : undefined;
  };
  const coded = <T extends string>(field: DelegationListField, known: ReadonlyMap<string, T>): T | null => {
    if (raw(field) === '' || /^[-–—]+$/.test(raw(field))) return null;
    return (
      known.get(foldForSearch(raw(field))) ??
      refuse(field, `delegation.list.problem.${field}`, { value: raw(field).slice(0, 60) })
    );
  };
  const shown = (['name', 'family', 'given'] as const).map(raw).filter(Boolean).join(' ');
  if (shown === '') return null;
  const whole = text('name');
  const [family, given] = [text('family') ?? null, text('given') ?? null];
  const names =
    whole !== undefined
      ? splitListName(whole, nameOrder)
      : {
          given: given ?? family ?? '',
          family: given === null ? null : family,
          patronymic: null,
          mononym: given === null || family === null,
        };
  const nameField = whole !== undefined ? 'name' : family !== null ? 'family' : 'given';
  if (looksLikeNoName(shown)) refuse(nameField, 'participants.problem.name');
  const longest = Math.max(
    ...[names.given, names.family ?? '', names.patronymic ?? ''].map((part) => [...part].length),
  );
  if (longest > 128) refuse(nameField, 'error.text.long', { max: 128, length: longest });
  const member: ListedMember = {
    ...names,
    role: coded('role', words.roles) ?? 'member',
    plate: present({ original: text('original'), en: text('en'), be: text('be'), ru: text('ru') }),
    title: present({ be: text('titleBe', 300), ru: text('titleRu', 300), en: text('titleEn', 300) }),
    citizenship: coded('citizenship', words.countries),
    passportType: coded('passportType', words.passports),
  };
  return { at: row.at, name: shown, member: problems.length > 0 ? null : member, problems };
}

/** Only what is there. */
function present<K extends string>(texts: Record<K, string | undefined>): Partial<Record<K, string>> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)) as Partial<
    Record<K, string>
  >;
}
