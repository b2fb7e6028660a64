import { Injectable } from '@nestjs/common';

/** What something is about, as a legal hold may name it: `person:…`, `visit:…`, `conference:…`, with the id of the row. */
export type SubjectKey = `${string}:${string}`;

/** What a feature deletes when its term is over. */
export interface PurgeRule {
  /** Names it in reports and in the journal: `visa details`. */
  readonly name: string;
  /** Field group, see the register of purposes. */
  readonly group: string;
  /** The ids of what is due at that instant. The dry run asks for one in the future: the same question. */
  due(at: Date): Promise<readonly string[]>;
  /** Whom and what each of them is about: a legal hold on one of these keeps it. */
  about(ids: readonly string[]): Promise<ReadonlyMap<string, readonly SubjectKey[]>>;
  /** Deletes one, in a transaction of its own. Harmless to repeat. */
  purge(id: string): Promise<void>;
  /** After all of them: what lies outside of the database. */
  sweep?(): Promise<void>;
}

/** Features name what they delete; each owns its tables and its terms. */
@Injectable()
export class PurgeRules {
  private readonly rules: PurgeRule[] = [];

  add(rule: PurgeRule): void {
    this.rules.push(rule);
  }

  all(): readonly PurgeRule[] {
    return this.rules;
  }
}
