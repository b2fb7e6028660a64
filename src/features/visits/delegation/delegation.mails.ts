import { Inject, Injectable } from '@nestjs/common';
import { pickText, type Locale } from '../../../kernel/locale.js';
import { letterName } from '../../../kernel/names.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { Database } from '../../../platform/database/database.js';
import { formatDate } from '../../../platform/i18n/formats.js';
import { Translator } from '../../../platform/i18n/translator.js';
import type { Block } from '../../../platform/mail/message.js';
import { Outbox } from '../../../platform/mail/outbox.js';
import { Accounts } from '../../accounts/index.js';
import { namesOf, type Person } from '../../people/index.js';
import type { Visit } from '../visit.entity.js';
import { VisitProposal } from './composition.entity.js';
import type { VisitLink } from './delegation-link.entity.js';
import { VisitMember } from './member.entity.js';

/** What is written about a delegation: the link to its own side, and to the responsible officer that all is said. */
@Injectable()
export class DelegationMails {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly translator: Translator,
    private readonly accounts: Accounts,
  ) {}

  async link(visit: Visit, link: VisitLink, { person, token }: { person: Person; token: string }): Promise<void> {
    const { locale } = person;
    const officer = await this.officer(visit);
    const t = this.in(locale, visit);
    const until = formatDate(locale, link.expiresAt, visit.zone);
    await this.outbox.enqueue({
      kind: 'delegation-link',
      cause: `delegation-link:${link.id}:${link.version}`,
      to: { address: person.email!, name: letterName(namesOf(person)) },
      locale,
      personId: person.id,
      about: aboutVisit(visit),
      ...(officer ? { replyTo: officer.email } : {}),
      subject: t('link.subject'),
      blocks: [
        text(t('greeting', { name: letterName(namesOf(person)) })),
        text(t('link.intro')),
        { kind: 'button', label: t('link.button'), url: `${this.config.publicUrl}/${locale}/delegation/${token}` },
        text(t('link.how')),
        { kind: 'small', text: t('link.until', { until }) },
        { kind: 'small', text: this.translator.t(locale, 'mail.invitation.contactReply') },
      ],
    });
  }

  /** A letter with a link that ended must not leave any more. */
  async takeBackLink(visit: Visit): Promise<void> {
    await this.outbox.takeBack(aboutVisit(visit), 'delegation-link');
  }

  /** To a member themselves: their own side has given what only they may agree to. Not a word of it stands here. */
  async consent(
    visit: Visit,
    {
      person,
      memberId,
      token,
      id,
      until,
    }: { person: Person; memberId: string; token: string; id: string; until: Date },
  ): Promise<void> {
    const { locale } = person;
    const officer = await this.officer(visit);
    const t = this.in(locale, visit);
    await this.outbox.enqueue({
      kind: 'delegation-consent',
      cause: `delegation-consent:${id}`,
      to: { address: person.email!, name: letterName(namesOf(person)) },
      locale,
      personId: person.id,
      about: aboutMember(memberId),
      ...(officer ? { replyTo: officer.email } : {}),
      subject: t('consent.subject'),
      blocks: [
        text(t('greeting', { name: letterName(namesOf(person)) })),
        text(t('consent.intro')),
        {
          kind: 'button',
          label: t('consent.button'),
          url: `${this.config.publicUrl}/${locale}/delegation-consent/${token}`,
        },
        text(t('consent.otherwise', { until: formatDate(locale, until, visit.zone) })),
      ],
    });
  }

  /** Nobody is asked who is not in the delegation any more. */
  async takeBackConsent(memberId: string): Promise<void> {
    await this.outbox.takeBack(aboutMember(memberId), 'delegation-consent');
  }

  async done(visit: Visit, link: VisitLink): Promise<void> {
    const officer = await this.officer(visit);
    if (!officer) return;
    const { locale } = officer;
    const t = this.in(locale, visit);
    const members = (await this.db.all(VisitMember, { visitId: visit.id })).length;
    const proposals = (await this.db.all(VisitProposal, { visitId: visit.id, state: 'open' })).length;
    await this.outbox.enqueue({
      kind: 'delegation-done',
      cause: `delegation-done:${link.id}:${link.version}`,
      to: { address: officer.email, name: officer.name },
      locale,
      about: aboutVisit(visit),
      subject: t('done.subject'),
      blocks: [
        text(t('done.intro', { count: members })),
        ...(proposals > 0 ? [text(t('done.proposals', { count: proposals }))] : []),
        {
          kind: 'button',
          label: t('done.button'),
          url: `${this.config.publicUrl}/protocol/visits/${visit.ref}/delegation`,
        },
      ],
    });
  }

  private async officer({ responsibleId }: Visit) {
    return responsibleId ? ((await this.accounts.byIds([responsibleId])).get(responsibleId) ?? null) : null;
  }

  private in(locale: Locale, visit: Visit) {
    const title = pickText(visit.title, locale).text;
    return (key: string, params: Record<string, unknown> = {}): string =>
      this.translator.t(locale, `mail.delegation.${key}`, { title, ref: visit.ref, ...params });
  }
}

function text(words: string): Block {
  return { kind: 'text', text: words };
}

function aboutVisit({ id }: Pick<Visit, 'id'>): string {
  return `visit:${id}`;
}

function aboutMember(id: string): string {
  return `member:${id}`;
}
