import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound, RuleViolation, Stale } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { adopted, nextParagraphs, stillDraft, type Paragraph } from './resolution.rules.js';
import { Resolution, ResolutionAdopter, ResolutionComment, ResolutionVersion } from './round-table.entity.js';
import {
  ResolutionAdopted,
  ResolutionCommented,
  ResolutionCommentSettled,
  ResolutionDrafted,
  ResolutionSigned,
} from './round-table.events.js';

export interface ResolutionText {
  readonly resolution: Resolution;
  readonly paragraphs: readonly Paragraph[];
  readonly versions: readonly Pick<ResolutionVersion, 'number' | 'at' | 'paragraphs'>[];
  /** Oldest first. */
  readonly comments: readonly ResolutionComment[];
  /** Ids of people, in the order in which they signed. */
  readonly adopters: readonly string[];
}

/** The outcome of a round table: drafted in versions, commented on by paragraph, adopted, signed. */
@Injectable()
export class Resolutions {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  /** Null before the first draft. Five statements. */
  async of(sessionId: string): Promise<ResolutionText | null> {
    const resolution = await this.db.repository(Resolution).findOneBy({ sessionId });
    if (!resolution) return null;
    const of = { resolutionId: resolution.id };
    const [versions, comments, adopters] = await Promise.all([
      this.db.repository(ResolutionVersion).find({ where: of, order: { number: 'ASC' } }),
      this.db.repository(ResolutionComment).find({ where: of, order: { at: 'ASC', id: 'ASC' } }),
      this.db.repository(ResolutionAdopter).find({ where: of, order: { at: 'ASC', id: 'ASC' } }),
    ]);
    return {
      resolution,
      paragraphs: versions.at(-1)!.paragraphs,
      versions,
      comments,
      adopters: adopters.map(({ personId }) => personId),
    };
  }

  /** Writes the next version of the draft; `version` 0 is the first text. Throws RuleViolation, Stale. */
  draft(
    conferenceId: string,
    sessionId: string,
    typed: Readonly<Partial<Record<Locale, string>>>,
    version: number,
  ): Promise<number> {
    return this.db.transaction(async () => {
      const known = await this.of(sessionId);
      if (known) stillDraft(known.resolution.state);
      const paragraphs = nextParagraphs(known?.paragraphs ?? [], typed);
      const number = (known?.resolution.latest ?? 0) + 1;
      const id = known ? known.resolution.id : await this.begin(sessionId);
      if (known) await this.db.updateIfUnchanged(Resolution, { id, version }, { latest: number });
      await this.db.insert(ResolutionVersion, {
        id: this.ids.next(),
        resolutionId: id,
        number,
        paragraphs,
        at: this.clock.now(),
      });
      await this.journal.record(ResolutionDrafted({ id: sessionId, conferenceId, number }));
      return number;
    });
  }

  /** Throws InvalidInput for a paragraph that the draft does not hold. */
  comment(
    conferenceId: string,
    sessionId: string,
    personId: string,
    { paragraph, text }: { paragraph: string; text: string },
  ): Promise<void> {
    return this.db.transaction(async () => {
      const { resolution, paragraphs } = await this.existing(sessionId);
      stillDraft(resolution.state);
      if (!paragraphs.some(({ key }) => key === paragraph)) throw InvalidInput.at('paragraph', 'error.choice');
      const row = {
        paragraph,
        number: resolution.latest,
        personId,
        text,
        state: 'open' as const,
        at: this.clock.now(),
      };
      await this.db.insert(ResolutionComment, { id: this.ids.next(), resolutionId: resolution.id, ...row, version: 1 });
      await this.journal.record(ResolutionCommented({ id: sessionId, conferenceId, personId, paragraph }));
    });
  }

  settle(conferenceId: string, sessionId: string, read: { id: string; version: number }): Promise<void> {
    return this.db.transaction(async () => {
      const { comments } = await this.existing(sessionId);
      const comment = comments.find(({ id }) => id === read.id);
      if (!comment) throw new NotFound();
      if (comment.state === 'settled') return;
      await this.db.updateIfUnchanged(ResolutionComment, read, { state: 'settled' });
      await this.journal.record(
        ResolutionCommentSettled({ id: sessionId, conferenceId, paragraph: comment.paragraph }),
      );
    });
  }

  /** Adopts the version that was seen. Throws RuleViolation, Stale. */
  adopt(conferenceId: string, sessionId: string, version: number): Promise<void> {
    return this.db.transaction(async () => {
      const { resolution, comments } = await this.existing(sessionId);
      const state = adopted(resolution.state, comments.filter((comment) => comment.state === 'open').length);
      await this.db.updateIfUnchanged(
        Resolution,
        { id: resolution.id, version },
        { state, adoptedAt: this.clock.now() },
      );
      await this.journal.record(ResolutionAdopted({ id: sessionId, conferenceId, number: resolution.latest }));
    });
  }

  /** Stands behind the adopted text; once. */
  async sign(conferenceId: string, sessionId: string, personId: string): Promise<void> {
    try {
      await this.db.transaction(async () => {
        const { resolution } = await this.existing(sessionId);
        if (resolution.state !== 'adopted') throw new RuleViolation('error.roundTable.notAdopted');
        await this.db.insert(ResolutionAdopter, {
          id: this.ids.next(),
          resolutionId: resolution.id,
          personId,
          at: this.clock.now(),
        });
        await this.journal.record(ResolutionSigned({ id: sessionId, conferenceId, personId }));
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }

  private async begin(sessionId: string): Promise<string> {
    const id = this.ids.next();
    try {
      await this.db.insert(Resolution, {
        id,
        sessionId,
        state: 'draft' as const,
        latest: 1,
        adoptedAt: null,
        version: 1,
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw new Stale(null);
      throw error;
    }
    return id;
  }

  private async existing(sessionId: string): Promise<ResolutionText> {
    const found = await this.of(sessionId);
    if (!found) throw new NotFound();
    return found;
  }
}
