import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { LOCALES, pickText } from '../../kernel/locale.js';
import type { MergedLetter } from '../../platform/mail/merge-letters.rules.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { Accounts } from '../accounts/index.js';
import { Conferences, type Conference } from '../conferences/index.js';
import { AudienceChoices } from './audience-choices.js';
import { MERGE_FIELDS, type Recipient } from './audience.rules.js';
import { MailTemplates } from './mail-templates.service.js';
import type { Mailing } from './mailing.entity.js';
import { batchOf, Mailings } from './mailings.service.js';
import { crumbs, frame, here, mayWrite } from './staff-pages.js';
import {
  leftOutForm,
  mailingEditForm,
  mailingForm,
  newQuery,
  queueForm,
  templateForm,
  versionForm,
} from './mailings.schemas.js';

const SHOWN_LETTERS = 3;
const EVERYBODY = { 'audience.group': 'registered', isNews: false };

/** Writing to many people of a conference. */
@Controller('org/c/:conf/mail/mailings')
export class MailingsPages {
  constructor(
    private readonly accounts: Accounts,
    private readonly conferences: Conferences,
    private readonly choices: AudienceChoices,
    private readonly templates: MailTemplates,
    private readonly mailings: Mailings,
  ) {}

  @Get()
  @Staff('outbox', 'read')
  async list(@Web() web: WebContext): Promise<string> {
    const [mailings, templates] = await Promise.all([
      this.mailings.all(web.conference.id),
      this.templates.all(web.conference.id),
    ]);
    const model = {
      here: here(web),
      mayWrite: mayWrite(web),
      mailings: mailings.map((mailing) => ({
        ...mailing,
        title: pickText(mailing.subject, web.locale),
        outbox: `/org/c/${web.conference.slug}/mail/outbox?batch=${encodeURIComponent(batchOf(mailing))}`,
      })),
      templates: templates.map(({ id, name, version, savedAt }) => ({ id, name, version, savedAt })),
    };
    return web.page('pages/mailings/list', model, frame(web, web.t('mailing.title')));
  }

  @Get('new')
  @Staff('outbox', 'write')
  async blank(@Web() web: WebContext, @Query({ schema: newQuery }) query: z.output<typeof newQuery>): Promise<string> {
    const template = query.template === null ? null : await this.templates.version(web.conference.id, query.template);
    const { subject = {}, body = {} } = template ?? {};
    return this.showForm(web, null, web.emptyForm({ ...EVERYBODY, subject, body }));
  }

  @Post()
  @Staff('outbox', 'write')
  write(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(mailingForm, body, {
      done: async (input) => {
        const { id } = await this.mailings.write(web.conference.id, input);
        return web.redirect(`${here(web)}/${id}`, { key: 'mailing.done.saved' });
      },
      again: (form) => this.showForm(web, null, form),
    });
  }

  /** The draft as it would leave: whom it reaches, whom it does not, and the letters likeliest to look wrong. */
  @Get(':mailing')
  @Staff('outbox', 'read')
  async one(@Web() web: WebContext, @Param('mailing') id: string): Promise<string> {
    return this.showOne(web, await this.mailings.one(web.conference.id, id), web.emptyForm());
  }

  @Get(':mailing/edit')
  @Staff('outbox', 'write')
  async edit(@Web() web: WebContext, @Param('mailing') id: string): Promise<string> {
    const mailing = await this.mailings.one(web.conference.id, id);
    const { audience, subject, body, isNews } = mailing;
    return this.showForm(web, mailing, web.emptyForm({ audience, subject, body, isNews }));
  }

  @Post(':mailing')
  @Staff('outbox', 'write')
  save(@Web() web: WebContext, @Param('mailing') id: string, @Body() body: unknown): Promise<string> {
    return web.form(mailingEditForm, body, {
      done: async ({ version, ...input }) => {
        await this.mailings.edit(web.conference.id, { id, version }, input);
        return web.redirect(`${here(web)}/${id}`, { key: 'mailing.done.saved' });
      },
      again: async (form) => this.showForm(web, await this.mailings.one(web.conference.id, id), form),
    });
  }

  @Post(':mailing/left-out')
  @Staff('outbox', 'write')
  leaveOut(@Web() web: WebContext, @Param('mailing') id: string, @Body() body: unknown): Promise<string> {
    return this.step(web, id, leftOutForm, body, async (conference, { version, people }) => {
      await this.mailings.leaveOut(conference, { id, version }, people);
      return web.redirect(`${here(web)}/${id}`, { key: 'mailing.done.saved' });
    });
  }

