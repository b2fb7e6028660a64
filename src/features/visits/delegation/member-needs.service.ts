import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { SealedColumns } from '../../../platform/vault/sealed-columns.js';
import { Vault, type VaultPlace } from '../../../platform/vault/vault.js';
import type { Visit } from '../visit.entity.js';
import { MemberNeedsChanged, MemberNeedsRead } from '../visits.events.js';
import { VisitMember } from './member.entity.js';
import { PROTECTED_FIELDS, type ProtectedField, type ProtectedWords } from './member.rules.js';

/** Diet, allergies and access of a delegation: sealed in the database, opened for whoever must plan for them, each time on record. */
@Injectable()
export class MemberNeeds {
  constructor(
    private readonly db: Database,
    private readonly journal: Journal,
    private readonly vault: Vault,
    sealed: SealedColumns,
  ) {
    sealed.add({
      entity: VisitMember,
      table: 'visit_members',
      columns: { diet: 'diet', allergy: 'allergy', access: 'access' },
    });
  }

  /** In the clear; the journal keeps who looked. Throws VaultError when a key is missing: never an empty field instead. */
  read(visit: Pick<Visit, 'id'>, member: VisitMember): Promise<ProtectedWords> {
    return this.db.transaction(async () => {
      const words = this.opened(member);
      await this.journal.record(MemberNeedsRead({ id: visit.id, memberId: member.id, personId: member.personId }));
      return words;
    });
  }

  /** Seals what is given and leaves the rest; null empties a field. Answers the new version. Throws Stale. */
  write(visit: Pick<Visit, 'id'>, read: VisitMember, words: Partial<ProtectedWords>): Promise<number> {
    return this.db.transaction(async () => {
      const before = this.opened(read);
      const fields = PROTECTED_FIELDS.filter((field) => words[field] !== undefined && words[field] !== before[field]);
      if (fields.length === 0) return read.version;
      const sealed = Object.fromEntries(fields.map((field) => [field, this.sealed(read.id, field, words[field]!)]));
      const version = await this.db.updateIfUnchanged(VisitMember, read, sealed);
      await this.journal.record(
        MemberNeedsChanged({ id: visit.id, memberId: read.id, personId: read.personId, fields }),
      );
      return version;
    });
  }

  /**
   * The allergies of those who said one, by person, for an order that must name whose plate it is; the journal keeps of whom it was
   * read. Throws VaultError.
   */
  allergies(visit: Pick<Visit, 'id'>, personIds: readonly string[]): Promise<Map<string, string>> {
    return this.db.transaction(async () => {
      const members = await this.db.all(VisitMember, { visitId: visit.id, personId: [...personIds] });
      const found = new Map<string, string>();
      for (const member of members) {
        const allergy = this.opened(member).allergy?.trim();
        if (!allergy) continue;
        found.set(member.personId, allergy);
        await this.journal.record(MemberNeedsRead({ id: visit.id, memberId: member.id, personId: member.personId }));
      }
      return found;
    });
  }

  private opened(member: VisitMember): ProtectedWords {
    const word = (field: ProtectedField): string | null =>
      member[field] === null ? null : this.vault.open(placeOf(member.id, field), member[field]).reveal();
    return { diet: word('diet'), allergy: word('allergy'), access: word('access') };
  }

  private sealed(id: string, field: ProtectedField, words: string | null): string | null {
    return words === null ? null : this.vault.seal(placeOf(id, field), words);
  }
}

/** Which of the protected fields hold something: the most that is shown without opening the vault. */
export function given(member: VisitMember): Record<ProtectedField, boolean> {
  return { diet: member.diet !== null, allergy: member.allergy !== null, access: member.access !== null };
}

function placeOf(row: string, column: ProtectedField): VaultPlace {
  return { table: 'visit_members', row, column };
}
