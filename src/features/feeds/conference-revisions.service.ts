import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { wholeSecond } from '../../platform/calendar/index.js';
import { Database } from '../../platform/database/database.js';
import { JournalEntry } from '../../platform/journal/journal-entry.entity.js';
import { ConferenceChanged, ConferenceCreated, type Conference } from '../conferences/index.js';

/** When a conference was last edited, and how often its dates moved: what its calendar entry prints (CR3, CR5). */
export interface ConferenceRevision {
  readonly created: Date;
  readonly stamp: Date;
  readonly sequence: number;
}

const REMEMBERED = 500;
const TYPES = [ConferenceCreated.type, ConferenceChanged.type];
/** Only where the journal no longer reaches back to the conference. */
const BEFORE_EVERYTHING = Date.parse('2026-01-01T00:00:00Z');

@Injectable()
export class ConferenceRevisions {
  private readonly kept = new Map<string, ConferenceRevision>();

  constructor(private readonly db: Database) {}

  async of(conference: Conference): Promise<ConferenceRevision> {
    return (await this.ofAll([conference])).get(conference.id)!;
  }

  /** One statement for those that changed since they were asked for, else none. */
  async ofAll(conferences: readonly Conference[]): Promise<Map<string, ConferenceRevision>> {
    const unknown = conferences.filter((conference) => !this.kept.has(keyOf(conference)));
    const rows = unknown.length === 0 ? [] : await this.db.repository(JournalEntry).find({ where: { subjectId: In(unknown.map(({ id }) => id)), type: In(TYPES) }, order: { at: 'ASC', id: 'ASC' } });
    const found = new Map(conferences.map((conference) => [conference.id, this.kept.get(keyOf(conference)) ?? revisionOf(conference, rows.filter(({ subjectId }) => subjectId === conference.id))]));
    for (const conference of unknown) this.kept.set(keyOf(conference), found.get(conference.id)!);
    while (this.kept.size > REMEMBERED) this.kept.delete(this.kept.keys().next().value!);
    return found;
  }
}

function keyOf({ id, version }: Conference): string {
  return `${id} ${version}`;
}

function revisionOf({ version }: Conference, entries: readonly JournalEntry[]): ConferenceRevision {
  const fallback = new Date(BEFORE_EVERYTHING + version * 1000);
  const created = wholeSecond(entries[0]?.at ?? fallback);
  const stamp = wholeSecond(entries.at(-1)?.at ?? fallback);
  const sequence = entries.filter(({ type, data }) => type === ConferenceChanged.type && data['dates'] !== null).length;
  return { created, stamp, sequence };
}
