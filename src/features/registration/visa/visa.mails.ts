import { Inject, Injectable } from '@nestjs/common';
import { pickText } from '../../../kernel/locale.js';
import { letterName } from '../../../kernel/names.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { Translator } from '../../../platform/i18n/translator.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Outbox } from '../../../platform/mail/outbox.js';
import { Conferences } from '../../conferences/index.js';
import { namesOf, People } from '../../people/index.js';
import { Registrations } from '../registrations.service.js';
import { VisaRequests } from './visa-requests.service.js';
import { VisaStays } from './visa-stays.js';
import { VisaConcluded, VisaLetterSent } from './visa.events.js';
import { REGISTRATION_STAY } from './visa.words.js';

/** What people are told about their visa. Nothing of a passport ever stands in a mail: the letter is fetched, signed in ([V3]). */
@Injectable()
export class VisaMails {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly translator: Translator,
    private readonly outbox: Outbox,
    private readonly people: People,
    private readonly conferences: Conferences,
    private readonly registrations: Registrations,
    private readonly requests: VisaRequests,
    private readonly stays: VisaStays,
    journal: Journal,
  ) {
    journal.on(VisaLetterSent, ({ id, number, delivery }, entry) => this.write(id, entry.id, delivery, number));
    journal.on(VisaConcluded, ({ id, state }, entry) =>
      state === 'refused' ? this.write(id, entry.id, 'refused', '') : Promise.resolve(),
    );
  }

  private async write(id: string, cause: string, what: string, letter: string): Promise<void> {
    const request = await this.requests.byId(id);
    const [stay, person] = await Promise.all([this.stays.one(request), this.people.byId(request.personId)]);
    if (!stay || !person?.email) return;
    const { locale } = stay;
    const params = { title: pickText(stay.title, locale).text, number: letter };
    const page = await this.pageOf(request);
    const t = (key: string): string => this.translator.t(locale, `mail.visa.${key}`, params);
    // Whoever has no page of their own is not told to look there.
    const said = page || what === 'refused' ? what : `visit.${what}`;
    const name = letterName(namesOf(person));
    const conference = stay.conferenceId ? await this.conferences.byId(stay.conferenceId) : null;
    await this.outbox.enqueue({
      kind: `visa-${what}`,
      cause: `visa:${cause}`,
      to: { address: person.email, name },
      locale,
      subject: t(`${said}.subject`),
      blocks: [
        { kind: 'text', text: this.translator.t(locale, 'mail.registration.greeting', { name }) },
        { kind: 'text', text: t(`${said}.text`) },
        ...(page
          ? [{ kind: 'button', label: t('button'), url: `${this.config.publicUrl}/${locale}${page}` } as const]
          : []),
        { kind: 'small', text: t('small') },
      ],
      personId: person.id,
      ...(request.conferenceId ? { conferenceId: request.conferenceId } : {}),
      ...(conference?.contactEmail ? { replyTo: conference.contactEmail } : {}),
    });
  }

  private async pageOf({ stayKind, stayId }: { stayKind: string; stayId: string }): Promise<string | null> {
    if (stayKind !== REGISTRATION_STAY) return null;
    const registration = await this.registrations.byId(stayId);
    return registration ? `/my/${registration.publicId}/visa` : null;
  }
}
