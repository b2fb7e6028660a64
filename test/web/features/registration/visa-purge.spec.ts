import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { join } from 'node:path';
import { EntryRules, VisaRequest } from '../../../../src/features/registration/index.js';
import { VisaDetails } from '../../../../src/features/registration/visa/visa-details.entity.js';
import { VisaFile } from '../../../../src/features/registration/visa/visa-file.entity.js';
import { VisaLetter } from '../../../../src/features/registration/visa/visa-letter.entity.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { Purge, type PurgeCount } from '../../../../src/platform/purge/purge.service.js';
import { SealedColumns } from '../../../../src/platform/vault/sealed-columns.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { filesIn, placesOf } from '../../../support/canary.js';
import { hiddenFields, type Client, type Fields } from '../../../support/client.js';
import { openConference } from '../../../support/conference.js';
import { signedIn, staff } from '../../../support/house.js';
import { fill, guestIn, PDF, withDetails } from '../../../support/visa.js';

/** The canary: in the details, in the scan, in the letter. In these spellings it may be found nowhere. */
const CANARY = ['C4821973', Buffer.from('C4821973').toString('base64').replace(/=+$/, ''), 'SANTOSO BUDI'];
const SCAN = Buffer.concat([PDF, Buffer.from('C4821973 SANTOSO BUDI\n%%EOF\n')]);

let world: TestApp;
let officer: Client;
let visitor: Client;
let visa: string;
let card: string;
let stayId: string;
const written: string[] = [];

beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, 'write').mockImplementation((chunk: string | Uint8Array) => (written.push(String(chunk)), true));
  world = await startApp({ LOG_LEVEL: 'debug' });
  await world.get(EntryRules).propose();
  const conference = await openConference(world);
  await staff(world, 'protocol@example.org', [{ role: 'protocol_officer', conferenceId: conference.id }]);
  officer = await signedIn(world.client(), 'protocol@example.org');
  const guest = await guestIn(world, conference, 'canary@example.org');
  ({ visitor, visa } = guest);
  stayId = guest.registration.id;
  await withDetails(visitor, visa);
  const send = (who: Client, page: string, action: string, bytes: Buffer) =>
    who.get(page).then((opened) =>
      who.upload(action, hiddenFields(opened.body, action) as Fields, {
        field: 'file',
        filename: 'C4821973.pdf',
        bytes,
      }),
    );
  await send(visitor, visa, `${visa}/scan`, SCAN);
  card = `/org/c/${conference.slug}/visa/${(await request()).publicId}`;
  const act = (action: string, fields: Fields) => fill(officer, card, fields, `${card}/${action}`);
  await act('reveal', { what: 'details', reason: 'for the letter' });
  await act('reveal', { what: 'scan', reason: 'for the letter' });
  await act('letter', { locale: 'en', addressee: 'Consulate in Jakarta' });
  await act('reveal', { what: 'letter', reason: 'to print it' });
  await send(officer, card, `${card}/signature`, SCAN);
  await act('sending', { delivery: 'file' });
  await visitor.get(`${visa}/letter`);
  await world.mails();
}, 60_000);
afterAll(async () => {
  jest.restoreAllMocks();
  await world.close();
});

const request = () => world.db.repository(VisaRequest).findOneByOrFail({ stayId });
const vaultFiles = () => filesIn(join(world.config.dataDir, 'vault-files'));

const found = () => placesOf(world, CANARY, written);

describe('a passport number', () => {
  it('is nowhere in the clear after the whole journey: database, files, journal, outbox, mails, logs [V3]', async () => {
    expect(await request()).toMatchObject({ state: 'sent' });
    expect(vaultFiles()).toHaveLength(2);
    expect(written.join('')).toContain('/org/c/:conf/visa/:id/reveal');
    expect(await found()).toEqual([]);
  });

  it('is under the keys that are counted, and a missing key shows and keeps the purge possible', async () => {
    const keys = await world.get(SealedColumns).keysInUse();
    expect([...keys.keys()]).toEqual(['k1']);
    expect(keys.get('k1')).toBeGreaterThan(18);
    expect(await world.get(SealedColumns).readable()).toBe(true);
    expect(await world.get(SealedColumns).rotate()).toBe(0);
  });
});

describe('the purge', () => {
  const ofPassports = (counts: readonly PurgeCount[] | null) =>
    counts?.filter(({ group }) => group === 'C').map(({ count }) => count);
  const plan = async (days: number) =>
    ofPassports(await world.get(Purge).plan(new Date(world.clock.now().getTime() + days * 86_400_000)));
  /** The clock goes on in steps that no heartbeat minds. */
  async function days(count: number): Promise<void> {
    for (let day = 0; day < count; day++) {
      world.clock.advance({ days: 1 });
      await world.get(Purge).tick();
    }
  }

  it('[V7] takes the scan 14 days after the letter went out, and says so a week ahead', async () => {
    await world.get(Purge).tick();
    expect([await plan(7), await plan(15)]).toEqual([
      [0, 0],
      [1, 0],
    ]);
    await days(13);
    expect((await world.db.repository(VisaFile).find()).map(({ kind }) => kind).sort()).toEqual(['scan', 'signed']);
    await days(2);
    expect((await world.db.repository(VisaFile).find()).map(({ kind }) => kind)).toEqual(['signed']);
    expect((await visitor.get(`${visa}/letter`)).status).toBe(200);
  });

  it('waits when the clock leaps, until somebody says that it is right [R6]', async () => {
    world.clock.advance({ days: 260 });
    expect(await world.get(Purge).tick()).toBeNull();
    expect([await world.get(Purge).waits(), await world.get(Purge).tick()]).toEqual([true, null]);
    expect(await world.db.repository(VisaDetails).count()).toBe(1);
    await world.get(Purge).confirmClock();
    expect(await world.get(Purge).waits()).toBe(false);
  });

  it('[V7] takes number, letters and files 30 days after the stay, and leaves that there was a letter', async () => {
    expect(vaultFiles()).toHaveLength(1);
    const done = await world.get(Purge).tick();
    expect(ofPassports(done)).toEqual([0, 1]);
    expect([
      await world.db.repository(VisaDetails).count(),
      await world.db.repository(VisaFile).count(),
      vaultFiles(),
    ]).toEqual([0, 0, []]);
    const documents = await world.db.manager.query<{ sealed: unknown; content: unknown }[]>(
      'SELECT sealed, content FROM outgoing_documents',
    );
    expect(documents).toEqual([{ sealed: null, content: null }]);
    const letters = await world.db.repository(VisaLetter).find();
    expect(letters.map(({ number, sentAt }) => [/^\d+\/\d{4}$/.test(number), sentAt !== null])).toEqual([[true, true]]);
    expect(await request()).toMatchObject({
      state: 'sent',
      entryOn: null,
      exitOn: null,
      consulate: null,
      purgedAt: world.clock.now(),
    });
    const [entry] = await world.db.repository(JournalEntry).find({ where: { type: 'Purged' }, order: { id: 'DESC' } });
    expect(entry?.data).toMatchObject({
      counts: { 'passport scans': 0, 'passport data and visa letters': 1 },
      held: 0,
      failed: 0,
    });
    expect(await found()).toEqual([]);
    // Repeating it is harmless.
    expect(ofPassports(await world.get(Purge).run())).toEqual([0, 0]);
  });
});
