import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { formatDate, formatTime } from '../../../platform/i18n/formats.js';
import { releaseNumber } from '../programme-api.js';
import { Programmes } from '../programmes.service.js';
import { base, frame } from '../staff-pages.js';
import { restoreForm } from './restore.schemas.js';
import { restorationView } from './restore-views.js';
import { Restorations, type Source } from './restorations.service.js';

/** Bringing an old release, or a draft that was kept, back into the draft: looked at first, then done as a whole. */
@Controller('org/c/:conf')
export class RestorePages {
  constructor(
    private readonly programmes: Programmes,
    private readonly restorations: Restorations,
  ) {}

  @Get('releases/:number/restore')
  @Staff('programme', 'write')
  showRelease(@Web() web: WebContext, @Param('number') number: string): Promise<string> {
    return this.show(web, { release: releaseNumber(number) }, web.emptyForm());
  }

  @Post('releases/:number/restore')
  @Staff('programme', 'write')
  restoreRelease(@Web() web: WebContext, @Param('number') number: string, @Body() body: unknown): Promise<string> {
    return this.restore(web, { release: releaseNumber(number) }, body);
  }

  @Get('kept-drafts/:kept')
  @Staff('programme', 'write')
  showKept(@Web() web: WebContext, @Param('kept') kept: string): Promise<string> {
    return this.show(web, { kept }, web.emptyForm());
  }

  @Post('kept-drafts/:kept')
  @Staff('programme', 'write')
  restoreKept(@Web() web: WebContext, @Param('kept') kept: string, @Body() body: unknown): Promise<string> {
    return this.restore(web, { kept }, body);
  }

  private async restore(web: WebContext, source: Source, body: unknown): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    return web.form(restoreForm, body, {
      done: async ({ seen }) => {
        const { sessions, openErrors } = await this.restorations.restore(programme.id, source, seen);
        return web.redirect(`${base(web)}/releases#kept`, {
          key: openErrors > 0 ? 'programme.restore.doneWithErrors' : 'programme.restore.done',
          params: { sessions, count: openErrors },
        });
      },
      again: (form) => this.show(web, source, form),
    });
  }

  private async show(web: WebContext, source: Source, form: FormView): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    const restoration = await this.restorations.preview(programme.id, source);
    const words = {
      locale: web.locale,
      t: (key: string, params?: Record<string, unknown>) => web.t(key, params),
      zone: programme.zone,
      names: restoration.names,
    };
    const title =
      'release' in source
        ? web.t('programme.restore.titleRelease', { number: source.release })
        : web.t('programme.restore.titleKept', { when: await this.whenKept(web, programme, source.kept) });
    const model = {
      ...restorationView(words, restoration, (id) => `${base(web)}/sessions/${id}`),
      action:
        'release' in source
          ? `${base(web)}/releases/${source.release}/restore`
          : `${base(web)}/kept-drafts/${source.kept}`,
      release: 'release' in source ? source.release : null,
      stale: form.failed && web.reply.statusCode === 409 && form.values['seen'] !== restoration.seen,
      base: base(web),
    };
    const crumbs = [{ label: web.t('programme.releases'), href: `${base(web)}/releases` }];
    return web.page('pages/programme/restore', model, frame(web, title, { form, crumbs }));
  }

  private async whenKept(web: WebContext, { id, zone }: { id: string; zone: string }, kept: string): Promise<string> {
    const { keptAt } = await this.restorations.keptById(id, kept);
    return `${formatDate(web.locale, keptAt, zone)}, ${formatTime(web.locale, keptAt, zone)}`;
  }
}
