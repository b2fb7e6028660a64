import { Injectable } from '@nestjs/common';
import { pickText } from '../../kernel/locale.js';
import { formatSize } from '../../platform/i18n/formats.js';
import type { InboundMail } from '../../platform/inbound/inbound-mail.entity.js';
import { contentsOf } from '../../platform/inbound/mail-contents.js';
import { MailThreads } from '../../platform/inbound/mail-threads.js';
import { deliveryOf } from '../../platform/mail/delivery.rules.js';
import type { FormView } from '../../platform/web/form.js';
import { covers, WHOLE_HOUSE } from '../../platform/web/viewer.js';
import type { WebContext } from '../../platform/web/web-context.js';
import { Conferences, titled } from '../conferences/index.js';
import { ReplyQueries, type Invitation } from '../invitations/index.js';
import { People, personName, type Person } from '../people/index.js';
import { InboxReplies } from './inbox-replies.service.js';
import { InboxDesk, reads } from './inbox-desk.service.js';
import type { MailPageQuery } from './inbox.schemas.js';

const FOUND = 10;
/** Mails of a correspondence whose words are read for its page. */
const WITH_WORDS = 10;

/** One mail from outside: what it says, whose it is, and what was written before and after. */
@Injectable()
export class MailCard {
  constructor(
    private readonly desk: InboxDesk,
    private readonly threads: MailThreads,
    private readonly people: People,
    private readonly conferences: Conferences,
    private readonly replies: ReplyQueries,
    private readonly letters: InboxReplies,
  ) {}

  async show(web: WebContext, mail: InboundMail, query: MailPageQuery, form: FormView): Promise<string> {
    const contents = await contentsOf(mail);
    const limit = typeof contents === 'string' ? contents : null;
    const shown = typeof contents === 'string' ? null : contents;
    const person = mail.personId === null ? null : await this.people.byId(mail.personId);
    const conference = mail.conferenceId === null ? null : await this.conferences.byId(mail.conferenceId);
    const mayWrite = covers(web.viewer.level('inbox', mail.conferenceId ?? WHOLE_HOUSE), 'write');
    const readsPeople = covers(web.viewer.level('person', null), 'read');
    const model = {
      here: `/org/inbox/${mail.id}`,
      mail: { ...mail, kind: mail.kind ?? 'letter', raw: null, size: formatSize(web.locale, mail.size) },
      limit,
      contents: shown && {
        ...shown,
        attachments: shown.attachments.map((one) => ({ ...one, size: formatSize(web.locale, one.size) })),
      },
      person: person && { name: personName(person), href: readsPeople ? `/org/people/${person.publicId}` : '' },
      conference: conference && { title: conference.title, href: `/org/c/${conference.slug}` },
      invitation: await this.invitation(web, mail),
      answers: await this.answers(web, mail),
      thread: await this.thread(web, mail),
      mayWrite,
      replying: mayWrite ? await this.letters.replying(mail) : null,
      linking: mayWrite && readsPeople ? await this.linking(web, mail, query) : null,
    };
    const title = mail.subject ?? web.t('inbox.noSubject');
    return web.page('pages/inbox/mail', model, {
      title,
      layout: 'staff',
      section: 'inbox',
      form,
      breadcrumbs: [{ label: web.t('inbox.title'), href: '/org/inbox' }],
    });
  }

  private async invitation(web: WebContext, mail: InboundMail): Promise<string> {
    const invitation = await this.desk.invitationOf(web.viewer, mail);
    const conference = invitation && (await this.conferences.byId(invitation.conferenceId));
    return conference ? `/org/c/${conference.slug}/invitations/${invitation!.id}` : '';
  }

  /** Answers of a calendar that it held, on the desks where they are decided. */
  private async answers(web: WebContext, { id }: InboundMail) {
    const rows = await this.replies.ofMail(id);
    const known = rows.filter(
      ({ conferenceId }) => conferenceId !== null && reads(web.viewer, 'invitation', conferenceId),
    );
    return Promise.all(
      known.map(async (reply) => {
        const conference = await this.conferences.byId(reply.conferenceId!);
        return {
          href: `/org/c/${conference!.slug}/invitations/replies/${reply.id}`,
          fate: reply.decision ?? reply.fate,
        };
      }),
    );
  }

  /** Each with its words, the latest of them; this mail stands open above. */
  private async thread(web: WebContext, mail: InboundMail) {
    const thread = await this.desk.thread(web.viewer, mail);
    if (thread.length < 2) return [];
    const words = await this.threads.words(thread.filter(({ mail: one }) => one.id !== mail.id).slice(-WITH_WORDS));
    return thread.map((one) => ({
      at: one.at,
      direction: one.direction,
      subject: one.mail.subject,
      state: one.direction === 'sent' ? deliveryOf(one.mail) : null,
      current: one.mail.id === mail.id,
      href: one.direction === 'received' ? `/org/inbox/${one.mail.id}` : '',
      words: words.get(one.mail.id) ?? '',
      open: one.direction === 'sent' && one.mail.kind === 'letter',
    }));
  }

  /** Whose it may be: somebody who was chosen, or found, or has the address that it came from. */
  private async linking(web: WebContext, mail: InboundMail, { q, person: publicId }: MailPageQuery) {
    const bySender = mail.sender === null ? null : await this.people.byEmail(mail.sender);
    const linked = mail.personId === null ? null : await this.people.byId(mail.personId);
    const chosen = publicId === null ? (linked ?? bySender) : await this.people.byPublicId(publicId);
    const found = q === null ? [] : await this.people.search({ words: q, limit: FOUND });
    return {
      q,
      found: found.slice(0, FOUND).map((one) => ({
        name: personName(one),
        institution: one.institution,
        email: one.email,
        href: `/org/inbox/${mail.id}?person=${one.publicId}#link`,
      })),
      chosen: chosen && (await this.choices(web, mail, chosen)),
      bySender: chosen !== null && chosen.id === bySender?.id,
    };
  }

  private async choices(web: WebContext, mail: InboundMail, person: Person) {
    const invitations = await this.desk.invitationsOf(web.viewer, person.id);
    const current = await this.desk.invitationOf(web.viewer, mail);
    return {
      publicId: person.publicId,
      name: personName(person),
      email: person.email,
      invitation: current?.id ?? '',
      invitations: [
        { value: '', label: web.t('inbox.link.onlyPerson') },
        ...invitations.map((one) => ({ value: one.id, label: labelOf(web, one) })),
      ],
    };
  }
}

function labelOf(web: WebContext, { session, conference, state }: Invitation): string {
  const what = session ? titled(web, session) : conference.title;
  const asked = state === 'queued' ? web.t('invitation.list.waiting') : web.t(`state.invitation.${state}`);
  return `${pickText(what, web.locale).text} · ${asked}`;
}
