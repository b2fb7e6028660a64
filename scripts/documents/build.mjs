// node scripts/node.mjs scripts/documents/build.mjs [--check]
//
// Makes templates/documents/*.docx from the descriptions in this folder. `--check` only says whether they are what is there.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  const there = readdirSync(FOLDER).filter((name) => name.endsWith('.docx'));
  const stale = [...made]
    .filter(([name, bytes]) => !there.includes(name) || !readFileSync(FOLDER + name).equals(bytes))
    .map(([name]) => name);
  const extra = there.filter((name) => !made.has(name));
  if (process.argv.includes('--check')) {
    for (const name of [...stale, ...extra])
      console.error(`templates/documents/${name} is not what scripts/documents describes`);
    process.exitCode = stale.length + extra.length > 0 ? 1 : 0;
  } else {
    for (const name of stale) writeFileSync(FOLDER + name, made.get(name));
    for (const name of extra) rmSync(FOLDER + name);
    console.log(`templates/documents: ${made.size} templates, ${stale.length} written, ${extra.length} removed`);
  }
}
