import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { localDay } from '../kernel/zones.js';
import { Database } from '../platform/database/database.js';
import { Clock } from '../platform/runtime/clock.js';
import { Ids } from '../platform/runtime/ids.js';
import type { Config } from '../platform/config/config.js';
import { CONFIG } from '../platform/config/config.module.js';
import { Account, Accounts, ROLES } from '../features/accounts/index.js';
import type { DemoAccount } from '../greeting.js';
import { EntryRules } from '../features/registration/index.js';
import { seedConferences } from './conferences.js';
import { seedInstitutions } from './institutions.js';
import { seedCongressDelegation } from './congress-delegation.js';
import { seedCorrespondence } from './correspondence.js';
import { seedParticipants } from './participants.js';
import { seedQuotas } from './quotas.js';
import { seedRoundTable } from './round-table.js';
import { seedVisits } from './visits.js';
import { seedWaves } from './waves.js';

const CHIEF = 'demo@example.org';
/** Known to everybody who reads this, so it is used outside production only. */
const PASSWORD = 'welcome-to-skaryna';

/**
 * Fills an empty database with the demonstration, all or nothing, and answers the account that may do everything. In a
 * database that has accounts already it changes nothing and only says whether the demonstration's account is there.
 */
export async function seedDemo(app: NestFastifyApplication): Promise<DemoAccount | null> {
  const db = app.get(Database);
  const { production } = app.get<Config>(CONFIG);
  const password = production ? app.get(Ids).secret() : PASSWORD;
  const accounts = app.get(Accounts, { strict: false });
  if ((await db.repository(Account).count()) > 0) {
    const known = await accounts.byEmail(CHIEF);
    return known && !production ? { email: CHIEF, password: PASSWORD } : null;
  }
  await db.transaction(async () => {
    await seedAccounts(accounts, password);
    await app.get(EntryRules, { strict: false }).propose();
    const demo = await seedConferences(app, app.get(Clock).now());
    await seedParticipants(app, demo);
    await seedRoundTable(app, demo.congress);
    await seedCorrespondence(app, demo.congress);
    await seedInstitutions(app, demo.congress.conference.startsOn);
    await seedQuotas(app, demo.congress);
    await seedWaves(app, demo.congress);
    await seedVisits(app, localDay(app.get(Clock).now(), 'Europe/Minsk'));
    await seedCongressDelegation(app, demo.congress);
  });
  return { email: CHIEF, password };
}

/** One account per role, and one that holds them all (ruling 16). */
async function seedAccounts(accounts: Accounts, password: string): Promise<void> {
  const everywhere = ROLES.map((role) => ({ role, conferenceId: null }));
  const chief = await accounts.create('system', {
    email: CHIEF,
    name: 'Вераніка Паўловіч',
    locale: 'en',
    grants: everywhere,
  });
  await accounts.setPassword(chief, password);
  for (const grant of everywhere) {
    const name = grant.role.replaceAll('_', ' ');
    const id = await accounts.create('system', {
      email: `${grant.role.replaceAll('_', '-')}@example.org`,
      name: `Demo: ${name}`,
      locale: 'en',
      grants: [grant],
    });
    await accounts.setPassword(id, password);
  }
}
