import { z } from 'zod';
import { isZone } from '../../kernel/zones.js';
import { COUNTRY_CODES } from '../i18n/countries.js';
import { refuse } from './field-problems.js';
import { optional, required, type Reader } from './field-texts.js';

const oneOf =
  <T extends string>(values: readonly T[], message: string): Reader<T> =>
  (text, ctx) =>
    values.find((value) => value === text) ?? refuse(ctx, message);

/** One of a closed list (select, radios). */
export const choice = <const T extends string>(values: readonly T[]) =>
  required(oneOf(values, 'error.choice')).meta({ enum: [...values] });
export const optionalChoice = <const T extends string>(values: readonly T[]) => optional(oneOf(values, 'error.choice'));

/** Any number of a closed list (checkboxes of one name): a form sends nothing, one text or several. Each once, in the list's order. */
export const choices = <const T extends string>(values: readonly T[]) =>
  z
    .union([z.string(), z.array(z.string())], { error: 'error.choice' })
    .nullish()
    .transform((given, ctx): T[] => {
      const texts = given === undefined || given === null || given === '' ? [] : [given].flat();
      const known = values.filter((value) => texts.includes(value));
      return known.length === new Set(texts).size ? known : refuse(ctx, 'error.choice');
    });

/** ISO 3166-1 alpha-2, or XX for "stateless, refugee, other document". */
export const countryField = () => required(oneOf(COUNTRY_CODES, 'error.country')).meta({ examples: ['BY', 'XX'] });
export const optionalCountry = () => optional(oneOf(COUNTRY_CODES, 'error.country'));

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const reference: Reader<string> = (text, ctx) => (UUID.test(text) ? text : refuse(ctx, 'error.reference'));

/** The id of another thing, chosen from a list. */
export const idField = () => required(reference).meta({ format: 'uuid' });
export const optionalId = () => optional(reference).meta({ format: 'uuid' });

const zone: Reader<string> = (text, ctx) => {
  const name = text.trim();
  // The sign of Etc/GMT+3 means the opposite of what people read.
  return isZone(name) && !name.startsWith('Etc/') ? name : refuse(ctx, 'error.zone');
};

/** An IANA time zone [X10]. */
export const zoneField = () => required(zone).meta({ examples: ['Europe/Minsk'] });

const ON = new Set<unknown>([true, 'on', 'true', '1']);
const OFF = new Set<unknown>([false, 'off', 'false', '0', '', null, undefined]);

function ticked() {
  return z.union([z.boolean(), z.string()], { error: 'error.choice' }).nullish();
}

/** A box: a form sends `on` or nothing, the API true or false. */
export const checkbox = () =>
  ticked().transform((given, ctx): boolean => ON.has(given) || (OFF.has(given) ? false : refuse(ctx, 'error.choice')));

/** A box that must be ticked; `message` is the key of what to say otherwise. */
export const mustAccept = (message = 'error.mustAccept') =>
  ticked().transform((given, ctx): true => ON.has(given) || refuse(ctx, message));

export interface IntegerLimits {
  readonly min: number;
  readonly max: number;
}

const DIGITS = /^(?:0|[1-9]\d*)$/;

function integer(given: string | number, { min, max }: IntegerLimits, ctx: z.core.$RefinementCtx): number {
  const text = String(given).trim();
  const whole = min < 0 && /^-[1-9]/.test(text) ? text.slice(1) : text;
  // -0 as a number would be written as 0.
  if (!DIGITS.test(whole) || Object.is(given, -0)) return refuse(ctx, 'error.number.digits');
  const value = Number(text);
  if (value > max) return refuse(ctx, 'error.number.large', { max });
  return value < min ? refuse(ctx, 'error.number.small', { min }) : value;
}

const numberError = ({ input }: { input?: unknown }) =>
  input === undefined || input === null ? 'error.required' : 'error.number.digits';

/** A whole number written in the digits 0–9 alone, without grouping, exponent or leading zeros [X10]. */
export const integerField = (limits: IntegerLimits) =>
  z
    .union([z.string(), z.number()], { error: numberError })
    .transform((given, ctx): number => (given === '' ? refuse(ctx, 'error.required') : integer(given, limits, ctx)));

export const optionalInteger = (limits: IntegerLimits) =>
  z
    .union([z.string(), z.number()], { error: numberError })
    .nullish()
    .transform((given, ctx): number | null =>
      given === undefined || given === null || given === '' ? null : integer(given, limits, ctx),
    );
