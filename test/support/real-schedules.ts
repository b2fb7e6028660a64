import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** A published programme with its people under other names, as bytes: see test/fixtures/README.md. */
export function realSchedule(name: string): Buffer {
  return gunzipSync(readFileSync(new URL(`../fixtures/schedules/${name}.gz`, import.meta.url)));
}
