import { z } from 'zod';
import { parseEmailAddress } from '../../../kernel/email-address.js';
import { foldForSearch } from '../../../kernel/search-text.js';
import { cleanText } from '../../../kernel/text.js';
import type { FileProblem } from '../../../platform/documents/file-problem.rules.js';
import { cellName, readDay } from '../../../platform/documents/table-cells.rules.js';
import type { TableRow } from '../../../platform/documents/table-file.js';
import { phoneField } from '../../../platform/web/fields.js';
import type { Category, Form } from '../participation.rules.js';
import { NAME_FIELDS, type ListField } from './list-fields.rules.js';
import type { ListOptions } from './list-import.rules.js';
import { looksLikeNoName, splitListName, type ListName } from './list-name.rules.js';

/** What a row says of somebody. */
export interface ListedPerson extends ListName {
  readonly badgeName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly institution: string | null;
  readonly position: string | null;
  readonly country: string | null;
  readonly category: Category;
  readonly form: Form;
  /** `2027-05-12`. */
  readonly arrival: string | null;
  readonly departure: string | null;
  readonly note: string;
}

export interface ReadRow {
  readonly at: number;
  /** The cell with the name. */
  readonly place: string;
  /** As the list writes it, for the page. */
  readonly name: string;
  readonly person: ListedPerson | null;
  /** Why there is no person. */
  readonly problems: readonly FileProblem[];
  /** What stands in the cells with problems, by the name of the cell. */
  readonly texts: Readonly<Record<string, string>>;
  /** What was read otherwise than it stands there. */
  readonly hints: readonly FileProblem[];
}

/** What pages call countries, categories and forms, folded, to their codes. */
export interface ListWords {
  readonly countries: ReadonlyMap<string, string>;
  readonly categories: ReadonlyMap<string, Category>;
  readonly forms: ReadonlyMap<string, Form>;
}

const LONGEST: Partial<Record<ListField, number>> = {
  family: 128,
  given: 128,
  patronymic: 128,
  badgeName: 200,
  institution: 300,
  position: 200,
  note: 1000,
};
const LONGEST_NAME = 300;
const phoneSchema = z.object({ phone: phoneField() });

/** The people of a list below its headings. Rows without anything in a column of meaning, such as headings inside, are none. */
export function readList(rows: readonly TableRow[], options: ListOptions, words: ListWords): ReadRow[] {
  const { header } = options;
  if (header === null) return [];
  return rows.flatMap((row) => (row.at > header ? (new RowReader(row, options, words).read() ?? []) : []));
}

class RowReader {
  private readonly problems: FileProblem[] = [];
  private readonly hints: FileProblem[] = [];
  private readonly texts: Record<string, string> = {};

  constructor(
    private readonly row: TableRow,
    private readonly options: ListOptions,
    private readonly words: ListWords,
  ) {}

  read(): ReadRow | null {
    const { columns } = this.options;
    const has = (field: ListField): boolean => this.raw(field) !== '';
    // What only continues the cell above is no row of its own.
    const named = NAME_FIELDS.filter((field) => has(field) && !this.row.merged?.includes(columns[field]!));
    if (named.length === 0 && !(['email', 'phone'] as const).some(has)) return null;
    const nameField = named[0] ?? NAME_FIELDS.find((field) => columns[field] !== undefined) ?? 'name';
    const name = this.name();
    const email = this.email();
    const person: ListedPerson = {
      ...(name ?? { given: '', family: null, patronymic: null, mononym: true }),
      ...(has('patronymic') ? { patronymic: this.line('patronymic') } : {}),
      badgeName: this.line('badgeName'),
      email: email.first,
      phone: this.phone(),
      institution: this.line('institution'),
      position: this.line('position'),
      country: this.coded('country', this.words.countries),
      category: this.coded('category', this.words.categories) ?? this.options.category,
      form: this.coded('form', this.words.forms) ?? this.options.form,
      ...this.stay(),
      note: [this.line('note') ?? '', ...email.others].filter(Boolean).join('\n'),
    };
    const shown = NAME_FIELDS.map((field) => this.raw(field))
      .filter(Boolean)
      .join(' ');
    const { at } = this.row;
    const { problems, hints, texts } = this;
    return {
      at,
      place: this.cell(nameField),
      name: shown,
      person: problems.length > 0 ? null : person,
      problems,
      hints,
      texts,
    };
  }

