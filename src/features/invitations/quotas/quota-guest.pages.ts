import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { maskEmail } from '../../../kernel/email-address.js';
import { InvalidInput, NotFound } from '../../../kernel/errors.js';
import { LOCALES } from '../../../kernel/locale.js';
import { letterName } from '../../../kernel/names.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { currentContext } from '../../../platform/runtime/request-context.js';
import { Attempts } from '../../../platform/web/attempts.js';
import type { FormView } from '../../../platform/web/form.js';
import { ByToken } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { namesOf, People } from '../../people/index.js';
import { FormStamps } from '../../registration/index.js';
import type { Quota, QuotaPlace } from './quota.entity.js';
import { QuotaFrame } from './quota-frame.js';
import { QuotaPlaces } from './quota-places.service.js';
import { isLate, mayFill } from './quota.rules.js';
import { aloneForm, CONSENT_ANSWERS, consentForm } from './quota.schemas.js';
import { Quotas } from './quotas.service.js';

/** The two links of people who come with a quota: to register alone, and to agree to what the focal point has said. */
@Controller([...LOCALES])
export class QuotaGuestPages {
  constructor(
    private readonly clock: Clock,
    private readonly attempts: Attempts,
    private readonly stamps: FormStamps,
    private readonly people: People,
    private readonly quotas: Quotas,
    private readonly places: QuotaPlaces,
    private readonly frames: QuotaFrame,
  ) {}

  @Get('quota-place/:token')
  @ByToken('quota-place')
  async form(@Web() web: WebContext, @Param('token') token: string): Promise<string> {
    return this.showForm(web, token, await this.byGuestToken(token), web.emptyForm());
  }

  /** Full or not is told; whether the address is known is not: number and page come by mail ([T5]). */
  @Post('quota-place/:token')
  @ByToken('quota-place')
  async register(@Web() web: WebContext, @Param('token') token: string, @Body() body: unknown): Promise<string> {
    const quota = await this.byGuestToken(token);
    return web.form(aloneForm, body, {
      first: () => this.attempts.count('registration', currentContext().address),
      done: async ({ website, email, phone, given, family, mononym, position, country }) => {
        const key = this.stamps.accepted(quota.id, (body as { _key?: unknown })._key);
        if (key === undefined) throw InvalidInput.at('', 'error.registration.stamp');
        const who = { given, family, mononym, position, country, locale: web.locale };
        const person = { ...who, email: email.address, phone: phone?.original ?? null };
        // Whoever fills in the field that people do not see gets the same answer as everybody.
        if (!website) await this.places.registerAlone(quota.id, person, key);
        const done = { key: 'registration.received.notice', params: { email: maskEmail(email.address) } };
        return web.redirect(`/${web.locale}/quota-place/${token}/registered`, done);
      },
      again: async (form) => this.showForm(web, token, await this.byGuestToken(token), form),
    });
  }

  @Get('quota-place/:token/registered')
  @ByToken('quota-place')
  async registered(@Web() web: WebContext, @Param('token') token: string): Promise<string> {
    const model = await this.frames.of(web.locale, await this.byGuestToken(token));
    const title = web.t('registration.received.title');
    return web.page('pages/quotas/registered', model, { title, robots: 'none' });
  }

  @Get('quota-consent/:token')
  @ByToken('quota-consent')
  async consent(@Web() web: WebContext, @Param('token') token: string): Promise<string> {
    return this.showConsent(web, token, await this.byConsentToken(token), web.emptyForm());
  }

  @Post('quota-consent/:token')
  @ByToken('quota-consent')
  async answer(@Web() web: WebContext, @Param('token') token: string, @Body() body: unknown): Promise<string> {
    const place = await this.byConsentToken(token);
    return web.form(consentForm, body, {
      done: async ({ answer }) => {
        if (answer === 'agree') await this.places.confirm(place.id);
        else await this.places.refuse(place.id);
        return web.redirect(`/${web.locale}/quota-consent/${token}`, { key: `quota.consent.done.${answer}` });
      },
      again: async (form) => this.showConsent(web, token, await this.byConsentToken(token), form),
    });
  }

  private byGuestToken(token: string): Promise<Quota> {
    return this.guarded(() => this.quotas.byGuestToken(token));
  }

  private byConsentToken(token: string): Promise<QuotaPlace> {
    return this.guarded(() => this.places.byToken(token));
  }

  /** Throws NotFound; whoever tries many is stopped. */
  private async guarded<T>(find: () => Promise<T | null>): Promise<T> {
    const { address } = currentContext();
    await this.attempts.check('wrong-token', address);
    const found = await find();
    if (found !== null) return found;
    await this.attempts.count('wrong-token', address);
    throw new NotFound();
  }

  private async showForm(web: WebContext, token: string, quota: Quota, form: FormView): Promise<string> {
    const open = mayFill(quota, this.clock.now());
    const model = {
      ...(await this.frames.of(web.locale, quota)),
      here: `/${web.locale}/quota-place/${token}`,
      state: open ? (quota.taken < quota.places ? 'open' : 'full') : quota.state === 'withdrawn' ? 'withdrawn' : 'over',
      category: quota.category,
      deadline: quota.deadline,
      stamp: this.stamps.issue(quota.id),
    };
    const title = web.t('quota.guest.title', { institution: model.institution });
    return web.page('pages/quotas/guest', model, { title, robots: 'none', form, status: web.reply.statusCode });
  }

  private async showConsent(web: WebContext, token: string, place: QuotaPlace, form: FormView): Promise<string> {
    const quota = await this.quotas.inHouse(place.quotaId);
    const late = isLate(place, this.clock.now());
    const person = place.personId !== null && place.state !== 'ended' ? await this.people.byId(place.personId) : null;
    const model = {
      ...(await this.frames.of(web.locale, quota)),
      here: `/${web.locale}/quota-consent/${token}`,
      state: late && place.state === 'named' ? 'ended' : place.state,
      own: place.ownRegistration,
      name: person && letterName(namesOf(person)),
      category: quota.category,
      until: place.consentUntil,
      answers: CONSENT_ANSWERS,
    };
    const title = web.t('quota.consent.title', { title: model.conference.title });
    return web.page('pages/quotas/consent', model, { title, robots: 'none', form, status: web.reply.statusCode });
  }
}
