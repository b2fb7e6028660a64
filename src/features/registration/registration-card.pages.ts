import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { Accounts } from '../accounts/index.js';
import { Consents, CONSENT_PURPOSES, namesOf, People, personName } from '../people/index.js';
import { letterName } from '../../kernel/names.js';
import { NeedsOfPeople } from './needs.service.js';
import { asksNeeds, CATEGORIES, FORMS } from './participation.rules.js';
import { RegistrationCards } from './registration-cards.js';
import { RegistrationQueries } from './registration.queries.js';
import type { Registration } from './registration.entity.js';
import { ATTENDANCES, isActive, PAYMENTS } from './registration.rules.js';
import { decisionForm, noteForm, participationForm, staffCancelForm } from './registration.schemas.js';
import { Registrations } from './registrations.service.js';
import { SessionChoices } from './session-choices.service.js';
import { staffFrame } from './staff-frame.js';

/** One registration as organizers see it, and what they may do with it. */
@Controller('org/c/:conf/registrations/:reg')
export class RegistrationCardPages {
  constructor(
    private readonly accounts: Accounts,
    private readonly people: People,
    private readonly consents: Consents,
    private readonly needs: NeedsOfPeople,
    private readonly sessions: SessionChoices,
    private readonly queries: RegistrationQueries,
    private readonly registrations: Registrations,
    private readonly cards: RegistrationCards,
  ) {}

  @Get()
  @Staff('registration', 'read')
  async card(@Web() web: WebContext, @Param('reg') reg: string): Promise<string> {
    return this.show(web, await this.find(web, reg), web.emptyForm());
  }

  @Post('decision')
  @Staff('registration', 'write')
  async decide(@Web() web: WebContext, @Param('reg') reg: string, @Body() body: unknown): Promise<string> {
    const { id } = await this.find(web, reg);
    return web.form(decisionForm, body, {
      done: async ({ decision, message, version }) => {
        const after = await this.registrations[decision]({ id, version }, { message });
        return this.back(web, reg, after.waitlist === 'waiting' ? 'registration.card.approvedWaiting' : `registration.card.done.${decision}`);
      },
      again: async (form) => this.show(web, await this.find(web, reg), form),
    });
  }

  @Post('cancellation')
  @Staff('registration', 'write')
  async cancel(@Web() web: WebContext, @Param('reg') reg: string, @Body() body: unknown): Promise<string> {
    const { id } = await this.find(web, reg);
    return web.form(staffCancelForm, body, {
      done: async ({ message, version }) => {
        await this.registrations.cancel({ id, version }, { message });
        return this.back(web, reg, 'registration.card.done.cancel');
      },
      again: async (form) => this.show(web, await this.find(web, reg), form),
    });
  }

  @Post('note')
  @Staff('registration', 'write')
  async note(@Web() web: WebContext, @Param('reg') reg: string, @Body() body: unknown): Promise<string> {
    const { id } = await this.find(web, reg);
    return web.form(noteForm, body, {
      done: async ({ payment, attendance, note, version }) => {
        await this.registrations.annotate({ id, version }, { payment, attendance, note: note ?? '' });
        return this.back(web, reg, 'registration.card.done.note');
      },
      again: async (form) => this.show(web, await this.find(web, reg), form),
    });
  }

  @Post('participation')
  @Staff('registration', 'write')
  async participation(@Web() web: WebContext, @Param('reg') reg: string, @Body() body: unknown): Promise<string> {
    const { id } = await this.find(web, reg);
    return web.form(participationForm, body, {
      done: async ({ category, form, version }) => {
        const after = await this.registrations.changeParticipation({ id, version }, { category, form });
        return this.back(web, reg, after.waitlist === 'waiting' ? 'registration.card.nowWaiting' : 'registration.card.done.participation');
      },
      again: async (form) => this.show(web, await this.find(web, reg), form),
    });
  }

  private find(web: WebContext, reg: string): Promise<Registration> {
    return this.registrations.inConference(web.conference.id, reg);
  }

  private back(web: WebContext, reg: string, key: string): string {
    return web.redirect(`/org/c/${web.conference.slug}/registrations/${reg}`, { key });
  }

  private async show(web: WebContext, registration: Registration, form: FormView): Promise<string> {
    const list = `/org/c/${web.conference.slug}/registrations`;
    const person = (await this.people.byId(registration.personId))!;
    const level = (object: 'person' | 'registration' | 'journal' | 'outbox' | 'needs') => web.viewer.level(object, web.conference.id);
    const [answers, chosen, offered, stated, sections] = await Promise.all([
      this.consents.current(person.id),
      this.sessions.of(registration.id),
      this.sessions.offered(registration.conferenceId),
      this.needs.stated([registration.id]),
      this.cards.of(registration),
    ]);
    const mayRead = (object: 'journal' | 'outbox'): boolean => level(object) !== undefined && level(object) !== 'count';
    const history = mayRead('journal') ? await this.queries.history(registration.id) : [];
    const accounts = await this.accounts.byIds(history.flatMap(({ actorKind, actorId }) => (actorKind === 'account' && actorId ? [actorId] : [])));
    const model = {
      here: `${list}/${registration.publicId}`,
      registration: { ...registration, participation: registration.form },
      active: isActive(registration),
      person: { ...person, displayName: personName(person), letter: letterName(namesOf(person)) },
      personHref: level('person') ? `/org/people/${person.publicId}` : '',
      noConsent: isActive(registration) && answers.get('registration')?.given !== true,
      consents: CONSENT_PURPOSES.map((purpose) => ({ purpose, answer: answers.get(purpose) ?? null })),
      sessions: offered.filter(({ id }) => chosen.has(id)).map(({ title, startsAt }) => ({ title, startsAt })),
      asksNeeds: asksNeeds(registration.form),
      hasNeeds: stated.has(registration.id),
      needs: level('needs') === 'write' && stated.has(registration.id) ? await this.needs.of(registration.id) : null,
      sections,
      history: history.map(({ at, type, actorKind, actorId }) => ({ at, type, actor: actorKind, by: actorId ? (accounts.get(actorId)?.name ?? null) : null })),
      mails: mayRead('outbox') ? await this.queries.mails(registration.conferenceId, person.id) : null,
      choices: { categories: CATEGORIES, forms: FORMS, payments: PAYMENTS, attendances: ATTENDANCES },
      mayWrite: level('registration') === 'write',
      zone: web.conference.zone,
      values: form.values,
    };
    const shown = `${registration.number} · ${personName(person)}`;
    return web.page('pages/registration/card', model, { ...staffFrame(web, '', list, shown), form });
  }
}
