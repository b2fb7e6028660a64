import type { LetterReader } from '../../../platform/mail/merge-letters.rules.js';
import type { ProtocolLevel } from './protocol.rules.js';

/** What the letter of a wave may say of its reader and of what they are invited to. */
export const WAVE_FIELDS = [
  'name',
  'given',
  'family',
  'position',
  'institution',
  'country',
  'conference',
  'session',
  'role',
  'dates',
  'place',
  'answerBy',
] as const;
export type WaveField = (typeof WAVE_FIELDS)[number];

/** Somebody in a wave as its letter sees them. */
export interface WaveReader extends LetterReader {
  readonly publicId: string;
  readonly email: string;
  readonly country: string | null;
  readonly level: ProtocolLevel;
  readonly values: Readonly<Record<WaveField, string | null>>;
}

/** How many are written to in each language and from each country, the most first; null: no country is known. */
export function countsOf(
  letters: readonly { readonly locale: string; readonly recipient: { readonly country: string | null } }[],
) {
  const count = <K>(keys: readonly K[]): { value: K; count: number }[] =>
    [...Map.groupBy(keys, (key) => key)]
      .map(([value, all]) => ({ value, count: all.length }))
      .sort((a, b) => b.count - a.count || String(a.value).localeCompare(String(b.value)));
  return {
    languages: count(letters.map(({ locale }) => locale)),
    countries: count(letters.map(({ recipient }) => recipient.country)),
  };
}
