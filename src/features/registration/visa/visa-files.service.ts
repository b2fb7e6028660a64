import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { VaultFiles } from '../../../platform/vault/vault-files.js';
import type { VaultPlace } from '../../../platform/vault/vault.js';
import { VisaFile, type VisaFileKind } from './visa-file.entity.js';
import type { VisaRequest } from './visa-request.entity.js';
import { VisaFileRemoved, VisaFileStored } from './visa.events.js';

const HOUR_MS = 3_600_000;

/** Scans and letters of requests. A new file of a kind takes the place of the old one. */
@Injectable()
export class VisaFilesOfRequests {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly files: VaultFiles,
  ) {}

  async kindsOf(requestId: string): Promise<Map<VisaFileKind, VisaFile>> {
    const rows = await this.db.all(VisaFile, { requestId });
    return new Map(rows.map((row) => [row.kind, row]));
  }

  /**
   * Encrypts the bytes and writes the row; `work` is what else happens with it, in the same transaction. What it throws
   * leaves neither row nor file.
   */
  async keep<T>(
    request: VisaRequest,
    { kind, format, bytes }: { kind: VisaFileKind; format: string; bytes: Buffer },
    work: () => Promise<T>,
  ): Promise<T> {
    const id = this.ids.next();
    const stored = await this.files.store(placeOf(id), bytes);
    try {
      return await this.db.transaction(async () => {
        await this.drop(request, [kind]);
        const row = {
          id,
          requestId: request.id,
          kind,
          format,
          bytes: bytes.length,
          ...stored,
          createdAt: this.clock.now(),
        };
        await this.db.insert(VisaFile, row);
        await this.journal.record(VisaFileStored({ ...subjectOf(request), kind }));
        return work();
      });
    } catch (error) {
      await this.files.remove(stored.name);
      throw error;
    }
  }

  /** Throws NotFound, VaultError. */
  async read(requestId: string, kind: VisaFileKind): Promise<{ format: string; bytes: Buffer }> {
    const row = await this.db.one(VisaFile, { requestId, kind });
    if (!row) throw new NotFound();
    return { format: row.format, bytes: await this.files.read(placeOf(row.id), row) };
  }

  /** Takes the rows away now and the bytes after the commit; without its key a file is noise. Answers how many there were. */
  async drop(request: VisaRequest, kinds: readonly VisaFileKind[]): Promise<number> {
    const rows = await this.db.all(VisaFile, { requestId: request.id, kind: kinds });
    for (const { id, name, kind } of rows) {
      await this.db.repository(VisaFile).delete({ id });
      await this.journal.record(VisaFileRemoved({ ...subjectOf(request), kind }));
      this.db.afterCommit(() => void this.files.remove(name).catch(() => undefined));
    }
    return rows.length;
  }

  /** Removes what has lain on disk for an hour and belongs to no row: what a crash has left. Answers how many. */
  async sweep(): Promise<number> {
    const names = await this.files.names(new Date(this.clock.now().getTime() - HOUR_MS));
    const known = new Set(
      (await this.db.repository(VisaFile).find({ select: { id: true, name: true } })).map(({ name }) => name),
    );
    const left = names.filter((name) => !known.has(name));
    for (const name of left) await this.files.remove(name);
    return left.length;
  }
}

function placeOf(row: string): VaultPlace {
  return { table: 'visa_files', row, column: 'wrapped_key' };
}

/** What a journal entry says it is about. */
export function subjectOf({ id, conferenceId, personId }: VisaRequest): {
  id: string;
  conferenceId?: string;
  personId: string;
} {
  return { id, ...(conferenceId ? { conferenceId } : {}), personId };
}
