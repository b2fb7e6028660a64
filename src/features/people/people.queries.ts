import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { InboxQueries } from '../../platform/inbound/inbox.queries.js';
import { inOrder, type ThreadMail } from '../../platform/inbound/mail-threads.js';
import { JournalEntry } from '../../platform/journal/journal-entry.entity.js';
import { OutgoingMail } from '../../platform/mail/outgoing-mail.entity.js';
import { Accounts } from '../accounts/index.js';

const LATEST = 50;

/** May the viewer see what belongs to this conference (null: to none)? People are of the house, their deeds of a conference. */
type Sees = (conferenceId: string | null) => boolean;

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
    private readonly inbox: InboxQueries,
  ) {}

  /** The latest entries of the journal about the person that the viewer may see, newest first. */
  async history(personId: string, maySee: Sees): Promise<PersonEvent[]> {
    const latest = await this.db
      .repository(JournalEntry)
      .find({ where: { personId }, order: { at: 'DESC', id: 'DESC' }, take: LATEST });
    const entries = latest.filter(({ conferenceId }) => maySee(conferenceId));
    const byAccount = entries.flatMap(({ actorKind, actorId }) =>
      actorKind === 'account' && actorId ? [actorId] : [],
    );
    const accounts = await this.accounts.byIds([...new Set(byAccount)]);
    return entries.map(({ at, type, actorKind, actorId }) => ({
      at,
      type,
      actor: actorKind,
      by: accounts.get(actorId ?? '')?.name ?? null,
    }));
  }

  /** The latest mails to and from the person that the viewer may see, newest first, without their content. */
  async correspondence(personId: string, maySee: Record<ThreadMail['direction'], Sees>): Promise<ThreadMail[]> {
    const sent = await this.mails(personId, maySee.sent);
    const received = (await this.inbox.ofPerson(personId, LATEST)).filter(({ conferenceId }) =>
      maySee.received(conferenceId),
    );
    return inOrder(sent, received).reverse().slice(0, LATEST);
  }

  private async mails(personId: string, maySee: Sees): Promise<OutgoingMail[]> {
    const latest = await this.db
      .repository(OutgoingMail)
      .find({ where: { personId }, order: { createdAt: 'DESC', id: 'DESC' }, take: LATEST });
    return latest.filter(({ conferenceId }) => maySee(conferenceId));
  }
}
