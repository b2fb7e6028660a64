import type { z } from 'zod';
import { InvalidInput, type FieldProblem } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import type { Translator } from '../i18n/translator.js';
import { expandForm, fieldErrors } from './fields.js';
import { placeInWords } from './file-problems.js';

/** What a template needs to show a form again: everything typed, and a message beside each field that was refused. */
export interface FormView {
  values: Record<string, unknown>;
  errors: Record<string, string>;
  summary: { field: string; message: string; id: string }[];
  failed: boolean;
}

/** A form nobody has sent yet. */
export function emptyForm(values: Record<string, unknown> = {}): FormView {
  return { values, errors: {}, summary: [], failed: false };
}

export function refusedForm(translator: Translator, locale: Locale, values: Record<string, unknown>, problems: readonly FieldProblem[]): FormView {
  const form = emptyForm(values);
  form.failed = true;
  for (const { field, code, params, place } of problems) {
    if (form.errors[field]) continue;
    const sentence = translator.t(locale, worded(translator, locale, field, code), params ?? {});
    const message = place ? `${placeInWords(translator, locale, place)}: ${sentence}` : sentence;
    form.errors[field] = message;
    form.summary.push({ field, message, id: field === '' ? '' : `field-${field.replaceAll('.', '-')}` });
  }
  return form;
}

/** What is missing is called by its name where the language has a sentence for it: the summary on top would else repeat itself. */
function worded(translator: Translator, locale: Locale, field: string, code: string): string {
  const named = `error.fillIn.${field.replaceAll('.', '_')}`;
  return code === 'error.required' && translator.has(locale, named) ? named : code;
}

/** Parses a posted form (dotted names, `_…` names belong to the web core) or throws InvalidInput with every problem. */
export function parseForm<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(typedValues(body, 'expanded'));
  if (!parsed.success) throw new InvalidInput(fieldErrors(parsed.error));
  return parsed.data;
}

/** What was typed: flat for showing again, expanded for parsing. Fields of the web core are left out. */
export function typedValues(body: unknown, shape: 'flat' | 'expanded'): Record<string, unknown> {
  const flat = Object.fromEntries(Object.entries((body ?? {}) as Record<string, unknown>).filter(([name]) => !name.startsWith('_')));
  return shape === 'flat' ? flat : expandForm(flat);
}
