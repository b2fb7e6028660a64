import { Injectable } from '@nestjs/common';
import { RuleViolation } from '../../../kernel/errors.js';
import { pickText, type Locale } from '../../../kernel/locale.js';
import { displayName, letterName } from '../../../kernel/names.js';
import { countryName } from '../../../platform/i18n/countries.js';
import { formatDate, formatTime } from '../../../platform/i18n/formats.js';
import { Translator } from '../../../platform/i18n/translator.js';
import { merged, worstFirst, type MergedLetter } from '../../../platform/mail/merge-letters.rules.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { namesOf, type Person } from '../../people/index.js';
import { InvitationDrafts } from '../invitation-drafts.service.js';
import { InvitationSubjects, type Subject } from '../invitation-subjects.service.js';
import type { Invitation } from '../invitation.entity.js';
import { InvitationMails } from '../invitation.mails.js';
import { WaveCandidates, type JudgedPerson } from './wave-candidates.queries.js';
import { WaveGuests } from './wave-guests.service.js';
import { WAVE_FIELDS, type WaveReader } from './wave-letter.rules.js';
import type { InvitationWave, WaveGuest } from './wave.entity.js';

export type WaveLetter = MergedLetter<WaveReader>;

/** What would become of a wave now. */
export interface WavePreview {
  /** Those that would be made, in the order of the wave. */
  readonly letters: readonly WaveLetter[];
  /** Whose letter lacks something; nothing is queued while there is one. */
  readonly lacking: readonly WaveLetter[];
  /** Who is in the wave and would not be written to. */
  readonly leftOut: readonly JudgedPerson[];
}

/** The letters of a wave as they would be made. */
@Injectable()
export class WaveLetters {
  constructor(
    private readonly ids: Ids,
    private readonly translator: Translator,
    private readonly guests: WaveGuests,
    private readonly candidates: WaveCandidates,
    private readonly drafts: InvitationDrafts,
    private readonly subjects: InvitationSubjects,
    private readonly mails: InvitationMails,
  ) {}

  async preview(wave: InvitationWave): Promise<WavePreview> {
    const guests = await this.guests.of(wave.id);
    const source = new Map(guests.map((guest) => [guest.personId, guest.source]));
    const people = guests.map(({ person }) => person);
    const judged = await this.candidates.judged(wave, people, ({ id }) => source.get(id)!, { members: true });
    const out = new Set(judged.flatMap(({ person, why }) => (why === null ? [] : [person.id])));
    const valuesOf = this.values(wave, await this.subjects.of(wave));
    const all: WaveLetter[] = [];
    for (const guest of guests) {
      if (out.has(guest.personId)) continue;
      all.push(merged(wave, await this.reader(wave, guest, guest.person, valuesOf), WAVE_FIELDS));
    }
    return {
      letters: all.filter(({ missing }) => missing.length === 0),
      lacking: worstFirst(all.filter(({ missing }) => missing.length > 0)),
      leftOut: judged.filter(({ why }) => why !== null),
    };
  }

  /** Sends the letter that is likeliest to look wrong to somebody of the staff, at once. Throws RuleViolation without one. */
  async test(wave: InvitationWave, to: string): Promise<void> {
    const { letters, lacking } = await this.preview(wave);
    const letter = worstFirst([...lacking, ...letters])[0];
    if (!letter || letter.subject === '') throw new RuleViolation('error.wave.noLetter');
    await this.mails.test(this.invitation(wave, letter, null), to, `wave-test:${wave.id}:${this.ids.next()}`);
  }

  /** The invitation to which a letter belongs, not written yet; from here on its words are dead text. */
  invitation(
    wave: InvitationWave,
    { recipient, locale, subject, body }: WaveLetter,
    assignmentId: string | null,
  ): Invitation {
    const { conferenceId, sessionId, role, deadline } = wave;
    const order = {
      subject: { conferenceId, sessionId, personId: recipient.personId },
      role,
      deadline,
      letterSubject: [...subject].slice(0, MOST_SUBJECT).join(''),
      message: body,
      locale,
      waveId: wave.id,
    };
    return this.drafts.row(this.ids.next(), order, assignmentId);
  }

  private async reader(
    wave: InvitationWave,
    { level }: WaveGuest,
    person: Person,
    valuesOf: (locale: Locale) => Promise<WaveReader['values']>,
  ): Promise<WaveReader> {
    const locale = wave.body[person.locale] ? person.locale : ((Object.keys(wave.body)[0] as Locale) ?? person.locale);
    const { id, publicId, email, country } = person;
    return {
      personId: id,
      publicId,
      name: displayName(namesOf(person)),
      email: email!,
      locale: person.locale,
      country,
      level,
      values: {
        ...(await valuesOf(locale)),
        name: letterName(namesOf(person)),
        given: person.given,
        family: person.family,
        position: person.position,
        institution: person.institution,
        country: country === null ? null : countryName(locale, country),
      },
    };
  }

  /** What is the same for all who read one language; asked for once. */
  private values(wave: InvitationWave, subject: Subject): (locale: Locale) => Promise<WaveReader['values']> {
    const known = new Map<Locale, WaveReader['values']>();
    return async (locale) => {
      const found = known.get(locale) ?? (await this.valuesIn(wave, subject, locale));
      known.set(locale, found);
      return found;
    };
  }

  private async valuesIn(
    { role, deadline }: InvitationWave,
    subject: Subject,
    locale: Locale,
  ): Promise<WaveReader['values']> {
    const { conference, session } = subject;
    return {
      ...NOTHING,
      conference: pickText(conference.title, locale).text,
      session: session && this.subjects.title(subject, locale),
      role: role && this.translator.t(locale, `role.${role}`),
      dates: this.subjects.when(subject, locale) || null,
      place: (await this.subjects.where(subject, locale)) || null,
      answerBy:
        deadline &&
        `${formatDate(locale, deadline, conference.zone)}, ${formatTime(locale, deadline, conference.zone)}`,
    };
  }
}

const MOST_SUBJECT = 200;
const NOTHING = Object.fromEntries(WAVE_FIELDS.map((field) => [field, null])) as Record<
  (typeof WAVE_FIELDS)[number],
  null
>;
