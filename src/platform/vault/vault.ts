import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { VaultKey } from './vault-keys.js';
import { VaultText } from './vault-text.js';

/** Where a value lives. It is bound to the ciphertext, so that one copied to another row or column does not decrypt ([V1]). */
export interface VaultPlace {
  table: string;
  row: string;
  column: string;
}

export class VaultError extends Error {
  constructor(readonly code: 'vault.keyMissing' | 'vault.damaged') {
    super(code);
    this.name = 'VaultError';
  }
}

const VERSION = 'v1';

/** Encrypts single fields with AES-256-GCM (NIST SP 800-38D), as `v1.keyId.nonce.ciphertext.tag` in base64url. */
export class Vault {
  private readonly byId: Map<string, Buffer>;
  private readonly first: VaultKey;

  constructor(keys: readonly VaultKey[]) {
    const [first] = keys;
    if (!first) throw new Error('the vault needs a key');
    this.first = first;
    this.byId = new Map(keys.map(({ id, key }) => [id, key]));
  }

  seal(place: VaultPlace, plain: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.first.key, nonce);
    cipher.setAAD(boundTo(place));
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return [
      VERSION,
      this.first.id,
      ...[nonce, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url')),
    ].join('.');
  }

  /** Throws VaultError: `vault.keyMissing` when its key is not in the ring, `vault.damaged` when anything was changed or moved. */
  open(place: VaultPlace, value: string): VaultText {
    const { keyId, nonce, sealed, tag } = partsOf(value);
    const key = this.byId.get(keyId);
    if (!key) throw new VaultError('vault.keyMissing');
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), { authTagLength: 16 });
      decipher.setAAD(boundTo(place));
      decipher.setAuthTag(Buffer.from(tag, 'base64url'));
      return new VaultText(
        Buffer.concat([decipher.update(Buffer.from(sealed, 'base64url')), decipher.final()]).toString('utf8'),
      );
    } catch {
      // Node says only "unable to authenticate": wrong key, place or bytes look the same, and that is all there is to say.
      throw new VaultError('vault.damaged');
    }
  }

  /** Of these ids of keys, the ones that the ring lacks; then `/readyz` is red. */
  missing(keyIds: readonly string[]): string[] {
    return keyIds.filter((id) => !this.byId.has(id));
  }

  /** Which key opens the value. Throws VaultError for what is no sealed value. */
  keyIdOf(value: string): string {
    return partsOf(value).keyId;
  }

  /** Was the value sealed with an older key than the first? The rotation job seals it again. */
  needsRotation(value: string): boolean {
    return partsOf(value).keyId !== this.first.id;
  }
}

function partsOf(value: string): { keyId: string; nonce: string; sealed: string; tag: string } {
  const match = /^v1\.([^.]+)\.([\w-]{16})\.([\w-]*)\.([\w-]{22})$/.exec(value);
  if (!match) throw new VaultError('vault.damaged');
  const [, keyId, nonce, sealed, tag] = match as unknown as [string, string, string, string, string];
  return { keyId, nonce, sealed, tag };
}

function boundTo({ table, row, column }: VaultPlace): Buffer {
  return Buffer.from(JSON.stringify([table, row, column]), 'utf8');
}
