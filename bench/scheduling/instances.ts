import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

export type Family = 'talks' | 'courses' | 'congress' | 'perturbation';

export interface Instance {
  readonly name: string;
  readonly text: string;
}

const folder = process.env['SCHEDULING_DATA'] ?? fileURLToPath(new URL('../data/scheduling', import.meta.url));

/** Every file of a family, in the order of names; `ending` is left out of the name. */
export function instances(family: Family, ending: string): Instance[] {
  return readdirSync(join(folder, family))
    .sort()
    .flatMap((file) => {
      const plain = file.replace(/\.gz$/, '');
      if (!plain.endsWith(ending)) return [];
      const bytes = readFileSync(join(folder, family, file));
      const text = (plain === file ? bytes : gunzipSync(bytes)).toString('utf8');
      return [{ name: plain.slice(0, -ending.length), text }];
    });
}
