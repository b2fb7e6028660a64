import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const SUPPORT = fileURLToPath(new URL('../../../support/', import.meta.url));

function onServer(zone: string): { hour: number; files: string[] } {
  const script = ['--import', `${SUPPORT}run-typescript.mjs`, `${SUPPORT}server-zone-files.ts`];
  const env = { ...process.env, TZ: zone };
  return JSON.parse(execFileSync(process.execPath, script, { env, encoding: 'utf8' })) as {
    hour: number;
    files: string[];
  };
}

describe('a server', () => {
  it('[B26] [X10] writes and reads the same files in Minsk, New York and Shanghai', () => {
    const { hour, files } = onServer('UTC');
    expect(hour).toBe(0);
    expect(files[0]).toContain('DTSTART;TZID=Europe/Minsk:20270520T100000\r\n');
    expect(files[1]).toContain('DTSTART;TZID=Europe/Paris:20270701T023000\r\n');
    expect(files.slice(3)).toEqual(['2027-07-01T09:30', '2027-03-28T01:00:00.000Z', '2027-07-01T00:30:00.000Z']);
    for (const [zone, local] of [
      ['Europe/Minsk', 3],
      ['America/New_York', 20],
      ['Asia/Shanghai', 8],
    ] as const) {
      // The hour proves that the process did run in that zone.
      expect(onServer(zone)).toEqual({ hour: local, files });
    }
  });
});
