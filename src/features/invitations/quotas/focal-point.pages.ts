import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { LOCALES, type Locale } from '../../../kernel/locale.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { currentContext } from '../../../platform/runtime/request-context.js';
import { Attempts } from '../../../platform/web/attempts.js';
import type { FormView } from '../../../platform/web/form.js';
import { ByToken } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { emptyForm } from '../invitation.schemas.js';
import type { Quota, QuotaPlace } from './quota.entity.js';
import { QuotaFrame } from './quota-frame.js';
import { QuotaPlaces, type NamedPerson } from './quota-places.service.js';
import { QuotaQueries } from './quota.queries.js';
import { mayFill } from './quota.rules.js';
import { namedForm } from './quota.schemas.js';
import { QuotaTokens } from './quota-tokens.js';
import { Quotas } from './quotas.service.js';

/** The focal point's link: opened as often as one likes, also by mail scanners; only its POST changes something ([T3]). */
@Controller([...LOCALES].map((locale) => `${locale}/quota`))
export class FocalPointPages {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly attempts: Attempts,
    private readonly quotas: Quotas,
    private readonly places: QuotaPlaces,
    private readonly queries: QuotaQueries,
    private readonly tokens: QuotaTokens,
    private readonly frames: QuotaFrame,
  ) {}

  @Get(':token')
  @ByToken('quota')
  async open(@Web() web: WebContext, @Param('token') token: string): Promise<string> {
    return this.show(web, token, await this.find(token), web.emptyForm({ locale: web.locale }));
  }

  /** Each writes to a new address: whoever holds the link cannot send mails without end ([P27]). */
  @Post(':token/places')
  @ByToken('quota')
  async name(@Web() web: WebContext, @Param('token') token: string, @Body() body: unknown): Promise<string> {
    const quota = await this.find(token);
    return web.form(namedForm, body, {
      done: async (input) => {
        await this.attempts.count('guest-invitation', quota.id);
        const outcome = await this.places.nameOnBehalf(quota.id, named(input));
        return this.back(web, token, outcome === 'new' ? 'named' : 'already', input.given);
      },
      again: async (form) => this.show(web, token, await this.find(token), form),
    });
  }

  @Get(':token/places/:place')
  @ByToken('quota')
  async place(@Web() web: WebContext, @Param('token') token: string, @Param('place') placeId: string): Promise<string> {
    const quota = await this.find(token);
    return this.showPlace(web, token, quota, placeId, web.emptyForm({ locale: web.locale }));
  }

  /** Somebody else instead. */
  @Post(':token/places/:place/substitution')
  @ByToken('quota')
  async substitute(
    @Web() web: WebContext,
    @Param('token') token: string,
    @Param('place') placeId: string,
    @Body() body: unknown,
  ): Promise<string> {
    const quota = await this.find(token);
    await this.placeOf(quota, placeId);
    return web.form(namedForm, body, {
      done: async (input) => {
        await this.attempts.count('guest-invitation', quota.id);
        await this.places.substitute(quota.id, placeId, named(input));
        return this.back(web, token, 'substituted', input.given);
      },
      again: async (form) => this.showPlace(web, token, await this.find(token), placeId, form),
    });
  }

  @Post(':token/places/:place/removal')
  @ByToken('quota')
  async remove(
    @Web() web: WebContext,
    @Param('token') token: string,
    @Param('place') placeId: string,
    @Body() body: unknown,
  ): Promise<string> {
    const quota = await this.find(token);
    await this.placeOf(quota, placeId);
    return web.form(emptyForm, body, {
      done: async () => {
        await this.places.takeBack(quota.id, placeId);
        return this.back(web, token, 'removed', '');
      },
      again: async (form) => this.showPlace(web, token, await this.find(token), placeId, form),
    });
  }

  @Post(':token/refusal')
  @ByToken('quota')
  async decline(@Web() web: WebContext, @Param('token') token: string, @Body() body: unknown): Promise<string> {
    const quota = await this.find(token);
    return web.form(emptyForm, body, {
      done: async () => {
        await this.quotas.decline(quota.id);
        return this.back(web, token, 'declined', '');
      },
      again: async (form) => this.show(web, token, await this.find(token), form),
    });
  }

  /** Throws NotFound; whoever tries many is stopped. */
  private async find(token: string): Promise<Quota> {
    const { address } = currentContext();
    await this.attempts.check('wrong-token', address);
    const quota = await this.quotas.byToken(token);
    if (quota) return quota;
    await this.attempts.count('wrong-token', address);
    throw new NotFound();
  }

  /** A taken place of that quota. Throws NotFound. */
  private async placeOf(quota: Quota, id: string): Promise<QuotaPlace> {
    const shown = (await this.queries.places(quota.id)).find(({ place }) => place.id === id);
    if (!shown || shown.place.state === 'ended') throw new NotFound();
    return shown.place;
  }

  private back(web: WebContext, token: string, done: string, name: string): string {
    return web.redirect(`/${web.locale}/quota/${token}`, { key: `quota.focal.done.${done}`, params: { name } });
  }

  private async show(web: WebContext, token: string, quota: Quota, form: FormView): Promise<string> {
    const { locale } = web;
    const open = mayFill(quota, this.clock.now());
    const shown = (await this.queries.places(quota.id)).filter(({ place }) => place.state !== 'ended');
    const free = Math.max(0, quota.places - quota.taken);
    const guest = `${this.config.publicUrl}/${locale}/quota-place/${this.tokens.guest(quota)}`;
    const frame = await this.frames.of(locale, quota);
    const model = {
      ...frame,
      here: `/${locale}/quota/${token}`,
      state: quota.state === 'withdrawn' || open ? quota.state : 'over',
      open,
      places: quota.places,
      free,
      taken: shown.map(({ place }) => ({
        id: place.id,
        name: place.name,
        email: place.way === 'on_behalf' ? place.email : null,
        state: place.state,
        way: place.way,
        until: place.consentUntil,
      })),
      deadline: quota.deadline,
      consentDays: quota.consentDays,
      message: quota.message,
      messageLocale: quota.locale,
      guest: free > 0 ? guest : '',
      locales: LOCALES,
    };
    const title = web.t('quota.focal.title', { count: quota.places, institution: frame.institution });
    return web.page('pages/quotas/focal', model, { title, robots: 'none', form, status: web.reply.statusCode });
  }

  private async showPlace(
    web: WebContext,
    token: string,
    quota: Quota,
    placeId: string,
    form: FormView,
  ): Promise<string> {
    const place = await this.placeOf(quota, placeId);
    const back = `/${web.locale}/quota/${token}`;
    const model = {
      ...(await this.frames.of(web.locale, quota)),
      back,
      here: `${back}/places/${placeId}`,
      open: mayFill(quota, this.clock.now()),
      name: place.name,
      state: place.state,
      consentDays: quota.consentDays,
      locales: LOCALES,
    };
    const title = web.t('quota.focal.placeTitle', { name: place.name ?? '' });
    return web.page('pages/quotas/place', model, { title, robots: 'none', form, status: web.reply.statusCode });
  }
}

function named(input: {
  given: string;
  family: string | null;
  mononym: boolean;
  email: { address: string };
  position: string | null;
  locale: Locale;
}): NamedPerson {
  const { given, family, mononym, email, position, locale } = input;
  return { given, family: mononym ? null : family, mononym, email: email.address, position, locale };
}
