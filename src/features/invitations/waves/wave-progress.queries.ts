import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { isWaiting } from '../../../platform/mail/outbox.rules.js';
import { OutgoingMail } from '../../../platform/mail/outgoing-mail.entity.js';
import type { Person } from '../../people/index.js';
import { Invitation } from '../invitation.entity.js';
import { isUnanswered, type InvitationState } from '../invitation.rules.js';
import { nextReminder, type ReminderRule } from './reminder.rules.js';
import { WaveGuests } from './wave-guests.service.js';
import { WaveGuest, type InvitationWave } from './wave.entity.js';
import { waveBatch } from './waves.service.js';

/** Somebody of a wave that is on its way. */
export interface Sent {
  readonly guest: WaveGuest;
  readonly person: Person;
  readonly invitation: Invitation;
  readonly mail: OutgoingMail | null;
  /** Null: none, or none any more. */
  readonly nextReminder: Date | null;
}

export interface WaveFigures {
  /** Letters that have not left. */
  readonly waiting: number;
  readonly sent: number;
  readonly bounced: number;
  readonly answers: Readonly<Partial<Record<InvitationState, number>>>;
  /** When the next reminders leave, and to how many. */
  readonly reminder: { readonly at: Date; readonly count: number } | null;
}

/** How a wave stands. Each with a fixed number of statements. */
@Injectable()
export class WaveProgress {
  constructor(
    private readonly db: Database,
    private readonly guests: WaveGuests,
  ) {}

  /** Who was written to, in their order; `zone` is the conference's. */
  async of(wave: InvitationWave, zone: string): Promise<Sent[]> {
    const guests = await this.guests.of(wave.id);
    const invitations = new Map((await this.db.all(Invitation, { waveId: wave.id })).map((one) => [one.personId, one]));
    const mails = await this.mails([...invitations.values()]);
    return guests.flatMap((guest) => {
      const invitation = invitations.get(guest.personId);
      if (!invitation) return [];
      const mail = mails.get(invitation.mailId ?? '') ?? null;
      return [
        { guest, person: guest.person, invitation, mail, nextReminder: next(wave, guest, invitation, mail, zone) },
      ];
    });
  }

  /** How many were chosen for each of the waves, and how many of their letters wait. Two statements. */
  async counts(waves: readonly InvitationWave[]): Promise<Map<string, { chosen: number; waiting: number }>> {
    const guests = await this.db.all(WaveGuest, { waveId: waves.map(({ id }) => id) });
    const waiting = await this.db
      .repository(OutgoingMail)
      .createQueryBuilder('mail')
      .select(['mail.batch AS batch', 'COUNT(*) AS number'])
      .where('mail.batch IN (:...batches) AND mail.state IN (:...states)', {
        batches: ['', ...waves.map(waveBatch)],
        states: ['queued', 'paused'],
      })
      .groupBy('mail.batch')
      .getRawMany<{ batch: string; number: number | string }>();
    const left = new Map(waiting.map(({ batch, number }) => [batch, Number(number)]));
    const chosen = Map.groupBy(guests, ({ waveId }) => waveId);
    return new Map(
      waves.map((wave) => [
        wave.id,
        { chosen: chosen.get(wave.id)?.length ?? 0, waiting: left.get(waveBatch(wave)) ?? 0 },
      ]),
    );
  }

  /** Of the last letters; one that was sent again by hand is no longer of the batch. */
  private async mails(invitations: readonly Invitation[]): Promise<Map<string, OutgoingMail>> {
    const rows = await this.db.all(OutgoingMail, { id: invitations.flatMap(({ mailId }) => mailId ?? []) });
    return new Map(rows.map((row) => [row.id, row]));
  }
}

/** What the people of a wave come to. */
export function figuresOf(sent: readonly Sent[]): WaveFigures {
  const answers: Partial<Record<InvitationState, number>> = {};
  for (const { invitation } of sent) answers[invitation.state] = (answers[invitation.state] ?? 0) + 1;
  const reminders = sent.flatMap(({ nextReminder: at }) => at?.getTime() ?? []);
  const first = reminders.length === 0 ? null : Math.min(...reminders);
  return {
    waiting: sent.filter(({ mail }) => mail !== null && isWaiting(mail.state)).length,
    sent: sent.filter(({ mail }) => mail?.state === 'sent').length,
    bounced: answers.bounced ?? 0,
    answers,
    reminder: first === null ? null : { at: new Date(first), count: reminders.filter((at) => at === first).length },
  };
}

/** The rule by which a wave reminds; one that is paused or stopped does not. */
export function ruleOf({ state, remindOn, remindAfter, remindBefore, remindMost }: InvitationWave): ReminderRule {
  const on = remindOn && state === 'sending';
  return { on, afterDays: remindAfter, beforeDays: remindBefore, most: remindMost };
}

function next(
  wave: InvitationWave,
  { muted, reminded }: WaveGuest,
  { state, deadline, remindedAt }: Invitation,
  mail: OutgoingMail | null,
  zone: string,
): Date | null {
  if (muted || !isUnanswered(state) || state === 'bounced' || mail?.state !== 'sent') return null;
  return nextReminder(ruleOf(wave), { sentAt: mail.sentAt!, deadline, reminded, lastReminded: remindedAt }, zone);
}
