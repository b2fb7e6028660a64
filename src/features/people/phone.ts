import type { CountryCode } from 'libphonenumber-js';
import { parsePhoneNumber } from '../../platform/web/phone-numbers.js';

/** The number in E.164 form, or null where it cannot be read; `country` helps with numbers typed without a prefix. */
export function e164(typed: string | null, country: string | null): string | null {
  if (typed === null) return null;
  const region =
    country !== null && /^[A-Z]{2}$/.test(country) && country !== 'XX' ? (country as CountryCode) : undefined;
  return parsePhoneNumber(typed, region)?.number ?? null;
}
