// node scripts/node.mjs scripts/documents/build.mjs
//
// Makes templates/documents/*.docx from the descriptions in this folder. A unit test compares the two.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { docx, LANGUAGES } from './docx.mjs';
import { DOCUMENTS } from './documents.mjs';

const FOLDER = fileURLToPath(new URL('../../templates/documents/', import.meta.url));

/** The bytes of every template by its file name. */
export function templates() {
  return new Map(
    Object.entries(DOCUMENTS).flatMap(([kind, describe]) =>
      Object.keys(LANGUAGES).map((locale) => [`${kind}.${locale}.docx`, docx(describe(locale))]),
    ),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = templates();
  mkdirSync(FOLDER, { recursive: true });
  for (const name of readdirSync(FOLDER).filter((one) => !made.has(one))) rmSync(FOLDER + name);
  for (const [name, bytes] of made) writeFileSync(FOLDER + name, bytes);
  console.log(`templates/documents: ${made.size} templates`);
}
