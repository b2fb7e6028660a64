import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { SealedColumns } from '../../../platform/vault/sealed-columns.js';
import { VaultText } from '../../../platform/vault/vault-text.js';
import { Vault, VaultError, type VaultPlace } from '../../../platform/vault/vault.js';
import { VisaDetails } from './visa-details.entity.js';
import { VisaFile } from './visa-file.entity.js';
import { masked } from './visa-request.rules.js';
import { DETAIL_COLUMNS, DETAIL_FIELDS, type DetailField } from './visa.words.js';

/** A sealed field: what it says, or that its key is missing. Fields that were never given are not in the map. */
export type Opened = ReadonlyMap<DetailField, VaultText | 'unreadable'>;
export type DetailValues = Partial<Record<DetailField, string>>;

/** The one way to and from `visa_details`. */
@Injectable()
export class VisaVault {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
    sealed: SealedColumns,
  ) {
    sealed.add({
      entity: VisaDetails,
      table: 'visa_details',
      columns: { ...DETAIL_COLUMNS, fingerprint: 'fingerprint' },
    });
    sealed.add({ entity: VisaFile, table: 'visa_files', columns: { wrappedKey: 'wrapped_key' } });
  }

  async open(requestId: string): Promise<Opened> {
    const row = await this.db.one(VisaDetails, { id: requestId });
    const found = DETAIL_FIELDS.flatMap((field) => {
      const sealed = row?.[field];
      return sealed ? [[field, this.text(placeOf(requestId, DETAIL_COLUMNS[field]), sealed)] as const] : [];
    });
    return new Map(found);
  }

  /** Adds to what is there; other fields stay. */
  async write(requestId: string, values: DetailValues): Promise<void> {
    const sealed = Object.fromEntries(
      Object.entries(values).map(([field, value]) => [
        field,
        this.vault.seal(placeOf(requestId, DETAIL_COLUMNS[field as DetailField]), value),
      ]),
    );
    await this.put(requestId, sealed);
  }

  /** The hash of what the signed letter says; null before the first signature. Throws VaultError. */
  async fingerprint(requestId: string): Promise<string | null> {
    const sealed = (await this.db.one(VisaDetails, { id: requestId }))?.fingerprint;
    return sealed ? this.vault.open(placeOf(requestId, 'fingerprint'), sealed).reveal() : null;
  }

  async keepFingerprint(requestId: string, fingerprint: string): Promise<void> {
    await this.put(requestId, { fingerprint: this.vault.seal(placeOf(requestId, 'fingerprint'), fingerprint) });
  }

  async forget(requestId: string): Promise<void> {
    await this.db.repository(VisaDetails).delete({ id: requestId });
  }

  private async put(id: string, sealed: Record<string, string>): Promise<void> {
    const changes = { ...sealed, updatedAt: this.clock.now() };
    if (!(await this.db.compareAndSet(VisaDetails, { id }, changes)))
      await this.db.insert(VisaDetails, { id, ...changes });
  }

  private text(place: VaultPlace, sealed: string): VaultText | 'unreadable' {
    try {
      return this.vault.open(place, sealed);
    } catch (error) {
      if (error instanceof VaultError) return 'unreadable';
      throw error;
    }
  }
}

function placeOf(row: string, column: string): VaultPlace {
  return { table: 'visa_details', row, column };
}

/** What may be shown of a sealed field: nothing but that it is there, and of the passport number its end. */
export function shownMask(field: DetailField, value: VaultText | 'unreadable'): string | null {
  if (value === 'unreadable') return null;
  return field === 'passportNumber' ? masked(value.reveal()) : masked('');
}

/** The text of a field, empty where there is none or it cannot be read. */
export function plainText(opened: Opened, field: DetailField): string {
  const value = opened.get(field);
  return value instanceof VaultText ? value.reveal() : '';
}
