import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { LOCALES, pickText } from '../../kernel/locale.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { emptyForm, shareForm } from './feeds.schemas.js';
import { SharedFeeds, type FeedKeeper, type Shareable } from './shared-feeds.service.js';
import { subscriptionLinks } from './subscription-links.js';

/** Where one set of shared addresses is kept. */
export interface Place {
  readonly keeper: FeedKeeper;
  readonly here: string;
  readonly breadcrumbs: readonly { label: string; href: string }[];
  readonly section: string;
}

/** What these pages do; an address is shown in the answer that made it, and never again. */
export abstract class SharedFeedsPages {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly feeds: SharedFeeds,
  ) {}

  protected share(web: WebContext, place: Place, body: unknown): Promise<string> {
    return web.form(shareForm, body, {
      done: async (input) => this.show(web, place, blank(web), await this.feeds.share(place.keeper, input)),
      again: (form) => this.show(web, place, form),
    });
  }

  protected rotate(web: WebContext, place: Place, id: string, body: unknown): Promise<string> {
    return web.form(emptyForm, body, {
      done: async () => this.show(web, place, blank(web), await this.feeds.rotate(place.keeper, id)),
      again: (form) => this.show(web, place, form),
    });
  }

  protected revoke(web: WebContext, place: Place, id: string, body: unknown): Promise<string> {
    return web.form(emptyForm, body, {
      done: async () => {
        await this.feeds.revoke(place.keeper, id);
        return web.redirect(place.here, { key: 'feeds.revoked' });
      },
      again: (form) => this.show(web, place, form),
    });
  }

  protected async show(
    web: WebContext,
    { keeper, here, breadcrumbs, section }: Place,
    form: FormView,
    made?: { feed: { label: string | null }; token: string },
  ): Promise<string> {
    const shareable = await this.feeds.shareable(keeper);
    const nameOf = (one: Shareable) => labelOf(web, one);
    const open = await this.feeds.open(keeper);
    const links = made && subscriptionLinks(this.config.publicUrl, made.token, made.feed.label ?? '');
    if (links) void web.reply.header('referrer-policy', 'no-referrer');
    const model = {
      here,
      links: links ?? null,
      madeFor: made?.feed.label ?? '',
      choices: shareable.map((one) => ({ value: one.what, label: nameOf(one) })),
      locales: LOCALES,
      feeds: open.map(({ id, kind, subjectId, personId, partId, label, locale, createdAt, lastUsedAt, lastAgent }) => {
        const shared = shareable.find(
          (one) =>
            one.kind === kind &&
            one.subjectId === subjectId &&
            one.personId === personId &&
            (one.partId ?? null) === partId,
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
    return this.show(web, this.placeOf(web), blank(web));
  }

  @Post()
  @HttpCode(200)
  @Staff('programme', 'write')
  open(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return this.share(web, this.placeOf(web), body);
  }

  @Post(':feed/rotation')
  @HttpCode(200)
  @Staff('programme', 'write')
  renew(@Web() web: WebContext, @Param('feed') id: string, @Body() body: unknown): Promise<string> {
    return this.rotate(web, this.placeOf(web), id, body);
  }

  @Post(':feed/revocation')
  @Staff('programme', 'write')
  close(@Web() web: WebContext, @Param('feed') id: string, @Body() body: unknown): Promise<string> {
    return this.revoke(web, this.placeOf(web), id, body);
  }

  private placeOf(web: WebContext): Place {
    const href = `/org/c/${web.conference.slug}`;
    const breadcrumbs = [{ label: pickText(web.conference.title, web.locale).text, href }];
    const keeper = { kind: 'conference', id: web.conference.id } as const;
    return { keeper, here: `${href}/feeds`, breadcrumbs, section: 'conferences' };
  }
}

/** Calendars of rooms and of the whole house: for screens, the guard post, the people who keep the halls. */
@Controller('org/feeds')
export class HouseFeedsPages extends SharedFeedsPages {
  @Get()
  @Staff('venue', 'write', 'any')
  page(@Web() web: WebContext): Promise<string> {
    return this.show(web, this.placeOf(web), blank(web));
  }

  @Post()
  @HttpCode(200)
  @Staff('venue', 'write', 'any')
  open(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return this.share(web, this.placeOf(web), body);
  }

  @Post(':feed/rotation')
  @HttpCode(200)
  @Staff('venue', 'write', 'any')
  renew(@Web() web: WebContext, @Param('feed') id: string, @Body() body: unknown): Promise<string> {
    return this.rotate(web, this.placeOf(web), id, body);
  }

  @Post(':feed/revocation')
  @Staff('venue', 'write', 'any')
  close(@Web() web: WebContext, @Param('feed') id: string, @Body() body: unknown): Promise<string> {
    return this.revoke(web, this.placeOf(web), id, body);
  }

  private placeOf(web: WebContext): Place {
    const breadcrumbs = [{ label: web.t('venues.title'), href: '/org/venues' }];
    return { keeper: { kind: 'house' }, here: '/org/feeds', breadcrumbs, section: 'venues' };
  }
}

/** A form that makes the next address. */
export function blank(web: WebContext): FormView {
  return web.emptyForm({ locale: web.locale });
}

function labelOf(web: WebContext, { kind, name }: Shareable): string {
  const what = web.t(`feeds.shared.kind.${kind}`);
  if (name === null) return what;
  return `${what}: ${typeof name === 'string' ? name : pickText(name, web.locale).text}`;
}
