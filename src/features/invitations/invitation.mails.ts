import { Inject, Injectable } from '@nestjs/common';
import type { Locale } from '../../kernel/locale.js';
import { letterName } from '../../kernel/names.js';
import type { Partstat } from '../../platform/calendar/index.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { formatDate, formatTime } from '../../platform/i18n/formats.js';
import { Translator } from '../../platform/i18n/translator.js';
import { zoneLabel } from '../../platform/i18n/zones.js';
import type { Block, CalendarPart, MailMessage } from '../../platform/mail/message.js';
import { MailRenderer } from '../../platform/mail/mail-renderer.js';
import { Outbox } from '../../platform/mail/outbox.js';
import { namesOf, People, type Person } from '../people/index.js';
import { Assignments } from '../programme/index.js';
import { InvitationCalendar } from './invitation-calendar.service.js';
import { InvitationSubjects, type Subject } from './invitation-subjects.service.js';
import { InvitationTokens } from './invitation-tokens.js';
import type { Invitation } from './invitation.entity.js';
import { isComing } from './invitation.rules.js';

/** One mail to one invited person. */
interface Letter {
  readonly invitation: Invitation;
  readonly person: Person;
  readonly subject: Subject;
  readonly locale: Locale;
  readonly link: string;
}

/** A letter as it would leave now, for the preview. */
export interface ShownLetter {
  readonly subject: string;
  /** The plain text that the mail carries. */
  readonly text: string;
}

