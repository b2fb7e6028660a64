import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { NotFound, RuleViolation } from '../../kernel/errors.js';
import { LOCALES } from '../../kernel/locale.js';
import { currentContext } from '../../platform/runtime/request-context.js';
import { Attempts } from '../../platform/web/attempts.js';
import type { FormView } from '../../platform/web/form.js';
import { ByToken } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { AccessLinks } from '../accounts/index.js';
import { MyFrame } from './my-frame.js';
import type { Registration } from './registration.entity.js';
import { offerForm } from './registration.schemas.js';
import { Registrations } from './registrations.service.js';
import { standingKey } from './standing.js';

/** The link of an offered place: opened as often as one likes, answered by POST until its deadline (ruling 13). */
@Controller([...LOCALES].map((locale) => `${locale}/offer`))
export class OfferPages {
  constructor(
    private readonly attempts: Attempts,
    private readonly links: AccessLinks,
    private readonly frame: MyFrame,
    private readonly registrations: Registrations,
  ) {}

  @Get(':token')
  @ByToken('offer')
  async offer(@Web() web: WebContext, @Param('token') token: string): Promise<string> {
    return this.show(web, token, await this.find(token), web.emptyForm());
  }

  @Post(':token')
  @ByToken('offer')
  async answer(@Web() web: WebContext, @Param('token') token: string, @Body() body: unknown): Promise<string> {
    const registration = await this.find(token);
    return web.form(offerForm, body, {
      done: async ({ answer }) => {
        // An answer given twice is one answer.
        if (!answered(registration, answer)) await this.give(token, registration, answer);
        return web.redirect(`/${web.locale}/offer/${token}`, { key: `registration.offer.done.${answer}` });
      },
      again: async (form) => this.show(web, token, await this.find(token), form),
    });
  }

  private async give(token: string, registration: Registration, answer: 'accept' | 'decline'): Promise<void> {
    if ((await this.links.peek('offer', token))?.state !== 'valid' || registration.waitlist !== 'offered') throw new RuleViolation('error.registration.offerEnded');
    if (answer === 'accept') await this.registrations.acceptOffer(registration);
    else await this.registrations.cancel(registration, { offerDeclined: true });
  }

  private async find(token: string): Promise<Registration> {
    const { address } = currentContext();
    await this.attempts.check('wrong-token', address);
    const link = await this.links.peek('offer', token);
    const registration = link && (await this.registrations.byId(link.subjectId));
    if (registration) return registration;
    await this.attempts.count('wrong-token', address);
    throw new NotFound();
  }

  private async show(web: WebContext, token: string, registration: Registration, form: FormView): Promise<string> {
    const { model, page } = await this.frame.of(web, registration);
    const open = registration.waitlist === 'offered' && (await this.links.peek('offer', token))?.state === 'valid';
    return web.page(
      'pages/registration/offer',
      { ...model, here: `/${web.locale}/offer/${token}`, open, until: registration.offerUntil, standing: standingKey(registration) },
      { title: web.t('registration.offer.title'), robots: 'none', form, status: web.reply.statusCode, breadcrumbs: page.breadcrumbs?.slice(0, 0) ?? [] },
    );
  }
}

function answered({ approval, waitlist }: Registration, answer: 'accept' | 'decline'): boolean {
  return answer === 'accept' ? approval !== 'cancelled' && waitlist === 'none' : approval === 'cancelled';
}
