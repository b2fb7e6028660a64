import { Injectable } from '@nestjs/common';
import { pickText, type Locale } from '../../../kernel/locale.js';
import { letterName } from '../../../kernel/names.js';
import { Database } from '../../../platform/database/database.js';
import { Translator } from '../../../platform/i18n/translator.js';
import { zoneLabel } from '../../../platform/i18n/zones.js';
import { Journal } from '../../../platform/journal/journal.js';
import { numberChanged } from '../../../platform/mail/conference-outbox.js';
import type { MailMessage } from '../../../platform/mail/message.js';
import { OutgoingMail } from '../../../platform/mail/outgoing-mail.entity.js';
import { Outbox } from '../../../platform/mail/outbox.js';
import { Accounts } from '../../accounts/index.js';
import { namesOf, People, personName, type Person } from '../../people/index.js';
import { Visit } from '../visit.entity.js';
import { changeLine, saysSomething, type ChangeLine } from './stay-change-lines.js';
import { ChangeSheetIssued, SheetMailsDiscarded, SheetMailsSent } from './stay.events.js';
import { StayReleases, type ChangeSheet } from './stay-releases.service.js';
import { changeFor, concernedBy, isTold } from './stay-told.rules.js';

/** The mail of a change sheet to one person, as its page shows it. */
export type SheetMail = Pick<OutgoingMail, 'id' | 'recipient' | 'personId' | 'locale' | 'subject' | 'state' | 'sentAt'>;

export interface MailsOfSheet {
  /** In the order of the people on the sheet. */
  readonly mails: readonly SheetMail[];
  /** Names of those who must be told otherwise, because the house knows no address of theirs. */
  readonly without: readonly string[];
}

interface Told {
  readonly personId: string;
  readonly person: Person | undefined;
  readonly lines: (locale: Locale) => ChangeLine[];
}

/**
 * What a change sheet says to people: to everybody whose items are different one mail in their language, with these items
 * alone, held until somebody has confirmed the number (ruling 9).
 */
@Injectable()
export class SheetMails {
  constructor(
    private readonly db: Database,
    private readonly translator: Translator,
    private readonly outbox: Outbox,
    private readonly accounts: Accounts,
    private readonly people: People,
    private readonly releases: StayReleases,
    private readonly journal: Journal,
  ) {
    journal.on(ChangeSheetIssued, ({ id, sheet }) => this.draft(id, sheet));
  }

  /** Throws NotFound for a sheet that there is not. */
  async of(visit: Visit, number: number): Promise<MailsOfSheet> {
    const sheet = await this.releases.sheet(visit, number);
    const rows = await this.db.all(OutgoingMail, { batch: batchOf(sheet) });
    const told = await this.told(visit, sheet);
    const order = told.map(({ personId }) => personId);
    return {
      mails: rows.toSorted((a, b) => order.indexOf(a.personId ?? '') - order.indexOf(b.personId ?? '')),
      without: told.flatMap(({ personId, person }) =>
        person?.email ? [] : [person ? personName(person) : (sheet.names.get(personId) ?? '')],
      ),
    };
  }

  /** Sends what is held. Throws Overtaken with the number as it is now when it is not the one that was seen. */
  send(visit: Visit, number: number, count: number): Promise<void> {
    return this.move(visit, number, count, async (ids) => {
      const sent = await this.outbox.sendHeld({ ids });
      await this.journal.record(SheetMailsSent({ id: visit.id, sheet: number, count: sent }));
      return sent;
    });
  }

  /** Nobody will send what is held. Throws like `send`. */
  discard(visit: Visit, number: number, count: number): Promise<void> {
    return this.move(visit, number, count, async (ids) => {
      const discarded = await this.outbox.discardHeld({ ids });
      await this.journal.record(SheetMailsDiscarded({ id: visit.id, sheet: number, count: discarded }));
      return discarded;
    });
  }

  private move(
    visit: Visit,
    number: number,
    count: number,
    work: (ids: readonly string[]) => Promise<number>,
  ): Promise<void> {
    return this.db.transaction(async () => {
      const held = (await this.of(visit, number)).mails.filter(({ state }) => state === 'held');
      if (held.length !== count) throw numberChanged(held.length);
      const moved = await work(held.map(({ id }) => id));
      if (moved !== count) throw numberChanged(moved);
    });
  }

  /** Part of the transaction that issues the sheet. */
  private async draft(visitId: string, number: number): Promise<void> {
    const visit = await this.db.repository(Visit).findOneByOrFail({ id: visitId });
    const sheet = await this.releases.sheet(visit, number);
    const officer = visit.responsibleId ? await this.accounts.byId(visit.responsibleId) : null;
    const told = await this.told(visit, sheet);
    await this.outbox.enqueueAll(
      told.flatMap(({ person, lines }) =>
        person?.email ? [this.letter(visit, sheet, person, lines(person.locale), officer?.email)] : [],
      ),
    );
  }

  /** Everybody in whose items something is different that they may know of. */
  private async told(visit: Visit, { changes, names }: ChangeSheet): Promise<Told[]> {
    const concerned = concernedBy(changes);
    const people = await this.people.byIds(concerned.keys());
    return [...concerned].flatMap(([personId, { changes: own }]) => {
      const mine = own.flatMap((change) => changeFor(change, personId) ?? []);
      const lines = (locale: Locale) => {
        const t = (key: string, params?: Record<string, unknown>) => this.translator.t(locale, key, params);
        return mine
          .map((change) => changeLine({ locale, t, zone: visit.zone, names }, change, isTold))
          .filter(saysSomething);
      };
      const person = people.get(personId);
      return lines(person?.locale ?? 'be').length > 0 ? [{ personId, person, lines }] : [];
    });
  }

  private letter(
    visit: Visit,
    sheet: ChangeSheet,
    person: Person,
    lines: readonly ChangeLine[],
    replyTo: string | undefined,
  ): MailMessage {
    const { locale } = person;
    const params = {
      number: sheet.release.changeSheet,
      title: pickText(visit.title, locale).text,
      name: letterName(namesOf(person)),
      zone: zoneLabel(locale, visit.zone, sheet.release.createdAt),
    };
    const t = (key: string) => this.translator.t(locale, `mail.visit.change.${key}`, params);
    return {
      kind: 'visit-change',
      cause: `${batchOf(sheet)}:${person.id}`,
      to: { address: person.email!, name: params.name },
      locale,
      personId: person.id,
      about: `visit:${visit.id}`,
      batch: batchOf(sheet),
      hold: true,
      ...(replyTo ? { replyTo } : {}),
      subject: t('subject'),
      blocks: [
        { kind: 'text', text: t('greeting') },
        { kind: 'text', text: t('intro') },
        {
          kind: 'table',
          head: [t('day'), t('what'), t('was'), t('now')],
          rows: lines.map(({ day, what, was, now }) => [day, what, was, now]),
        },
        { kind: 'text', text: t('rest') },
        { kind: 'small', text: t('zone') },
      ],
    };
  }
}

/** The mails of one sheet are confirmed together. */
function batchOf({ release }: ChangeSheet): string {
  return `visit-change:${release.id}`;
}
