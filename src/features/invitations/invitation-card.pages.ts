import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { LOCALES } from '../../kernel/locale.js';
import { toLocal } from '../../kernel/zones.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { problemOfMail, problemOfStatus } from '../../platform/mail/mail-problem.rules.js';
import { Suppressions } from '../../platform/mail/suppressions.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { Accounts } from '../accounts/index.js';
import { titled } from '../conferences/index.js';
import { People, personName } from '../people/index.js';
import { COMPANIONS_ASKED } from './companions.rules.js';
import { InvitationSubjects } from './invitation-subjects.service.js';
import type { Invitation } from './invitation.entity.js';
import { InvitationMails } from './invitation.mails.js';
import { InvitationQueries, shownState } from './invitation.queries.js';
import { ANSWERS, isAnswered, isUnanswered } from './invitation.rules.js';
import { answerForm, letterForm, versionForm, withdrawForm } from './invitation.schemas.js';
import { Invitations } from './invitations.service.js';
import { ReplyQueries } from './replies/reply.queries.js';
import { shownReply } from './replies/shown-reply.js';
import { base, deadlineAt, frame } from './staff-pages.js';

/** One invitation as organizers see it: its letter, what became of it, and what they may do. */
@Controller('org/c/:conf/invitations/:inv')
export class InvitationCardPages {
  constructor(
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly accounts: Accounts,
    private readonly people: People,
    private readonly queries: InvitationQueries,
    private readonly invitations: Invitations,
    private readonly subjects: InvitationSubjects,
    private readonly mails: InvitationMails,
    private readonly replies: ReplyQueries,
    private readonly suppressions: Suppressions,
  ) {}

  @Get()
  @Staff('invitation', 'read')
  async card(@Web() web: WebContext, @Param('inv') id: string): Promise<string> {
    return this.show(web, await this.find(web, id), web.emptyForm());
  }

  @Post('letter')
  @Staff('invitation', 'write')
  async edit(@Web() web: WebContext, @Param('inv') inv: string, @Body() body: unknown): Promise<string> {
    const { id } = await this.find(web, inv);
    return web.form(letterForm, body, {
      done: async ({ version, deadline, message, ...letter }) => {
        const changes = { ...letter, message: message ?? '', deadline: deadlineAt(deadline, web.conference.zone) };
        await this.invitations.edit({ id, version }, changes);
        return this.back(web, id, 'saved');
      },
      again: async (form) => this.show(web, await this.find(web, id), form),
    });
  }

  @Post('sending')
  @Staff('invitation', 'write')
  async send(@Web() web: WebContext, @Param('inv') inv: string, @Body() body: unknown): Promise<string> {
    const { id } = await this.find(web, inv);
    return web.form(versionForm, body, {
      done: async ({ version }) => {
        await this.invitations.send({ id, version });
        return this.back(web, id, 'sent');
      },
      again: async (form) => this.show(web, await this.find(web, id), form),
    });
  }

  @Post('withdrawal')
  @Staff('invitation', 'write')
  async withdraw(@Web() web: WebContext, @Param('inv') inv: string, @Body() body: unknown): Promise<string> {
    const { id } = await this.find(web, inv);
    return web.form(withdrawForm, body, {
      done: async ({ version }) => {
        await this.invitations.withdraw({ id, version });
        return this.back(web, id, 'withdrawn');
      },
      again: async (form) => this.show(web, await this.find(web, id), form),
    });
  }

  /** An answer that came by telephone or letter. */
  @Post('answers')
  @Staff('invitation', 'write')
  async answer(@Web() web: WebContext, @Param('inv') inv: string, @Body() body: unknown): Promise<string> {
    const { id } = await this.find(web, inv);
    return web.form(answerForm, body, {
      done: async (given) => {
        await this.invitations.answer(id, { ...given, channel: 'staff' });
        return this.back(web, id, 'answered');
      },
      again: async (form) => this.show(web, await this.find(web, id), form),
    });
  }

  private find(web: WebContext, id: string): Promise<Invitation> {
    return this.invitations.inConference(web.conference.id, id);
  }

  private back(web: WebContext, id: string, done: string): string {
    return web.redirect(`${base(web)}/${id}`, { key: `invitation.done.${done}` });
  }

