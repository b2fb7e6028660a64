import { Inject, Injectable } from '@nestjs/common';
import type { Locale } from '../../../kernel/locale.js';
import { letterName } from '../../../kernel/names.js';
import { pickText } from '../../../kernel/locale.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { formatDate, formatTime } from '../../../platform/i18n/formats.js';
import { Translator } from '../../../platform/i18n/translator.js';
import { zoneLabel } from '../../../platform/i18n/zones.js';
import { MailRenderer } from '../../../platform/mail/mail-renderer.js';
import type { Block, MailMessage } from '../../../platform/mail/message.js';
import { Outbox } from '../../../platform/mail/outbox.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Conferences, type Conference } from '../../conferences/index.js';
import { institutionName, Institutions } from '../../cooperation/index.js';
import { namesOf, People, type Person } from '../../people/index.js';
import { ConferenceFacts, type Registration } from '../../registration/index.js';
import type { Quota, QuotaPlace } from './quota.entity.js';
import { mayFill } from './quota.rules.js';
import { QuotaTokens } from './quota-tokens.js';

interface Letter {
  readonly quota: Quota;
  readonly person: Person;
  readonly conference: Conference;
  readonly institution: string;
  readonly locale: Locale;
}

/** What is written about quotas: to the focal point, and to the people whom they name. */
@Injectable()
export class QuotaMails {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly renderer: MailRenderer,
    private readonly translator: Translator,
    private readonly conferences: Conferences,
    private readonly institutions: Institutions,
    private readonly people: People,
    private readonly facts: ConferenceFacts,
    private readonly tokens: QuotaTokens,
  ) {}

  /** The letter with the link for the focal point. Answers the id of its row in the outbox. */
  async letter(quota: Quota): Promise<string | null> {
    const letter = await this.toFocalPoint(quota);
    const { subject, blocks } = await this.letterText(letter, this.link(letter));
    const cause = `quota:${quota.id}:${quota.version}`;
    return this.outbox.enqueue({ ...this.envelope(letter), kind: 'quota', cause, subject, blocks });
  }

  /** The letter as it would leave now, by the same renderer; without the link, which is the focal point's alone. */
  async preview(quota: Quota): Promise<{ subject: string; text: string }> {
    const letter = await this.toFocalPoint(quota);
    const { subject, blocks } = await this.letterText(letter, `${this.config.publicUrl}/${letter.locale}/quota/…`);
    const message = { ...this.envelope(letter), kind: 'quota', cause: '', subject, blocks };
    return { subject, text: this.renderer.render(message).text };
  }

  /** The same link again, with how many places are free; held until the number is confirmed, unless a rule may send it. */
  async remind(quota: Quota, order: { batch: string; hold: boolean }): Promise<void> {
    await this.takeBackReminder(quota);
    const letter = await this.toFocalPoint(quota);
    await this.outbox.enqueue({
      ...this.envelope(letter),
      kind: 'quota-reminder',
      cause: `quota-reminder:${quota.id}:${quota.version}`,
      subject: this.t(letter, 'reminder.subject', { count: quota.places - quota.taken }),
      blocks: [
        this.greeting(letter),
        this.text(letter, 'reminder.intro', { count: quota.places - quota.taken }),
        await this.factsOf(letter),
        { kind: 'button', label: this.t(letter, 'letter.button'), url: this.link(letter) },
        this.deadline(letter),
        this.contact(letter),
      ],
      ...(order.hold ? { hold: true } : {}),
      batch: order.batch,
    });
  }

  /** Nobody is reminded any more of what they have filled, or of what is over. */
  async takeBackReminder({ id }: Pick<Quota, 'id'>): Promise<void> {
    await this.outbox.discardHeld({ about: ABOUT + id });
  }

  /** Takes the letter back if it waits; true when none has left, so that nobody knows of the quota. */
  takeBack({ id }: Pick<Quota, 'id'>): Promise<boolean> {
    return this.outbox.takeBack(ABOUT + id, 'quota');
  }

  async withdrawn(quota: Quota): Promise<void> {
    const letter = await this.toFocalPoint(quota);
    if (!letter.person.email) return;
    await this.outbox.enqueue({
      ...this.envelope(letter),
      kind: 'quota-withdrawn',
      cause: `quota-withdrawn:${quota.id}`,
      subject: this.t(letter, 'withdrawn.subject'),
      blocks: [this.greeting(letter), this.text(letter, 'withdrawn.intro'), this.contact(letter)],
    });
  }

  /** To the focal point: somebody has not agreed in time. Their name is gone, so the mail does not say it. */
  async lapsed(quota: Quota, place: QuotaPlace): Promise<void> {
    const letter = await this.toFocalPoint(quota);
    if (!letter.person.email || !mayFill(quota, this.clock.now())) return;
    await this.outbox.enqueue({
      ...this.envelope(letter),
      kind: 'quota-lapsed',
      cause: `quota-lapsed:${place.id}`,
      subject: this.t(letter, 'lapsed.subject'),
      blocks: [
        this.greeting(letter),
        this.text(letter, 'lapsed.intro'),
        { kind: 'button', label: this.t(letter, 'letter.button'), url: this.link(letter) },
        this.deadline(letter),
        this.contact(letter),
      ],
    });
  }

  /** To somebody who was named: who did it, as what, and until when they can agree or not. */
  async askConsent(quota: Quota, place: QuotaPlace, registration: Registration): Promise<void> {
    const letter = await this.toGuest(quota, registration);
    const until = this.moment(letter, place.consentUntil!);
    const url = `${this.config.publicUrl}/${letter.locale}/quota-consent/${this.tokens.consent(place)}`;
    const intro = place.ownRegistration ? 'consent.intro' : 'consent.introKnown';
    const otherwise = place.ownRegistration ? 'consent.otherwise' : 'consent.otherwiseKnown';
    await this.outbox.enqueue({
      ...this.envelope(letter),
      kind: 'quota-consent',
      cause: `quota-consent:${place.id}`,
      subject: this.t(letter, 'consent.subject'),
      blocks: [
        this.greeting(letter),
        this.text(letter, intro),
        await this.factsOf(letter, registration),
        { kind: 'button', label: this.t(letter, 'consent.button'), url },
        { kind: 'small', text: this.t(letter, otherwise, { until }) },
        this.contact(letter),
      ],
    });
  }

  /** To somebody who was registered already and came by the link that was passed on. */
  async counted(quota: Quota, place: QuotaPlace, registration: Registration): Promise<void> {
    const letter = await this.toGuest(quota, registration);
    if (!letter.person.email) return;
    await this.outbox.enqueue({
      ...this.envelope(letter),
      kind: 'quota-counted',
      cause: `quota-counted:${place.id}`,
      subject: this.t(letter, 'counted.subject'),
      blocks: [
        this.greeting(letter),
        this.text(letter, 'counted.intro'),
        await this.factsOf(letter, registration),
        this.contact(letter),
      ],
    });
  }

  private async letterText(letter: Letter, url: string): Promise<Pick<MailMessage, 'subject' | 'blocks'>> {
    const { quota } = letter;
    const words: Block[] =
      quota.message === '' ? [] : [this.text(letter, 'organizersWrite'), { kind: 'quote', text: quota.message }];
    return {
      subject: this.t(letter, 'letter.subject', { count: quota.places }),
      blocks: [
        this.greeting(letter),
        this.text(letter, 'letter.intro', { count: quota.places }),
        ...words,
        await this.factsOf(letter),
        { kind: 'button', label: this.t(letter, 'letter.button'), url },
        this.text(letter, 'letter.how'),
        this.deadline(letter),
        this.contact(letter),
      ],
    };
  }

  private async toFocalPoint(quota: Quota): Promise<Letter> {
    const person = await this.people.byId(quota.personId);
    return this.about(quota, person, quota.locale);
  }

  private async toGuest(quota: Quota, { personId, locale }: Registration): Promise<Letter> {
    return this.about(quota, await this.people.byId(personId), locale);
  }

  private async about(quota: Quota, person: Person | null, locale: Locale): Promise<Letter> {
    const conference = await this.conferences.byId(quota.conferenceId);
    const institution = (await this.institutions.byIds([quota.institutionId])).get(quota.institutionId);
    if (!person || !conference || !institution)
      throw new Error('a quota belongs to a person, an event and an institution');
    return { quota, person, conference, institution: institutionName(institution, locale), locale };
  }

  private envelope({ quota, person, conference, locale }: Letter) {
    return {
      to: { address: person.email!, name: letterName(namesOf(person)) },
      locale,
      conferenceId: quota.conferenceId,
      personId: person.id,
      about: ABOUT + quota.id,
      ...(conference.contactEmail ? { replyTo: conference.contactEmail } : {}),
    } satisfies Partial<MailMessage>;
  }

  private async factsOf(letter: Letter, registration?: Registration): Promise<Block> {
    const { conference, locale, institution, quota } = letter;
    const label = (key: string): string => this.translator.t(locale, `mail.quota.fact.${key}`);
    const rows = [
      { label: label('conference'), value: pickText(conference.title, locale).text },
      {
        label: label('when'),
        value: `${this.facts.dates(conference, locale)} (${this.facts.zone(conference, locale)})`,
      },
      { label: label('where'), value: await this.facts.place(conference, locale) },
      { label: label('institution'), value: institution },
      registration
        ? { label: label('category'), value: this.translator.t(locale, `category.${registration.category}`) }
        : { label: label('places'), value: String(quota.places) },
    ];
    return { kind: 'facts', rows: rows.filter(({ value }) => value !== '') };
  }

  private link({ quota, locale }: Letter): string {
    return `${this.config.publicUrl}/${locale}/quota/${this.tokens.focalPoint(quota)}`;
  }

  private greeting(letter: Letter): Block {
    return this.text(letter, 'greeting', { name: letterName(namesOf(letter.person)) });
  }

  private deadline(letter: Letter): Block {
    return {
      kind: 'small',
      text: this.t(letter, 'letter.deadline', { at: this.moment(letter, letter.quota.deadline) }),
    };
  }

  private moment({ locale, conference: { zone } }: Letter, at: Date): string {
    return `${formatDate(locale, at, zone)}, ${formatTime(locale, at, zone)} (${zoneLabel(locale, zone, at)})`;
  }

  private contact(letter: Letter): Block {
    const { contactEmail } = letter.conference;
    const { locale } = letter;
    return {
      kind: 'small',
      text: contactEmail
        ? this.translator.t(locale, 'mail.invitation.contact', { email: contactEmail })
        : this.translator.t(locale, 'mail.invitation.contactReply'),
    };
  }

  private text(letter: Letter, key: string, params: Record<string, unknown> = {}): Block {
    return { kind: 'text', text: this.t(letter, key, params) };
  }

  private t({ conference, institution, locale }: Letter, key: string, params: Record<string, unknown> = {}): string {
    const title = pickText(conference.title, locale).text;
    return this.translator.t(locale, `mail.quota.${key}`, { title, institution, ...params });
  }
}

const ABOUT = 'quota:';

/** The id of the quota that a mail to its focal point speaks of; null for every other mail. */
export function quotaOf({ about }: { about: string | null }): string | null {
  return about?.startsWith(ABOUT) ? about.slice(ABOUT.length) : null;
}
