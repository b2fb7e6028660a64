import { readFileSync } from 'node:fs';

/** The fields that hostile values are meant for; see test/fixtures/README.md. */
export type HostileClass =
  | 'xss'
  | 'markdown'
  | 'url'
  | 'redirect'
  | 'host'
  | 'header'
  | 'smtp'
  | 'calendar'
  | 'template'
  | 'formula'
  | 'path'
  | 'file'
  | 'sql'
  | 'sort'
  | 'search'
  | 'object'
  | 'jsonld'
  | 'xml'
  | 'control'
  | 'bidi'
  | 'invisible'
  | 'name'
  | 'emoji'
  | 'length'
  | 'email'
  | 'number'
  | 'date'
  | 'time'
  | 'instant'
  | 'dst'
  | 'locale';

/** keep: accepted and comes back exactly; clean: the border removes something; refuse: not accepted. */
export type Verdict = 'keep' | 'clean' | 'refuse';

export interface Hostile {
  readonly id: string;
  readonly class: HostileClass;
  readonly value: string;
  readonly verdict: Verdict;
  readonly note: string;
}

interface Stored {
  readonly id: string;
  readonly class: HostileClass;
  readonly value: string;
  readonly note: string;
}

const all = (
  JSON.parse(readFileSync(new URL('../fixtures/hostile/payloads.json', import.meta.url), 'utf8')) as Stored[]
).map((stored): Hostile => ({ ...stored, verdict: verdictOf(stored) }));

/** The values of some classes, in the order of the file; all of them without an argument. */
export function hostile(...classes: HostileClass[]): readonly Hostile[] {
  return classes.length === 0 ? all : all.filter((item) => classes.includes(item.class));
}

/** One value by its id. */
export function hostileValue(id: string): string {
  const found = all.find((item) => item.id === id);
  if (!found) throw new Error(`no hostile value ${id}`);
  return found.value;
}

function verdictOf({ id, note }: Stored): Verdict {
  const verdict = /^(keep|clean|refuse)\b/.exec(note)?.[1];
  if (!verdict) throw new Error(`${id}: the note must begin with keep, clean or refuse`);
  return verdict as Verdict;
}

/** Any of the above as tests of one class name it: `hostileValues('calendar')`, all without an argument. */
export function hostileValues(ofClass?: HostileClass): Hostile[] {
  return [...(ofClass === undefined ? all : hostile(ofClass))];
}
