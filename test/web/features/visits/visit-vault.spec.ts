import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MemberNeeds, VisitMember } from '../../../../src/features/visits/index.js';
import { VisitProposal } from '../../../../src/features/visits/delegation/composition.entity.js';
import { Proposals } from '../../../../src/features/visits/delegation/proposals.service.js';
import { MemberVisaRequests } from '../../../../src/features/visits/visas/member-visa-requests.service.js';
import { EntryRules, VisaRequest } from '../../../../src/features/registration/index.js';
import { VisaDetails } from '../../../../src/features/registration/visa/visa-details.entity.js';
import { VisaVault } from '../../../../src/features/registration/visa/visa-vault.service.js';
import { SealedColumns } from '../../../../src/platform/vault/sealed-columns.js';
import { parseVaultKeys } from '../../../../src/platform/vault/vault-keys.js';
import { Vault } from '../../../../src/platform/vault/vault.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { membersOf, visitOf } from '../../../support/delegation.js';

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64url');
const OLD = `old:${key(1)}`;
const NEW = `new:${key(2)}`;

let world: TestApp;
beforeAll(async () => {
  world = await startApp({ VAULT_KEYS: `${NEW},${OLD}` });
  await world.get(EntryRules).propose();
});
afterAll(() => world.close());

/** Two members with needs, an open wish and a begun visa request each. */
async function sealed() {
  const visit = await visitOf(world);
  const members = await membersOf(world, visit, ['Aram', 'Ani']);
  for (const member of members) {
    const row = (await world.db.one(VisitMember, { id: member.id }))!;
    await world.get(MemberNeeds).write(visit, row, { diet: `CANARY ${member.personId}`, access: 'CANARY ramp' });
    await world.get(Proposals).propose(visit, 'change', { memberId: member.id, typed: { given: 'CANARY' } as never });
    await world.db.compareAndSet(VisitMember, { id: member.id }, { passportType: 'ordinary', citizenship: 'ID' });
    const known = (await world.db.one(VisitMember, { id: member.id }))!;
    await world.get(MemberVisaRequests).begin(visit, known);
  }
  return { visit, members };
}

describe('what the vault keeps of a visit', () => {
  it('[V1] does not open in the row of another member, of another wish or of another request, nor in another column', async () => {
    const { visit, members } = await sealed();
    const [aram, ani] = (await world.db.all(VisitMember, { visitId: visit.id })).toSorted(
      (a, b) => a.orderNo - b.orderNo,
    );
    const needs = world.get(MemberNeeds);
    await expect((async () => needs.read(visit, { ...aram!, diet: ani!.diet }))()).rejects.toThrow('vault.damaged');
    await expect((async () => needs.read(visit, { ...aram!, diet: aram!.access }))()).rejects.toThrow('vault.damaged');
    const [one, two] = await world.db.all(VisitProposal, { visitId: visit.id });
    await world.db.compareAndSet(VisitProposal, { id: one!.id }, { content: two!.content });
    await expect((async () => world.get(Proposals).open(visit))()).rejects.toThrow('vault.damaged');
    await world.db.compareAndSet(VisitProposal, { id: one!.id }, { content: one!.content });
    expect(await world.get(Proposals).open(visit)).toHaveLength(2);
    const [first, second] = await world.db.all(VisaRequest, { stayId: members.map(({ id }) => id) });
    const other = (await world.db.one(VisaDetails, { id: second!.id }))!;
    await world.db.compareAndSet(VisaDetails, { id: first!.id }, { citizenship: other.citizenship });
    expect((await world.get(VisaVault).open(first!.id)).get('citizenship')).toBe('unreadable');
  });

  it('[V1] opens after the keys were changed, and is sealed again with the new one until nothing needs the old', async () => {
    const { visit, members } = await sealed();
    const before = new Vault(parseVaultKeys(OLD));
    const place = (table: string, row: string, column: string) => ({ table, row, column });
    const member = members[0]!.id;
    await world.db.compareAndSet(
      VisitMember,
      { id: member },
      { diet: before.seal(place('visit_members', member, 'diet'), 'CANARY of long ago') },
    );
    const [wish] = await world.db.all(VisitProposal, { visitId: visit.id });
    const content = before.seal(place('visit_proposals', wish!.id, 'content'), JSON.stringify({ place: 1 }));
    await world.db.compareAndSet(VisitProposal, { id: wish!.id }, { content });
    const columns = world.get(SealedColumns);
    expect((await columns.keysInUse()).get('old')).toBe(2);
    const row = (await world.db.one(VisitMember, { id: member }))!;
    expect((await world.get(MemberNeeds).read(visit, row)).diet).toBe('CANARY of long ago');
    expect(await columns.rotate()).toBe(2);
    expect((await columns.keysInUse()).has('old')).toBe(false);
    const again = (await world.db.one(VisitMember, { id: member }))!;
    expect((await world.get(MemberNeeds).read(visit, again)).diet).toBe('CANARY of long ago');
  });

  it('[V3] stands in no row in the clear', async () => {
    await sealed();
    for (const table of ['visit_members', 'visit_proposals', 'visa_details', 'journal_entries', 'outbox'])
      expect(JSON.stringify(await world.db.manager.query(`SELECT * FROM ${table}`))).not.toContain('CANARY');
  });
});
