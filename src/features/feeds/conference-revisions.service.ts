import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { wholeSecond } from '../../platform/calendar/index.js';
import { Database } from '../../platform/database/database.js';
import { JournalEntry } from '../../platform/journal/journal-entry.entity.js';
import { ConferenceChanged, ConferenceCreated, type Conference } from '../conferences/index.js';
import { VenueChanged } from '../venues/index.js';

/**
 * When a conference or its venue was last edited, and how often its days or its place became others: what its calendar entry
 * prints (CR3, CR5, CR6). A venue that is called otherwise, or has another address, is the same place.
 */
export interface ConferenceRevision {
  readonly created: Date;
  readonly stamp: Date;
  readonly sequence: number;
}

const REMEMBERED = 500;
const TYPES = [ConferenceCreated.type, ConferenceChanged.type, VenueChanged.type];
/** Only where the journal no longer reaches back to the conference. */
const BEFORE_EVERYTHING = Date.parse('2026-01-01T00:00:00Z');

@Injectable()
export class ConferenceRevisions {
  private readonly kept = new Map<string, ConferenceRevision>();

  constructor(private readonly db: Database) {}

  async of(conference: Conference): Promise<ConferenceRevision> {
    return (await this.ofAll([conference])).get(conference.id)!;
  }

  /** One statement for those that changed since they were asked for, else none. The venues must be loaded with them. */
  async ofAll(conferences: readonly Conference[]): Promise<Map<string, ConferenceRevision>> {
    const unknown = conferences.filter((conference) => !this.kept.has(keyOf(conference)));
    const subjects = new Set(unknown.flatMap(({ id, venueId }) => (venueId === null ? [id] : [id, venueId])));
    const where = { subjectId: In([...subjects]), type: In(TYPES) };
    const rows = subjects.size === 0 ? [] : await this.db.repository(JournalEntry).find({ where, order: { at: 'ASC', id: 'ASC' } });
    const found = new Map(conferences.map((conference) => [conference.id, this.kept.get(keyOf(conference)) ?? revisionOf(conference, rows)]));
    for (const conference of unknown) this.kept.set(keyOf(conference), found.get(conference.id)!);
    while (this.kept.size > REMEMBERED) this.kept.delete(this.kept.keys().next().value!);
    return found;
  }
}

function keyOf({ id, version, venue }: Conference): string {
  return `${id} ${version} ${venue?.version ?? 0}`;
}

function revisionOf({ id, version, venueId }: Conference, rows: readonly JournalEntry[]): ConferenceRevision {
  const fallback = new Date(BEFORE_EVERYTHING + version * 1000);
  const own = rows.filter(({ subjectId }) => subjectId === id);
  const created = wholeSecond(own[0]?.at ?? fallback);
  const last = rows.findLast(({ subjectId }) => subjectId === id || subjectId === venueId);
  return { created, stamp: wholeSecond(last?.at ?? fallback), sequence: own.filter(moves).length };
}

function moves({ type, data }: JournalEntry): boolean {
  return type === ConferenceChanged.type && (data['dates'] !== null || (data['fields'] as string[]).includes('venueId'));
}
