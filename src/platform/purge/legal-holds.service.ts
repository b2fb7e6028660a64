import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound, RuleViolation } from '../../kernel/errors.js';
import { isId } from '../../kernel/ids.js';
import { dayAfter, localDay } from '../../kernel/zones.js';
import { Database } from '../database/database.js';
import { Journal, journalEvent } from '../journal/journal.js';
import { Clock } from '../runtime/clock.js';
import { Ids } from '../runtime/ids.js';
import { currentContext } from '../runtime/request-context.js';
import { HoldSubjects } from './hold-subjects.js';
import { LegalHold } from './legal-hold.entity.js';
import { holdsOn, isToBeTold, REMIND_DAYS } from './legal-hold.rules.js';
import type { SubjectKey } from './purge-rules.js';

const HOUSE_ZONE = 'Europe/Minsk';

export const LegalHoldPlaced = journalEvent<{ id: string; subject: SubjectKey; reason: string; endsOn: string }>(
  'LegalHoldPlaced',
);
export const LegalHoldLifted = journalEvent<{ id: string; subject: SubjectKey }>('LegalHoldLifted');

export interface NewHold {
  readonly kind: string;
  /** What people call it: a reference, the name in an address, a public id. */
  readonly subject: string;
  readonly reason: string;
  readonly endsOn: string;
}

/** What may not be deleted for now, why, who says so and until when. */
@Injectable()
export class LegalHolds {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly subjects: HoldSubjects,
  ) {}

  /** Those that hold today, the first to end first. */
  async current(): Promise<LegalHold[]> {
    const today = localDay(this.clock.now(), HOUSE_ZONE);
    const all = await this.db.repository(LegalHold).find({ order: { endsOn: 'ASC', id: 'ASC' } });
    return all.filter((hold) => holdsOn(hold, today));
  }

  /** What is held at that instant. */
  async heldAt(at: Date): Promise<ReadonlySet<SubjectKey>> {
    const day = localDay(at, HOUSE_ZONE);
    const all = await this.db.repository(LegalHold).find();
    return new Set(all.filter((hold) => holdsOn(hold, day)).map(keyOf));
  }

  /** Throws InvalidInput for what is not known or an end that is over. */
  place({ kind, subject, reason, endsOn }: NewHold): Promise<LegalHold> {
    return this.db.transaction(async () => {
      const subjectId = await this.subjects.find(kind, subject);
      if (subjectId === null) throw InvalidInput.at('subject', 'error.hold.unknown');
      const now = this.clock.now();
      if (endsOn < localDay(now, HOUSE_ZONE)) throw InvalidInput.at('endsOn', 'error.hold.past');
      const hold = {
        id: this.ids.next(),
        subjectKind: kind,
        subjectId,
        reason,
        authorId: currentContext().actor.id,
        createdAt: now,
        endsOn,
        liftedAt: null,
        remindedAt: null,
        version: 1,
      };
      await this.db.insert(LegalHold, hold);
      await this.journal.record(LegalHoldPlaced({ id: hold.id, subject: keyOf(hold), reason, endsOn }));
      return hold;
    });
  }

  /** It holds no longer: what is over its term goes with the next purge. Throws NotFound, RuleViolation. */
  lift(id: string): Promise<void> {
    return this.db.transaction(async () => {
      const hold = isId(id) ? await this.db.one(LegalHold, { id }) : null;
      if (!hold) throw new NotFound();
      if (hold.liftedAt !== null) throw new RuleViolation('error.hold.lifted');
      await this.db.updateIfUnchanged(LegalHold, hold, { liftedAt: this.clock.now() });
      await this.journal.record(LegalHoldLifted({ id, subject: keyOf(hold) }));
    });
  }

  /** Those that end within a week and of which nobody was told yet; they count as told from now on. */
  takeEnding(): Promise<LegalHold[]> {
    return this.db.transaction(async () => {
      const now = this.clock.now();
      const today = localDay(now, HOUSE_ZONE);
      const ending = (await this.current()).filter((hold) => isToBeTold(hold, today, dayAfter(today, REMIND_DAYS)));
      for (const hold of ending) await this.db.updateIfUnchanged(LegalHold, hold, { remindedAt: now });
      return ending;
    });
  }
}

export function keyOf({ subjectKind, subjectId }: Pick<LegalHold, 'subjectKind' | 'subjectId'>): SubjectKey {
  return `${subjectKind}:${subjectId}`;
}
