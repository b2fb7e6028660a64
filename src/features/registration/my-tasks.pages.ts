import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { RuleViolation } from '../../kernel/errors.js';
import { LOCALES, pickText } from '../../kernel/locale.js';
import type { FormView } from '../../platform/web/form.js';
import { SignedIn } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { Consents, CONSENT_PURPOSES, People } from '../people/index.js';
import type { ReleasedSession } from '../programme/index.js';
import { clashesAmong } from './clashes.rules.js';
import { MyFrame } from './my-frame.js';
import { NeedsOfPeople } from './needs.service.js';
import { asksNeeds, choosesSessions } from './participation.rules.js';
import { Profiles } from './profiles.service.js';
import type { Registration } from './registration.entity.js';
import { isActive, isConfirmed } from './registration.rules.js';
import { claimForm, consentsForm, needsForm, OPTIONAL_CONSENTS, profileForm, sessionsForm } from './registration.schemas.js';
import { ProvisionalRegistrations } from './provisional-registrations.service.js';
import { Registrations } from './registrations.service.js';
import { SessionChoices } from './session-choices.service.js';

/** The pages behind the task list: profile, sessions, needs, consents. */
@Controller([...LOCALES].map((locale) => `${locale}/my/:reg`))
export class MyTaskPages {
  constructor(
    private readonly frame: MyFrame,
    private readonly people: People,
    private readonly profiles: Profiles,
    private readonly consents: Consents,
    private readonly needs: NeedsOfPeople,
    private readonly sessions: SessionChoices,
    private readonly registrations: Registrations,
    private readonly provisional: ProvisionalRegistrations,
  ) {}

  @Get('profile')
  @SignedIn('person')
  async profile(@Web() web: WebContext, @Param('reg') reg: string): Promise<string> {
    const registration = await this.own(web, reg);
    return this.showProfile(web, registration, web.emptyForm({ ...(await this.people.byId(registration.personId)) }));
  }

  @Post('profile')
  @SignedIn('person')
  async saveProfile(@Web() web: WebContext, @Param('reg') reg: string, @Body() body: unknown): Promise<string> {
    const registration = await this.own(web, reg);
    return web.form(profileForm, body, {
      done: async (input) => {
        await this.profiles.save(registration, input);
        return this.back(web, reg, 'registration.profile.saved');
      },
      again: (form) => this.showProfile(web, registration, form),
    });
  }

  @Post('profile/claims')
  @SignedIn('person')
  async answerClaims(@Web() web: WebContext, @Param('reg') reg: string, @Body() body: unknown): Promise<string> {
    const registration = await this.own(web, reg);
    return web.form(claimForm, body, {
      done: async ({ answer, version }) => {
        await this.profiles.answerClaims({ ...registration, version }, answer);
        return web.redirect(`/${web.locale}/my/${reg}/profile`, { key: `registration.profile.claims.${answer}` });
      },
      again: async (form) => this.showProfile(web, registration, { ...form, values: { ...(await this.people.byId(registration.personId)) } }),
    });
  }

  @Get('sessions')
  @SignedIn('person')
  async sessionsPage(@Web() web: WebContext, @Param('reg') reg: string): Promise<string> {
    const registration = await this.own(web, reg);
    return this.showSessions(web, registration, web.emptyForm(), await this.sessions.of(registration.id));
  }

  @Post('sessions')
  @SignedIn('person')
  async chooseSessions(@Web() web: WebContext, @Param('reg') reg: string, @Body() body: unknown): Promise<string> {
    const registration = await this.own(web, reg);
    return web.form(sessionsForm, body, {
      done: async ({ sessions }) => {
        if (!isConfirmed(registration) || !choosesSessions(registration.form)) throw new RuleViolation('error.registration.noSessionsYet');
        await this.sessions.choose(registration, sessions);
        const clashes = clashesAmong(await this.chosen(registration));
        return clashes.length > 0
          ? web.redirect(`/${web.locale}/my/${reg}/sessions`, { key: 'registration.sessions.savedWithClash' })
          : this.back(web, reg, 'registration.sessions.saved');
      },
      again: (form) => this.showSessions(web, registration, form, new Set([form.values['sessions'] ?? []].flat().map(String))),
    });
  }

  @Get('needs')
  @SignedIn('person')
  async needsPage(@Web() web: WebContext, @Param('reg') reg: string): Promise<string> {
    const registration = await this.own(web, reg);
    const [needs, consents] = await Promise.all([this.needs.of(registration.id), this.consents.current(registration.personId)]);
    return this.showNeeds(web, registration, web.emptyForm({ ...needs, consent: consents.get('special')?.given ?? false }));
  }

