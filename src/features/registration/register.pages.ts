import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { maskEmail } from '../../kernel/email-address.js';
import { InvalidInput, NotFound } from '../../kernel/errors.js';
import { LOCALES, pickText } from '../../kernel/locale.js';
import { currentContext } from '../../platform/runtime/request-context.js';
import { Attempts } from '../../platform/web/attempts.js';
import type { FormView } from '../../platform/web/form.js';
import { Anyone } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Conferences, type Conference } from '../conferences/index.js';
import { ConferenceFacts } from './conference-facts.service.js';
import { FormStamps } from './form-stamp.js';
import { RegistrationSettings } from './registration-settings.entity.js';
import { SettingsOfRegistration } from './registration-settings.service.js';
import { openingOf } from './registration.rules.js';
import { registerForm, type RegisterInput } from './registration.schemas.js';
import { Registrations } from './registrations.service.js';

/** The public form: nine fields and the consent. What follows is told by mail only ([T5], ruling 15). */
@Controller([...LOCALES])
export class RegisterPages {
  constructor(
    private readonly clock: Clock,
    private readonly attempts: Attempts,
    private readonly conferences: Conferences,
    private readonly facts: ConferenceFacts,
    private readonly settings: SettingsOfRegistration,
    private readonly stamps: FormStamps,
    private readonly registrations: Registrations,
  ) {}

  @Get('c/:conf/register')
  @Anyone()
  async form(@Web() web: WebContext, @Param('conf') slug: string): Promise<string> {
    return this.show(web, await this.conference(slug), web.emptyForm());
  }

  @Post('c/:conf/register')
  @Anyone()
  async register(@Web() web: WebContext, @Param('conf') slug: string, @Body() body: unknown): Promise<string> {
    const conference = await this.conference(slug);
    return web.form(registerForm, body, {
      first: () => this.attempts.count('registration', currentContext().address),
      done: async (input) => {
        // Whoever fills in the field that people do not see gets the same answer as everybody.
        if (!input.website) await this.take(web, conference, input, (body as { _key?: unknown })._key);
        return web.redirect(`/${web.locale}/c/${conference.slug}/registered`, { key: 'registration.received.notice', params: { email: maskEmail(input.email.address) } });
      },
      again: (form) => this.show(web, conference, form),
    });
  }

  @Get('c/:conf/registered')
  @Anyone()
  async registered(@Web() web: WebContext, @Param('conf') slug: string): Promise<string> {
    const conference = await this.conference(slug);
    return web.page('pages/registration/registered', this.model(web, conference), this.frame(web, conference, 'registration.received.title'));
  }

  private async take(web: WebContext, conference: Conference, input: RegisterInput, stamp: unknown): Promise<void> {
    const key = this.stamps.accepted(conference.id, stamp);
    if (key === undefined) throw InvalidInput.at('', 'error.registration.stamp');
    const { form, category, email, phone, ...person } = input;
    const { given, family, mononym, institution, position, country } = person;
    await this.registrations.register({
      conferenceId: conference.id,
      conference,
      form,
      category,
      person: { given, family: mononym ? null : family, mononym, email: email.address, institution, position, country, phone: phone?.original ?? null },
      locale: web.locale,
      channel: 'web',
      key,
    });
  }

  /** Drafts are for staff: everybody else learns nothing about them. */
  private async conference(slug: string): Promise<Conference> {
    const conference = await this.conferences.bySlug(slug);
    if (!conference?.public) throw new NotFound();
    return conference;
  }

  private async show(web: WebContext, conference: Conference, form: FormView): Promise<string> {
    const settings = await this.settings.of(conference.id);
    const opening = openingOf(settings, this.clock.now());
    const model = { ...this.model(web, conference), opensAt: settings.opensAt, closesAt: settings.closesAt };
    if (opening !== 'open') return web.page('pages/registration/not-open', { ...model, opening }, { ...this.frame(web, conference, `registration.opening.${opening}`), status: web.reply.statusCode });
    const choices = { forms: settings.forms, categories: settings.categories, stamp: this.stamps.issue(conference.id) };
    return web.page('pages/registration/register', { ...model, ...choices, form: prefilled(form, settings) }, { ...this.frame(web, conference, 'registration.title'), form: prefilled(form, settings) });
  }

  private model(web: WebContext, conference: Conference): object {
    return {
      conference: { title: conference.title, slug: conference.slug, zone: conference.zone },
      dates: this.facts.dates(conference, web.locale),
      zone: conference.zone,
      here: `/${web.locale}/c/${conference.slug}/register`,
      home: `/${web.locale}/c/${conference.slug}`,
    };
  }

  private frame(web: WebContext, conference: Conference, title: string): { title: string; breadcrumbs: { label: string; href: string }[]; robots: 'none' } {
    const name = pickText(conference.title, web.locale).text;
    return { title: `${web.t(title)} · ${name}`, breadcrumbs: [{ label: name, href: `/${web.locale}/c/${conference.slug}` }], robots: 'none' };
  }
}

/** Where there is nothing to choose, it is chosen. */
function prefilled(form: FormView, { forms, categories }: RegistrationSettings): FormView {
  const only = { ...(forms.length === 1 ? { form: forms[0] } : {}), ...(categories.length === 1 ? { category: categories[0] } : {}) };
  return { ...form, values: { ...only, ...form.values } };
}
