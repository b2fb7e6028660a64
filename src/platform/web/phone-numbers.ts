import { createRequire } from 'node:module';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js';

const require = createRequire(import.meta.url);

/**
 * The number that somebody typed, or undefined; `country` helps with one without a prefix. The package is a hundred files:
 * they are loaded with the first number, and not at every start.
 */
export function parsePhoneNumber(typed: string, country?: CountryCode): PhoneNumber | undefined {
  const phones = require('libphonenumber-js') as typeof import('libphonenumber-js');
  return phones.parsePhoneNumberFromString(typed, country);
}
