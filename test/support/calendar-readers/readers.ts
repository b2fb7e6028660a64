import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** Programs that read calendar files and share no code with ours; each in a process that reads many files. */
export const READERS = ['libical', 'icalendar', 'vobject'] as const;
export type Reader = (typeof READERS)[number];

/** Debian's packages belong to Debian's Python. */
const PYTHON = '/usr/bin/python3';

export interface FoundMailbox {
  readonly address: string;
  readonly name: string | null;
  readonly role: string | null;
  readonly partstat: string | null;
  readonly rsvp: string | null;
}

export interface FoundEvent {
  readonly uid: string;
  readonly sequence: number;
  /** Seconds since 1970, or the day. */
  readonly start: number | string;
  readonly end: number | string;
  readonly summary: string | null;
  readonly description: string | null;
  readonly location: string | null;
  readonly categories: readonly string[];
  readonly status: string | null;
  readonly organizer: FoundMailbox | null;
  readonly attendees: readonly FoundMailbox[];
  /** Names of all properties, sorted. */
  readonly properties: readonly string[];
  readonly alarms: number;
}

export interface FoundFile {
  readonly method: string | null;
  readonly name: string | null;
  readonly zones: number;
  readonly components: number;
  readonly events: readonly FoundEvent[];
}

/** What the reader finds in each file, or why it refuses it. Its own clock is far from ours and from those of the events. */
export async function readWith(
  reader: Reader,
  files: readonly string[],
): Promise<(FoundFile | { readonly problem: string })[]> {
  const script = fileURLToPath(new URL(`with-${reader}.py`, import.meta.url));
  const child = spawn(PYTHON, ['-W', 'ignore', script], { env: { TZ: 'Pacific/Apia', LANG: 'C.UTF-8' } });
  child.stdin.end(files.map((file) => `${JSON.stringify(file)}\n`).join(''));
  const [answers, said] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const found = answers.split('\n').slice(0, -1);
  if (found.length !== files.length)
    throw new Error(`${reader} answered ${found.length} of ${files.length} files: ${said}`);
  return found.map((line) => JSON.parse(line) as FoundFile | { problem: string });
}
