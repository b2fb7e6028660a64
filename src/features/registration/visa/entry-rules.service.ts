import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound, RuleViolation } from '../../../kernel/errors.js';
import { localDay } from '../../../kernel/zones.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { PROPOSED_RULES } from './entry-rules.proposed.js';
import { EntryRuleRow } from './entry-rule.entity.js';
import { decideEntry, type Entry, type EntryDecision } from './entry.rules.js';
import { EntryRuleChanged } from './visa.events.js';
import type { RuleInput } from './visa.schemas.js';

/** The table of who needs a visa: one for the whole house, because it is the law of one country. */
@Injectable()
export class EntryRules {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  async list(): Promise<EntryRuleRow[]> {
    return this.db.repository(EntryRuleRow).find({ order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** Throws NotFound. */
  async byId(id: string): Promise<EntryRuleRow> {
    const found = await this.db.one(EntryRuleRow, { id });
    if (!found) throw new NotFound();
    return found;
  }

  async decide(entry: Entry): Promise<EntryDecision> {
    return decideEntry(await this.list(), entry);
  }

  add(input: RuleInput): Promise<EntryRuleRow> {
    checkDays(input);
    return this.db.transaction(async () => {
      const row = { id: this.ids.next(), ...fieldsOf(input), createdAt: this.clock.now(), version: 1 };
      await this.db.insert(EntryRuleRow, row);
      await this.journal.record(EntryRuleChanged({ id: row.id, change: 'added' }));
      return row;
    });
  }

  /** Throws Stale, InvalidInput. */
  edit(read: { id: string; version: number }, input: RuleInput): Promise<EntryRuleRow> {
    checkDays(input);
    return this.db.transaction(async () => {
      await this.db.updateIfUnchanged(EntryRuleRow, read, fieldsOf(input));
      await this.journal.record(EntryRuleChanged({ id: read.id, change: 'changed' }));
      return this.byId(read.id);
    });
  }

  remove(id: string): Promise<void> {
    return this.db.transaction(async () => {
      await this.byId(id);
      await this.db.repository(EntryRuleRow).delete({ id });
      await this.journal.record(EntryRuleChanged({ id, change: 'removed' }));
    });
  }

  /** Fills an empty table with rules that somebody must compare with the law first. Throws RuleViolation when it is not empty. */
  propose(): Promise<EntryRuleRow[]> {
    return this.db.transaction(async () => {
      if ((await this.db.repository(EntryRuleRow).count()) > 0) throw new RuleViolation('error.visa.rulesThere');
      const checkedOn = localDay(this.clock.now(), 'Europe/Minsk');
      for (const rule of PROPOSED_RULES) await this.add({ ...rule, checkedOn, confirmed: false });
      return this.list();
    });
  }
}

function fieldsOf({
  title,
  citizenships,
  passportTypes,
  entryPoints,
  outcome,
  maxDays,
  validFrom,
  validTo,
  checkedOn,
  confirmed,
  note,
}: RuleInput) {
  return {
    title,
    citizenships,
    passportTypes,
    entryPoints,
    outcome,
    maxDays,
    validFrom,
    validTo,
    checkedOn,
    confirmed,
    note: note ?? '',
  };
}

function checkDays({ validFrom, validTo }: RuleInput): void {
  if (validFrom !== null && validTo !== null && validTo < validFrom)
    throw InvalidInput.at('validTo', 'error.visa.validTo');
}
