import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Consents } from '../../../../src/features/people/index.js';
import { EntryRules, Registrations, VisaRequest } from '../../../../src/features/registration/index.js';
import { VisaDetails } from '../../../../src/features/registration/visa/visa-details.entity.js';
import { VisaFile } from '../../../../src/features/registration/visa/visa-file.entity.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { Jobs } from '../../../../src/platform/runtime/jobs.js';
import { SealedColumns } from '../../../../src/platform/vault/sealed-columns.js';
import { parseVaultKeys } from '../../../../src/platform/vault/vault-keys.js';
import { Vault } from '../../../../src/platform/vault/vault.js';
import { DETAIL_COLUMNS } from '../../../../src/features/registration/visa/visa.words.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, type Client } from '../../../support/client.js';
import { openConference } from '../../../support/conference.js';
import { DETAILS, fill, guestIn, INDONESIA, MRZ, PDF, PNG, travelDays, withDetails } from '../../../support/visa.js';

let world: TestApp;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  await world.get(EntryRules).propose();
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

const guest = async (changes = {}) =>
  guestIn(world, await openConference(world), `guest-${++serial}@example.org`, changes);
const rowOf = (stayId: string) => world.db.repository(VisaRequest).findOneBy({ stayId });
const onDisk = () => {
  try {
    return readdirSync(join(world.config.dataDir, 'vault-files'));
  } catch {
    return [];
  }
};
const tokenOf = async (visitor: Client, page: string, action: string) =>
  hiddenFields((await visitor.get(page)).body, action);

describe('who is asked for a passport', () => {
  it('are those who come from abroad and are accepted', async () => {
    const { visitor, visa, registration } = await guest();
    const home = visa.replace('/visa', '');
    expect((await visitor.get(home)).body).toContain(`href="${visa}"`);
    await world.get(Registrations).changeParticipation(registration, { category: 'listener', form: 'online' });
    expect((await visitor.get(home)).body).not.toContain(`href="${visa}"`);
    const own = await guest({ country: 'BY' });
    expect((await own.visitor.get(own.visa.replace('/visa', ''))).body).not.toContain(`href="${own.visa}"`);
  });

  it('are not those who wait for a decision', async () => {
    const conference = await openConference(world, { approval: 'manual' });
    const { visitor, visa } = await guestIn(world, conference, 'pending@example.org');
    expect((await visitor.get(visa)).body).toContain(
      'Visa support opens once your participation in person is confirmed.',
    );
    const tried = await visitor.post(`${visa}/entry`, {
      ...(await tokenOf(visitor, visa.replace('/visa', '/needs'), visa.replace('/visa', '/needs'))),
      ...INDONESIA,
    });
    expect([tried.status, await rowOf('pending')]).toEqual([409, null]);
  });

  it('are only those whom the table of rules sends to a consulate', async () => {
    const { visitor, visa, registration } = await guest();
    const kazakhstan = await fill(visitor, visa, { ...INDONESIA, citizenship: 'KZ' }, `${visa}/entry`);
    expect([kazakhstan.status, (await rowOf(registration.id))?.state]).toEqual([303, 'not_needed']);
    const page = await visitor.get(visa);
    expect(page.body).toContain('you need no visa for the days of the conference');
    expect(page.body).toContain('the rules were last checked on');
    expect(page.body).not.toContain('name="passportNumber"');
    await fill(visitor, `${visa}?part=entry`, { ...INDONESIA, citizenship: 'TG' }, `${visa}/entry`);
    expect((await rowOf(registration.id))?.state).toBe('on_arrival');
    await fill(visitor, `${visa}?part=entry`, INDONESIA, `${visa}/entry`);
    expect((await rowOf(registration.id))?.state).toBe('data_requested');
    expect((await visitor.get(visa)).body).toContain('name="passportNumber"');
  });
});

