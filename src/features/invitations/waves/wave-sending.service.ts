import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { RuleViolation } from '../../../kernel/errors.js';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { numberChanged } from '../../../platform/mail/conference-outbox.js';
import { Outbox } from '../../../platform/mail/outbox.js';
import { OutgoingMail } from '../../../platform/mail/outgoing-mail.entity.js';
import { dueTimes } from '../../../platform/mail/pace.rules.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Commitments } from '../commitments.service.js';
import { InvitationDrafts } from '../invitation-drafts.service.js';
import { Invitation } from '../invitation.entity.js';
import { InvitationMails } from '../invitation.mails.js';
import { Invitations } from '../invitations.service.js';
import { WaveLetters, type WaveLetter } from './wave-letters.service.js';
import { InvitationWave } from './wave.entity.js';
import { WavePaused, WaveQueued, WaveResumed, WaveStopped, WaveWithdrawn } from './wave.events.js';
import { afterWaveCommand, type WaveCommand } from './wave.rules.js';
import { waveBatch, Waves } from './waves.service.js';

type Read = Readonly<{ id: string; version: number }>;

/** A wave on its way: made, paused, stopped, withdrawn. */
@Injectable()
export class WaveSending {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly outbox: Outbox,
    private readonly waves: Waves,
    private readonly letters: WaveLetters,
    private readonly drafts: InvitationDrafts,
    private readonly commitments: Commitments,
    private readonly invitations: Invitations,
    private readonly mails: InvitationMails,
  ) {}

  /**
   * Makes invitations and letters, which leave in the order of the wave, no more than its number in an hour. Throws Overtaken
   * when they are not as many as was seen, RuleViolation while a letter lacks something, when there is nobody, or when
   * the last would leave after the time to answer; Stale.
   */
  async queue(conferenceId: string, read: Read, count: number): Promise<InvitationWave> {
    try {
      return await this.db.transaction(() => this.tryToQueue(conferenceId, read, count));
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      // Somebody of them was invited at this instant: the second look leaves them out, and asks again.
      return this.db.transaction(() => this.tryToQueue(conferenceId, read, count));
    }
  }

  /** What has not left waits. Throws RuleViolation when nothing does. */
  pause(conferenceId: string, read: Read): Promise<InvitationWave> {
    return this.step(conferenceId, read, 'pause', async (wave) => {
      const count = await this.outbox.pause(waveBatch(wave));
      if (count === 0) throw new RuleViolation('error.wave.nothingWaits');
      return WavePaused({ id: wave.id, conferenceId, count });
    });
  }

  /** What was paused goes on, at the same pace. */
  resume(conferenceId: string, read: Read): Promise<InvitationWave> {
    return this.step(conferenceId, read, 'resume', async (wave) => {
      const count = await this.outbox.resume(waveBatch(wave));
      return WaveResumed({ id: wave.id, conferenceId, count });
    });
  }

  /** What has not left is taken back, and nothing is said; what has left stands. */
  stop(conferenceId: string, read: Read): Promise<InvitationWave> {
    return this.step(conferenceId, read, 'stop', async (wave) => {
      const waiting = await this.db
        .repository(OutgoingMail)
        .find({ where: { batch: waveBatch(wave), state: In(['queued', 'paused']) }, select: { id: true } });
      const unsent = new Set(waiting.map(({ id }) => id));
      const open = await this.db.all(Invitation, { waveId: wave.id, state: ['queued'] });
      const count = await this.takeBack(open.filter(({ mailId }) => mailId !== null && unsent.has(mailId)));
      return WaveStopped({ id: wave.id, conferenceId, count });
    });
  }

  /** How many would be withdrawn now. */
  async withdrawable(wave: InvitationWave): Promise<number> {
    return (await this.standing(wave)).length;
  }

  /** Takes all back that can be; who knew of it is told. Throws Overtaken when they are not as many as was seen. */
  withdraw(conferenceId: string, read: Read, count: number): Promise<InvitationWave> {
    return this.step(conferenceId, read, 'withdraw', async (wave) => {
      const standing = await this.standing(wave);
      if (standing.length !== count) throw numberChanged(standing.length);
      await this.takeBack(standing);
      return WaveWithdrawn({ id: wave.id, conferenceId, count });
    });
  }

  private standing({ id }: InvitationWave): Promise<Invitation[]> {
    const states = ['queued', 'bounced', 'accepted', 'tentative', 'expired'] as const;
    return this.db.all(Invitation, { waveId: id, state: states });
  }

  private async takeBack(invitations: readonly Invitation[]): Promise<number> {
    for (const invitation of invitations) await this.invitations.withdraw(invitation);
    return invitations.length;
  }

  private async tryToQueue(conferenceId: string, read: Read, count: number): Promise<InvitationWave> {
    const wave = await this.waves.one(conferenceId, read.id);
    const state = afterWaveCommand(wave.state, 'queue');
    const { letters, lacking } = await this.letters.preview(wave);
    if (Object.keys(wave.body).length === 0) throw new RuleViolation('error.wave.noLetter');
    if (lacking.length > 0) throw new RuleViolation('error.mailing.lacking', { count: lacking.length });
    if (letters.length === 0) throw new RuleViolation('error.mailing.nobody');
    if (letters.length !== count) throw numberChanged(letters.length);
    const now = this.clock.now();
    const times = dueTimes(count, now, wave.perHour);
    if (wave.deadline !== null && times.at(-1)! >= wave.deadline) throw new RuleViolation('error.wave.tooSlow');
    const changes = { state, queued: count, queuedAt: now };
    const version = await this.db.updateIfUnchanged(InvitationWave, read, changes);
    await this.invite(wave, letters, times);
    await this.journal.record(WaveQueued({ id: wave.id, conferenceId, count }));
    return { ...wave, ...changes, version };
  }

  private async invite(wave: InvitationWave, letters: readonly WaveLetter[], times: readonly Date[]): Promise<void> {
    const { conferenceId, sessionId, role } = wave;
    const sentAt = this.clock.now();
    const invitations: Invitation[] = [];
    for (const letter of letters) {
      const { personId, email } = letter.recipient;
      const seat = { sessionId, personId, role };
      const assignment = role === null ? null : await this.commitments.propose(conferenceId, seat, null);
      const draft = this.letters.invitation(wave, letter, assignment);
      invitations.push({ ...draft, state: 'queued', sentTo: email, sentAt });
    }
    const orders = invitations.map((invitation, index) => ({ invitation, dueAt: times[index]! }));
    const mailIds = await this.mails.inviteAll({ batch: waveBatch(wave), perHour: wave.perHour }, orders);
    await this.drafts.addSent(invitations.map((one, index) => ({ ...one, mailId: mailIds[index]! })));
  }

  private step(
    conferenceId: string,
    read: Read,
    command: WaveCommand,
    work: (wave: InvitationWave) => Promise<Parameters<Journal['record']>[0]>,
  ): Promise<InvitationWave> {
    return this.db.transaction(async () => {
      const wave = await this.waves.one(conferenceId, read.id);
      const state = afterWaveCommand(wave.state, command);
      const version = await this.db.updateIfUnchanged(InvitationWave, read, { state });
      await this.journal.record(await work(wave));
      return { ...wave, state, version };
    });
  }
}
