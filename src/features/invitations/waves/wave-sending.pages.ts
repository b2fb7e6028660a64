import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import { worstFirst } from '../../../platform/mail/merge-letters.rules.js';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { personName } from '../../people/index.js';
import { mayFindPeople, waveFrame, waveHome, wavesBase } from './wave-frame.js';
import { countsOf } from './wave-letter.rules.js';
import { WaveLetters } from './wave-letters.service.js';
import type { InvitationWave } from './wave.entity.js';
import { queueForm, versionForm, withdrawAllForm } from './wave.schemas.js';
import { Waves } from './waves.service.js';
import { WaveSending } from './wave-sending.service.js';

const SHOWN_LETTERS = 3;

/** The last look at a wave, and what may be done while it is on its way. */
@Controller('org/c/:conf/invitations/waves/:wave')
export class WaveSendingPages {
  constructor(
    private readonly waves: Waves,
    private readonly letters: WaveLetters,
    private readonly sending: WaveSending,
  ) {}

  /** The letters as they would be made, those first that are likeliest to look wrong; then their number is confirmed. */
  @Get('sending')
  @Staff('invitation', 'write')
  async preview(@Web() web: WebContext, @Param('wave') id: string): Promise<string> {
    return this.show(web, await this.waves.one(web.conference.id, id), web.emptyForm());
  }

  @Post('sending')
  @Staff('invitation', 'write')
  queue(@Web() web: WebContext, @Param('wave') id: string, @Body() body: unknown): Promise<string> {
    return this.step(web, id, queueForm, body, async ({ version, count }) => {
      await this.sending.queue(web.conference.id, { id, version }, count);
      return this.home(web, id, 'wave.done.queued', { count });
    });
  }

  @Post('pause')
  @Staff('invitation', 'write')
  pause(@Web() web: WebContext, @Param('wave') id: string, @Body() body: unknown): Promise<string> {
    return this.step(web, id, versionForm, body, async ({ version }) => {
      await this.sending.pause(web.conference.id, { id, version });
      return this.home(web, id, 'wave.done.paused');
    });
  }

  @Post('resumption')
  @Staff('invitation', 'write')
  resume(@Web() web: WebContext, @Param('wave') id: string, @Body() body: unknown): Promise<string> {
    return this.step(web, id, versionForm, body, async ({ version }) => {
      await this.sending.resume(web.conference.id, { id, version });
      return this.home(web, id, 'wave.done.resumed');
    });
  }

  /** What has not left is taken back. */
  @Post('stop')
  @Staff('invitation', 'write')
  stop(@Web() web: WebContext, @Param('wave') id: string, @Body() body: unknown): Promise<string> {
    return this.step(web, id, versionForm, body, async ({ version }) => {
      await this.sending.stop(web.conference.id, { id, version });
      return this.home(web, id, 'wave.done.stopped');
    });
  }

  @Post('withdrawal')
  @Staff('invitation', 'write')
  withdraw(@Web() web: WebContext, @Param('wave') id: string, @Body() body: unknown): Promise<string> {
    return this.step(web, id, withdrawAllForm, body, async ({ version, count }) => {
      await this.sending.withdraw(web.conference.id, { id, version }, count);
      return this.home(web, id, 'wave.done.withdrawn', { count });
    });
  }

  private home(web: WebContext, id: string, key: string, params: Record<string, unknown> = {}): string {
    return web.redirect(`${wavesBase(web)}/${id}`, { key, params });
  }

  private step<S extends z.ZodType>(
    web: WebContext,
    id: string,
    schema: S,
    body: unknown,
    done: (input: z.output<S>) => Promise<string>,
  ): Promise<string> {
    return web.form(schema, body, {
      done,
      again: async (form) => this.show(web, await this.waves.one(web.conference.id, id), form),
    });
  }

  private async show(web: WebContext, wave: InvitationWave, form: FormView): Promise<string> {
    const draft = wave.state === 'draft';
    const { letters, lacking, leftOut } = await this.letters.preview(wave);
    const shown = worstFirst([...lacking, ...letters]);
    const counts = countsOf([...lacking, ...letters]);
    const emails = mayFindPeople(web);
    const model = {
      here: waveHome(web, wave),
      wave,
      draft,
      hasLetter: Object.keys(wave.body).length > 0,
      count: letters.length,
      hours: Math.ceil(letters.length / wave.perHour),
      letters: shown.slice(0, SHOWN_LETTERS).map(({ recipient, locale, subject, body, missing }) => ({
        name: recipient.name,
        email: emails ? recipient.email : null,
        locale,
        otherLanguage: locale === recipient.locale ? null : recipient.locale,
        subject,
        body,
        missing,
      })),
      more: Math.max(0, shown.length - SHOWN_LETTERS),
      lacking: lacking.map(({ recipient, missing }) => ({
        name: recipient.name,
        publicId: recipient.publicId,
        missing,
      })),
      leftOut: leftOut.map(({ person, why }) => ({ name: personName(person), publicId: person.publicId, why })),
      languages: counts.languages,
      countries: counts.countries,
      order: letters.map(({ recipient }) => ({ name: recipient.name, level: recipient.level })),
      withdrawable: draft ? 0 : await this.sending.withdrawable(wave),
      zone: web.conference.zone,
    };
    return web.page('pages/waves/sending', model, { ...waveFrame(web, web.t('wave.sending.title'), { wave }), form });
  }
}
