export interface SplitName {
  readonly given: string;
  readonly family: string | null;
  readonly mononym: boolean;
}

const LONGEST = 128;

/**
 * The parts of a name as programmes print it: the last word is the family name. Printed again it reads as before; staff
 * correct what is split wrongly. A name that is too long for its parts stays whole where it fits.
 */
export function splitName(name: string): SplitName {
  const words = name.split(' ');
  const family = words.at(-1)!;
  const given = words.slice(0, -1).join(' ');
  if (given === '' || given.length > LONGEST || family.length > LONGEST) {
    return { given: name.slice(0, LONGEST), family: null, mononym: true };
  }
  return { given, family, mononym: false };
}
