import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseTemplate, templateFaults } from './template-checks.js';

const FOLDERS = ['layouts', 'partials', 'pages'];
/** `js` in a build, `ts` where the sources run. */
const KIND = extname(import.meta.url).slice(1);

/** Where templates are, and where is noted which were found good. */
export interface TemplatePlaces {
  readonly root: string;
  readonly foundGood: string;
}

const HOUSE: TemplatePlaces = {
  root: fileURLToPath(new URL('../../../templates/', import.meta.url)),
  // Beside the compile cache: whoever may write there may change the program anyway.
  foundGood: fileURLToPath(new URL(`../../../node_modules/.cache/skaryna/templates-${KIND}`, import.meta.url)),
};

/**
 * The templates by name (`pages/errors/not-found`), every one checked. Throws with the name of the first that does not parse,
 * calls an unknown helper or partial, or holds what the content policy forbids. What was found good once is only read, until
 * any file, helper or check changes: looking at all takes a fifth of a start.
 */
export function checkedTemplates(
  helpers: ReadonlySet<string>,
  places: TemplatePlaces = HOUSE,
): ReadonlyMap<string, string> {
  const files = read(places.root);
  const print = printOf(files, helpers);
  if (noted(places.foundGood) !== print) {
    check(files, helpers);
    note(places.foundGood, print);
  }
  return files;
}

/** The name by which other templates call `partials/<name>`. */
export function partialName(name: string): string | null {
  return name.startsWith('partials/') ? name.slice('partials/'.length) : null;
}

function read(root: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const folder of FOLDERS) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      if (!file.endsWith('.hbs')) continue;
      const name = `${folder}/${file.slice(0, -'.hbs'.length).split(sep).join('/')}`;
      files.set(name, readFileSync(join(root, folder, file), 'utf8'));
    }
  }
  return files;
}

function check(files: ReadonlyMap<string, string>, helpers: ReadonlySet<string>): void {
  const partials = new Set([...files.keys()].flatMap((name) => partialName(name) ?? []));
  for (const [name, source] of files) {
    const faults = templateFaults(source, parseTemplate(name, source), partials, helpers);
    if (faults.length > 0) throw new Error(`templates/${name}.hbs: ${faults.join('; ')}`);
  }
}

/** Of everything that the result of the check depends on, the checks themselves included. */
function printOf(files: ReadonlyMap<string, string>, helpers: ReadonlySet<string>): string {
  const checks = new URL(`template-checks.${KIND}`, import.meta.url);
  const hash = createHash('sha256').update(readFileSync(checks));
  return hash.update(JSON.stringify([[...files], [...helpers]])).digest('hex');
}

function noted(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // nothing was checked yet
  }
}

function note(path: string, print: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, print);
  } catch {
    // An installation that cannot be written to is checked at every start.
  }
}
