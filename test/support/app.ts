import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import { SchedulerThread } from '../../src/features/programme/scheduler/scheduler-thread.js';
import { AppModule } from '../../src/app.module.js';
import { configureApplication } from '../../src/application.js';
import { loadConfig, type Config } from '../../src/platform/config/config.js';
import { Database } from '../../src/platform/database/database.js';
import { MailWorker } from '../../src/platform/mail/mail-worker.js';
import { MAIL_TRANSPORT, mailTransport } from '../../src/platform/mail/transports.js';
import { AppLog } from '../../src/platform/runtime/app-log.js';
import { Clock } from '../../src/platform/runtime/clock.js';
import { httpAdapter } from '../../src/platform/web/http.js';
import { Client } from './client.js';
import { freshDatabase } from './database.js';
import { SourceThread } from './scheduler-thread.js';
import { RecordingTransport, type SentMail } from './recording-transport.js';
import { TestClock } from './test-clock.js';

export interface TestApp {
  app: NestFastifyApplication;
  config: Config;
  clock: TestClock;
  db: Database;
  transport: RecordingTransport;
  /** A visitor with cookies of their own. */
  client(): Client;
  /** Sends what is due and answers every mail sent so far, parsed. */
  mails(): Promise<SentMail[]>;
  get<T>(type: Type<T>): T;
  close(): Promise<void>;
}

export const ORIGIN = 'http://127.0.0.1:3000';

/**
 * Starts the whole application on a database of its own, without a port and without background work: tests send the mails
 * and run the jobs themselves. Only clock and mail transport are replaced; `realMail`: the clock alone. The
 * scheduler's threads run our sources.
 */
export async function startApp(
  env: Record<string, string> = {},
  { realMail = false }: { realMail?: boolean } = {},
): Promise<TestApp> {
  const database = await freshDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'skaryna-data-'));
  const config = loadConfig({
    NODE_ENV: 'test',
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    PUBLIC_URL: ORIGIN,
    WORKERS: '0',
    DEMO: '0',
    LOG_LEVEL: 'error',
    ...env,
  });
  const clock = new TestClock();
  const transport = new RecordingTransport();
  const module = await Test.createTestingModule({ imports: [AppModule.with(config)] })
    .overrideProvider(Clock)
    .useValue(clock)
    .overrideProvider(MAIL_TRANSPORT)
    .useValue(realMail ? mailTransport(config.mailUrl) : transport)
    .overrideProvider(SchedulerThread)
    .useClass(SourceThread)
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(httpAdapter(config), { logger: new AppLog(config) });
  await configureApplication(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    app,
    config,
    clock,
    db: app.get(Database),
    transport,
    client: () => new Client(app, ORIGIN),
    mails: async () => {
      await app.get(MailWorker).drain();
      return transport.mails();
    },
    get: (type) => app.get(type, { strict: false }),
    close: async () => {
      await app.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
