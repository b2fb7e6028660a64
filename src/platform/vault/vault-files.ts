import { Inject, Injectable } from '@nestjs/common';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Vault, VaultError, type VaultPlace } from './vault.js';

/** What a row keeps of a file: where it lies, and its key, which only the ring opens. */
export interface StoredFile {
  /** Random: it says nothing about whose file it is. */
  readonly name: string;
  readonly wrappedKey: string;
}

const NONCE = 12;
const TAG = 16;
const NAME = /^[0-9a-f]{32}$/;

/**
 * Scans and letters on disk, outside of everything that is served: each with a fresh key (AES-256-GCM) that the vault wraps
 * into the row, bound to that row. Without the row the bytes are noise: deleting the wrapped key deletes the file ([F1]).
 */
@Injectable()
export class VaultFiles {
  private readonly folder: string;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly vault: Vault,
  ) {
    this.folder = join(config.dataDir, 'vault-files');
  }

  /** Writes before the row exists, because a transaction does no file work; whoever then writes no row calls `remove`. */
  async store(place: VaultPlace, bytes: Buffer): Promise<StoredFile> {
    const name = randomBytes(16).toString('hex');
    const key = randomBytes(32);
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    cipher.setAAD(Buffer.from(name));
    const sealed = [nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()];
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    try {
      await writeFile(this.pathOf(name), Buffer.concat(sealed), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      // A full disk leaves no half file.
      await this.remove(name);
      throw error;
    }
    return { name, wrappedKey: this.vault.seal(place, key.toString('base64url')) };
  }

  /** Throws VaultError: `vault.keyMissing`, `vault.damaged` when row or file were changed, moved or lost. */
  async read(place: VaultPlace, { name, wrappedKey }: StoredFile): Promise<Buffer> {
    const key = Buffer.from(this.vault.open(place, wrappedKey).reveal(), 'base64url');
    try {
      const stored = await readFile(this.pathOf(name));
      const decipher = createDecipheriv('aes-256-gcm', key, stored.subarray(0, NONCE), { authTagLength: TAG });
      decipher.setAAD(Buffer.from(name));
      decipher.setAuthTag(stored.subarray(-TAG));
      return Buffer.concat([decipher.update(stored.subarray(NONCE, -TAG)), decipher.final()]);
    } catch {
      throw new VaultError('vault.damaged');
    }
  }

  /** Harmless to repeat. */
  async remove(name: string): Promise<void> {
    await rm(this.pathOf(name), { force: true });
  }

  /** Files last written before then: those without a row are left over from a broken upload, or from a crash of a purge. */
  async names(before: Date): Promise<string[]> {
    const found = await readdir(this.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    const ours = found.filter((name) => NAME.test(name));
    const written = await Promise.all(
      ours.map(async (name) => (await stat(this.pathOf(name)).catch(() => null))?.mtime),
    );
    return ours.filter((_, at) => (written[at] ?? before) < before);
  }

  private pathOf(name: string): string {
    if (!NAME.test(name)) throw new VaultError('vault.damaged');
    return join(this.folder, name);
  }
}
