import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { endingOf, mediaTypeOf, type FileKind } from '../../../platform/documents/file-kind.rules.js';
import { Journal } from '../../../platform/journal/journal.js';
import { VaultText } from '../../../platform/vault/vault-text.js';
import type { Download } from '../../../platform/web/downloads.js';
import { People, personName } from '../../people/index.js';
import type { EntryOutcome } from './entry.rules.js';
import { subjectOf, VisaFilesOfRequests } from './visa-files.service.js';
import { VisaLetters } from './visa-letters.service.js';
import { VisaRequest } from './visa-request.entity.js';
import { waitsForOfficer, VISA_STATES, type VisaState } from './visa-request.rules.js';
import { VisaRequests } from './visa-requests.service.js';
import { VisaStays, type Stay } from './visa-stays.js';
import { VisaVault } from './visa-vault.service.js';
import { VisaAssessed, VisaConcluded, VisaRevealed, VisaWithdrawn, type Revealable } from './visa.events.js';
import type { Conclusion } from './visa.schemas.js';
import { DETAIL_FIELDS, type DetailField } from './visa.words.js';

export interface QueueRow {
  request: VisaRequest;
  stay: Stay | null;
  name: string;
  country: string | null;
}

type Read = { id: string; version: number };
export type Revealed = { details: Map<DetailField, string | null> } | { file: Download };

/** The officer's side: who waits, what may be looked at and why, and what came of it. */
@Injectable()
export class VisaDesk {
  constructor(
    private readonly db: Database,
    private readonly journal: Journal,
    private readonly people: People,
    private readonly stays: VisaStays,
    private readonly requests: VisaRequests,
    private readonly letters: VisaLetters,
    private readonly vault: VisaVault,
    private readonly files: VisaFilesOfRequests,
  ) {}

  /** Whoever waits for the officer stands first, then the earliest journey. */
  async queue(conferenceId: string, state: VisaState | null): Promise<QueueRow[]> {
    const all = await this.db.all(VisaRequest, { conferenceId, ...(state ? { state } : {}) });
    const rows = await this.named(all);
    const waits = ({ request }: QueueRow): number => (waitsForOfficer(request.state, request.mismatch) ? 0 : 1);
    const day = ({ request, stay }: QueueRow): string => request.entryOn ?? stay?.startsOn ?? '';
    return rows.sort(
      (a, b) => waits(a) - waits(b) || day(a).localeCompare(day(b)) || (a.request.id < b.request.id ? -1 : 1),
    );
  }

  /** How many requests are in which state, without those that nobody is in. */
  async counts(conferenceId: string): Promise<Partial<Record<VisaState, number>>> {
    const rows = await this.db
      .repository(VisaRequest)
      .createQueryBuilder('request')
      .select('request.state', 'state')
      .addSelect('COUNT(*)', 'count')
      .where({ conferenceId })
      .groupBy('request.state')
      .getRawMany<{ state: VisaState; count: number | string }>();
    const found = new Map(rows.map(({ state, count }) => [state, Number(count)]));
    return Object.fromEntries(
      VISA_STATES.flatMap((state) => (found.has(state) ? [[state, found.get(state)!] as const] : [])),
    );
  }

  async row(request: VisaRequest): Promise<QueueRow> {
    return (await this.named([request]))[0]!;
  }

  /** Throws NotFound when what they came for is no more. */
  async stayOf(request: VisaRequest): Promise<Stay> {
    const stay = await this.stays.one(request);
    if (!stay) throw new NotFound();
    return stay;
  }

  /** Opens what is sealed and writes down who asked, whom it is about and why, before anything is shown ([V2]). Throws NotFound. */
  async reveal(request: VisaRequest, what: Revealable, reason: string): Promise<Revealed> {
    const revealed =
      what === 'details' ? { details: await this.details(request.id) } : { file: await this.file(request, what) };
    await this.journal.record(VisaRevealed({ ...subjectOf(request), what, reason }));
    return revealed;
  }

  /** An officer knows better than the table: a bilateral paper, an exception. The reason is the note. Throws Stale. */
  decide(read: Read, outcome: EntryOutcome, note: string): Promise<VisaRequest> {
    return this.db.transaction(async () => {
      const request = { ...(await this.requests.byId(read.id)), version: read.version };
      const after = await this.requests.step(request, { kind: 'assess', outcome }, { note, checkedOn: null });
      await this.journal.record(VisaAssessed({ ...subjectOf(after), state: after.state, byHand: true }));
      return after;
    });
  }

  /** What the consulate said, or that nothing is needed any more. Throws Stale. */
  conclude(read: Read, outcome: Conclusion, note: string | null): Promise<VisaRequest> {
    return this.db.transaction(async () => {
      const request = { ...(await this.requests.byId(read.id)), version: read.version };
      const kind = ({ issued: 'issue', refused: 'refuse', withdrawn: 'withdraw' } as const)[outcome];
      const after = await this.requests.step(request, { kind }, { note: note ?? request.note });
      const entry =
        outcome === 'withdrawn'
          ? VisaWithdrawn({ ...subjectOf(after), forgotten: false })
          : VisaConcluded({ ...subjectOf(after), state: after.state });
      await this.journal.record<{ id: string }>(entry);
      return after;
    });
  }

  private async details(requestId: string): Promise<Map<DetailField, string | null>> {
    const opened = await this.vault.open(requestId);
    if (opened.size === 0) throw new NotFound();
    return new Map(
      DETAIL_FIELDS.flatMap((field) => {
        const value = opened.get(field);
        return value === undefined ? [] : [[field, value instanceof VaultText ? value.reveal() : null] as const];
      }),
    );
  }

  private async file(request: VisaRequest, what: 'scan' | 'letter' | 'signed'): Promise<Download> {
    if (what === 'letter') return this.letters.written(request.id);
    const { format, bytes } = await this.files.read(request.id, what);
    const kind = format as FileKind;
    return { filename: `visa-${what}-${request.publicId}.${endingOf(kind)}`, type: mediaTypeOf(kind), bytes };
  }

  private async named(requests: readonly VisaRequest[]): Promise<QueueRow[]> {
    const people = await this.people.byIds(requests.map(({ personId }) => personId));
    const byKind = new Map<string, Map<string, Stay>>();
    for (const kind of new Set(requests.map(({ stayKind }) => stayKind)))
      byKind.set(
        kind,
        await this.stays.of(
          kind,
          requests.filter((one) => one.stayKind === kind).map(({ stayId }) => stayId),
        ),
      );
    return requests.map((request) => {
      const person = people.get(request.personId);
      return {
        request,
        stay: byKind.get(request.stayKind)?.get(request.stayId) ?? null,
        name: person ? personName(person) : '',
        country: person?.country ?? null,
      };
    });
  }
}
