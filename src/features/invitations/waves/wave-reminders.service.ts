import { Injectable } from '@nestjs/common';
import { Stale } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { Suppressions } from '../../../platform/mail/suppressions.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Jobs } from '../../../platform/runtime/jobs.js';
import { Conferences } from '../../conferences/index.js';
import { Invitation } from '../invitation.entity.js';
import { InvitationRounds } from '../invitation-rounds.service.js';
import { WaveProgress, type Sent } from './wave-progress.queries.js';
import { InvitationWave, WaveGuest } from './wave.entity.js';
import { waveBatch } from './waves.service.js';

const TEN_MINUTES = 600_000;

/** Reminds those of a wave who have not answered, by its rule. Any number of processes may do so at once. */
@Injectable()
export class WaveReminders {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly conferences: Conferences,
    private readonly suppressions: Suppressions,
    private readonly rounds: InvitationRounds,
    private readonly progress: WaveProgress,
    jobs: Jobs,
  ) {
    jobs.every(TEN_MINUTES, 'waves: remind those who have not answered', async () => void (await this.remindDue()));
  }

  /** Everybody whose reminder is due, each in a transaction of their own. Answers how many were reminded. */
  async remindDue(): Promise<number> {
    const waves = await this.db.all(InvitationWave, { state: ['sending'], remindOn: true });
    const conferences = await this.conferences.byIds(waves.map(({ conferenceId }) => conferenceId));
    let reminded = 0;
    for (const wave of waves) {
      const { zone } = conferences.get(wave.conferenceId)!;
      for (const sent of await this.due(wave, zone)) if (await this.remind(wave, sent)) reminded++;
    }
    return reminded;
  }

  private async due(wave: InvitationWave, zone: string): Promise<Sent[]> {
    const now = this.clock.now();
    const due = (await this.progress.of(wave, zone)).filter(({ nextReminder: at }) => at !== null && at <= now);
    const stopped = await this.suppressions.stopped(due.flatMap(({ invitation }) => invitation.sentTo ?? []));
    return due.filter(({ invitation }) => !stopped.has(invitation.sentTo?.toLowerCase() ?? ''));
  }

  /** False when another process has reminded them, or they answer at this moment. */
  private async remind(wave: InvitationWave, { guest, invitation }: Sent): Promise<boolean> {
    const { id, reminded } = guest;
    try {
      return await this.db.transaction(async () => {
        const mine = await this.db.compareAndSet(WaveGuest, { id, reminded, muted: false }, { reminded: reminded + 1 });
        if (!mine) return false;
        // Whoever has stopped or paused the wave since then is heard.
        const going = await this.db.one(InvitationWave, { id: wave.id, state: 'sending', remindOn: true });
        const open = await this.db.one(Invitation, { id: invitation.id, version: invitation.version });
        if (!going || !open) throw new Stale();
        await this.rounds.remind(open, { batch: `${waveBatch(wave)}:r`, hold: false });
        return true;
      });
    } catch (error) {
      if (error instanceof Stale) return false;
      throw error;
    }
  }
}
