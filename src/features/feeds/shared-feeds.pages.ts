import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { LOCALES, pickText } from '../../kernel/locale.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { emptyForm, shareForm } from './feeds.schemas.js';
import { SharedFeeds, type Shareable } from './shared-feeds.service.js';
import { subscriptionLinks } from './subscription-links.js';

/** Where one set of shared addresses is kept. */
interface Place {
  readonly conferenceId: string | null;
  readonly here: string;
  readonly breadcrumbs: readonly { label: string; href: string }[];
  readonly section: string;
}

/** What both pages do; an address is shown in the answer that made it, and never again. */
abstract class SharedFeedsPages {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly feeds: SharedFeeds,
  ) {}

  protected abstract placeOf(web: WebContext): Place;

  protected share(web: WebContext, body: unknown): Promise<string> {
    const place = this.placeOf(web);
    return web.form(shareForm, body, {
      done: async (input) => this.show(web, web.emptyForm({ locale: web.locale }), await this.feeds.share(place.conferenceId, input)),
      again: (form) => this.show(web, form),
    });
  }

  protected rotate(web: WebContext, id: string, body: unknown): Promise<string> {
    const { conferenceId } = this.placeOf(web);
    return web.form(emptyForm, body, {
      done: async () => this.show(web, web.emptyForm({ locale: web.locale }), await this.feeds.rotate(conferenceId, id)),
      again: (form) => this.show(web, form),
    });
  }

  protected revoke(web: WebContext, id: string, body: unknown): Promise<string> {
    const { conferenceId, here } = this.placeOf(web);
    return web.form(emptyForm, body, {
      done: async () => {
        await this.feeds.revoke(conferenceId, id);
        return web.redirect(here, { key: 'feeds.revoked' });
      },
      again: (form) => this.show(web, form),
    });
  }

  protected async show(
    web: WebContext,
    form: FormView,
    made?: { feed: { label: string | null }; token: string },
  ): Promise<string> {
    const { conferenceId, here, breadcrumbs, section } = this.placeOf(web);
    const shareable = await this.feeds.shareable(conferenceId);
    const nameOf = (one: Shareable) => labelOf(web, one);
    const open = await this.feeds.open(conferenceId);
    const links = made && subscriptionLinks(this.config.publicUrl, made.token, made.feed.label ?? '');
    if (links) void web.reply.header('referrer-policy', 'no-referrer');
    const model = {
      here,
      links: links ?? null,
      madeFor: made?.feed.label ?? '',
      choices: shareable.map((one) => ({ value: one.what, label: nameOf(one) })),
      locales: LOCALES,
      feeds: open.map(({ id, kind, subjectId, personId, label, locale, createdAt, lastUsedAt, lastAgent }) => {
        const shared = shareable.find(
          (one) => one.kind === kind && one.subjectId === subjectId && one.personId === personId,
        );
        return {
          id,
          what: shared ? nameOf(shared) : web.t(`feeds.shared.kind.${kind}`),
          label,
          locale,
          createdAt,
          lastUsedAt,
          lastAgent,
        };
      }),
    };
    const title = web.t('feeds.shared.title');
    return web.page('pages/feeds/shared', model, {
      title,
      form,
      layout: 'staff',
      section,
      robots: 'none',
      breadcrumbs: [...breadcrumbs],
    });
  }
}

/** Calendars of one conference for interpreters, hosts and others who have no account. */
@Controller('org/c/:conf/feeds')
export class ConferenceFeedsPages extends SharedFeedsPages {
  @Get()
  @Staff('programme', 'write')
  page(@Web() web: WebContext): Promise<string> {
    return this.show(web, web.emptyForm({ locale: web.locale }));
  }

  @Post()
  @HttpCode(200)
  @Staff('programme', 'write')
  open(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return this.share(web, body);
  }

  @Post(':feed/rotation')
  @HttpCode(200)
  @Staff('programme', 'write')
  renew(@Web() web: WebContext, @Param('feed') id: string, @Body() body: unknown): Promise<string> {
    return this.rotate(web, id, body);
  }

  @Post(':feed/revocation')
  @Staff('programme', 'write')
  close(@Web() web: WebContext, @Param('feed') id: string, @Body() body: unknown): Promise<string> {
    return this.revoke(web, id, body);
  }

  protected placeOf(web: WebContext): Place {
    const href = `/org/c/${web.conference.slug}`;
    const breadcrumbs = [{ label: pickText(web.conference.title, web.locale).text, href }];
    return { conferenceId: web.conference.id, here: `${href}/feeds`, breadcrumbs, section: 'conferences' };
  }
}

/** Calendars of rooms and of the whole house: for screens, the guard post, the people who keep the halls. */
@Controller('org/feeds')
export class HouseFeedsPages extends SharedFeedsPages {
  @Get()
  @Staff('venue', 'write', 'any')
  page(@Web() web: WebContext): Promise<string> {
    return this.show(web, web.emptyForm({ locale: web.locale }));
  }

  @Post()
  @HttpCode(200)
  @Staff('venue', 'write', 'any')
  open(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return this.share(web, body);
  }

  @Post(':feed/rotation')
  @HttpCode(200)
  @Staff('venue', 'write', 'any')
  renew(@Web() web: WebContext, @Param('feed') id: string, @Body() body: unknown): Promise<string> {
    return this.rotate(web, id, body);
  }

  @Post(':feed/revocation')
  @Staff('venue', 'write', 'any')
  close(@Web() web: WebContext, @Param('feed') id: string, @Body() body: unknown): Promise<string> {
    return this.revoke(web, id, body);
  }

  protected placeOf(web: WebContext): Place {
    const breadcrumbs = [{ label: web.t('venues.title'), href: '/org/venues' }];
    return { conferenceId: null, here: '/org/feeds', breadcrumbs, section: 'venues' };
  }
}

function labelOf(web: WebContext, { kind, name }: Shareable): string {
  const what = web.t(`feeds.shared.kind.${kind}`);
  if (name === null) return what;
  return `${what}: ${typeof name === 'string' ? name : pickText(name, web.locale).text}`;
}
