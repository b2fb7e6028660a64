import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { pickText } from '../../kernel/locale.js';
import { formatShortDay, formatTime } from '../../platform/i18n/formats.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { Conflicts } from './conflicts/conflicts.service.js';
import { worded } from './conflicts/finding-words.js';
import { releaseNumber } from './programme-api.js';
import type { Programme } from './programme.entity.js';
import { ProgrammeQueries } from './programme.queries.js';
import { overrideForm, overrideKeyForm, publishForm } from './programme.schemas.js';
import { Programmes } from './programmes.service.js';
import type { SessionContent } from './release.rules.js';
import { Releases, type ShownChange } from './releases.service.js';
import { base, frame, mayEdit } from './staff-pages.js';

/** Conflicts, publishing, and what was published. */
@Controller('org/c/:conf')
export class ReleasesPages {
  constructor(
    private readonly programmes: Programmes,
    private readonly conflicts: Conflicts,
    private readonly releases: Releases,
    private readonly queries: ProgrammeQueries,
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
  showPublish(@Web() web: WebContext): Promise<string> {
    return this.publishPage(web, web.emptyForm());
  }

  @Post('publish')
  @Staff('programme', 'write')
  async publish(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    return web.form(publishForm, body, {
      done: async (input) => {
        const { number } = await this.releases.publish(programme.id, input);
        return web.redirect(`${base(web)}/releases/${number}`, {
          key: 'programme.notice.published',
          params: { number },
        });
      },
      again: (form) => this.publishPage(web, form),
    });
  }

  @Get('releases')
  @Staff('programme', 'read')
  async list(@Web() web: WebContext): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    const model = {
      releases: await this.releases.all(programme.id),
      base: base(web),
      zone: programme.zone,
      mayEdit: mayEdit(web),
    };
    return web.page('pages/programme/releases', model, frame(web, web.t('programme.releases')));
  }

  @Get('releases/:number')
  @Staff('programme', 'read')
  async show(@Web() web: WebContext, @Param('number') number: string): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    const release = await this.releases.withChanges(programme.id, releaseNumber(number));
    const model = { ...this.shown(web, programme, release.changes), release, base: base(web), zone: programme.zone };
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

  private async publishPage(web: WebContext, form: FormView): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    const next = await this.releases.next(programme.id);
    const conflicts = (await this.worded(web, programme)).filter(({ override }) => !override);
    const model = {
      ...next,
      ...this.shown(web, programme, next.changes),
      number: next.after + 1,
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

  private shown(web: WebContext, { zone }: Programme, changes: readonly ShownChange[]) {
    const place = (content: SessionContent | null) => content && placeText(web, zone, content);
    return {
      changes: changes.map(({ sessionId, kind, significant, before, after }) => ({
        kind,
        significant,
        title: pickText((after ?? before)?.title, web.locale).text,
        href: `${base(web)}/sessions/${sessionId}`,
        before: kind === 'moved' ? place(before) : null,
        after: place(after ?? before),
      })),
    };
  }
}

function placeText({ locale }: WebContext, zone: string, { startsAt, endsAt, room }: SessionContent): string {
  const [start, end] = [new Date(startsAt), new Date(endsAt)];
  const time = `${formatShortDay(locale, start, zone)} ${formatTime(locale, start, zone)}–${formatTime(locale, end, zone)}`;
  return room ? `${time}, ${pickText(room.name, locale).text}` : time;
}
