import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Forbidden } from '../../kernel/errors.js';
import { pickText, type Localized } from '../../kernel/locale.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { Conflicts } from './conflicts/conflicts.service.js';
import { worded } from './conflicts/finding-words.js';
import { releaseNumber } from './programme-api.js';
import type { Programme } from './programme.entity.js';
import { mailCounts } from './programme.ports.js';
import { ProgrammeQueries } from './programme.queries.js';
import { overrideForm, overrideKeyForm, publishForm } from './programme.schemas.js';
import { Programmes } from './programmes.service.js';
import { ReleaseDesk, viewOf, type View } from './release-desk.service.js';
import { comparedSides, type Side } from './release.rules.js';
import { Releases } from './releases.service.js';
import { Restorations } from './restore/restorations.service.js';
import { base, frame, mayEdit } from './staff-pages.js';

/** Conflicts, publishing, and what was published. */
@Controller('org/c/:conf')
export class ReleasesPages {
  constructor(
    private readonly programmes: Programmes,
    private readonly conflicts: Conflicts,
    private readonly releases: Releases,
    private readonly queries: ProgrammeQueries,
    private readonly desk: ReleaseDesk,
    private readonly restorations: Restorations,
  ) {}

  @Get('conflicts')
  @Staff('programme', 'read')
  showConflicts(@Web() web: WebContext): Promise<string> {
    return this.conflictsPage(web, web.emptyForm());
  }

  @Post('conflicts')
  @Staff('programme', 'write')
  async override(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    return web.form(overrideForm, body, {
      done: async ({ key, reason }) => {
        await this.conflicts.override(programme.id, key, reason);
        return web.redirect(`${base(web)}/conflicts`, { key: 'programme.notice.overridden' });
      },
      again: (form) => this.conflictsPage(web, form),
    });
  }

  @Post('conflicts/withdraw')
  @Staff('programme', 'write')
  async withdraw(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    return web.form(overrideKeyForm, body, {
      done: async ({ key }) => {
        await this.conflicts.withdrawOverride(programme.id, key);
        return web.redirect(`${base(web)}/conflicts`, { key: 'programme.notice.overrideWithdrawn' });
      },
      again: (form) => this.conflictsPage(web, form),
    });
  }

  @Get('publish')
  @Staff('programme', 'write')
  showPublish(@Web() web: WebContext, @Query('view') view: unknown): Promise<string> {
    return this.publishPage(web, web.emptyForm(), viewOf(view));
  }

  @Post('publish')
  @Staff('programme', 'write')
  async publish(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    return web.form(publishForm, body, {
      done: async (input) => {
        if (input.send) mustSend(web);
        const { number } = await this.releases.publish(programme.id, input);
        return web.redirect(`${base(web)}/releases/${number}`, {
          key: input.send ? 'programme.notice.publishedAndSent' : 'programme.notice.published',
          params: { number, count: input.send },
        });
      },
      again: (form) => this.publishPage(web, form, 'sessions'),
    });
  }

