import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LOCALES, type Locale } from '../../kernel/locale.js';

const FOLDER = fileURLToPath(new URL('../../../templates/documents/', import.meta.url));
const known = new Map<string, Buffer>();

/** The template that comes with the house; made by `scripts/documents/build.mjs`. Throws where there is none. */
export function defaultTemplate(kind: string, locale: Locale): Buffer {
  const name = defaultName(kind, locale);
  const bytes = known.get(name) ?? readFileSync(FOLDER + name);
  known.set(name, bytes);
  return bytes;
}

export function defaultName(kind: string, locale: Locale): string {
  return `${kind}.${locale}.docx`;
}

/** Whether a kind has its templates in every language: asked when it is declared. */
export function hasDefaults(kind: string): boolean {
  return LOCALES.every((locale) => existsSync(FOLDER + defaultName(kind, locale)));
}
