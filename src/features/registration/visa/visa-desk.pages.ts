import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import type { FormView } from '../../../platform/web/form.js';
import type { PageOptions } from '../../../platform/web/page-options.js';
import { Staff } from '../../../platform/web/policy.js';
import { Upload } from '../../../platform/web/uploads.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { staffFrame } from '../staff-frame.js';
import { VisaCard, type CardPlace } from './visa-card.js';
import { VisaDesk } from './visa-desk.service.js';
import { VISA_STATES, waitsForOfficer } from './visa-request.rules.js';
import { VisaRequests } from './visa-requests.service.js';
import { VisaSettingsOfConferences } from './visa-settings.service.js';
import { DETAILS_DAYS, SCAN_DAYS } from './visa-terms.rules.js';
import { queueQuery, visaSettingsForm } from './visa.schemas.js';

/** The visa queue of a conference. Who may only count sees names and states; what a passport says is the officer's, with a reason. */
@ApiExcludeController()
@Controller('org/c/:conf/visa')
export class VisaDeskPages {
  constructor(
    private readonly desk: VisaDesk,
    private readonly requests: VisaRequests,
    private readonly cards: VisaCard,
    private readonly settings: VisaSettingsOfConferences,
  ) {}

  @Get()
  @Staff('visa', 'count')
  async queue(
    @Web() web: WebContext,
    @Query({ schema: queueQuery }) { state }: z.output<typeof queueQuery>,
  ): Promise<string> {
    const { id } = web.conference;
    const [rows, counts] = await Promise.all([this.desk.queue(id, state), this.desk.counts(id)]);
    const model = {
      here: here(web),
      state,
      counts: Object.entries(counts).map(([key, count]) => ({ key, count })),
      rows: rows.map(({ request, stay, name, country }) => ({
        href: `${here(web)}/${request.publicId}`,
        number: stay?.number,
        name,
        country,
        state: request.state,
        waits: waitsForOfficer(request.state, request.mismatch),
        mismatch: request.mismatch,
        expiresSoon: request.expiresSoon,
        entryOn: request.entryOn ?? stay?.startsOn,
        updatedAt: request.updatedAt,
      })),
      states: VISA_STATES,
      officer: web.viewer.level('visa', id) === 'write',
      rules: web.viewer.level('entry', null) !== undefined,
      zone: web.conference.zone,
    };
    return web.page('pages/visa/queue', model, staffFrame(web, 'visa.queue.title'));
  }

  @Get('settings')
  @Staff('visa', 'write')
  async settingsPage(@Web() web: WebContext): Promise<string> {
    return this.showSettings(web, web.emptyForm({ ...(await this.settings.of(web.conference.id)) }));
  }

  @Post('settings')
  @Staff('visa', 'write')
  saveSettings(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(visaSettingsForm, body, {
      done: async ({ version, ...input }) => {
        await this.settings.edit({ id: web.conference.id, version }, input);
        return web.redirect(here(web), { key: 'visa.settings.saved' });
      },
      again: (form) => this.showSettings(web, form),
    });
  }

  @Get(':id')
  @Staff('visa', 'write')
  async card(@Web() web: WebContext, @Param('id') id: string): Promise<string> {
    return this.cards.show(web, await this.place(web, id), web.emptyForm());
  }

  @Post(':id/reveal')
  @HttpCode(200)
  @Staff('visa', 'write')
  async reveal(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string | Buffer> {
    return this.cards.reveal(web, await this.place(web, id), body);
  }

  @Post(':id/name')
  @Staff('visa', 'write')
  async correct(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    return this.cards.correct(web, await this.place(web, id), body);
  }

  @Post(':id/letter')
  @Staff('visa', 'write')
  async draft(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    return this.cards.draft(web, await this.place(web, id), body);
  }

  @Post(':id/signature')
  @Upload()
  @Staff('visa', 'write')
  async sign(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    return this.cards.sign(web, await this.place(web, id), body);
  }

  @Post(':id/sending')
  @Staff('visa', 'write')
  async send(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    return this.cards.send(web, await this.place(web, id), body);
  }

  @Post(':id/outcome')
  @Staff('visa', 'write')
  async conclude(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    return this.cards.conclude(web, await this.place(web, id), body);
  }

  @Post(':id/decision')
  @Staff('visa', 'write')
  async decide(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    return this.cards.decide(web, await this.place(web, id), body);
  }

  private async place(web: WebContext, id: string): Promise<CardPlace> {
    const request = await this.requests.inConference(web.conference.id, id);
    return {
      request,
      here: `${here(web)}/${request.publicId}`,
      zone: web.conference.zone,
      frame: (title) => this.frame(web, '', title),
    };
  }

  private showSettings(web: WebContext, form: FormView): Promise<string> {
    const model = {
      here: `${here(web)}/settings`,
      list: here(web),
      version: form.values['version'],
      details: DETAILS_DAYS,
      scan: SCAN_DAYS,
    };
    return web.page('pages/visa/settings', model, { ...this.frame(web, 'visa.settings.title'), form });
  }

  private frame(web: WebContext, title: string, shown?: string): PageOptions {
    const frame = staffFrame(web, title, undefined, shown);
    return {
      ...frame,
      breadcrumbs: [...(frame.breadcrumbs ?? []), { label: web.t('visa.queue.title'), href: here(web) }],
    };
  }
}

function here(web: WebContext): string {
  return `/org/c/${web.conference.slug}/visa`;
}
