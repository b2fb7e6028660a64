import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { LOCALES, pickText } from '../../kernel/locale.js';
import type { FormView } from '../../platform/web/form.js';
import { SignedIn } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { ConferenceFacts } from './conference-facts.service.js';
import { MyFrame } from './my-frame.js';
import { takesSeat } from './participation.rules.js';
import { RegistrationQueries } from './registration.queries.js';
import { RegistrationTasks } from './registration-tasks.js';
import type { Registration } from './registration.entity.js';
import { isActive } from './registration.rules.js';
import { cancelForm, emptyForm, offerForm } from './registration.schemas.js';
import { SettingsOfRegistration } from './registration-settings.service.js';
import { Registrations } from './registrations.service.js';
import { standingKey } from './standing.js';
import { SessionChoices } from './session-choices.service.js';
import { WaitingList } from './waiting-list.service.js';

/** What a person sees of their own registrations. Anybody else's is 404. */
@Controller([...LOCALES])
export class MyPages {
  constructor(
    private readonly frame: MyFrame,
    private readonly facts: ConferenceFacts,
    private readonly queries: RegistrationQueries,
    private readonly registrations: Registrations,
    private readonly settings: SettingsOfRegistration,
    private readonly sessions: SessionChoices,
    private readonly tasks: RegistrationTasks,
    private readonly waiting: WaitingList,
  ) {}

  @Get('my')
  @SignedIn('person')
  async all(@Web() web: WebContext): Promise<string> {
    const rows = await this.queries.ofPerson(web.viewer.id);
    const items = await Promise.all(
      rows.map(async ({ registration, conference }) => ({
        href: `/${web.locale}/my/${registration.publicId}`,
        title: conference.title,
        dates: this.facts.dates(conference, web.locale),
        number: registration.number,
        standing: standingKey(registration),
        upcoming: isActive(registration) ? await this.upcoming(registration) : [],
        zone: conference.zone,
      })),
    );
    return web.page('pages/registration/my', { items }, { title: web.t('registration.my.title'), robots: 'none' });
  }

  @Get('my/:reg')
  @SignedIn('person')
  async one(@Web() web: WebContext, @Param('reg') reg: string): Promise<string> {
    return this.show(web, await this.own(web, reg), web.emptyForm());
  }

  @Post('my/:reg/offer')
  @SignedIn('person')
  async answerOffer(@Web() web: WebContext, @Param('reg') reg: string, @Body() body: unknown): Promise<string> {
    const registration = await this.own(web, reg);
    return web.form(offerForm, body, {
      done: async ({ answer }) => {
        if (answer === 'accept') await this.registrations.acceptOffer(registration);
        else await this.registrations.cancel(registration, { offerDeclined: true });
        return web.redirect(`/${web.locale}/my/${reg}`, { key: `registration.offer.done.${answer}` });
      },
      again: async (form) => this.show(web, await this.own(web, reg), form),
    });
  }

  @Post('my/:reg/wait')
  @SignedIn('person')
  async waitAgain(@Web() web: WebContext, @Param('reg') reg: string, @Body() body: unknown): Promise<string> {
    const registration = await this.own(web, reg);
    return web.form(emptyForm, body, {
      done: async () => {
        await this.registrations.waitAgain(registration);
        return web.redirect(`/${web.locale}/my/${reg}`, { key: 'registration.my.waitsAgain' });
      },
      again: async (form) => this.show(web, await this.own(web, reg), form),
    });
  }

  @Get('my/:reg/cancel')
  @SignedIn('person')
  async cancelPage(@Web() web: WebContext, @Param('reg') reg: string): Promise<string> {
    return this.showCancel(web, await this.own(web, reg), web.emptyForm({ way: 'cancel' }));
  }

  @Post('my/:reg/cancel')
  @SignedIn('person')
  async cancel(@Web() web: WebContext, @Param('reg') reg: string, @Body() body: unknown): Promise<string> {
    const registration = await this.own(web, reg);
    return web.form(cancelForm, body, {
      done: async ({ way }) => {
        if (way === 'online') await this.registrations.goOnline(registration);
        else await this.registrations.cancel(registration);
        return web.redirect(`/${web.locale}/my/${reg}`, { key: `registration.cancel.${way === 'online' ? 'nowOnline' : 'done'}` });
      },
      again: async (form) => this.showCancel(web, await this.own(web, reg), form),
    });
  }

  private own(web: WebContext, reg: string): Promise<Registration> {
    return this.registrations.ofPerson(web.viewer.id, reg);
  }

  private async show(web: WebContext, registration: Registration, form: FormView): Promise<string> {
    const here = `/${web.locale}/my/${registration.publicId}`;
    const active = isActive(registration) && registration.approval !== 'refused';
    const tasks = active ? await this.tasks.of(registration) : [];
    const { conference, model, page } = await this.frame.of(web, registration);
    const place = await this.facts.place(conference, web.locale);
    return web.page(
      'pages/registration/my-registration',
      {
        ...model,
        active,
        standing: standingKey(registration),
        queue: registration.waitlist === 'waiting' ? await this.waiting.standing(registration) : null,
        offerUntil: registration.waitlist === 'offered' ? registration.offerUntil : null,
        place,
        zoneWords: this.facts.zone(conference, web.locale),
        tasks: tasks.map(({ key, status, href, label, hint }) => ({
          id: `task-${key}`,
          state: status,
          label: web.t(label),
          href: status === 'blocked' ? '' : `${here}/${href}`,
          hint: hint ? web.t(hint) : '',
        })),
        upcoming: active ? await this.upcoming(registration) : [],
      },
      { ...page, title: pickText(conference.title, web.locale).text, form },
    );
  }

  private async upcoming(registration: Registration): Promise<object[]> {
    const chosen = await this.sessions.of(registration.id);
    if (chosen.size === 0) return [];
    const offered = await this.sessions.offered(registration.conferenceId);
    return offered.filter(({ id }) => chosen.has(id)).map(({ title, startsAt, endsAt, room }) => ({ title, startsAt, endsAt, room: room?.name ?? null }));
  }

  private async showCancel(web: WebContext, registration: Registration, form: FormView): Promise<string> {
    const settings = await this.settings.of(registration.conferenceId);
    const { model, page } = await this.frame.of(web, registration, 'registration.cancel.title');
    const ways = takesSeat(registration.form) && settings.forms.includes('online') ? ['cancel', 'online'] : ['cancel'];
    return web.page('pages/registration/cancel', { ...model, ways, active: isActive(registration) }, { ...page, form });
  }
}
