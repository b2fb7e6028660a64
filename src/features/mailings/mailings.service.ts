import { Injectable } from '@nestjs/common';
import { NotFound, RuleViolation } from '../../kernel/errors.js';
import { pickText, type Locale } from '../../kernel/locale.js';
import { Database } from '../../platform/database/database.js';
import { Translator } from '../../platform/i18n/translator.js';
import { Journal } from '../../platform/journal/journal.js';
import { numberChanged } from '../../platform/mail/conference-outbox.js';
import {
  checkLetterText,
  merged,
  paragraphsOf,
  worstFirst,
  type LetterText,
  type MergedLetter,
} from '../../platform/mail/merge-letters.rules.js';
import type { MailMessage } from '../../platform/mail/message.js';
import { isSuppressed } from '../../platform/mail/outbox.rules.js';
import { Outbox } from '../../platform/mail/outbox.js';
import { Suppressions } from '../../platform/mail/suppressions.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import type { Conference } from '../conferences/index.js';
import { AudienceQueries } from './audience.queries.js';
import { MERGE_FIELDS, type Audience, type Recipient } from './audience.rules.js';
import { Mailing } from './mailing.entity.js';
import { MailingQueued, MailingRemoved, MailingWritten } from './mailing.events.js';

export interface MailingFields extends LetterText {
  readonly audience: Audience;
  readonly isNews: boolean;
}

/** What would become of a mailing now. */
export interface MailingPreview {
  /** Those that would be made, the likeliest to look wrong first. */
  readonly letters: readonly MergedLetter<Recipient>[];
  /** Whose letter lacks something; nothing is queued while there is one. */
  readonly lacking: readonly MergedLetter<Recipient>[];
  readonly withoutAddress: readonly Recipient[];
  /** Mail comes back from them, or they do not want it. */
  readonly unreachable: readonly Recipient[];
  readonly leftOut: readonly Recipient[];
}

type Read = Readonly<{ id: string; version: number }>;

