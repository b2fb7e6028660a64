import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import { LOCALES, type Locale } from '../../kernel/locale.js';
import { letterName } from '../../kernel/names.js';
import { Clock } from '../../platform/runtime/clock.js';
import { currentContext } from '../../platform/runtime/request-context.js';
import { Attempts } from '../../platform/web/attempts.js';
import type { FormView } from '../../platform/web/form.js';
import { ByToken } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { namesOf, People } from '../people/index.js';
import { InvitationSubjects } from './invitation-subjects.service.js';
import type { Invitation } from './invitation.entity.js';
import { ANSWERS, isAnswered, mayAnswer } from './invitation.rules.js';
import { answerForm } from './invitation.schemas.js';
import { Invitations } from './invitations.service.js';

/** The personal link: opened as often as one likes, also by mail scanners; only its POST answers ([CI8], [T3]). */
@Controller([...LOCALES].map((locale) => `${locale}/invite`))
export class AnswerPages {
  constructor(
    private readonly clock: Clock,
    private readonly attempts: Attempts,
    private readonly people: People,
    private readonly invitations: Invitations,
    private readonly subjects: InvitationSubjects,
  ) {}

  @Get(':token')
  @ByToken('invitation')
  async open(@Web() web: WebContext, @Param('token') token: string): Promise<string> {
    const invitation = await this.find(token);
    const { state, comment, companions } = invitation;
    const brought = { companions: companions?.count ?? '', companionNames: (companions?.names ?? []).join('\n') };
    const answer = isAnswered(state) ? state : '';
    return this.show(web, token, invitation, web.emptyForm({ answer, comment, ...brought }));
  }

  @Post(':token')
  @ByToken('invitation')
  async answer(@Web() web: WebContext, @Param('token') token: string, @Body() body: unknown): Promise<string> {
    const invitation = await this.find(token);
    return web.form(answerForm, body, {
      done: async (given) => {
        // Each makes a new person: whoever holds one link cannot fill the list of guests ([P27]).
        if (given.answer === 'substituted') await this.attempts.count('guest-invitation', invitation.id);
        const { state } = await this.invitations.answer(invitation.id, { ...given, channel: 'link' });
        return web.redirect(`/${web.locale}/invite/${token}`, { key: `invitation.answer.done.${state}` });
      },
      again: async (form) => this.show(web, token, await this.find(token), form),
    });
  }

  /** Throws NotFound; whoever tries many is stopped. A draft has no link yet. */
  private async find(token: string): Promise<Invitation> {
    const { address } = currentContext();
    await this.attempts.check('wrong-token', address);
    const invitation = await this.invitations.byToken(token);
    if (invitation && invitation.state !== 'draft') return invitation;
    await this.attempts.count('wrong-token', address);
    throw new NotFound();
  }

  private async show(web: WebContext, token: string, invitation: Invitation, form: FormView): Promise<string> {
    const { locale } = web;
    const subject = await this.subjects.of(invitation);
    const person = (await this.people.byId(invitation.personId))!;
    const { state, deadline, message, kind, confirmAgain, substitute } = invitation;
    const { companionsAsked, companionsMax } = invitation;
    const open = mayAnswer(invitation, this.clock.now());
    const model = {
      here: `/${locale}/invite/${token}`,
      name: letterName(namesOf(person)),
      kind,
      message,
      messageLocale: invitation.locale,
      state: state === 'queued' || state === 'bounced' ? (open ? 'open' : 'expired') : state,
      open,
      confirmAgain,
      cancelled: subject.session?.cancelled ?? false,
      substituteName: substitute?.name ?? '',
      deadline,
      answers: ANSWERS,
      companionsAsked,
      companionsMax,
      openSubstitute: form.values['answer'] === 'substituted',
      facts: await this.facts(web, locale, invitation, subject),
      path: this.subjects.path(subject, locale),
      contact: subject.conference.contactEmail,
      zone: subject.conference.zone,
    };
    const title = web.t('invitation.answer.title', { what: this.subjects.title(subject, locale) });
    return web.page('pages/invitations/answer', model, { title, robots: 'none', form, status: web.reply.statusCode });
  }

  private async facts(
    web: WebContext,
    locale: Locale,
    { role }: Invitation,
    subject: Awaited<ReturnType<InvitationSubjects['of']>>,
  ): Promise<{ label: string; value: string }[]> {
    const { conference, session } = subject;
    const label = (key: string): string => web.t(`mail.invitation.fact.${key}`);
    const rows = [
      { label: label('conference'), value: this.subjects.title({ conference, session: null }, locale) },
      { label: label('session'), value: session ? this.subjects.title(subject, locale) : '' },
      { label: label('role'), value: role ? web.t(`role.${role}`) : '' },
      {
        label: label(!session || session.released ? 'when' : 'planned'),
        value: this.subjects.when(subject, locale),
      },
      { label: label('where'), value: await this.subjects.where(subject, locale) },
    ];
    return rows.filter(({ value }) => value !== '');
  }
}
