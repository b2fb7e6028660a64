import { Inject, Injectable } from '@nestjs/common';
import { letterName } from '../../kernel/names.js';
import type { Partstat } from '../../platform/calendar/index.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { Database } from '../../platform/database/database.js';
import { Translator } from '../../platform/i18n/translator.js';
import { Journal } from '../../platform/journal/journal.js';
import type { Block, MailMessage } from '../../platform/mail/message.js';
import { Outbox } from '../../platform/mail/outbox.js';
import { Conferences, type Conference } from '../conferences/index.js';
import { namesOf } from '../people/index.js';
import { PeopleToTell, ProgrammeReleased, type SessionChange } from '../programme/index.js';
import { InvitationCalendar } from './invitation-calendar.service.js';
import { InvitationSubjects, type AskedSession, type Subject } from './invitation-subjects.service.js';
import { Invitation } from './invitation.entity.js';
import { ConfirmationAsked } from './invitation.events.js';
import { InvitationMails } from './invitation.mails.js';
import { ReleaseInvolved, type Involved } from './release-involved.queries.js';

type News = 'added' | 'moved' | 'cancelled' | 'dropped';

/**
 * What a release says to people: one held mail for each person and session that changed in a way that matters to them,
 * with the REQUEST or CANCEL of exactly that session; to everybody else nothing (rulings 4 and 9).
 */
@Injectable()
export class ReleaseMails {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly translator: Translator,
    private readonly conferences: Conferences,
    private readonly involved: ReleaseInvolved,
    private readonly subjects: InvitationSubjects,
    private readonly calendar: InvitationCalendar,
    private readonly mails: InvitationMails,
    private readonly journal: Journal,
    toTell: PeopleToTell,
  ) {
    journal.on(ProgrammeReleased, ({ id, conferenceId, changes }) => this.released(id, conferenceId, changes));
    toTell.from(async (conferenceId, changes) => {
      const concerned = (await this.conferences.byId(conferenceId)) ? await this.involved.of(changes) : [];
      return concerned.map(({ person }) => person.id);
    });
  }

  private async released(releaseId: string, ownerId: string, changes: readonly SessionChange[]): Promise<void> {
    const conference = await this.conferences.byId(ownerId);
    // The programme of a visit tells its guests in its own way.
    if (!conference) return;
    const concerned = await this.involved.of(changes);
    const ids = [...new Set(concerned.map(({ sessionId }) => sessionId))];
    const removed = new Set(changes.filter(({ kind }) => kind === 'removed').map(({ sessionId }) => sessionId));
    const sessions = new Map([
      ...(await this.subjects.sessions(ids.filter((id) => !removed.has(id)))),
      ...(await this.subjects.gone(ids.filter((id) => removed.has(id)))),
    ]);
    const letters: MailMessage[] = [];
    for (const one of concerned) {
      const letter = await this.letter(releaseId, conference, one, sessions.get(one.sessionId)!);
      if (letter) letters.push(letter);
    }
    await this.outbox.enqueueAll(letters);
  }

  private async letter(
    releaseId: string,
    conference: Conference,
    one: Involved,
    session: AskedSession,
  ): Promise<MailMessage | null> {
    const { person, locale, role, told, dropped, invitation } = one;
    // The release has moved the entry on since it was told: the answer was given to something else ([CM3]).
    const again = told !== null && told.sequence > told.sentSequence!;
    const partstat: Partstat = again && !session.cancelled && !dropped ? 'NEEDS-ACTION' : one.partstat;
    const subject: Subject = { conference, session };
    const part = await this.calendar.tell({ person, locale, role, partstat }, subject, dropped);
    if (!part.changed) return null;
    const news: News = dropped ? 'dropped' : session.cancelled ? 'cancelled' : told === null ? 'added' : 'moved';
    const confirm = partstat === 'NEEDS-ACTION' && invitation !== null;
    if (confirm) await this.askAgain(invitation, releaseId);
    return {
      kind: `release-${news}`,
      cause: `release:${releaseId}:${session.id}:${person.id}`,
      to: { address: person.email!, name: letterName(namesOf(person)) },
      locale,
      subject: this.t(one, subject, `${news}.subject`),
      blocks: [
        { kind: 'text', text: this.t(one, subject, 'greeting', { name: letterName(namesOf(person)) }) },
        { kind: 'text', text: this.t(one, subject, `${news}.intro`) },
        await this.facts(one, subject),
        ...this.ways(one, subject, news, confirm),
      ],
      calendar: part.part,
      conferenceId: conference.id,
      personId: person.id,
      hold: true,
      batch: `release:${releaseId}`,
      ...(conference.contactEmail ? { replyTo: conference.contactEmail } : {}),
    };
  }

  /** The invited person answers on their page; others by mail, since the calendar's answer is read there. */
  private ways(one: Involved, subject: Subject, news: News, confirm: boolean): Block[] {
    if (news === 'cancelled' || news === 'dropped') return [];
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
      { label: label('session'), value: this.subjects.title(subject, locale) },
      { label: label('role'), value: role ? this.translator.t(locale, `role.${role}`) : '' },
      { label: label('when'), value: this.subjects.when(subject, locale) },
      { label: label('where'), value: await this.subjects.where(subject, locale) },
    ];
    return { kind: 'facts', rows: rows.filter(({ value }) => value !== '') };
  }

  private async askAgain(invitation: Invitation, releaseId: string): Promise<void> {
    await this.db.manager
      .createQueryBuilder()
      .update(Invitation)
      .set({ confirmAgain: true, version: () => 'version + 1' })
      .where({ id: invitation.id })
      .execute();
    const { id, conferenceId, personId } = invitation;
    await this.journal.record(ConfirmationAsked({ id, conferenceId, personId, releaseId }));
  }

  private t({ locale }: Involved, subject: Subject, key: string, params: Record<string, string> = {}): string {
    return this.translator.t(locale, `mail.release.${key}`, {
      what: this.subjects.title(subject, locale),
      title: this.subjects.title({ ...subject, session: null }, locale),
      ...params,
    });
  }
}