/** Texts to many people: written as a draft, looked at, frozen as mails that wait until their number is confirmed. */
@Injectable()
export class Mailings {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly outbox: Outbox,
    private readonly suppressions: Suppressions,
    private readonly translator: Translator,
    private readonly audiences: AudienceQueries,
  ) {}

  /** The newest first. */
  all(conferenceId: string): Promise<Mailing[]> {
    return this.db.repository(Mailing).find({ where: { conferenceId }, order: { createdAt: 'DESC', id: 'DESC' } });
  }

  /** Of that conference only. Throws NotFound. */
  async one(conferenceId: string, id: string): Promise<Mailing> {
    const found = await this.db.repository(Mailing).findOneBy({ id, conferenceId });
    if (!found) throw new NotFound();
    return found;
  }

  /** Throws InvalidInput at the text that has an unknown field, braces that are no field, or only one of its two parts. */
  async write(conferenceId: string, fields: MailingFields): Promise<Mailing> {
    checkLetterText(fields, MERGE_FIELDS);
    const mailing = {
      id: this.ids.next(),
      conferenceId,
      ...fields,
      leftOut: [],
      state: 'draft' as const,
      queued: null,
      createdAt: this.clock.now(),
      queuedAt: null,
      version: 1,
    };
    await this.db.transaction(async () => {
      await this.db.insert(Mailing, mailing);
      await this.journal.record(MailingWritten({ id: mailing.id, conferenceId }));
    });
    return mailing as unknown as Mailing;
  }

  /** Of a draft. Throws like `write`, Stale, and RuleViolation for one whose mails were made. */
  edit(conferenceId: string, read: Read, fields: MailingFields): Promise<Mailing> {
    checkLetterText(fields, MERGE_FIELDS);
    return this.change(conferenceId, read, { ...fields });
  }

  /** Takes people out of the audience, or back into it, by public id. */
  async leaveOut(conference: Conference, read: Read, publicIds: readonly string[]): Promise<Mailing> {
    const mailing = await this.one(conference.id, read.id);
    const recipients = await this.audiences.recipients(conference, mailing.audience);
    const chosen = recipients.filter(({ publicId }) => publicIds.includes(publicId));
    return this.change(conference.id, read, { leftOut: chosen.map(({ personId }) => personId) });
  }

  async remove(conferenceId: string, { id, version }: Read): Promise<void> {
    await this.db.transaction(async () => {
      draft(await this.one(conferenceId, id));
      await this.db.updateIfUnchanged(Mailing, { id, version }, {});
      await this.db.repository(Mailing).delete({ id });
      await this.journal.record(MailingRemoved({ id, conferenceId }));
    });
  }

  async preview(conference: Conference, mailing: Mailing): Promise<MailingPreview> {
    const recipients = await this.audiences.recipients(conference, mailing.audience);
    const out = new Set(mailing.leftOut);
    const leftOut = recipients.filter(({ personId }) => out.has(personId));
    const wanted = recipients.filter(({ personId }) => !out.has(personId));
    const states = await this.suppressions.of(wanted.flatMap(({ email }) => email ?? []));
    const isOff = ({ email }: Recipient) =>
      isSuppressed({ kind: 'mailing', bulk: mailing.isNews }, states.get(email!.toLowerCase())?.suppressed ?? null);
    const addressed = wanted.filter(({ email }) => email !== null);
    const all = worstFirst(addressed.filter((one) => !isOff(one)).map((one) => merged(mailing, one, MERGE_FIELDS)));
    return {
      letters: all.filter(({ missing }) => missing.length === 0),
      lacking: all.filter(({ missing }) => missing.length > 0),
      withoutAddress: wanted.filter(({ email }) => email === null),
      unreachable: addressed.filter(isOff),
      leftOut,
    };
  }

  /** Sends the letter that is likeliest to look wrong to somebody of the staff, at once. Throws RuleViolation without one. */
  async test(conference: Conference, mailing: Mailing, to: string): Promise<void> {
    const { letters, lacking } = await this.preview(conference, mailing);
    const letter = lacking[0] ?? letters[0];
    if (!letter) throw new RuleViolation('error.mailing.nobody');
    const message = this.message(conference, mailing, letter);
    await this.outbox.enqueue({
      ...message,
      kind: 'mailing-test',
      cause: `mailing-test:${mailing.id}:${this.ids.next()}`,
      to: { address: to },
      subject: `${this.translator.t(letter.locale, 'mailing.testPrefix')} ${letter.subject}`,
    });
  }

  /**
   * Freezes the mails; they wait in the outbox until their number is confirmed there (ruling 9). Throws Overtaken when they
   * are not as many as was seen, RuleViolation while a letter lacks something, or when there is nobody. Answers the batch.
   */
  queue(conference: Conference, read: Read, count: number): Promise<string> {
    return this.db.transaction(async () => {
      const mailing = await this.one(conference.id, read.id);
      draft(mailing);
      const { letters, lacking } = await this.preview(conference, mailing);
      if (lacking.length > 0) throw new RuleViolation('error.mailing.lacking', { count: lacking.length });
      if (letters.length === 0) throw new RuleViolation('error.mailing.nobody');
      if (letters.length !== count) throw numberChanged(letters.length);
      const batch = batchOf(mailing);
      await this.change(conference.id, read, { state: 'queued', queued: count, queuedAt: this.clock.now() });
      const messages = letters.map((letter) => ({ ...this.message(conference, mailing, letter), hold: true, batch }));
      const made = await this.outbox.enqueueAll(messages);
      if (made.length !== count) throw new Error('a person was written to twice');
      await this.journal.record(MailingQueued({ id: mailing.id, conferenceId: conference.id, count }));
      return batch;
    });
  }

  /** The letters to these people as they are now; `times`: how many each had before, by person. */
  async onceMore(conference: Conference, mailing: Mailing, times: ReadonlyMap<string, number>): Promise<MailMessage[]> {
    const recipients = await this.audiences.recipients(conference, mailing.audience);
    const letters = recipients
      .filter(({ personId, email }) => email !== null && times.has(personId))
      .map((one) => merged(mailing, one, MERGE_FIELDS))
      .filter(({ missing }) => missing.length === 0);
    return letters.map((letter) => {
      const message = this.message(conference, mailing, letter);
      const { personId } = letter.recipient;
      return { ...message, cause: `${message.cause}:${times.get(personId)}`, batch: batchOf(mailing) };
    });
  }

  private message(
    conference: Conference,
    mailing: Mailing,
    { recipient, locale, subject, body }: MergedLetter<Recipient>,
  ): MailMessage {
    return {
      kind: 'mailing',
      cause: `mailing:${mailing.id}:${recipient.personId}`,
      to: { address: recipient.email!, name: recipient.values.name ?? '' },
      locale,
      subject,
      blocks: [
        ...paragraphsOf(body).map((text) => ({ kind: 'quote' as const, text })),
        { kind: 'small', text: this.about(conference, locale) },
      ],
      conferenceId: conference.id,
      personId: recipient.personId,
      ...(conference.contactEmail ? { replyTo: conference.contactEmail } : {}),
      ...(mailing.isNews ? { bulk: { list: conference.slug } } : {}),
    };
  }

  private about(conference: Conference, locale: Locale): string {
    return this.translator.t(locale, 'mailing.why', { title: pickText(conference.title, locale).text });
  }

  private async change(
    conferenceId: string,
    read: Read,
    changes: Partial<Omit<Mailing, 'conference'>>,
  ): Promise<Mailing> {
    const before = await this.one(conferenceId, read.id);
    draft(before);
    const version = await this.db.updateIfUnchanged(Mailing, read, changes as never);
    return { ...before, ...changes, version } as Mailing;
  }
}

/** Names its mails in the outbox. */
export function batchOf({ id }: Pick<Mailing, 'id'>): string {
  return `mailing:${id}`;
}

function draft({ state }: Mailing): void {
  if (state !== 'draft') throw new RuleViolation('error.mailing.queued');
}
