import { Inject, Injectable } from '@nestjs/common';
import { letterName } from '../../kernel/names.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { Translator } from '../../platform/i18n/translator.js';
import type { Block, MailMessage } from '../../platform/mail/message.js';
import { namesOf } from '../people/index.js';
import { InvitationSubjects, type Subject } from './invitation-subjects.service.js';
import { InvitationMails } from './invitation.mails.js';
import type { Involved } from './release-involved.queries.js';

export type NewsKind = 'added' | 'moved' | 'cancelled' | 'dropped';

/** What a mail says when something in somebody's calendar has changed. */
@Injectable()
export class NewsLetters {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly translator: Translator,
    private readonly subjects: InvitationSubjects,
    private readonly mails: InvitationMails,
  ) {}

  /** `confirm`: the invited person is asked to answer again. */
  async write(
    one: Involved,
    subject: Subject,
    kind: NewsKind,
    confirm: boolean,
  ): Promise<Pick<MailMessage, 'to' | 'locale' | 'subject' | 'blocks' | 'conferenceId' | 'personId' | 'replyTo'>> {
    const { person, locale } = one;
    const { conference, session } = subject;
    const name = letterName(namesOf(person));
    const words = session === null ? 'days' : kind;
    return {
      to: { address: person.email!, name },
      locale,
      subject: this.t(one, subject, `${words}.subject`),
      blocks: [
        { kind: 'text', text: this.t(one, subject, 'greeting', { name }) },
        { kind: 'text', text: this.t(one, subject, `${words}.intro`) },
        await this.facts(one, subject),
        ...this.ways(one, subject, kind, confirm),
      ],
      conferenceId: conference.id,
      personId: person.id,
      ...(conference.contactEmail ? { replyTo: conference.contactEmail } : {}),
    };
  }

  /** The invited person answers on their page; others by mail, since the calendar's answer is read there. */
  private ways(one: Involved, subject: Subject, kind: NewsKind, confirm: boolean): Block[] {
    if (kind === 'cancelled' || kind === 'dropped') return [];
    const { invitation, locale } = one;
    const page = this.config.publicUrl + this.subjects.path(subject, locale);
    const button: Block =
      invitation !== null
        ? {
            kind: 'button',
            label: this.t(one, subject, confirm ? 'confirm' : 'change'),
            url: this.mails.link(invitation, locale),
          }
        : { kind: 'button', label: this.t(one, subject, 'programme'), url: page };
    const hint = confirm ? 'confirmHint' : invitation ? 'calendarHere' : 'cannot';
    return [button, { kind: 'small', text: this.t(one, subject, hint) }];
  }

  private async facts({ locale, role }: Involved, subject: Subject): Promise<Block> {
    const label = (key: string): string => this.translator.t(locale, `mail.invitation.fact.${key}`);
    const rows = [
      { label: label('conference'), value: this.subjects.title({ ...subject, session: null }, locale) },
      { label: label('session'), value: subject.session ? this.subjects.title(subject, locale) : '' },
      { label: label('role'), value: role ? this.translator.t(locale, `role.${role}`) : '' },
      { label: label('when'), value: this.subjects.when(subject, locale) },
      { label: label('where'), value: await this.subjects.where(subject, locale) },
    ];
    return { kind: 'facts', rows: rows.filter(({ value }) => value !== '') };
  }

  private t({ locale }: Involved, subject: Subject, key: string, params: Record<string, string> = {}): string {
    return this.translator.t(locale, `mail.release.${key}`, {
      what: this.subjects.title(subject, locale),
      title: this.subjects.title({ ...subject, session: null }, locale),
      ...params,
    });
  }
}