/** What is written to invited people, in the language of their invitation. */
@Injectable()
export class InvitationMails {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly outbox: Outbox,
    private readonly renderer: MailRenderer,
    private readonly translator: Translator,
    private readonly people: People,
    private readonly assignments: Assignments,
    private readonly subjects: InvitationSubjects,
    private readonly calendar: InvitationCalendar,
    private readonly tokens: InvitationTokens,
  ) {}

  /** The letter with the personal link, not sent before `dueAt`. Answers the id of its row in the outbox. */
  async invite(invitation: Invitation, dueAt?: Date): Promise<string | null> {
    const letter = await this.letter(invitation);
    const { subject, blocks } = await this.invitationText(letter);
    const cause = `invitation:${invitation.id}:${invitation.version}`;
    const about = aboutInvitation(invitation);
    const message = { ...this.envelope(letter), kind: 'invitation', cause, about, subject, blocks };
    return this.outbox.enqueue({ ...message, ...(dueAt ? { dueAt } : {}) });
  }

  /** The letters of one wave, in the order of their due times. Answers the ids of their rows in the outbox, in that order. */
  async inviteAll(
    wave: Required<Pick<MailMessage, 'batch' | 'perHour'>>,
    orders: readonly { invitation: Invitation; dueAt: Date }[],
  ): Promise<string[]> {
    const letters = await this.letters(orders.map(({ invitation }) => invitation));
    const facts = new Map<string, Block>();
    const messages: MailMessage[] = [];
    for (const [index, letter] of letters.entries()) {
      const { invitation, locale } = letter;
      // A seat has a number of its own; what is said of a conference depends on the language alone.
      const known = invitation.assignmentId === null ? facts.get(locale) : undefined;
      const shown = known ?? (await this.facts(letter));
      facts.set(locale, shown);
      const about = aboutInvitation(invitation);
      const cause = `invitation:${invitation.id}:${invitation.version}`;
      const text = this.letterText(letter, shown);
      const { dueAt } = orders[index]!;
      messages.push({ ...this.envelope(letter), kind: 'invitation', cause, about, ...text, ...wave, dueAt });
    }
    const made = await this.outbox.enqueueAll(messages);
    if (made.length !== messages.length) throw new Error('a person was written to twice');
    return made;
  }

  /** The letter as it would reach its reader, to somebody of the staff, at once; its link leads nowhere. */
  async test(invitation: Invitation, to: string, cause: string): Promise<void> {
    const letter = { ...(await this.letter(invitation)), link: this.noLink(invitation) };
    const { subject, blocks } = await this.invitationText(letter);
    await this.outbox.enqueue({
      ...this.envelope(letter),
      to: { address: to },
      kind: 'invitation-test',
      cause,
      subject: `${this.translator.t(letter.locale, 'mailing.testPrefix')} ${subject}`,
      blocks,
    });
  }

  /** The letter as it would leave now, by the same renderer; without the link, which is the invited person's alone. */
  async preview(invitation: Invitation): Promise<ShownLetter> {
    const letter = { ...(await this.letter(invitation)), link: this.noLink(invitation) };
    const { subject, blocks } = await this.invitationText(letter);
    const { text } = this.renderer.render({ ...this.envelope(letter), kind: 'invitation', cause: '', subject, blocks });
    return { subject, text };
  }

  /** Nobody is reminded any more of what they have answered, or of what is over. */
  async takeBackReminder(invitation: Invitation): Promise<void> {
    await this.outbox.discardHeld({ about: aboutInvitation(invitation) });
  }

  /** Takes the letter back if it waits; true when none has left, so that the person knows of nothing. */
  takeBackLetter(invitation: Invitation): Promise<boolean> {
    return this.outbox.takeBack(aboutInvitation(invitation), 'invitation');
  }

  /**
   * The same link again, in the thread of the letter; instead of one that is held already. `hold`: until the number is
   * confirmed (ruling 9).
   */
  async remind(invitation: Invitation, { batch, hold }: { batch: string; hold: boolean }): Promise<void> {
    await this.takeBackReminder(invitation);
    const letter = await this.letter(invitation);
    await this.outbox.enqueue({
      ...this.envelope(letter),
      kind: 'invitation-reminder',
      cause: `invitation-reminder:${invitation.id}:${invitation.version}`,
      about: aboutInvitation(invitation),
      subject: this.t(letter, 'reminder.subject'),
      ...(await this.thread(invitation)),
      blocks: [
        this.greeting(letter),
        this.text(letter, 'reminder.intro'),
        await this.facts(letter),
        this.button(letter, 'letter.button'),
        ...this.deadline(letter),
        this.contact(letter),
      ],
      hold,
      batch,
    });
  }

  /** After a yes or perhaps: the entry for the calendar, once its time is public (ruling 5). */
  async coming(invitation: Invitation): Promise<void> {
    const letter = await this.letter(invitation);
    if (!letter.person.email) return;
    const mail = invitation.state === 'tentative' ? 'tentative' : 'accepted';
    const known = isKnown(letter.subject);
    const part = known ? await this.calendarPart(letter, mail === 'tentative' ? 'TENTATIVE' : 'ACCEPTED', false) : null;
    await this.outbox.enqueue({
      ...this.envelope(letter),
      kind: `invitation-${mail}`,
      cause: `invitation-answered:${invitation.id}:${invitation.version}`,
      subject: this.t(letter, `${mail}.subject`),
      blocks: [
        this.greeting(letter),
        this.text(letter, `${mail}.intro`),
        await this.facts(letter),
        this.text(letter, known ? 'calendarHere' : 'calendarLater'),
        this.button(letter, 'changeAnswer'),
        this.contact(letter),
      ],
      ...(part ? { calendar: part } : {}),
    });
  }

  /** The same entry once more, for a calendar program that asked for it. */
  async again(invitation: Invitation): Promise<void> {
    const letter = await this.letter(invitation);
    if (!letter.person.email || !isKnown(letter.subject)) return;
    const ended = !isComing(invitation.state) && invitation.state !== 'queued';
    const part = await this.calendarPart(letter, partstatOf(invitation), ended);
    await this.outbox.enqueue({
      ...this.envelope(letter),
      kind: 'invitation-again',
      cause: `invitation-again:${invitation.id}:${part.thread?.sequence ?? 0}:${part.thread?.repetition ?? 0}`,
      subject: this.t(letter, 'again.subject'),
      blocks: [
        this.greeting(letter),
        this.text(letter, 'again.intro'),
        await this.facts(letter),
        this.button(letter, 'changeAnswer'),
        this.contact(letter),
      ],
      calendar: part,
    });
  }

  /** After a yes that was taken back, by them or by us: the entry goes from the calendar. `told`: there is one. */
  async over(invitation: Invitation, told: boolean): Promise<void> {
    const letter = await this.letter(invitation);
    if (!letter.person.email) return;
    const mail = invitation.state === 'withdrawn' ? 'withdrawn' : 'declined';
    const part = told ? await this.calendarPart(letter, 'DECLINED', true) : null;
    await this.outbox.enqueue({
      ...this.envelope(letter),
      kind: `invitation-${mail}`,
      cause: `invitation-over:${invitation.id}:${invitation.version}`,
      subject: this.t(letter, `${mail}.subject`),
      blocks: [
        this.greeting(letter),
        this.text(letter, `${mail}.intro`),
        await this.facts(letter),
        ...(told ? [this.text(letter, 'calendarGone')] : []),
        this.contact(letter),
      ],
      ...(part ? { calendar: part } : {}),
    });
  }

  /** The personal link, in a language. */
  link(invitation: Invitation, locale: Locale): string {
    return `${this.config.publicUrl}/${locale}/invite/${this.tokens.of(invitation)}`;
  }

  private noLink({ locale }: Invitation): string {
    return `${this.config.publicUrl}/${locale}/invite/…`;
  }

  private async letter(invitation: Invitation): Promise<Letter> {
    return (await this.letters([invitation]))[0]!;
  }

  /** Letters about one thing, in few statements. */
  private async letters(invitations: readonly Invitation[]): Promise<Letter[]> {
    const [first] = invitations;
    if (!first) return [];
    const people = await this.people.byIds(invitations.map(({ personId }) => personId));
    const subject = await this.subjects.of(first);
    return invitations.map((invitation) => {
      const person = people.get(invitation.personId);
      if (!person) throw new Error('an invitation belongs to a person');
      const { locale } = invitation;
      return { invitation, person, subject, locale, link: this.link(invitation, locale) };
    });
  }

  /** The letter that a mail goes on from; nothing when it was never sent. */
  private async thread(invitation: Invitation): Promise<Pick<MailMessage, 'follows'>> {
    const letter = await this.outbox.first(aboutInvitation(invitation), 'invitation');
    return letter ? { follows: letter.messageId } : {};
  }

  private async invitationText(letter: Letter): Promise<Pick<MailMessage, 'subject' | 'blocks'>> {
    return this.letterText(letter, await this.facts(letter));
  }

  private letterText(letter: Letter, facts: Block): Pick<MailMessage, 'subject' | 'blocks'> {
    const { invitation } = letter;
    const answer = [
      facts,
      this.button(letter, 'letter.button'),
      this.text(letter, 'letter.how'),
      ...this.deadline(letter),
      this.contact(letter),
    ];
    if (invitation.subject !== '')
      return { subject: invitation.subject, blocks: [{ kind: 'letter', text: invitation.message }, ...answer] };
    const words: Block[] =
      invitation.message === ''
        ? []
        : [this.text(letter, 'organizersWrite'), { kind: 'quote', text: invitation.message }];
    return {
      subject: this.t(letter, 'letter.subject'),
      blocks: [
        this.greeting(letter),
        this.text(letter, invitation.kind === 'seat' ? 'letter.introSeat' : 'letter.introConference'),
        ...words,
        ...answer,
      ],
    };
  }

  private envelope({
    invitation,
    person,
    subject,
    locale,
  }: Letter): Omit<MailMessage, 'kind' | 'cause' | 'subject' | 'blocks'> {
    const { conference } = subject;
    return {
      to: { address: person.email!, name: letterName(namesOf(person)) },
      locale,
      conferenceId: invitation.conferenceId,
      personId: person.id,
      ...(conference.contactEmail ? { replyTo: conference.contactEmail } : {}),
    };
  }

  private async calendarPart(letter: Letter, partstat: Partstat, ended: boolean): Promise<CalendarPart> {
    const { person, locale, invitation, subject } = letter;
    return this.calendar.tell({ person, locale, role: invitation.role, partstat }, subject, ended);
  }

  private async facts({ invitation, subject, locale }: Letter): Promise<Block> {
    const { conference, session } = subject;
    const label = (key: string): string => this.translator.t(locale, `mail.invitation.fact.${key}`);
    const seat = await this.seat(invitation);
    const when = this.subjects.when(subject, locale);
    const rows = [
      { label: label('conference'), value: this.subjects.title({ conference, session: null }, locale) },
      { label: label('session'), value: session ? this.subjects.title(subject, locale) : '' },
      { label: label('role'), value: invitation.role ? this.translator.t(locale, `role.${invitation.role}`) : '' },
      { label: label('seat'), value: seat === null ? '' : String(seat) },
      { label: label(!session || session.released ? 'when' : 'planned'), value: when },
      { label: label('where'), value: await this.subjects.where(subject, locale) },
    ];
    return { kind: 'facts', rows: rows.filter(({ value }) => value !== '') };
  }

  private async seat({ assignmentId, sessionId }: Invitation): Promise<number | null> {
    if (assignmentId === null || sessionId === null) return null;
    return (await this.assignments.ofSession(sessionId)).find(({ id }) => id === assignmentId)?.seat ?? null;
  }

  private greeting(letter: Letter): Block {
    return this.text(letter, 'greeting', { name: letterName(namesOf(letter.person)) });
  }

  private button(letter: Letter, key: string): Block {
    return { kind: 'button', label: this.t(letter, key), url: letter.link };
  }

  private deadline(letter: Letter): Block[] {
    const { deadline } = letter.invitation;
    const { zone } = letter.subject.conference;
    if (deadline === null) return [];
    const { locale } = letter;
    const at = `${formatDate(locale, deadline, zone)}, ${formatTime(locale, deadline, zone)}`;
    return [
      {
        kind: 'small',
        text: this.t(letter, 'letter.deadline', { at: `${at} (${zoneLabel(locale, zone, deadline)})` }),
      },
    ];
  }

  private contact(letter: Letter): Block {
    const { contactEmail } = letter.subject.conference;
    const text = contactEmail ? this.t(letter, 'contact', { email: contactEmail }) : this.t(letter, 'contactReply');
    return { kind: 'small', text };
  }

  private text(letter: Letter, key: string, params: Record<string, string> = {}): Block {
    return { kind: 'text', text: this.t(letter, key, params) };
  }

  private t({ subject, locale }: Letter, key: string, params: Record<string, string> = {}): string {
    return this.translator.t(locale, `mail.invitation.${key}`, {
      title: this.subjects.title({ ...subject, session: null }, locale),
      what: this.subjects.title(subject, locale),
      ...params,
    });
  }
}

const ABOUT = 'invitation:';

export function aboutInvitation({ id }: Pick<Invitation, 'id'>): string {
  return ABOUT + id;
}

/** The id of the invitation that a letter or reminder belongs to; null for every other mail. */
export function invitationOf({ about }: { about: string | null }): string | null {
  return about?.startsWith(ABOUT) ? about.slice(ABOUT.length) : null;
}

/** Its time stands: a conference's days, or a session that was released and takes place. */
export function isKnown({ session }: Subject): boolean {
  return session === null || (session.released && !session.cancelled);
}

/** The answer as calendars write it. */
export function partstatOf(invitation: Pick<Invitation, 'state' | 'confirmAgain'>): Partstat {
  if (invitation.confirmAgain || !isComing(invitation.state)) return 'NEEDS-ACTION';
  return invitation.state === 'tentative' ? 'TENTATIVE' : 'ACCEPTED';
}
