import { Injectable } from '@nestjs/common';
import { NotFound, RuleViolation } from '../../../kernel/errors.js';
import { isId } from '../../../kernel/ids.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { checkLetterText, type LetterText } from '../../../platform/mail/merge-letters.rules.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { Commitments } from '../commitments.service.js';
import { WAVE_FIELDS } from './wave-letter.rules.js';
import { InvitationWave } from './wave.entity.js';
import { WaveAdded, WaveEdited, WaveRemoved } from './wave.events.js';
import { afterWaveCommand } from './wave.rules.js';

/** What is said of a wave before anybody is chosen. */
export type WaveTerms = Pick<InvitationWave, (typeof TERMS)[number]>;
/** What may be changed at any time: it changes nothing that was written. */
export type WaveReminderTerms = Pick<InvitationWave, (typeof REMINDERS)[number]>;
type Read = Readonly<{ id: string; version: number }>;

const REMINDERS = ['remindOn', 'remindAfter', 'remindBefore', 'remindMost'] as const;
const TERMS = ['name', 'sessionId', 'role', 'deadline', 'perHour', ...REMINDERS] as const;

/** Waves of a conference: what they are for, their text and their rule. Who is in them is for `WaveGuests`. */
@Injectable()
export class Waves {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly commitments: Commitments,
  ) {}

  /** The newest first. */
  all(conferenceId: string): Promise<InvitationWave[]> {
    return this.db
      .repository(InvitationWave)
      .find({ where: { conferenceId }, order: { createdAt: 'DESC', id: 'DESC' } });
  }

  /** Of that conference only ([A3]). Throws NotFound. */
  async one(conferenceId: string, id: string): Promise<InvitationWave> {
    const found = isId(id) ? await this.db.repository(InvitationWave).findOneBy({ id, conferenceId }) : null;
    if (!found) throw new NotFound();
    return found;
  }

  /** Throws InvalidInput at `session` for one that is not of the conference's programme. */
  async add(conferenceId: string, terms: WaveTerms): Promise<InvitationWave> {
    if (terms.sessionId !== null) await this.commitments.checkSession(conferenceId, terms.sessionId);
    const wave = {
      id: this.ids.next(),
      conferenceId,
      ...terms,
      subject: {},
      body: {},
      state: 'draft' as const,
      queued: null,
      createdAt: this.clock.now(),
      queuedAt: null,
      version: 1,
    };
    await this.db.transaction(async () => {
      await this.db.insert(InvitationWave, wave);
      await this.journal.record(WaveAdded({ id: wave.id, conferenceId }));
    });
    return wave as unknown as InvitationWave;
  }

  /** Of a draft. Throws like `add`, Stale, and RuleViolation once its letters are made. */
  async edit(conferenceId: string, read: Read, terms: WaveTerms): Promise<InvitationWave> {
    if (terms.sessionId !== null) await this.commitments.checkSession(conferenceId, terms.sessionId);
    return this.change(conferenceId, read, terms, TERMS);
  }

  /** The letter of a draft. Throws InvalidInput at a text with a field that is not known, or half a language. */
  async write(conferenceId: string, read: Read, { subject, body }: LetterText): Promise<InvitationWave> {
    checkLetterText({ subject, body }, WAVE_FIELDS);
    return this.change(conferenceId, read, { subject, body }, ['subject', 'body']);
  }

  /** When its people are reminded; also while it is on its way. */
  setReminders(conferenceId: string, { id, version }: Read, terms: WaveReminderTerms): Promise<InvitationWave> {
    return this.db.transaction(async () => {
      const before = await this.one(conferenceId, id);
      if (before.state === 'stopped') throw new RuleViolation('error.wave.is.stopped');
      return this.save(before, version, terms, REMINDERS);
    });
  }

  /** A draft, with everybody who was chosen for it. */
  async remove(conferenceId: string, { id, version }: Read): Promise<void> {
    await this.db.transaction(async () => {
      afterWaveCommand((await this.one(conferenceId, id)).state, 'change');
      await this.db.updateIfUnchanged(InvitationWave, { id, version }, {});
      await this.db.repository(InvitationWave).delete({ id });
      await this.journal.record(WaveRemoved({ id, conferenceId }));
    });
  }

  private change<K extends keyof InvitationWave>(
    conferenceId: string,
    { id, version }: Read,
    changes: Pick<InvitationWave, K>,
    among: readonly K[],
  ): Promise<InvitationWave> {
    return this.db.transaction(async () => {
      const before = await this.one(conferenceId, id);
      afterWaveCommand(before.state, 'change');
      return this.save(before, version, changes, among);
    });
  }

  private async save<K extends keyof InvitationWave>(
    before: InvitationWave,
    read: number,
    changes: Pick<InvitationWave, K>,
    among: readonly K[],
  ): Promise<InvitationWave> {
    const { id, conferenceId } = before;
    const fields = among.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(changes[field]));
    const version = await this.db.updateIfUnchanged(InvitationWave, { id, version: read }, changes as never);
    await this.journal.record(WaveEdited({ id, conferenceId, fields: [...fields] as string[] }));
    return { ...before, ...changes, version };
  }
}

/** Names its mails in the outbox. */
export function waveBatch({ id }: Pick<InvitationWave, 'id'>): string {
  return `wave:${id}`;
}
