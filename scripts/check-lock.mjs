// npm run check-lock [-- FILE]
//
// Two faults of a lock file that npm itself makes without a word:
//  - an optional package for another platform is left out when the registry at hand lacks it; `npm ci` then refuses the file;
//  - a download address is written down, which ties everybody to the registry of the one who installed last.
import { readFileSync } from 'node:fs';

const file = process.argv[2] ?? 'package-lock.json';
const packages = JSON.parse(readFileSync(file, 'utf8')).packages;

/** Where Node would look for `name` from the package at `place`: its own node_modules, then those of the folders above. */
function lookUp(place, name) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const candidate = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[candidate]) return candidate;
    if (folder === '') return null;
  }
}

const faults = [];
for (const [place, locked] of Object.entries(packages)) {
  const label = place === '' ? 'the project' : `${place}@${locked.version}`;
  if (locked.resolved !== undefined) faults.push(`${label} carries a download address: ${locked.resolved}`);
  for (const [name, range] of Object.entries(locked.optionalDependencies ?? {})) {
    if (lookUp(place, name) === null) faults.push(`${label} names ${name}@${range}, which is not in the file`);
  }
}
if (Object.keys(packages).length < 2) faults.push('the file locks nothing');

for (const fault of faults) console.error(`${file}: ${fault}`);
if (faults.length > 0) {
  console.error(
    `${faults.length} faults. Remove node_modules and the lock file, pin what is incomplete, and run npm install.`,
  );
  process.exitCode = 1;
} else {
  console.log(`${file}: ${Object.keys(packages).length - 1} packages, complete, without addresses`);
}
