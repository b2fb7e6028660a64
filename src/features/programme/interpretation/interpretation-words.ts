import type { Locale } from '../../../kernel/locale.js';
import { languageName } from '../../../platform/i18n/formats.js';
import type { BoothNeed } from './booths.rules.js';

/** What a booth does: 'Russian ↔ English', 'Belarusian, Russian → English'. */
export function boothLabel(locale: Locale, { into, ways }: BoothNeed): string {
  const names = (codes: readonly string[], between: string) =>
    codes.map((code) => languageName(locale, code)).join(between);
  if (into.length > 1) return names(into, ' ↔ ');
  const from = [...new Set(ways.map((way) => way.from))];
  return from.length === 0 ? `→ ${names(into, '')}` : `${names(from, ', ')} → ${names(into, '')}`;
}
