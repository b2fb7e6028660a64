import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { parseVaultKeys } from '../../../../src/platform/vault/vault-keys.js';
import { Vault } from '../../../../src/platform/vault/vault.js';

const key = (id: string) => `${id}:${randomBytes(32).toString('base64url')}`;
const place = { table: 'needs', row: '0190', column: 'diet' };

describe('vault', () => {
  const vault = new Vault(parseVaultKeys(key('k1')));

  it('[V1] gives back any text, sealed differently each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const sealed = vault.seal(place, text);
        expect(vault.seal(place, text)).not.toBe(sealed);
        expect(vault.open(place, sealed).reveal()).toBe(text);
      }),
    );
  });

  it.each([{ row: '0191' }, { column: 'access' }, { table: 'other' }])(
    '[V1] refuses a value that was moved: %j',
    (moved) => {
      const sealed = vault.seal(place, 'no nuts');
      expect(() => vault.open({ ...place, ...moved }, sealed)).toThrow('vault.damaged');
    },
  );

  it('[V1] refuses two values that changed places', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.uniqueArray(fc.uuid(), { minLength: 2, maxLength: 2 }),
        (one, two, rows) => {
          const [here, there] = rows.map((row) => ({ ...place, row })) as [typeof place, typeof place];
          const [sealedHere, sealedThere] = [vault.seal(here, one), vault.seal(there, two)];
          expect(() => vault.open(here, sealedThere)).toThrow('vault.damaged');
          expect(() => vault.open(there, sealedHere)).toThrow('vault.damaged');
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each(['', 'plain text', 'v1.k1', 'v2.k1.a.b.c', 'v1.k1.AAAAAAAAAAAAAAAA..AAAAAAAAAAAAAAAAAAAAAA', 'x'])(
    '[V1] refuses what no vault has written: %j',
    (value) => {
      expect(() => vault.open(place, value)).toThrow('vault.damaged');
      expect(() => vault.open(place, `${vault.seal(place, 'x')}.${value}`)).toThrow('vault.damaged');
    },
  );

  it('[V1] names the keys that stored values need and the ring lacks', () => {
    const other = new Vault(parseVaultKeys(key('k9')));
    const values = [vault.seal(place, 'a'), other.seal(place, 'b'), other.seal(place, 'c')];
    expect(values.map((value) => vault.keyIdOf(value))).toEqual([vault.keyIdOf(values[0]!), 'k9', 'k9']);
    expect([vault.missing(['k9']), vault.missing([])]).toEqual([['k9'], []]);
  });

  it('[V1] refuses a value in which one bit was flipped', () => {
    const parts = vault.seal(place, 'no nuts').split('.');
    for (const index of [2, 3, 4]) {
      const bytes = Buffer.from(parts[index]!, 'base64url');
      bytes[0]! ^= 1;
      expect(() => vault.open(place, parts.with(index, bytes.toString('base64url')).join('.'))).toThrow(
        'vault.damaged',
      );
    }
  });

  it('[V1] opens old values after a new key came first, and says which need rotation', () => {
    const [old, fresh] = [key('k1'), key('k2')];
    const before = new Vault(parseVaultKeys(old)).seal(place, 'no nuts');
    const both = new Vault(parseVaultKeys(`${fresh},${old}`));
    expect([
      both.open(place, before).reveal(),
      both.needsRotation(before),
      both.needsRotation(both.seal(place, 'x')),
    ]).toEqual(['no nuts', true, false]);
    expect(() => new Vault(parseVaultKeys(fresh)).open(place, before)).toThrow('vault.keyMissing');
  });

  it('prints [vault] wherever a value is not asked for on purpose', () => {
    const opened = vault.open(place, vault.seal(place, 'secret-4821'));
    expect(
      [String(opened), `${opened as unknown as string}`, JSON.stringify({ opened }), inspect({ opened })].join(),
    ).not.toContain('4821');
  });

  it.each(['', 'k1', 'k1:abc', 'k1:AAAA,k1:BBBB'])('refuses unusable keys without repeating them: %j', (text) => {
    expect(() => parseVaultKeys(text)).toThrow(/^VAULT_KEYS/);
  });
});
