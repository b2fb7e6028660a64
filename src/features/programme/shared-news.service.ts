import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { Database } from '../../platform/database/database.js';
import { Outbox } from '../../platform/mail/outbox.js';
import { CalendarObject } from './calendar-object.entity.js';

type Rewritten = (mailId: string, others: readonly CalendarObject[]) => Promise<void>;

/** Held mails that may speak of several calendar objects; who writes such mails also says how one is written anew. */
@Injectable()
export class SharedNews {
  private rewritten: Rewritten | null = null;

  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
  ) {}

  /** `rewritten` discards the held mail, and tells these again without what it told besides. */
  from(rewritten: Rewritten): void {
    this.rewritten = rewritten;
  }

  /** What is held about this object is true no more: nobody is told, and what would have been told with it is told anew. */
  async leave({ id, heldMail }: Pick<CalendarObject, 'id' | 'heldMail'>): Promise<void> {
    if (heldMail === null) return;
    const others = await this.db.repository(CalendarObject).findBy({ heldMail, id: Not(id) });
    if (others.length > 0 && this.rewritten) await this.rewritten(heldMail, others);
    else await this.outbox.discardHeld({ ids: [heldMail] });
  }
}
