import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { JournalEntry } from '../../platform/journal/journal-entry.entity.js';
import { OutgoingMail } from '../../platform/mail/outgoing-mail.entity.js';
import { Accounts } from '../accounts/index.js';

const LATEST = 50;

export interface PersonEvent {
  at: Date;
  type: string;
  /** Name of the account that did it; null for the person, the system or nobody. */
  by: string | null;
  actor: JournalEntry['actorKind'];
}

/** What the card of a person shows beside the person. */
@Injectable()
export class PeopleQueries {
  constructor(
    private readonly db: Database,
    private readonly accounts: Accounts,
  ) {}

  /** The latest entries of the journal about the person, newest first. */
  async history(personId: string): Promise<PersonEvent[]> {
    const entries = await this.db.repository(JournalEntry).find({ where: { personId }, order: { at: 'DESC', id: 'DESC' }, take: LATEST });
    const byAccount = entries.flatMap(({ actorKind, actorId }) => (actorKind === 'account' && actorId ? [actorId] : []));
    const accounts = await this.accounts.byIds([...new Set(byAccount)]);
    return entries.map(({ at, type, actorKind, actorId }) => ({ at, type, actor: actorKind, by: accounts.get(actorId ?? '')?.name ?? null }));
  }

  /** The latest mails to the person, newest first, without their content. */
  mails(personId: string): Promise<OutgoingMail[]> {
    return this.db.repository(OutgoingMail).find({ where: { personId }, order: { createdAt: 'DESC', id: 'DESC' }, take: LATEST });
  }
}