describe('the two bottom lines', () => {
  it('fill the form, and a wrong digit is told by its field', async () => {
    const { visitor, visa } = await guest();
    await fill(visitor, visa, INDONESIA, `${visa}/entry`);
    const hidden = await tokenOf(visitor, visa, visa);
    const answer = await visitor.post(`${visa}/mrz`, {
      ...hidden,
      mrz: MRZ.replace('850214', '850215'),
      birthPlace: 'Bandung',
    });
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('The check digit of the date of birth does not fit');
    expect(answer.body).toContain('value="Bandung"');
    const read = await visitor.post(`${visa}/mrz`, { ...hidden, mrz: MRZ, birthPlace: 'Bandung' });
    expect(read.status).toBe(200);
    for (const value of ['SANTOSO', 'BUDI', 'C4821973', '1985', '2032', 'Bandung'])
      expect(read.body).toContain(`value="${value}"`);
    expect(read.body).toContain('all check digits fit');
  });
});

describe('what the passport says', () => {
  it('is refused with a message beside each field, every value kept', async () => {
    const { visitor, visa } = await guest();
    await fill(visitor, visa, INDONESIA, `${visa}/entry`);
    const { consent: _, ...unsigned } = DETAILS;
    const answer = await fill(visitor, visa, {
      ...unsigned,
      passportNumber: '',
      surname: 'Сантосо',
      entryOn: '2027-10-14',
      exitOn: '2027-10-12',
    });
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('Only the Latin letters A–Z');
    const again = await fill(visitor, visa, {
      ...unsigned,
      passportNumber: '',
      entryOn: '2027-10-14',
      exitOn: '2027-10-12',
    });
    expect(again.body).toContain('href="#field-passportNumber"');
    expect(again.body).toContain('The day of departure is before the day of entry.');
    expect(again.body).toContain('Without your consent we may not keep passport data.');
    expect(again.body).toContain('value="Indonesia, Bandung"');
  });

  it('is sealed, shown masked, and changed without being shown', async () => {
    const { visitor, visa, registration } = await guest();
    await withDetails(visitor, visa);
    const page = await visitor.get(visa);
    expect(page.body).toContain('•••• 1973');
    for (const value of ['C4821973', 'SANTOSO', 'Bandung', '1985']) expect(page.body).not.toContain(value);
    const request = (await rowOf(registration.id))!;
    expect([request.state, request.expiresSoon, request.mismatch]).toEqual(['data_received', false, false]);
    const sealed = await world.db.repository(VisaDetails).findOneByOrFail({ id: request.id });
    expect(sealed.passportNumber).toMatch(/^v1\.k1\./);
    expect((await world.get(Consents).current(registration.personId)).get('visa')?.given).toBe(true);
    const edit = await visitor.get(`${visa}?part=details`);
    expect(edit.body).toContain('Saved: •••• 1973. Leave empty to keep it.');
    expect(edit.body).not.toContain('C4821973');
    const changes = {
      passportNumber: 'D1234567',
      consent: 'on',
      ...travelDays(edit.body),
      entries: 'double',
      consulate: 'Jakarta',
    };
    const changed = await fill(visitor, `${visa}?part=details`, changes, visa);
    expect([changed.status, (await visitor.get(visa)).body.includes('•••• 4567')]).toEqual([303, true]);
    const entries = await world.db.repository(JournalEntry).findBy({ subjectId: request.id, type: 'VisaDetailsGiven' });
    expect(entries.map(({ data }) => data).at(-1)).toEqual({
      fields: ['passportNumber', 'entries'],
      state: 'data_received',
    });
  });

  it('warns about a passport that ends within 90 days after departure, and is taken all the same', async () => {
    const { visitor, visa, registration } = await guest();
    await fill(visitor, visa, INDONESIA, `${visa}/entry`);
    const days = travelDays((await visitor.get(visa)).body) as { entryOn: string; exitOn: string };
    const soon = new Date(Date.parse(days.exitOn) + 80 * 86_400_000);
    const expiry = {
      'expiresOn.day': String(soon.getUTCDate()),
      'expiresOn.month': String(soon.getUTCMonth() + 1),
      'expiresOn.year': String(soon.getUTCFullYear()),
    };
    const answer = await fill(visitor, visa, { ...DETAILS, ...days, ...expiry });
    expect(answer.status).toBe(303);
    expect((await visitor.follow(answer)).body).toContain('the passport ends less than 90 days after your departure');
    expect((await rowOf(registration.id))?.expiresSoon).toBe(true);
  });

  it('goes at once when its owner takes it back', async () => {
    const { visitor, visa, registration } = await guest();
    await withDetails(visitor, visa);
    const { id } = (await rowOf(registration.id))!;
    const gone = await fill(visitor, visa, { sure: 'on' }, `${visa}/withdrawal`);
    expect([gone.status, (await rowOf(registration.id))?.state]).toEqual([303, 'withdrawn']);
    expect(await world.db.repository(VisaDetails).countBy({ id })).toBe(0);
    expect((await world.get(Consents).current(registration.personId)).get('visa')?.given).toBe(false);
    await fill(visitor, `${visa}?part=entry`, INDONESIA, `${visa}/entry`);
    expect((await rowOf(registration.id))?.state).toBe('data_requested');
  });

  it('is asked no more when the registration is cancelled', async () => {
    const { visitor, visa, registration } = await guest();
    await withDetails(visitor, visa);
    await world.get(Registrations).cancel(registration);
    expect((await rowOf(registration.id))?.state).toBe('withdrawn');
    expect((await visitor.get(`${visa}?part=details`)).body).not.toContain('name="passportNumber"');
  });
});

