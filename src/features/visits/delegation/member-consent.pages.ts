import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { NotFound } from '../../../kernel/errors.js';
import { LOCALES, pickText } from '../../../kernel/locale.js';
import { letterName } from '../../../kernel/names.js';
import { currentContext } from '../../../platform/runtime/request-context.js';
import { Attempts } from '../../../platform/web/attempts.js';
import { choice } from '../../../platform/web/fields.js';
import type { FormView } from '../../../platform/web/form.js';
import { ByToken } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { namesOf, People } from '../../people/index.js';
import type { MemberConsent } from './member-consent.entity.js';
import { CONSENT_ANSWERS, isLate } from './member-consent.rules.js';
import { MemberConsents } from './member-consents.service.js';
import { Clock } from '../../../platform/runtime/clock.js';

const answerForm = z.strictObject({ answer: choice(CONSENT_ANSWERS) });

/** Somebody's own answer to what their delegation has given of them. It names kinds of data, never what they say. */
@Controller([...LOCALES].map((locale) => `${locale}/delegation-consent`))
export class MemberConsentPages {
  constructor(
    private readonly clock: Clock,
    private readonly attempts: Attempts,
    private readonly people: People,
    private readonly consents: MemberConsents,
  ) {}

  @Get(':token')
  @ByToken('delegation-consent')
  async page(@Web() web: WebContext, @Param('token') token: string): Promise<string> {
    return this.show(web, token, await this.find(token), web.emptyForm());
  }

  @Post(':token')
  @ByToken('delegation-consent')
  async answer(@Web() web: WebContext, @Param('token') token: string, @Body() body: unknown): Promise<string> {
    const row = await this.find(token);
    return web.form(answerForm, body, {
      done: async ({ answer }) => {
        await this.consents.answer(row, answer);
        const key = `delegation.consent.done.${answer}`;
        return web.redirect(`/${web.locale}/delegation-consent/${token}`, { key });
      },
      again: async (form) => this.show(web, token, await this.find(token), form),
    });
  }

  /** Throws NotFound; whoever tries many is stopped. */
  private async find(token: string): Promise<MemberConsent> {
    const { address } = currentContext();
    await this.attempts.check('wrong-token', address);
    const found = await this.consents.byToken(token);
    if (found) return found;
    await this.attempts.count('wrong-token', address);
    throw new NotFound();
  }

  private async show(web: WebContext, token: string, row: MemberConsent, form: FormView): Promise<string> {
    const { visit, member, purposes } = await this.consents.about(row);
    const person = await this.people.byId(member.personId);
    const open = row.answer === null && !isLate(row, this.clock.now());
    const model = {
      here: `/${web.locale}/delegation-consent/${token}`,
      open,
      state: row.answer ?? 'lapsed',
      name: person && letterName(namesOf(person)),
      purposes,
      until: row.until,
      zone: visit.zone,
      answers: CONSENT_ANSWERS,
    };
    const title = web.t('delegation.consent.title', { title: pickText(visit.title, web.locale).text });
    return web.page('pages/delegation/consent', model, {
      title,
      robots: 'none',
      form,
      status: web.reply.statusCode,
    });
  }
}