  private name(): ListName | null {
    const whole = this.raw('name');
    const [family, given] = [this.line('family'), this.line('given')];
    const parts = whole === '' ? [family, given].filter((part) => part !== null) : [whole];
    const field = whole === '' ? (family === null ? 'given' : 'family') : 'name';
    if (parts.length === 0) return this.refuse(this.nameColumn(), 'participants.problem.noName');
    if (parts.some(looksLikeNoName)) return this.refuse(field, 'participants.problem.name');
    if (whole === '') {
      if (given === null || family === null)
        return { given: given ?? family!, family: null, patronymic: null, mononym: true };
      return { given, family, patronymic: null, mononym: false };
    }
    const cleaned = cleanText(whole, { multiline: false, max: LONGEST_NAME });
    if (!cleaned.ok) return this.refuse('name', cleaned.problem, cleaned.params);
    const name = splitListName(cleaned.value, this.options.nameOrder);
    const longest = Math.max(...[name.given, name.family ?? '', name.patronymic ?? ''].map((part) => [...part].length));
    return longest > 128 ? this.refuse('name', 'error.text.long', { max: 128, length: longest }) : name;
  }

  /** The first good address; the others go into the note, where people find them. */
  private email(): { first: string | null; others: string[] } {
    const parts = this.raw('email')
      .split(/[\s;,/|]+/)
      .map((part) => part.replace(/^<|>$/g, ''))
      .filter((part) => part !== '' && !/^[-–—]+$/.test(part));
    if (parts.length === 0) return { first: null, others: [] };
    const good = parts.flatMap((part) => {
      const parsed = parseEmailAddress(part);
      return parsed.ok ? [parsed.address] : [];
    });
    const [first, ...others] = [...new Set(good)];
    if (first === undefined) {
      const parsed = parseEmailAddress(parts[0]!);
      if (!parsed.ok) this.refuse('email', parsed.problem, parsed.params);
      return { first: null, others: [] };
    }
    if (others.length > 0) this.hint('email', 'participants.hint.emails', { first, others: others.join(', ') });
    return { first, others };
  }

  private phone(): string | null {
    const text = this.raw('phone');
    if (text === '' || /^[-–—]+$/.test(text)) return null;
    // A list often has two numbers in one cell, as it has two addresses.
    for (const candidate of [text, ...text.split(/[;,\n]|\s\/\s/)]) {
      const parsed = phoneSchema.safeParse({ phone: candidate });
      if (parsed.success && parsed.data.phone) {
        if (candidate !== text) this.hint('phone', 'participants.hint.phones', { first: parsed.data.phone.original });
        return parsed.data.phone.original;
      }
    }
    return this.refuse('phone', 'error.phone');
  }

  private coded<T extends string>(field: ListField, codes: ReadonlyMap<string, T>): T | null {
    const text = this.raw(field);
    if (text === '' || /^[-–—]+$/.test(text)) return null;
    return (
      codes.get(foldForSearch(text)) ?? this.refuse(field, `participants.problem.${field}`, { value: short(text) })
    );
  }

  private stay(): { arrival: string | null; departure: string | null } {
    const [arrival, departure] = [this.day('arrival'), this.day('departure')];
    if (arrival !== null && departure !== null && departure < arrival)
      this.refuse('departure', 'participants.problem.departure');
    return { arrival, departure };
  }

  private day(field: 'arrival' | 'departure'): string | null {
    const text = this.raw(field);
    if (text === '' || /^[-–—]+$/.test(text)) return null;
    const day = readDay(text) ?? readDay(text.split(/\s+\d{1,2}[:.]\d\d/)[0]!);
    return day ?? this.refuse(field, 'file.problem.day', { value: short(text) });
  }

  private line(field: ListField): string | null {
    const text = this.raw(field);
    if (text === '') return null;
    const cleaned = cleanText(text, { multiline: false, max: LONGEST[field] ?? 300, min: 0 });
    return cleaned.ok ? cleaned.value || null : this.refuse(field, cleaned.problem, cleaned.params);
  }

  /** What stands in the cell, or what was written in its place on the page. */
  private raw(field: ListField): string {
    const column = this.options.columns[field];
    if (column === undefined) return '';
    const cell = cellName(column, this.row.at);
    const { fixes } = this.options;
    return (Object.hasOwn(fixes, cell) ? fixes[cell]! : (this.row.cells[column] ?? '')).trim();
  }

  private nameColumn(): ListField {
    return NAME_FIELDS.find((field) => this.options.columns[field] !== undefined) ?? 'name';
  }

  private cell(field: ListField): string {
    return cellName(this.options.columns[field] ?? 0, this.row.at);
  }

  private refuse(field: ListField, code: string, params: Record<string, unknown> = {}): null {
    const place = this.cell(field);
    this.problems.push({ place, code, params });
    this.texts[place] = this.raw(field);
    return null;
  }

  private hint(field: ListField, code: string, params: Record<string, unknown>): void {
    this.hints.push({ place: this.cell(field), code, params });
  }
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
