import { checkDigit } from '../../src/features/registration/visa/mrz.rules.js';

/** What a passport office knows. */
export interface Passport {
  readonly issuer: string;
  readonly surname: string;
  readonly given: string;
  readonly number: string;
  readonly nationality: string;
  /** `YYMMDD`, fillers for what is unknown. */
  readonly birth: string;
  readonly sex: 'M' | 'F' | '<';
  readonly expiry: string;
  readonly optional: string;
}

/** Somebody who does not exist, from a country whose citizens need a visa. */
export const SOMEBODY: Passport = {
  issuer: 'IDN',
  surname: 'SANTOSO',
  given: 'BUDI',
  number: 'C4821973',
  nationality: 'IDN',
  birth: '850214',
  sex: 'M',
  expiry: '320930',
  optional: '',
};

/** The two bottom lines of a passport (TD3). */
export function writeTd3({
  issuer,
  surname,
  given,
  number,
  nationality,
  birth,
  sex,
  expiry,
  optional,
}: Passport): string[] {
  const filled = (text: string, length: number): string =>
    text.replaceAll(' ', '<').slice(0, length).padEnd(length, '<');
  const checked = (text: string): string => text + String(checkDigit(text));
  const names = given === '' ? surname : `${surname}<<${given}`;
  const first = `P<${filled(issuer, 3)}${filled(names, 39)}`;
  const id = checked(filled(number, 9));
  const born = checked(birth);
  const ends = checked(expiry);
  const more = optional === '' ? `${'<'.repeat(15)}` : checked(filled(optional, 14));
  return [first, `${id}${filled(nationality, 3)}${born}${sex}${ends}${more}${checkDigit(id + born + ends + more)}`];
}