describe('the copy of the passport page', () => {
  const upload = async (visitor: Client, visa: string, filename: string, bytes: Buffer) =>
    visitor.upload(`${visa}/scan`, (await tokenOf(visitor, visa, `${visa}/scan`)) as Record<string, string>, {
      field: 'file',
      filename,
      bytes,
    });

  it('is taken by its bytes and its name, kept encrypted under a random name [F1]', async () => {
    const { visitor, visa, registration } = await guest();
    await withDetails(visitor, visa);
    const before = onDisk();
    for (const [filename, bytes] of [
      ['passport.exe', PDF],
      ['passport.pdf', PNG],
      ['passport.png', PDF],
      ['passport.html', Buffer.from('<script>alert(1)</script>')],
      ['passport.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
      ['../../passport.jpg', Buffer.from('C4821973')],
      ['passport.pdf', Buffer.alloc(0)],
    ] as const)
      expect([filename, (await upload(visitor, visa, filename, bytes)).status]).toEqual([filename, 422]);
    expect((await upload(visitor, visa, 'big.pdf', Buffer.alloc(21 * 1024 * 1024, 0x25))).status).toBe(413);
    expect(onDisk()).toEqual(before);
    const kept = await upload(visitor, visa, 'C4821973 passport.PDF', PDF);
    expect(kept.status).toBe(303);
    const request = (await rowOf(registration.id))!;
    const file = await world.db.repository(VisaFile).findOneByOrFail({ requestId: request.id, kind: 'scan' });
    expect([file.format, file.bytes, file.name]).toEqual(['pdf', PDF.length, expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect(onDisk().filter((name) => !before.includes(name))).toEqual([file.name]);
    expect((await visitor.get(visa)).body).toContain('A copy is saved.');
    // Another one takes its place.
    await upload(visitor, visa, 'passport.png', PNG);
    expect(await world.db.repository(VisaFile).countBy({ requestId: request.id })).toBe(1);
    await fill(visitor, visa, {}, `${visa}/scan/removal`);
    expect(await world.db.repository(VisaFile).countBy({ requestId: request.id })).toBe(0);
  }, 60_000);
});

describe('the visa page of somebody else', () => {
  it('is 404 like one that does not exist, whatever is asked [P4]', async () => {
    const one = await guest();
    const two = await guest();
    await withDetails(one.visitor, one.visa);
    for (const page of ['', '?part=details', '/letter'])
      expect((await two.visitor.get(one.visa + page)).status).toBe(404);
    const hidden = await tokenOf(two.visitor, two.visa, `${two.visa}/entry`);
    for (const action of ['', '/entry', '/mrz', '/scan/removal', '/withdrawal'])
      expect([
        action,
        (await two.visitor.post(one.visa + action, { ...hidden, ...INDONESIA, sure: 'on' })).status,
      ]).toEqual([action, 404]);
    expect((await rowOf(one.registration.id))?.state).toBe('data_received');
    // A letter that was not sent does not exist for its owner either.
    expect((await one.visitor.get(`${one.visa}/letter`)).status).toBe(404);
    // A new form holds nothing of anybody.
    expect((await two.visitor.get(two.visa)).body).not.toMatch(/••••|A copy is saved/);
  });
});

describe('the keys', () => {
  const key = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64url')}`;
  const columns = (vault: Vault): SealedColumns => {
    const sealed = new SealedColumns(world.db, vault, world.get(Jobs));
    sealed.add({
      entity: VisaDetails,
      table: 'visa_details',
      columns: { ...DETAIL_COLUMNS, fingerprint: 'fingerprint' },
    });
    sealed.add({ entity: VisaFile, table: 'visa_files', columns: { wrappedKey: 'wrapped_key' } });
    return sealed;
  };

  let sealedAnew: Awaited<ReturnType<typeof guest>> | undefined;

  it('[V1] bind a value to its row: moved to another request it cannot be read', async () => {
    const one = await guest();
    const two = await guest();
    await withDetails(one.visitor, one.visa);
    await withDetails(two.visitor, two.visa, { passportNumber: 'D7654321' });
    const [from, to] = [(await rowOf(one.registration.id))!.id, (await rowOf(two.registration.id))!.id];
    const { passportNumber } = await world.db.repository(VisaDetails).findOneByOrFail({ id: from });
    await world.db.compareAndSet(VisaDetails, { id: to }, { passportNumber });
    const page = await two.visitor.get(two.visa);
    expect([page.status, page.body.includes('cannot be read'), page.body.includes('•••• 1973')]).toEqual([
      200,
      true,
      false,
    ]);
  });

  it('[V1] change by adding one, sealing again, and taking the old one away when nothing needs it', async () => {
    sealedAnew = await guest();
    const { visitor, visa } = sealedAnew;
    await withDetails(visitor, visa);
    await visitor.upload(`${visa}/scan`, (await tokenOf(visitor, visa, `${visa}/scan`)) as Record<string, string>, {
      field: 'file',
      filename: 'p.png',
      bytes: PNG,
    });
    // What another test has moved stays unreadable, under its old key.
    await world.db.repository(VisaRequest).delete({ stayId: (await rowOf((await moved())!))!.stayId });
    const before = await columns(new Vault(parseVaultKeys(world.config.vaultKeys))).keysInUse();
    const both = columns(new Vault(parseVaultKeys(`${key('k2', 2)},${world.config.vaultKeys}`)));
    expect(await both.rotate()).toBe(before.get('k1'));
    expect([...(await both.keysInUse())]).toEqual([['k2', before.get('k1')]]);
    expect(await both.rotate()).toBe(0);
    expect(await columns(new Vault(parseVaultKeys(key('k2', 2)))).readable()).toBe(true);
  });

  it('that are missing are said, never shown as nothing', async () => {
    // The application still has the old key alone.
    const { visitor, visa } = sealedAnew!;
    const page = await visitor.get(visa);
    expect([page.status, page.body.match(/cannot be read/g)!.length]).toEqual([200, 14]);
    const ready = await world.client().get('/readyz');
    expect([ready.status, ready.json()['vault']]).toEqual([503, false]);
  });
});

/** The stay whose passport number was put in the place of another. */
async function moved(): Promise<string | undefined> {
  const vault = new Vault(parseVaultKeys(world.config.vaultKeys));
  for (const { id, passportNumber } of await world.db.repository(VisaDetails).find()) {
    try {
      if (passportNumber) vault.open({ table: 'visa_details', row: id, column: 'passport_number' }, passportNumber);
    } catch {
      return (await world.db.repository(VisaRequest).findOneByOrFail({ id })).stayId;
    }
  }
  return undefined;
}
