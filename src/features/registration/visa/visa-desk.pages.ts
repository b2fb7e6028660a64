import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { LOCALES } from '../../../kernel/locale.js';
import { fileKindOf } from '../../../platform/documents/file-kind.rules.js';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Attempts } from '../../../platform/web/attempts.js';
import { download } from '../../../platform/web/downloads.js';
import { reading } from '../../../platform/web/file-problems.js';
import type { FormView } from '../../../platform/web/form.js';
import type { PageOptions } from '../../../platform/web/page-options.js';
import { Staff } from '../../../platform/web/policy.js';
import { Upload, UPLOAD_MEGABYTES, uploadedFile } from '../../../platform/web/uploads.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { staffFrame } from '../staff-frame.js';
import { ENTRY_OUTCOMES } from './entry.rules.js';
import { VisaDesk, type Revealed } from './visa-desk.service.js';
import { VisaFilesOfRequests } from './visa-files.service.js';
import { VisaLetters } from './visa-letters.service.js';
import type { VisaRequest } from './visa-request.entity.js';
import { allows, isOpen, VISA_STATES, waitsForOfficer } from './visa-request.rules.js';
import { VisaRequests } from './visa-requests.service.js';
import { VisaSettingsOfConferences } from './visa-settings.service.js';
import { DETAILS_DAYS, SCAN_DAYS } from './visa-terms.rules.js';
import { shownMask, VisaVault } from './visa-vault.service.js';
import {
  concludeForm,
  CONCLUSIONS,
  correctForm,
  decideForm,
  letterForm,
  queueQuery,
  revealForm,
  sendForm,
  signForm,
  visaSettingsForm,
} from './visa.schemas.js';
import { DELIVERIES, DETAIL_FIELDS, type DetailField } from './visa.words.js';

const SHOWN_SECONDS = 60;

/** The visa queue of a conference. Who may only count sees names and states; what a passport says is the officer's, with a reason. */
@ApiExcludeController()
@Controller('org/c/:conf/visa')
export class VisaDeskPages {
  constructor(
    private readonly attempts: Attempts,
    private readonly desk: VisaDesk,
    private readonly requests: VisaRequests,
    private readonly letters: VisaLetters,
    private readonly files: VisaFilesOfRequests,
    private readonly vault: VisaVault,
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
    return this.show(web, await this.own(web, id), web.emptyForm());
  }

