import type { HelperDelegate, HelperOptions } from 'handlebars';
import { LOCALES } from '../../kernel/locale.js';
import type { Translator } from '../i18n/translator.js';
import { capitalized, localeOf } from './view-helpers.js';

type Params = Readonly<Record<string, unknown>>;

interface FormLike {
  readonly values?: Params;
  readonly errors?: Readonly<Record<string, string>>;
}

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/** The id of the control or group of a field; links of the error summary lead there. */
export function fieldId(name: string): string {
  return `field-${name.replaceAll('.', '-')}`;
}

/** What the partials of form fields need: value, message and the ids that tie them together. */
export function fieldHelpers(translator: Translator): Record<string, HelperDelegate> {
  return {
    field: (params: Params, options: HelperOptions) => field(params, formOf(params, options)),
    fieldId: (name: string) => fieldId(name),
    fieldValue: (name: string, options: HelperOptions) => valueOf(formOf(options.hash as Params, options), name) ?? '',
    fieldError: (name: string, options: HelperOptions) => formOf(options.hash as Params, options).errors?.[name] ?? '',
    choices: (params: Params, options: HelperOptions) => choices(translator, params, options),
    dateParts: (params: Params, options: HelperOptions) =>
      ['day', 'month', 'year'].map((part) =>
        partOf(params, part, formOf(params, options), translator.t(localeOf(options), `common.datePart.${part}`)),
      ),
    languages: (params: Params, options: HelperOptions) =>
      LOCALES.map((locale) => ({
        ...partOf(
          params,
          locale,
          formOf(params, options),
          translator.t(localeOf(options), `common.inLanguage.${locale}`),
        ),
        lang: locale,
      })),
    tone: (state: unknown) => TONES[String(state)] ?? 'grey',
  };
}

/** The form given to the partial, else the page's own (`form` of its model), else an empty one. */
function formOf(params: Params, options: HelperOptions): FormLike {
  return (params['form'] ?? (options.data.root as { form?: unknown }).form ?? {}) as FormLike;
}

function field(params: Params, form: FormLike): Params {
  const name = String(params['name']);
  const id = fieldId(name);
  const error = form.errors?.[name] ?? '';
  const typed = valueOf(form, name) ?? params['value'];
  const value = typed === undefined || typed === null ? '' : typed;
  return {
    ...params,
    id,
    name,
    value,
    error,
    checked: isChecked(value, params['on']),
    describedBy: describedBy(id, params, error),
  };
}

/** One box of a group: `birth.day`, `title.be`. */
function partOf(params: Params, part: string, form: FormLike, label: string): Params {
  const whole = String(params['name']);
  const given = own(params['value'], part);
  const shown = field({ name: `${whole}.${part}`, value: given }, form);
  const broken = shown['error'] || form.errors?.[whole];
  return { ...shown, label, part, invalid: Boolean(broken) };
}

/** Failed forms hold flat names as posted (`title.be`), fresh ones the objects they edit. */
function valueOf(form: FormLike, name: string): unknown {
  const { values } = form;
  if (values === undefined) return undefined;
  if (Object.hasOwn(values, name)) return values[name];
  return name.split('.').reduce<unknown>(own, values);
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Params)[key] : undefined;
}

function isChecked(value: unknown, on: unknown): boolean {
  if (Array.isArray(value)) return value.includes(on ?? 'on');
  return value === true || value === 'on' || value === 'true' || value === '1' || (on !== undefined && value === on);
}

function describedBy(id: string, params: Params, error: string): string {
  const ids = [
    params['hint'] ? `${id}-hint` : '',
    params['words'] || params['maxlength'] ? `${id}-count` : '',
    error ? `${id}-error` : '',
  ];
  return ids.filter((part) => part !== '').join(' ');
}

/**
 * The options of a select, of radios or checkboxes: `options` as [{ value, label, hint }], or `values` with `labels`, the
 * message group that names them. `selected` is set from the form.
 */
function choices(translator: Translator, params: Params, options: HelperOptions): Params[] {
  const current = params['value'];
  const chosen = Array.isArray(current) ? current.map(String) : [String(current as string | number | boolean)];
  return listed(translator, params, options).map((choice, index) => ({
    ...choice,
    id: `${String(params['id'])}-${index + 1}`,
    selected: chosen.includes(String(choice.value)),
  }));
}

function listed(translator: Translator, params: Params, options: HelperOptions): readonly Choice[] {
  const {
    options: given,
    values,
    labels,
  } = params as { options?: readonly Choice[]; values?: readonly string[]; labels?: string };
  if (given) return given;
  if (!values || labels === undefined)
    throw new Error(`field ${String(params['name'])}: give options, or values with labels`);
  return values.map((value) => ({ value, label: capitalized(translator.t(localeOf(options), `${labels}.${value}`)) }));
}

/** Colours of states; the words beside them carry the meaning. */
const TONES: Readonly<Record<string, string>> = {
  approved: 'green',
  not_needed: 'green',
  accepted: 'green',
  counted: 'green',
  confirmed: 'green',
  done: 'green',
  sent: 'green',
  present: 'green',
  online: 'green',
  published: 'green',
  active: 'green',
  pending: 'yellow',
  tentative: 'yellow',
  waiting: 'yellow',
  offered: 'yellow',
  awaited: 'yellow',
  in_progress: 'yellow',
  held: 'yellow',
  deferred: 'yellow',
  warning: 'yellow',
  proposed: 'yellow',
  refused: 'red',
  declined: 'red',
  bounced: 'red',
  stopped: 'red',
  failed: 'red',
  cancelled: 'red',
  error: 'red',
  absent: 'red',
  queued: 'blue',
  sending: 'blue',
  substituted: 'blue',
  submitted: 'blue',
  hint: 'blue',
};
