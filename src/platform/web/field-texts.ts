import { z } from 'zod';
import { parseEmailAddress } from '../../kernel/email-address.js';
import { LOCALES, type Localized } from '../../kernel/locale.js';
import { cleanText } from '../../kernel/text.js';
import { refuse } from './field-problems.js';
import { parsePhoneNumber } from './phone-numbers.js';

type Ctx = z.core.$RefinementCtx;

/** Reads a text that is not blank into a value, or refuses it. */
export type Reader<T> = (text: string, ctx: Ctx) => T;

const BLANK = /^\s*$/u;

const textError = ({ input }: { input?: unknown }) =>
  input === undefined || input === null ? 'error.required' : 'error.text.expected';

/** A field that must be filled in: absent or blank is `error.required`, another type `error.text.expected`. */
export function required<T>(read: Reader<T>) {
  return z
    .string({ error: textError })
    .transform((text, ctx): T => (BLANK.test(text) ? refuse(ctx, 'error.required') : read(text, ctx)));
}

/** A field that may be left out: absent, null or blank gives null. */
export function optional<T>(read: Reader<T>) {
  return z
    .string({ error: textError })
    .nullish()
    .transform((text, ctx): T | null =>
      text === undefined || text === null || BLANK.test(text) ? null : read(text, ctx),
    );
}

const textOf =
  (multiline: boolean, max: number): Reader<string> =>
  (text, ctx) => {
    const cleaned = cleanText(text, { multiline, max, min: 0 });
    return cleaned.ok ? cleaned.value : refuse(ctx, cleaned.problem, cleaned.params);
  };

/** Cleaning may leave nothing of a text that looked like something (a lone zero-width space). */
const filledText =
  (multiline: boolean, max: number): Reader<string> =>
  (text, ctx) => {
    const value = textOf(multiline, max)(text, ctx);
    return value === '' ? refuse(ctx, 'error.required') : value;
  };

const nothingForEmpty =
  (multiline: boolean, max: number): Reader<string | null> =>
  (text, ctx) =>
    textOf(multiline, max)(text, ctx) || null;

/** One line of at most `max` code points, through the border of [X1]. */
export const line = (max: number) => required(filledText(false, max)).meta({ maxLength: max });
/** One line or null. */
export const optionalLine = (max: number) => optional(nothingForEmpty(false, max)).meta({ maxLength: max });
/** Text with line breaks (LF), at most `max` code points. */
export const paragraph = (max: number) => required(filledText(true, max)).meta({ maxLength: max });
/** Text with line breaks, or null. */
export const optionalParagraph = (max: number) => optional(nothingForEmpty(true, max)).meta({ maxLength: max });

/** `{ be, ru, en }` with at least one of them, else `error.localized`; languages without text are left out. */
export const localizedLine = (max: number) => localized(false, max, true);
export const localizedParagraph = (max: number) => localized(true, max, true);
/** As above, but `{}` when nothing is given. */
export const optionalLocalizedLine = (max: number) => localized(false, max, false);
export const optionalLocalizedParagraph = (max: number) => localized(true, max, false);

function localized(multiline: boolean, max: number, needed: boolean) {
  const part = multiline ? optionalParagraph(max) : optionalLine(max);
  return z
    .strictObject(
      { be: part, ru: part, en: part },
      { error: (issue) => (issue.code === 'invalid_type' ? 'error.localized' : undefined) },
    )
    .nullish()
    .transform((texts, ctx): Localized => {
      const filled = LOCALES.filter((locale) => texts?.[locale]).map((locale) => [locale, texts![locale]!] as const);
      return needed && filled.length === 0 ? refuse(ctx, 'error.localized') : Object.fromEntries(filled);
    });
}

export interface EmailInput {
  /** For the envelope and for display. */
  readonly address: string;
  /** For comparison and the unique index. */
  readonly key: string;
}

const email: Reader<EmailInput> = (text, ctx) => {
  const parsed = parseEmailAddress(text);
  return parsed.ok ? { address: parsed.address, key: parsed.key } : refuse(ctx, parsed.problem, parsed.params);
};

/** One mailbox, see `parseEmailAddress` [X7]. */
export const emailField = () => required(email).meta({ maxLength: 254 });
export const optionalEmail = () => optional(email).meta({ maxLength: 254 });

export interface PhoneInput {
  readonly original: string;
  /** E.164, when the number is written with its country code and its length fits that country. */
  readonly e164: string | null;
}

const PHONE = /^[+＋(]?[\p{Nd}\s().,/\-\p{Pd}]+(?:(?:ext\.?|доб\.?|дад\.?|x|#)\s*\p{Nd}{1,7})?$/iu;

const phone: Reader<PhoneInput> = (text, ctx) => {
  const cleaned = cleanText(text, { multiline: false, max: 40 });
  if (!cleaned.ok) return refuse(ctx, cleaned.problem, cleaned.params);
  const original = cleaned.value;
  const digits = original.match(/\p{Nd}/gu)?.length ?? 0;
  if (!PHONE.test(original) || digits < 5 || digits > 25) return refuse(ctx, 'error.phone');
  const parsed = parsePhoneNumber(original.replace(/^00/, '+'));
  return { original, e164: parsed?.isPossible() ? parsed.number : null };
};

/** A phone number as people write it, or null; spaces and brackets are welcome. */
export const phoneField = () => optional(phone).meta({ maxLength: 40 });

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** The readable part of an address: `congress-2027`. */
export const slugField = (max = 80) =>
  required((text, ctx) => {
    const slug = text.trim();
    return slug.length <= max && SLUG.test(slug) ? slug : refuse(ctx, 'error.slug', { max });
  }).meta({ maxLength: max });