  @Post('needs')
  @SignedIn('person')
  async saveNeeds(@Web() web: WebContext, @Param('reg') reg: string, @Body() body: unknown): Promise<string> {
    const registration = await this.own(web, reg);
    return web.form(needsForm, body, {
      done: async (input) => {
        if (!isActive(registration) || !asksNeeds(registration.form)) throw new RuleViolation('error.registration.noNeeds');
        await this.needs.write(registration, input);
        return this.back(web, reg, 'registration.needs.saved');
      },
      again: (form) => this.showNeeds(web, registration, form),
    });
  }

  @Get('consents')
  @SignedIn('person')
  async consentsPage(@Web() web: WebContext, @Param('reg') reg: string): Promise<string> {
    const registration = await this.own(web, reg);
    const current = await this.consents.current(registration.personId);
    const values = Object.fromEntries(OPTIONAL_CONSENTS.map((purpose) => [purpose, current.get(purpose)?.given ?? false]));
    return this.showConsents(web, registration, web.emptyForm(values));
  }

  @Post('consents')
  @SignedIn('person')
  async saveConsents(@Web() web: WebContext, @Param('reg') reg: string, @Body() body: unknown): Promise<string> {
    const registration = await this.own(web, reg);
    return web.form(consentsForm, body, {
      done: async ({ registration: agreed, ...optional }) => {
        const answers = agreed ? { registration: true, ...optional } : optional;
        await this.consents.record({ personId: registration.personId, answers, channel: 'web' });
        if (agreed) await this.provisional.confirm(registration.id);
        return this.back(web, reg, 'registration.consents.saved');
      },
      again: (form) => this.showConsents(web, registration, form),
    });
  }

  private own(web: WebContext, reg: string): Promise<Registration> {
    return this.registrations.ofPerson(web.viewer.id, reg);
  }

  private back(web: WebContext, reg: string, key: string): string {
    return web.redirect(`/${web.locale}/my/${reg}`, { key });
  }

  private async showProfile(web: WebContext, registration: Registration, form: FormView): Promise<string> {
    const { model, page } = await this.frame.of(web, registration, 'registration.task.profile');
    const person = await this.people.byId(registration.personId);
    const claims = Object.entries(registration.claimed ?? {}).map(([field, value]) => ({ field, now: shown(web, field, person?.[field as keyof typeof person]), claimed: shown(web, field, value) }));
    return web.page('pages/registration/profile', { ...model, person, version: person?.version, claims, registrationVersion: registration.version }, { ...page, form });
  }

  private async showSessions(web: WebContext, registration: Registration, form: FormView, chosen: ReadonlySet<string>): Promise<string> {
    const { model, page } = await this.frame.of(web, registration, 'registration.task.sessions');
    const offered = await this.sessions.offered(registration.conferenceId);
    const counts = await this.sessions.countOf(offered.map(({ id }) => id));
    const clashes = clashesAmong(offered.filter(({ id }) => chosen.has(id)));
    const titles = new Map(offered.map(({ id, title }) => [id, pickText(title, web.locale).text]));
    const days = [...new Set(offered.map(({ day }) => day))].map((day) => ({
      day,
      sessions: offered
        .filter((session) => session.day === day)
        .map((session) => ({
          ...session,
          chosen: chosen.has(session.id),
          left: session.capacity === null ? null : Math.max(0, session.capacity - (counts.get(session.id) ?? 0)),
          clashes: clashes.filter(([a, b]) => a === session.id || b === session.id).map(([a, b]) => titles.get(a === session.id ? b : a)),
        })),
    }));
    return web.page('pages/registration/sessions', { ...model, days, open: isConfirmed(registration) && choosesSessions(registration.form) }, { ...page, form });
  }

  private async showNeeds(web: WebContext, registration: Registration, form: FormView): Promise<string> {
    const { model, page } = await this.frame.of(web, registration, 'registration.task.needs');
    return web.page('pages/registration/needs', model, { ...page, form });
  }

  private async showConsents(web: WebContext, registration: Registration, form: FormView): Promise<string> {
    const { model, page } = await this.frame.of(web, registration, 'registration.task.consents');
    const current = await this.consents.current(registration.personId);
    const given = CONSENT_PURPOSES.map((purpose) => ({ purpose, answer: current.get(purpose) ?? null }));
    const missing = current.get('registration')?.given !== true || registration.provisionalUntil !== null;
    return web.page('pages/registration/consents', { ...model, missing, purposes: OPTIONAL_CONSENTS, given }, { ...page, form });
  }

  private async chosen(registration: Registration): Promise<readonly ReleasedSession[]> {
    const ids = await this.sessions.of(registration.id);
    return (await this.sessions.offered(registration.conferenceId)).filter(({ id }) => ids.has(id));
  }
}

function shown(web: WebContext, field: string, value: unknown): string {
  if (typeof value === 'boolean') return web.t(value ? 'common.yes' : 'common.no');
  return typeof value === 'string' ? value : '';
}