  /** A file comes as a download; the details stand on the page for a minute, then it shows them masked again. */
  @Post(':id/reveal')
  @HttpCode(200)
  @Staff('visa', 'write')
  async reveal(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string | Buffer> {
    const request = await this.own(web, id);
    let file: Buffer | undefined;
    const page = await web.form(revealForm, body, {
      done: async ({ what, reason }) => {
        const revealed = await this.desk.reveal(request, what, reason);
        if ('details' in revealed) return this.showRevealed(web, request, revealed);
        file = download(web.reply, revealed.file);
        return '';
      },
      again: (form) => this.show(web, request, form),
    });
    return file ?? page;
  }

  @Post(':id/name')
  @Staff('visa', 'write')
  async correct(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const request = await this.own(web, id);
    return web.form(correctForm, body, {
      done: async ({ cyrillicName, version }) => {
        await this.requests.correct({ id: request.id, version }, cyrillicName);
        return this.back(web, id, 'visa.done.corrected');
      },
      again: (form) => this.show(web, request, form),
    });
  }

  @Post(':id/letter')
  @Staff('visa', 'write')
  async draft(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const request = await this.own(web, id);
    return web.form(letterForm, body, {
      done: async ({ version, ...input }) => {
        await this.letters.draft(await this.desk.stayOf(request), { id: request.id, version }, input);
        return this.back(web, id, 'visa.done.drafted');
      },
      again: (form) => this.show(web, request, form),
    });
  }

  @Post(':id/signature')
  @Upload()
  @Staff('visa', 'write')
  async sign(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const request = await this.own(web, id);
    return web.form(signForm, body, {
      first: () => this.attempts.count('upload', web.viewer.id),
      done: async ({ version }) => {
        const file = uploadedFile(web.request);
        const format = await reading(() => Promise.resolve(fileKindOf(file.filename, file.bytes)));
        await this.letters.sign({ id: request.id, version }, { format, bytes: file.bytes });
        return this.back(web, id, 'visa.done.signed');
      },
      again: (form) => this.show(web, request, form),
    });
  }

  @Post(':id/sending')
  @Staff('visa', 'write')
  async send(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const request = await this.own(web, id);
    return web.form(sendForm, body, {
      done: async ({ delivery, version }) => {
        await this.letters.send({ id: request.id, version }, delivery);
        return this.back(web, id, 'visa.done.sent');
      },
      again: (form) => this.show(web, request, form),
    });
  }

  @Post(':id/outcome')
  @Staff('visa', 'write')
  async conclude(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const request = await this.own(web, id);
    return web.form(concludeForm, body, {
      done: async ({ outcome, note, version }) => {
        await this.desk.conclude({ id: request.id, version }, outcome, note);
        return this.back(web, id, 'visa.done.concluded');
      },
      again: (form) => this.show(web, request, form),
    });
  }

  @Post(':id/decision')
  @Staff('visa', 'write')
  async decide(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const request = await this.own(web, id);
    return web.form(decideForm, body, {
      done: async ({ need, why, version }) => {
        await this.desk.decide({ id: request.id, version }, need, why);
        return this.back(web, id, 'visa.done.decided');
      },
      again: (form) => this.show(web, request, form),
    });
  }

  private own(web: WebContext, id: string): Promise<VisaRequest> {
    return this.requests.inConference(web.conference.id, id);
  }

  private back(web: WebContext, id: string, key: string): string {
    return web.redirect(`${here(web)}/${id}`, { key });
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

  private async show(
    web: WebContext,
    request: VisaRequest,
    form: FormView,
    shown?: ReadonlyMap<DetailField, string | null>,
  ): Promise<string> {
    const [{ stay, name, country }, opened, files, letters] = await Promise.all([
      this.desk.row(request),
      this.vault.open(request.id),
      this.files.kindsOf(request.id),
      this.letters.of(request.id),
    ]);
    const { state, purgedAt } = request;
    const model = {
      here: `${here(web)}/${request.publicId}`,
      request,
      name,
      country,
      number: stay?.number,
      rows: DETAIL_FIELDS.filter((field) => opened.has(field)).map((field) => ({
        field,
        shown: shown?.has(field) ?? false,
        value: shown ? valueOf(web, field, shown.get(field) ?? null) : shownMask(field, opened.get(field)!),
      })),
      revealed: shown !== undefined,
      seconds: SHOWN_SECONDS,
      letters,
      has: {
        details: opened.size > 0,
        scan: files.has('scan'),
        signed: files.has('signed'),
        letter: letters.length > 0 && purgedAt === null,
      },
      may: {
        decide: allows(state, 'assess') && purgedAt === null,
        correct: allows(state, 'receive') && purgedAt === null,
        draft: allows(state, 'draft') && purgedAt === null,
        sign: allows(state, 'sign'),
        send: allows(state, 'send') && !request.mismatch,
        conclude: isOpen(state),
      },
      choices: {
        locales: LOCALES,
        deliveries: DELIVERIES,
        outcomes: ENTRY_OUTCOMES,
        conclusions: CONCLUSIONS.filter((outcome) => outcome === 'withdrawn' || allows(state, 'issue')),
      },
      megabytes: UPLOAD_MEGABYTES,
      zone: web.conference.zone,
    };
    const values = {
      locale: 'ru',
      addressee: request.consulate ? web.t('visa.letter.addressee', { city: request.consulate }) : '',
      delivery: 'file',
      note: request.note,
      ...form.values,
    };
    return web.page('pages/visa/card', model, {
      ...this.frame(web, '', `${stay?.number ?? ''} · ${name}`),
      form: { ...form, values },
    });
  }

  private async showRevealed(
    web: WebContext,
    request: VisaRequest,
    { details }: Extract<Revealed, { details: unknown }>,
  ): Promise<string> {
    // Works without script: after a minute the browser goes back to the page where all of it is masked.
    void web.reply.header('refresh', `${SHOWN_SECONDS}; url=${here(web)}/${request.publicId}`);
    return this.show(web, request, web.emptyForm(), details);
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

const WORDS: Partial<Record<DetailField, string>> = {
  sex: 'visa.sex',
  passportType: 'visa.passportType',
  payer: 'visa.payer',
};

/** A revealed value as people read it. */
function valueOf(web: WebContext, field: DetailField, value: string | null): string | null {
  const group = WORDS[field];
  return value !== null && group ? web.t(`${group}.${value}`) : value;
}
