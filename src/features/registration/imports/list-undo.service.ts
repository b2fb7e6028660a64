import { Injectable } from '@nestjs/common';
import { In, MoreThanOrEqual } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { JournalEntry } from '../../../platform/journal/journal-entry.entity.js';
import { Outbox } from '../../../platform/mail/outbox.js';
import { OutgoingMail } from '../../../platform/mail/outgoing-mail.entity.js';
import type { Conference } from '../../conferences/index.js';
import { People } from '../../people/index.js';
import { Availabilities, Programmes } from '../../programme/index.js';
import { Registration } from '../registration.entity.js';
import { Registrations } from '../registrations.service.js';
import type { AddedByList, ListedRow, UndoneList } from './list-import.rules.js';
import { LIST_SOURCE } from './list-writer.service.js';

const AT_ONCE = 500;

type Entry = Pick<JournalEntry, 'id' | 'personId' | 'conferenceId'>;

/** Takes back what a list added, and of that only what nobody has touched since. */
@Injectable()
export class ListUndo {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly people: People,
    private readonly programmes: Programmes,
    private readonly availabilities: Availabilities,
    private readonly registrations: Registrations,
  ) {}

  /** For a caller who holds the transaction and the counters of the conference. */
  async undo(conference: Conference, { rows, until, batch }: AddedByList, doneAt: Date): Promise<UndoneList> {
    const later = await this.later(rows, { id: until, at: doneAt });
    const untouched = await this.untouched(conference.id, rows, later, batch);
    const gone = rows.filter(({ id }) => untouched.has(id));
    // Before undoing itself is an entry of the journal.
    const people = await this.unused(gone, later);
    if (batch !== null) await this.outbox.discardHeld({ ids: await this.heldLetters(gone, batch) });
    const { id: programmeId } = await this.programmes.ofOwner(conference.id);
    for (const { personId, stay } of gone)
      if (stay) await this.availabilities.state(programmeId, personId, LIST_SOURCE, []);
    for (const { id } of gone) await this.registrations.removeListed(untouched.get(id)!);
    const removed = await this.people.removeAdded(people);
    const kept = rows.flatMap(({ id }) => (untouched.has(id) ? [] : [id]));
    return { registrations: gone.length, people: removed.length, kept };
  }

  /**
   * Registrations in the version that the list left, of people about whom the journal says nothing since, here or of the
   * person as such, and to whom no letter has left.
   */
  private async untouched(
    conferenceId: string,
    rows: readonly ListedRow[],
    later: readonly Entry[],
    batch: string | null,
  ): Promise<Map<string, Registration>> {
    const found = await this.chunks(
      rows.map(({ id }) => id),
      (ids) => this.db.repository(Registration).findBy({ id: In(ids) }),
    );
    const now = new Map(found.map((row) => [row.id, row]));
    const here = later.filter((entry) => entry.conferenceId === null || entry.conferenceId === conferenceId);
    const busy = new Set(here.map(({ personId }) => personId));
    const written = new Set(batch === null ? [] : await this.writtenTo(rows, batch));
    return new Map(
      rows.flatMap(({ id, version, personId }) => {
        const registration = now.get(id);
        const same = registration?.version === version && !busy.has(personId) && !written.has(personId);
        return same ? [[id, registration] as const] : [];
      }),
    );
  }

  /** Those who came with the list and to whom nothing else has happened, in whatever conference. */
  private async unused(rows: readonly ListedRow[], later: readonly Entry[]) {
    const all = await this.chunks(
      rows.map(({ personId }) => personId),
      (ids) => this.db.repository(Registration).findBy({ personId: In(ids) }),
    );
    const own = new Set(rows.map(({ id }) => id));
    const elsewhere = all.filter(({ id }) => !own.has(id));
    const used = new Set([...later, ...elsewhere].map(({ personId }) => personId));
    return rows.flatMap(({ personId, personVersion }) =>
      personVersion === null || used.has(personId) ? [] : [{ id: personId, version: personVersion }],
    );
  }

  /** What the journal says of these people after the list; ids grow, but not every engine sorts them so. */
  private async later(rows: readonly ListedRow[], last: { id: string; at: Date }): Promise<Entry[]> {
    const entries = await this.chunks(
      rows.map(({ personId }) => personId),
      (ids) =>
        this.db.repository(JournalEntry).find({
          where: { personId: In(ids), at: MoreThanOrEqual(last.at) },
          select: { id: true, personId: true, conferenceId: true },
        }),
    );
    return entries.filter(({ id }) => id > last.id);
  }

  /** People whose letter of the list is on its way or has arrived. */
  private async writtenTo(rows: readonly ListedRow[], batch: string): Promise<string[]> {
    const state = In(['queued', 'sent', 'failed']);
    const mails = await this.chunks(
      rows.map(({ personId }) => personId),
      (ids) => this.db.repository(OutgoingMail).findBy({ batch, personId: In(ids), state }),
    );
    return mails.map(({ personId }) => personId!);
  }

  private async heldLetters(rows: readonly ListedRow[], batch: string): Promise<string[]> {
    const mails = await this.chunks(
      rows.map(({ personId }) => personId),
      (ids) => this.db.repository(OutgoingMail).findBy({ batch, personId: In(ids), state: 'held' }),
    );
    return mails.map(({ id }) => id);
  }

  private async chunks<T>(keys: readonly string[], read: (keys: string[]) => Promise<T[]>): Promise<T[]> {
    const found: T[] = [];
    for (let at = 0; at < keys.length; at += AT_ONCE) found.push(...(await read(keys.slice(at, at + AT_ONCE))));
    return found;
  }
}
