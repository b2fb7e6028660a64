import type { FileProblem } from '../../../platform/documents/file-problem.rules.js';
import { cellName } from '../../../platform/documents/table-cells.rules.js';
import { countryName } from '../../../platform/i18n/countries.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import { personName, type Person } from '../../people/index.js';
import { LIST_FIELDS } from './list-fields.rules.js';
import type { ListImport } from './list-import.entity.js';
import { hasNames, type ListPreview } from './list-imports.service.js';
import { NAME_ORDERS } from './list-name.rules.js';
import type { PlannedRow } from './list-plan.js';

/** As many of each kind as a page shows; the figures count all. */
const SHOWN = 200;
const ROWS_SHOWN = 12;
const CELLS_SHOWN = 10;

/** A preview as the page shows it. */
export function shownPreview(web: WebContext, found: ListImport, { plan, key, people, rows, sameFile }: ListPreview) {
  const of = (...kinds: PlannedRow['what'][]) => plan.rows.filter(({ what }) => kinds.includes(what));
  const toSkip = of('skipped');
  return {
    preview: { key, counts: plan.counts, sameFile, left: plan.counts.undecided + plan.counts.errors },
    noNames: !hasNames(found.options),
    table: shownTable(web, found, rows),
    nameOrders: NAME_ORDERS,
    fresh: of('new', 'known')
      .slice(0, SHOWN)
      .map((row) => ({ ...shownRow(web, row), known: row.what === 'known' })),
    already: of('already')
      .slice(0, SHOWN)
      .map((row) => shownRow(web, row)),
    undecided: of('undecided')
      .slice(0, SHOWN)
      .map((row) => shownDoubt(web, found, row, people)),
    wrong: of('error', 'twice')
      .slice(0, SHOWN)
      .map((row) => shownError(web, found, row)),
    skipped: toSkip.slice(0, SHOWN).map(({ at, name }) => ({ at, name, field: `person.${at}` })),
    hints: plan.rows
      .filter(({ what }) => what === 'new' || what === 'known')
      .flatMap(({ hints }) => hints)
      .slice(0, SHOWN)
      .map((hint) => worded(web, hint)),
  };
}

function shownRow(web: WebContext, { at, name, person, withoutEmail }: PlannedRow) {
  return {
    at,
    name,
    email: withoutEmail ? null : person?.email,
    institution: person?.institution,
    country: person?.country ? countryName(web.locale, person.country) : null,
    category: person?.category,
    form: person?.form,
  };
}

const COMPARED = ['email', 'phone', 'institution', 'position', 'country'] as const;

/** The row and everybody whom it may be, side by side. */
function shownDoubt(web: WebContext, { options }: ListImport, row: PlannedRow, people: ReadonlyMap<string, Person>) {
  const candidates = row.candidates.flatMap((id) => people.get(id) ?? []).slice(0, 5);
  const country = (code: string | null | undefined): string => (code ? countryName(web.locale, code) : '');
  const value = (of: Pick<Person, (typeof COMPARED)[number]>, field: (typeof COMPARED)[number]): string =>
    field === 'country' ? country(of.country) : (of[field] ?? '');
  return {
    at: row.at,
    name: row.name,
    field: `person.${row.at}`,
    value: options.people[String(row.at)] ?? '',
    columns: candidates.map((person) => ({ name: personName(person), patronymic: person.patronymic })),
    rows: COMPARED.map((field) => ({
      label: web.t(`registration.field.${field}`),
      listed: row.person ? value(row.person, field) : '',
      known: candidates.map((person) => ({
        text: value(person, field),
        same: row.person !== null && value(person, field) !== '' && value(person, field) === value(row.person, field),
      })),
    })).filter(({ listed, known }) => listed !== '' || known.some(({ text }) => text !== '')),
    choices: [
      ...candidates.map((person) => ({
        value: person.id,
        label: web.t('participants.person.same', {
          name: [personName(person), person.institution].filter(Boolean).join(', '),
        }),
      })),
      { value: 'new', label: web.t('participants.person.new') },
      { value: 'skip', label: web.t('participants.person.skip') },
    ],
  };
}

/** What is wrong in a row, each cell with its text to be written anew. */
function shownError(web: WebContext, { options }: ListImport, row: PlannedRow) {
  const { at, name, what, problems, texts } = row;
  return {
    at,
    name,
    twice: what === 'twice',
    person: `person.${at}`,
    left: `left.${at}`,
    cells: problems.map((problem) => ({
      field: `fix.${problem.place}`,
      place: [web.placeOf(problem.place), headingOf(options, problem.place)].filter(Boolean).join(', '),
      text: web.t(problem.code, { ...problem.params }),
      value: texts[problem.place] ?? '',
    })),
  };
}

/** What stands over the column of a cell. */
function headingOf({ columns, headings }: ListImport['options'], place: string): string {
  const letters = /^[A-Z]+/.exec(place)?.[0] ?? '';
  const column = Object.values(columns).find((at) => cellName(at, 0) === `${letters}0`);
  return (column === undefined ? '' : (headings[column] ?? '')).slice(0, 40);
}

function worded(web: WebContext, { place, code, params }: FileProblem): { place: string; text: string } {
  return { place: web.placeOf(place), text: web.t(code, { ...params }) };
}

/** A table as far as one needs to see to choose its headings and columns. */
function shownTable(web: WebContext, { options }: ListImport, rows: ListPreview['rows']) {
  const widest = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const letters = Array.from({ length: widest }, (_, column) => cellName(column, 0).slice(0, -1));
  return {
    rows: rows.slice(0, ROWS_SHOWN).map(({ at, cells }) => ({ at, cells: cells.slice(0, CELLS_SHOWN) })),
    letters: letters.slice(0, CELLS_SHOWN),
    headers: rows.map(({ at, cells }) => ({
      value: String(at),
      label: `${at}: ${cells.filter(Boolean).slice(0, 5).join(' · ')}`.slice(0, 80),
    })),
    fields: LIST_FIELDS.map((field) => ({
      field: `column.${field}`,
      label: web.t(`participants.column.${field}`),
      value: options.columns[field] === undefined ? '' : String(options.columns[field]),
      choices: letters.map((letter, column) => ({
        value: String(column),
        label: [letter, options.headings[column]].filter(Boolean).join(': ').slice(0, 80),
      })),
    })),
  };
}
