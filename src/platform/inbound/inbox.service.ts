import { Injectable } from '@nestjs/common';
import { RuleViolation } from '../../kernel/errors.js';
import { Database } from '../database/database.js';
import { Journal, journalEvent } from '../journal/journal.js';
import { InboundMail } from './inbound-mail.entity.js';

interface OfMail {
  id: string;
  conferenceId?: string;
  personId?: string;
}

/** Somebody has dealt with a mail from outside. */
export const InboundMailDone = journalEvent<OfMail>('InboundMailDone');
export const InboundMailReopened = journalEvent<OfMail>('InboundMailReopened');
/** Somebody said whose it is, and what it is about (`invitation:` and an id). */
export const InboundMailLinked = journalEvent<OfMail & { about: string | null }>('InboundMailLinked');

export interface MailLink {
  readonly personId: string;
  readonly conferenceId: string | null;
  readonly about: string | null;
}

/** What people do with the mails that wait for them. */
@Injectable()
export class Inbox {
  constructor(
    private readonly db: Database,
    private readonly journal: Journal,
  ) {}

  /** Throws RuleViolation when it does not wait (any more). */
  done(mail: InboundMail): Promise<InboundMail> {
    return this.db.transaction(async () => {
      const moved = await this.db.compareAndSet(InboundMail, { id: mail.id, state: 'open' }, { state: 'done' });
      if (!moved) throw new RuleViolation('error.inbox.notOpen');
      await this.journal.record(InboundMailDone(subjectOf(mail)));
      return { ...mail, state: 'done' as const };
    });
  }

  /** It waits again. Throws RuleViolation for one that nobody has dealt with. */
  reopen(mail: InboundMail): Promise<InboundMail> {
    return this.db.transaction(async () => {
      const moved = await this.db.compareAndSet(InboundMail, { id: mail.id, state: 'done' }, { state: 'open' });
      if (!moved) throw new RuleViolation('error.inbox.notDone');
      await this.journal.record(InboundMailReopened(subjectOf(mail)));
      return { ...mail, state: 'open' as const };
    });
  }

  link(mail: InboundMail, { personId, conferenceId, about }: MailLink): Promise<InboundMail> {
    return this.db.transaction(async () => {
      const link = { personId, conferenceId: conferenceId ?? mail.conferenceId, about: about ?? mail.about };
      await this.db.repository(InboundMail).update({ id: mail.id }, link);
      const linked = { ...mail, ...link };
      await this.journal.record(InboundMailLinked({ ...subjectOf(linked), about: link.about }));
      return linked;
    });
  }
}

function subjectOf({ id, conferenceId, personId }: InboundMail): OfMail {
  return { id, ...(conferenceId ? { conferenceId } : {}), ...(personId ? { personId } : {}) };
}
