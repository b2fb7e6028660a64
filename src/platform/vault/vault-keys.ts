export interface VaultKey {
  id: string;
  key: Buffer;
}

/**
 * Reads `VAULT_KEYS`: `id:key` pairs, comma separated, each key 32 bytes in base64url. The first encrypts, all decrypt.
 * Throws a sentence that names the pair, never the key.
 */
export function parseVaultKeys(text: string): VaultKey[] {
  const keys = text.split(',').map((pair, index): VaultKey => {
    const [id = '', value = ''] = pair.trim().split(':');
    const key = Buffer.from(value, 'base64url');
    if (!/^[A-Za-z0-9_-]{1,20}$/.test(id) || key.length !== 32)
      throw new Error(`VAULT_KEYS: pair ${index + 1} must be id:key with a key of 32 bytes in base64url`);
    return { id, key };
  });
  if (new Set(keys.map(({ id }) => id)).size !== keys.length) throw new Error('VAULT_KEYS: two keys have the same id');
  return keys;
}
