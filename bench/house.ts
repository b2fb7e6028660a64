import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApplication } from '../src/application.js';
import { loadConfig, type Config } from '../src/platform/config/config.js';
import { Database } from '../src/platform/database/database.js';
import { Clock } from '../src/platform/runtime/clock.js';
import { freshDatabase } from '../test/support/database.js';
import { ServerProcess } from '../test/support/server-process.js';

// A CommonJS package that is one function: required, so that it is that function under every loader.
export const autocannon = createRequire(import.meta.url)('autocannon') as typeof import('autocannon');

/** The application on a fresh database, to fill it, and servers on the same database, to measure them. */
export interface House {
  app: NestFastifyApplication;
  config: Config;
  db: Database;
  clock: Clock;
  get: <T>(type: Type<T>) => T;
  server: (env?: Record<string, string>) => Promise<ServerProcess>;
  close: () => Promise<void>;
}

export async function openHouse(env: Record<string, string> = {}): Promise<House> {
  const database = await freshDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'skaryna-bench-'));
  const settings = { NODE_ENV: 'test', BENCH: '1', DEMO: '0', WORKERS: '0', LOG_LEVEL: 'error' };
  const config = loadConfig({ ...settings, DATA_DIR: dataDir, DATABASE_URL: database.url, ...env });
  const app = await createApplication(config);
  await app.init();
  const servers: ServerProcess[] = [];
  const get = <T>(type: Type<T>): T => app.get(type, { strict: false });
  return {
    app,
    config,
    db: get(Database),
    clock: get(Clock),
    get,
    server: async (more = {}) => {
      const { databaseUrl, mailUrl } = config;
      const server = await ServerProcess.start({
        databaseUrl,
        dataDir,
        mailUrl,
        env: { BENCH: '1', WORKERS: '0', ...more },
      });
      servers.push(server);
      return server;
    },
    close: async () => {
      await Promise.all(servers.map((server) => server.end('SIGTERM')));
      await app.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