  @Get('releases')
  @Staff('programme', 'read')
  async list(@Web() web: WebContext): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    const model = {
      releases: await this.releases.all(programme.id),
      kept: await this.restorations.keptOf(programme.id),
      base: base(web),
      zone: programme.zone,
      mayEdit: mayEdit(web),
    };
    return web.page('pages/programme/releases', model, frame(web, web.t('programme.releases')));
  }

  /** Any two releases, or a release and the draft. */
  @Get('releases/compare')
  @Staff('programme', 'read')
  async compare(@Web() web: WebContext, @Query() query: Record<string, unknown>): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    const releases = await this.releases.all(programme.id);
    const { from, to } = comparedSides(query, releases[0]?.number ?? 0);
    const found = await this.releases.compare(programme.id, from, to);
    const page = `${base(web)}/releases/compare`;
    const here = `${page}?from=${from}&to=${to}`;
    const named = releases.map(({ number, name }) => ({ value: String(number), label: sideName(web, number, name) }));
    const choices = {
      from: [...named, { value: '0', label: sideName(web, 0) }],
      to: [{ value: 'draft', label: sideName(web, 'draft') }, ...named],
    };
    const model = {
      difference: this.desk.model(web, programme, found, { view: viewOf(query['view']), here }),
      action: page,
      compared: { from: String(from), to: String(to) },
      sides: [from, to].map((side) => sideName(web, side, releases.find(({ number }) => number === side)?.name)),
      choices,
      base: base(web),
    };
    const crumbs = [{ label: web.t('programme.releases'), href: `${base(web)}/releases` }];
    return web.page('pages/programme/compare', model, frame(web, web.t('programme.diff.compare'), { crumbs }));
  }

  @Get('releases/:number')
  @Staff('programme', 'read')
  async show(@Web() web: WebContext, @Param('number') number: string, @Query('view') view: unknown): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    const release = await this.releases.withChanges(programme.id, releaseNumber(number));
    const here = `${base(web)}/releases/${release.number}`;
    const model = {
      difference: this.desk.model(web, programme, release, { view: viewOf(view), here }),
      release,
      latest: programme.currentRelease === release.number,
      mayEdit: mayEdit(web),
      base: base(web),
      zone: programme.zone,
    };
    const crumbs = [{ label: web.t('programme.releases'), href: `${base(web)}/releases` }];
    return web.page(
      'pages/programme/release',
      model,
      frame(web, web.t('programme.releaseTitle', { number: release.number }), { crumbs }),
    );
  }

  private async conflictsPage(web: WebContext, form: FormView): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    const conflicts = await this.worded(web, programme);
    const model = {
      open: conflicts.filter(({ override }) => !override),
      overridden: conflicts.filter(({ override }) => override),
      // Many forms of one kind stand on the page: what was typed goes back into the one it came from.
      typed: { key: form.values['key'] ?? '', reason: form.values['reason'] ?? '', error: form.errors['reason'] ?? '' },
      base: base(web),
      zone: programme.zone,
      mayEdit: mayEdit(web),
    };
    return web.page('pages/programme/conflicts', model, frame(web, web.t('programme.conflicts'), { form }));
  }

  private async publishPage(web: WebContext, form: FormView, view: View): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    const next = await this.releases.next(programme.id);
    const audience = await this.desk.concerned(programme, next, next.told);
    const conflicts = (await this.worded(web, programme)).filter(({ override }) => !override);
    const model = {
      difference: this.desk.model(web, programme, next, { view, here: `${base(web)}/publish`, audience }),
      after: next.after,
      final: next.final,
      unconfirmed: next.unconfirmed,
      number: next.after + 1,
      ...mailCounts(next.told),
      maySend: web.viewer.level('outbox', web.conference.id) === 'write',
      errors: conflicts.filter(({ severity }) => severity === 'error'),
      warnings: conflicts.filter(({ severity }) => severity !== 'error'),
      stale: form.failed && web.reply.statusCode === 409 && String(next.after) !== form.values['after'],
      base: base(web),
      zone: programme.zone,
    };
    return web.page('pages/programme/publish', model, frame(web, web.t('programme.publishTitle'), { form }));
  }

  private async worded(web: WebContext, programme: Programme) {
    const findings = await this.conflicts.findings(programme.id);
    const names = await this.queries.names(findings);
    return findings.map((finding) => worded(web, programme.zone, finding, names));
  }
}

/** Whoever publishes and may not send leaves the mails to somebody who may. Throws Forbidden. */
function mustSend(web: WebContext): void {
  if (web.viewer.level('outbox', web.conference.id) !== 'write') throw new Forbidden('error.forbidden');
}

/** 'Release 2: Second programme', 'the draft', 'nothing yet'. */
function sideName(web: WebContext, side: Side, name: Localized = {}): string {
  if (side === 'draft') return web.t('programme.diff.draft');
  if (side === 0) return web.t('programme.diff.nothing');
  return [web.t('programme.releaseTitle', { number: side }), pickText(name, web.locale).text]
    .filter(Boolean)
    .join(': ');
}
