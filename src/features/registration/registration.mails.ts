import { Inject, Injectable } from '@nestjs/common';
import { letterName } from '../../kernel/names.js';
import { pickText, type Locale } from '../../kernel/locale.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { Database } from '../../platform/database/database.js';
import { Translator } from '../../platform/i18n/translator.js';
import { formatDate, formatTime } from '../../platform/i18n/formats.js';
import { zoneLabel } from '../../platform/i18n/zones.js';
import { Journal } from '../../platform/journal/journal.js';
import type { Block, CalendarPart } from '../../platform/mail/message.js';
import { Outbox } from '../../platform/mail/outbox.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Attempts } from '../../platform/web/attempts.js';
import { TooMany } from '../../kernel/errors.js';
import { AccessLinks } from '../accounts/index.js';
import { Conferences, type Conference } from '../conferences/index.js';
import { namesOf, People, type Person } from '../people/index.js';
import { ConferenceFacts } from './conference-facts.service.js';
import { Registration } from './registration.entity.js';
import { OfferLapsed, PlaceOffered } from './registration.events.js';
import { isConfirmed } from './registration.rules.js';

const RESUME_MINUTES = 7 * 24 * 60;

/** What the organizer adds to a decision. Those of a bulk decision wait in the outbox as one batch (ruling 9). */
export interface Decision {
  message?: string | null;
  batch?: string;
}

interface Letter {
  registration: Registration;
  person: Person;
  conference: Conference;
  locale: Locale;
}

interface Contents {
  /** Names its texts: `mail.registration.<mail>.{subject,intro,…}`. */
  mail: string;
  cause: string;
  blocks: (letter: Letter) => Promise<Block[]> | Block[];
  calendar?: boolean;
  decision?: Decision;
  params?: (letter: Letter) => Record<string, string>;
}