  @Post(':mailing/test')
  @Staff('outbox', 'write')
  test(@Web() web: WebContext, @Param('mailing') id: string, @Body() body: unknown): Promise<string> {
    return this.step(web, id, versionForm, body, async (conference) => {
      const me = (await this.accounts.byIds([web.viewer.id])).get(web.viewer.id)!;
      await this.mailings.test(conference, await this.mailings.one(conference.id, id), me.email);
      return web.redirect(`${here(web)}/${id}`, { key: 'mailing.done.tested', params: { email: me.email } });
    });
  }

  @Post(':mailing/queue')
  @Staff('outbox', 'write')
  queue(@Web() web: WebContext, @Param('mailing') id: string, @Body() body: unknown): Promise<string> {
    return this.step(web, id, queueForm, body, async (conference, { version, count }) => {
      const batch = await this.mailings.queue(conference, { id, version }, count);
      const outbox = `/org/c/${web.conference.slug}/mail/outbox?batch=${encodeURIComponent(batch)}`;
      return web.redirect(outbox, { key: 'mailing.done.queued', params: { count } });
    });
  }

  @Post(':mailing/removal')
  @Staff('outbox', 'write')
  remove(@Web() web: WebContext, @Param('mailing') id: string, @Body() body: unknown): Promise<string> {
    return this.step(web, id, versionForm, body, async (conference, { version }) => {
      await this.mailings.remove(conference.id, { id, version });
      return web.redirect(here(web), { key: 'mailing.done.removed' });
    });
  }

  /** Keeps the text under a name, to begin another mailing with. */
  @Post(':mailing/template')
  @Staff('outbox', 'write')
  keep(@Web() web: WebContext, @Param('mailing') id: string, @Body() body: unknown): Promise<string> {
    return this.step(web, id, templateForm, body, async (conference, { name }) => {
      const { version } = await this.templates.save(conference.id, name, await this.mailings.one(conference.id, id));
      return web.redirect(here(web), { key: 'mailing.done.kept', params: { name, version } });
    });
  }

  private step<S extends z.ZodType>(
    web: WebContext,
    id: string,
    schema: S,
    body: unknown,
    done: (conference: Conference, input: z.output<S>) => Promise<string>,
  ): Promise<string> {
    return web.form(schema, body, {
      done: async (input) => done(await this.conference(web), input),
      again: async (form) => this.showOne(web, await this.mailings.one(web.conference.id, id), form),
    });
  }

  private async conference(web: WebContext): Promise<Conference> {
    return (await this.conferences.byId(web.conference.id))!;
  }

  private async showForm(web: WebContext, mailing: Mailing | null, form: FormView): Promise<string> {
    const model = {
      action: mailing ? `${here(web)}/${mailing.id}` : here(web),
      version: mailing?.version ?? '',
      stale: form.failed && web.reply.statusCode === 409,
      fields: MERGE_FIELDS,
      choices: await this.choices.of(web),
      locales: LOCALES,
    };
    const title = web.t(mailing ? 'mailing.edit' : 'mailing.new');
    return web.page('pages/mailings/form', model, { ...frame(web, title), form, breadcrumbs: crumbs(web, true) });
  }

  private async showOne(web: WebContext, mailing: Mailing, form: FormView): Promise<string> {
    const { letters, lacking, withoutAddress, unreachable, leftOut } = await this.mailings.preview(
      await this.conference(web),
      mailing,
    );
    const model = {
      here: `${here(web)}/${mailing.id}`,
      outbox: `/org/c/${web.conference.slug}/mail/outbox?batch=${encodeURIComponent(batchOf(mailing))}`,
      recipients: `${here(web)}/${mailing.id}/recipients`,
      mailing: { ...mailing, title: pickText(mailing.subject, web.locale) },
      count: letters.length,
      letters: [...lacking, ...letters].slice(0, SHOWN_LETTERS).map(shownLetter),
      more: Math.max(0, lacking.length + letters.length - SHOWN_LETTERS),
      lacking: lacking.map((letter) => ({ ...someone(letter.recipient), missing: letter.missing })),
      withoutAddress: withoutAddress.map(someone),
      unreachable: unreachable.map(someone),
      leftOut: leftOut.map(someone),
      leftOutIds: leftOut.map(({ publicId }) => publicId),
      mayWrite: mayWrite(web) && mailing.state === 'draft',
    };
    const title = pickText(mailing.subject, web.locale).text || web.t('mailing.title');
    return web.page('pages/mailings/one', model, { ...frame(web, title), form, breadcrumbs: crumbs(web, true) });
  }
}

function shownLetter({ recipient, locale, subject, body, missing }: MergedLetter<Recipient>) {
  return { name: recipient.name, email: recipient.email, locale, subject, body, missing };
}

function someone({ publicId, name }: Recipient) {
  return { publicId, name };
}
