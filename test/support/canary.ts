import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TestApp } from './app.js';

/** All files of a folder and those below it; of a folder that is not there, none. */
export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

/**
 * Where one of these words is found: rows of every table, bytes of the database with its log, every file of ours, the mails,
 * and all that was logged ([V3]).
 */
export async function placesOf(world: TestApp, words: readonly string[], logged: readonly string[]): Promise<string[]> {
  const places: [string, string][] = [['log', logged.join('')]];
  for (const { tableName } of world.db.manager.connection.entityMetadatas)
    places.push([
      tableName,
      (await world.db.manager.query<object[]>(`SELECT * FROM ${tableName}`))
        .map((row) =>
          JSON.stringify(row, (_, value: unknown) => (Buffer.isBuffer(value) ? value.toString('latin1') : value)),
        )
        .join('\n'),
    ]);
  const database = /^sqlite:(.*)$/.exec(world.config.databaseUrl)?.[1];
  const files = [
    ...(database ? [database, `${database}-wal`] : []).filter((path) => existsSync(path)),
    ...filesIn(world.config.dataDir),
  ];
  for (const path of files) places.push([path, readFileSync(path).toString('latin1')]);
  places.push(['mails', JSON.stringify(await world.mails())]);
  // Files are read byte by byte; words beyond ASCII look there as their bytes do.
  const spelt = (word: string) => [word, Buffer.from(word).toString('latin1')];
  return places.flatMap(([place, text]) =>
    words.filter((word) => spelt(word).some((one) => text.includes(one))).map((word) => `${place}: ${word}`),
  );
}