/** What is written to people about their registrations, in the language in which they registered. */
@Injectable()
export class RegistrationMails {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly translator: Translator,
    private readonly conferences: Conferences,
    private readonly people: People,
    private readonly links: AccessLinks,
    private readonly attempts: Attempts,
    private readonly facts: ConferenceFacts,
    journal: Journal,
  ) {
    journal.on(PlaceOffered, ({ id, until }) => this.placeOffered(id, new Date(until)));
    journal.on(OfferLapsed, ({ id }, entry) => this.offerLapsed(id, entry.id));
  }

  /** One mail: received with a place, received and waiting for a decision, or received and on the waiting list. */
  received(registration: Registration, of: { person: Person; conference: Conference }): Promise<void> {
    const mail = registration.waitlist === 'waiting' ? 'waiting' : registration.approval === 'pending' ? 'pending' : 'received';
    return this.write(registration, of, {
      mail,
      cause: `registration-received:${registration.id}`,
      calendar: isConfirmed(registration),
      blocks: async (letter) => [
        this.text(letter, `${mail}.intro`),
        await this.factsOf(letter),
        this.text(letter, `${mail}.next`),
        await this.resumeButton(letter),
        this.small(letter, 'linkTerm'),
      ],
    });
  }

  /** To somebody whom organizers have put on the list: who did it, and where to agree, correct or decline. Held. */
  listed(registration: Registration, of: { person: Person; conference: Conference }, batch: string): Promise<void> {
    return this.write(registration, of, {
      mail: 'listed',
      cause: `registration-listed:${registration.id}`,
      decision: { batch },
      blocks: async (letter) => [
        this.text(letter, 'listed.intro'),
        await this.factsOf(letter),
        this.text(letter, 'listed.next'),
        await this.resumeButton(letter),
        this.small(letter, 'linkTerm'),
      ],
    });
  }

  /**
   * To the owner of an address that somebody typed into the form again. Counted like other mails that anybody can cause:
   * past the limit nothing is sent, and the page is the same ([T5]).
   */
  async alreadyRegistered(registration: Registration, formHash: string): Promise<void> {
    const person = await this.people.byId(registration.personId);
    if (!person?.emailKey || !(await this.mayWrite(person.emailKey))) return;
    await this.send(registration, {
      mail: 'already',
      cause: `registration-already:${registration.id}:${formHash}`,
      blocks: async (letter) => [
        this.text(letter, 'already.intro'),
        await this.factsOf(letter),
        await this.resumeButton(letter),
        this.small(letter, 'linkTerm'),
        this.small(letter, 'already.notYou'),
      ],
    });
  }

  approved(registration: Registration, decision: Decision): Promise<void> {
    const mail = registration.waitlist === 'waiting' ? 'approvedWaiting' : 'approved';
    return this.send(registration, {
      mail,
      decision,
      cause: `registration-approved:${registration.id}:${registration.version}`,
      calendar: isConfirmed(registration),
      blocks: async (letter) => [this.text(letter, `${mail}.intro`), ...this.message(letter, decision), await this.factsOf(letter), this.pageButton(letter)],
    });
  }

  refused(registration: Registration, decision: Decision): Promise<void> {
    return this.send(registration, {
      mail: 'declined',
      decision,
      cause: `registration-declined:${registration.id}:${registration.version}`,
      blocks: (letter) => [this.text(letter, 'declined.intro'), ...this.message(letter, decision), this.small(letter, 'declined.questions')],
    });
  }

  cancelled(registration: Registration, decision: Decision): Promise<void> {
    return this.send(registration, {
      mail: 'cancelled',
      decision,
      cause: `registration-cancelled:${registration.id}:${registration.version}`,
      blocks: (letter) => [this.text(letter, 'cancelled.intro'), ...this.message(letter, decision), this.text(letter, 'cancelled.again'), this.conferenceLink(letter)],
    });
  }

  participationChanged(registration: Registration): Promise<void> {
    return this.send(registration, {
      mail: 'changed',
      cause: `registration-changed:${registration.id}:${registration.version}`,
      blocks: async (letter) => [this.text(letter, 'changed.intro'), await this.factsOf(letter), this.pageButton(letter)],
    });
  }

  placeConfirmed(registration: Registration): Promise<void> {
    return this.send(registration, {
      mail: 'confirmed',
      cause: `registration-confirmed:${registration.id}:${registration.version}`,
      calendar: true,
      blocks: async (letter) => [this.text(letter, 'confirmed.intro'), await this.factsOf(letter), this.pageButton(letter)],
    });
  }

  private async placeOffered(id: string, until: Date): Promise<void> {
    const registration = await this.registration(id);
    const minutes = Math.max(1, Math.ceil((until.getTime() - this.clock.now().getTime()) / 60_000));
    const { token } = await this.links.issue({ purpose: 'offer', subjectId: id, minutes });
    await this.send(registration, {
      mail: 'offered',
      cause: `registration-offered:${id}:${registration.version}`,
      params: ({ locale, conference }) => ({ until: moment(locale, until, conference.zone) }),
      blocks: async (letter) => [
        this.text(letter, 'offered.intro', { until: moment(letter.locale, until, letter.conference.zone) }),
        await this.factsOf(letter),
        { kind: 'button', label: this.t(letter.locale, 'offered.button'), url: this.url(`/${letter.locale}/offer/${token}`) },
        this.small(letter, 'offered.otherwise'),
      ],
    });
  }

  private async offerLapsed(id: string, cause: string): Promise<void> {
    await this.send(await this.registration(id), {
      mail: 'lapsed',
      cause: `registration-lapsed:${cause}`,
      blocks: (letter) => [this.text(letter, 'lapsed.intro'), this.pageButton(letter)],
    });
  }

  /** Writes the row; somebody without an address gets none, staff see that in the list. */
  private async send(registration: Registration, contents: Contents): Promise<void> {
    const [person, conference] = await Promise.all([this.people.byId(registration.personId), this.conferences.byId(registration.conferenceId)]);
    if (person && conference) await this.write(registration, { person, conference }, contents);
  }

  private async write(
    registration: Registration,
    { person, conference }: { person: Person; conference: Conference },
    { mail, cause, blocks, calendar, decision, params }: Contents,
  ): Promise<void> {
    if (!person.email) return;
    const letter: Letter = { registration, person, conference, locale: registration.locale };
    const title = pickText(conference.title, letter.locale).text;
    await this.outbox.enqueue({
      kind: `registration-${mail}`,
      cause,
      to: { address: person.email, name: letterName(namesOf(person)) },
      locale: letter.locale,
      subject: this.t(letter.locale, `${mail}.subject`, { number: registration.number, title, ...params?.(letter) }),
      blocks: [this.text(letter, 'greeting', { name: letterName(namesOf(person)) }), ...(await blocks(letter))],
      ...(calendar ? { calendar: await this.dates(letter) } : {}),
      conferenceId: conference.id,
      personId: person.id,
      ...(decision?.batch ? { hold: true, batch: decision.batch } : {}),
      ...(conference.contactEmail ? { replyTo: conference.contactEmail } : {}),
    });
  }

  /** An attachment for the delegate's calendar; it asks for no answer. */
  private async dates({ person, conference, locale }: Letter): Promise<CalendarPart> {
    return { method: 'PUBLISH', text: await this.facts.calendarFile(person.id, conference, locale) };
  }

  private async factsOf({ registration, conference, locale }: Letter): Promise<Block> {
    const label = (key: string): string => this.t(locale, `fact.${key}`);
    const place = await this.facts.place(conference, locale);
    return {
      kind: 'facts',
      rows: [
        { label: label('number'), value: registration.number },
        { label: label('conference'), value: pickText(conference.title, locale).text },
        { label: label('dates'), value: this.facts.dates(conference, locale) },
        { label: label('zone'), value: this.facts.zone(conference, locale) },
        ...(place === '' ? [] : [{ label: label('place'), value: place }]),
        { label: label('category'), value: this.translator.t(locale, `category.${registration.category}`) },
        { label: label('form'), value: this.translator.t(locale, `form.${registration.form}`) },
      ],
    };
  }

  private message({ locale }: Letter, { message }: Decision): Block[] {
    return message ? [{ kind: 'text', text: this.t(locale, 'organizersWrite') }, { kind: 'quote', text: message }] : [];
  }

  private async resumeButton({ registration, person, locale }: Letter): Promise<Block> {
    const { token } = await this.links.issue({ purpose: 'resume', subjectId: person.id, minutes: RESUME_MINUTES });
    const next = encodeURIComponent(`/${locale}/my/${registration.publicId}`);
    return { kind: 'button', label: this.t(locale, 'openMyPage'), url: this.url(`/${locale}/link/${token}?next=${next}`) };
  }

  private pageButton({ registration, locale }: Letter): Block {
    return { kind: 'button', label: this.t(locale, 'openMyPage'), url: this.url(`/${locale}/my/${registration.publicId}`) };
  }

  private conferenceLink({ conference, locale }: Letter): Block {
    return { kind: 'links', links: [{ label: pickText(conference.title, locale).text, url: this.url(`/${locale}/c/${conference.slug}`) }] };
  }

  private text({ locale, registration, conference }: Letter, key: string, params: Record<string, string> = {}): Block {
    return { kind: 'text', text: this.t(locale, key, { number: registration.number, title: pickText(conference.title, locale).text, ...params }) };
  }

  private small(letter: Letter, key: string): Block {
    return { kind: 'small', text: this.t(letter.locale, key, { title: pickText(letter.conference.title, letter.locale).text }) };
  }

  private t(locale: Locale, key: string, params: Record<string, string> = {}): string {
    return this.translator.t(locale, `mail.registration.${key}`, params);
  }

  private url(path: string): string {
    return this.config.publicUrl + path;
  }

  private async mayWrite(emailKey: string): Promise<boolean> {
    try {
      await this.attempts.count('sign-in-mail', emailKey);
      return true;
    } catch (error) {
      if (error instanceof TooMany) return false;
      throw error;
    }
  }

  private async registration(id: string): Promise<Registration> {
    return this.db.repository(Registration).findOneByOrFail({ id });
  }
}

function moment(locale: Locale, instant: Date, zone: string): string {
  return `${formatDate(locale, instant, zone)}, ${formatTime(locale, instant, zone)} (${zoneLabel(locale, zone, instant)})`;
}
