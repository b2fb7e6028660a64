import { Injectable } from '@nestjs/common';
import { RuleViolation, Stale } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { InterpreterProfileRemoved, InterpreterProfileSaved } from '../people.events.js';
import { People } from '../people.service.js';
import type { Person } from '../person.entity.js';
import { InterpreterProfile } from './interpreter-profile.entity.js';
import type { Direction } from './interpreter.rules.js';

export type InterpreterFields = Pick<InterpreterProfile, 'directions' | 'modes' | 'standing' | 'sworn'>;

/** Somebody who interprets. */
export interface KnownInterpreter {
  readonly person: Person;
  readonly profile: InterpreterProfile;
}

interface Read {
  id: string;
  version: number;
}

/** Who interprets, and from which language into which: what is so in every programme and at every visit. */
@Injectable()
export class Interpreters {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly people: People,
  ) {}

  /** In the order of their names. With languages: only those who interpret from, into, or from one into the other. */
  async list({ from, to }: Partial<Record<keyof Direction, string>> = {}): Promise<KnownInterpreter[]> {
    const profiles = await this.db.repository(InterpreterProfile).find();
    const people = await this.people.byIds(profiles.map(({ personId }) => personId));
    const fits = (direction: Direction) => (!from || direction.from === from) && (!to || direction.to === to);
    return profiles
      .filter(({ directions }) => directions.some(fits))
      .map((profile) => ({ profile, person: people.get(profile.personId)! }))
      .sort((a, b) => compare(a.person.sortKey, b.person.sortKey) || compare(a.person.id, b.person.id));
  }

  ofPerson(personId: string): Promise<InterpreterProfile | null> {
    return this.db.repository(InterpreterProfile).findOneBy({ personId });
  }

  /** Throws RuleViolation when the person has a profile already. */
  create(personId: string, fields: InterpreterFields): Promise<InterpreterProfile> {
    return this.db.transaction(async () => {
      const profile = { id: this.ids.next(), personId, ...fields, version: 1 };
      try {
        await this.db.insert(InterpreterProfile, profile);
      } catch (error) {
        if (isUniqueViolation(error)) throw new RuleViolation('error.people.interpreterAlready');
        throw error;
      }
      await this.journal.record(InterpreterProfileSaved({ id: profile.id, personId }));
      return profile as InterpreterProfile;
    });
  }

  /** Throws Stale when somebody was faster. */
  change(personId: string, read: Read, fields: InterpreterFields): Promise<InterpreterProfile> {
    return this.db.transaction(async () => {
      const profile = await this.own(personId, read);
      const version = await this.db.updateIfUnchanged(InterpreterProfile, read, fields);
      await this.journal.record(InterpreterProfileSaved({ id: profile.id, personId }));
      return { ...profile, ...fields, version };
    });
  }

  /** The person interprets no more. What they are assigned to stays. */
  remove(personId: string, read: Read): Promise<void> {
    return this.db.transaction(async () => {
      const { id } = await this.own(personId, read);
      await this.db.updateIfUnchanged(InterpreterProfile, read, {});
      await this.db.repository(InterpreterProfile).delete({ id });
      await this.journal.record(InterpreterProfileRemoved({ id, personId }));
    });
  }

  private async own(personId: string, { id }: Read): Promise<InterpreterProfile> {
    const profile = await this.ofPerson(personId);
    if (profile?.id !== id) throw new Stale(profile);
    return profile;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
