import { Injectable } from '@nestjs/common';
import { IsNull, Not, Raw } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { PurgeRules } from '../../../platform/purge/purge-rules.js';
import { VisitBriefing } from '../briefing/briefing.entity.js';
import { VisitCommitment } from '../commitments/commitment.entity.js';
import { VisitCost } from '../logistics/cost.entity.js';
import { VisitGift } from '../logistics/logistics.entity.js';
import { VisitPaper } from '../papers/paper.entity.js';
import { VisitRelease, VisitSession } from '../stay/stay.entity.js';
import { Visit, VisitOverride } from '../visit.entity.js';
import { keptVisit } from './kept-visit.js';
import { notesGoAt, reasonsGoAt } from './visit-terms.rules.js';
import { aboutVisits } from './visit-purge.js';

/** In the place of words that are gone where a row must say something. */
const GONE = '—';

/**
 * What somebody wrote about a meeting. Notes for the day itself go when the file is closed; purpose, decision, reasons and
 * promises are what the next visit begins with, and go after three years. Facts stay: states, days, numbers, what was given.
 */
@Injectable()
export class VisitNotesPurge {
  constructor(
    private readonly db: Database,
    rules: PurgeRules,
  ) {
    const about = (ids: readonly string[]) => Promise.resolve(aboutVisits(ids));
    rules.add({
      name: 'internal notes of visits',
      group: 'F',
      due: (at) => this.notesDue(at),
      about,
      purge: (id) => this.dropNotes(id),
    });
    rules.add({
      name: 'reasons and promises of visits',
      group: 'F',
      due: (at) => this.reasonsDue(at),
      about,
      purge: (id) => this.dropReasons(id),
    });
  }

  private async notesDue(at: Date): Promise<string[]> {
    const sessions = await this.db.repository(VisitSession).find();
    // Texts are long: the database looks into them, and only their visits are read.
    const releases = await this.db.repository(VisitRelease).find({
      where: NOTED_TEXTS.map((part) => ({ surroundings: Raw((column) => `${column} LIKE '%"${part}":"%'`) })),
      select: { id: true, visitId: true },
    });
    const gifts = await this.db.repository(VisitGift).find();
    const briefings = await this.db.repository(VisitBriefing).find({ select: { id: true, visitId: true } });
    const noted = new Set([
      ...briefings.map(({ visitId }) => visitId),
      ...sessions.filter(isNoted).map(({ visitId }) => visitId),
      ...releases.map(({ visitId }) => visitId),
      ...gifts.filter(({ note }) => note !== null).map(({ visitId }) => visitId),
    ]);
    return this.visitsDue([...noted], (goesAt) => goesAt === null || goesAt <= at, notesGoAt);
  }

  /** The texts that were sent keep what the guests read; what was ours beside it goes. */
  private dropNotes(visitId: string): Promise<void> {
    return this.db.transaction(async () => {
      await this.db.repository(VisitBriefing).delete({ visitId });
      await this.db.repository(VisitSession).update({ visitId }, { internalNote: null, planB: null });
      await this.db.repository(VisitGift).update({ visitId }, { note: null });
      for (const release of await this.db.all(VisitRelease, { visitId })) {
        const entries = Object.entries(release.surroundings);
        const surroundings = Object.fromEntries(
          entries.map(([id, beside]) => [id, { ...beside, internalNote: null, planB: null }]),
        );
        await this.db.updateIfUnchanged(VisitRelease, release, { surroundings } as never);
      }
    });
  }

  private async reasonsDue(at: Date): Promise<string[]> {
    const visits = await this.db.repository(Visit).find();
    const commitments = await this.db.repository(VisitCommitment).find();
    const overrides = await this.db.repository(VisitOverride).find();
    const papers = await this.db.repository(VisitPaper).find({
      where: [{ about: Not(IsNull()) }, { text: Not(IsNull()) }],
      select: { id: true, visitId: true },
    });
    const written = new Set([
      ...papers.map(({ visitId }) => visitId),
      ...visits.filter((visit) => REASONS.some((field) => visit[field] !== null)).map(({ id }) => id),
      ...commitments.filter(({ text }) => text !== GONE).map(({ visitId }) => visitId),
      ...overrides.filter(({ reason }) => reason !== GONE).map(({ visitId }) => visitId),
    ]);
    return this.visitsDue([...written], (goesAt) => goesAt <= at, reasonsGoAt);
  }

  private dropReasons(visitId: string): Promise<void> {
    return this.db.transaction(async () => {
      const none = Object.fromEntries(REASONS.map((field) => [field, null]));
      await this.db.compareAndSet(Visit, { id: visitId }, none);
      await this.db.repository(VisitOverride).update({ visitId }, { reason: GONE });
      await this.db.repository(VisitPaper).update({ visitId }, { about: null, text: null });
      await this.db.repository(VisitCost).update({ visitId }, { what: null });
      await this.db.repository(VisitRelease).update({ visitId }, { agreedBy: null });
      await this.db.repository(VisitGift).update({ visitId }, { memberId: null, whom: null });
      await this.db.repository(VisitCost).update({ visitId }, { what: null });
      await this.db.repository(VisitCommitment).update({ visitId }, { text: GONE, outcome: null });
    });
  }

  private async visitsDue<T>(
    ids: readonly string[],
    isDue: (goesAt: T) => boolean,
    goesAt: (visit: ReturnType<typeof keptVisit>) => T,
  ): Promise<string[]> {
    const visits = await this.db.all(Visit, { id: ids });
    return visits.filter((visit) => isDue(goesAt(keptVisit(visit)))).map(({ id }) => id);
  }
}

const NOTED_TEXTS = ['internalNote', 'planB'] as const;
const REASONS = ['initiator', 'purpose', 'topics', 'hostPrincipal', 'decidedBy', 'decision', 'lessons'] as const;

function isNoted({ internalNote, planB }: { internalNote: string | null; planB: string | null }): boolean {
  return internalNote !== null || planB !== null;
}