  private async show(web: WebContext, invitation: Invitation, form: FormView): Promise<string> {
    const person = (await this.people.byId(invitation.personId))!;
    const subject = await this.subjects.of(invitation);
    const level = (object: 'person' | 'journal' | 'outbox' | 'invitation' | 'programme') =>
      web.viewer.level(object, web.conference.id);
    const mayRead = (object: 'journal' | 'outbox'): boolean => ![undefined, 'count'].includes(level(object));
    const history = mayRead('journal') ? await this.journal.about(invitation.id) : [];
    const accounts = await this.accounts.byIds(
      history.flatMap(({ actorKind, actorId }) => (actorKind === 'account' && actorId ? [actorId] : [])),
    );
    const delivery = (await this.queries.deliveries([invitation])).get(invitation.mailId ?? '');
    const stop = person.email ? (await this.suppressions.stopped([person.email])).values().next().value : undefined;
    const { state, deadline, sentTo, substitute } = invitation;
    const over = deadline !== null && this.clock.now() >= deadline;
    const { zone } = web.conference;
    const model = {
      here: `${base(web)}/${invitation.id}`,
      invitation: { ...plain(invitation), shown: shownState(invitation, delivery) },
      problem: delivery?.problem ? problemOfMail(delivery.problem) : null,
      stop: stop ? problemOfStatus(stop.status) : null,
      person: {
        name: personName(person),
        email: level('person') ? person.email : null,
        hasEmail: person.email !== null,
      },
      personHref: level('person') ? `/org/people/${person.publicId}` : '',
      session: subject.session && titled(web, subject.session),
      sessionHref:
        subject.session && level('programme') ? `/org/c/${web.conference.slug}/sessions/${subject.session.id}` : '',
      when: this.subjects.when(subject, web.locale),
      where: await this.subjects.where(subject, web.locale),
      substitute: substitute && {
        name: substitute.name,
        email: level('person') ? substitute.email : null,
        href: `${base(web)}/${substitute.invitationId}`,
      },
      letter: await this.mails.preview(invitation),
      deadlineLocal: deadline ? toLocal(deadline, zone) : '',
      maySend: (state === 'draft' || isUnanswered(state)) && !over && person.email !== null && !stop,
      again: sentTo !== null,
      mayWithdraw: !['declined', 'substituted', 'withdrawn'].includes(state),
      mayAnswer: state !== 'withdrawn',
      answer: isAnswered(state) ? state : '',
      answers: ANSWERS,
      locales: LOCALES,
      asking: COMPANIONS_ASKED,
      companionNames: (invitation.companions?.names ?? []).join('\n'),
      replies: (await this.replies.ofInvitation(invitation.id)).map((reply) => ({
        ...shownReply(web, { reply, person, invitation, session: null, told: null }),
        href: `${base(web)}/replies/${reply.id}`,
      })),
      history: history.map(({ at, type, actorKind, actorId }) => ({
        at,
        type,
        actor: actorKind,
        by: actorId ? (accounts.get(actorId)?.name ?? null) : null,
      })),
      mails: mayRead('outbox') ? (await this.queries.mails(invitation)).map(shownMail) : null,
      mayWrite: level('invitation') === 'write',
      zone,
    };
    const title = web.t('invitation.card.title', { name: personName(person) });
    return web.page('pages/invitations/card', model, { ...frame(web, title), form });
  }
}

function plain(invitation: Invitation) {
  const { kind, role, deadline, message, locale, comment, confirmAgain, version } = invitation;
  const { companionsAsked, companionsMax, companions } = invitation;
  const { sentAt, sentTo, remindedAt, answeredAt, answerChannel } = invitation;
  return {
    kind,
    role,
    deadline,
    message,
    locale,
    comment,
    companionsAsked,
    companionsMax,
    companions,
    confirmAgain,
    version,
    sentAt,
    sentTo,
    remindedAt,
    answeredAt,
    answerChannel,
  };
}

function shownMail({
  createdAt,
  subject,
  locale,
  state,
}: {
  createdAt: Date;
  subject: string;
  locale: string;
  state: string;
}) {
  return { createdAt, subject, locale, state };
}
