import { Injectable } from '@nestjs/common';
import { pickText, type Locale, type Localized } from '../../kernel/locale.js';
import { toLocal } from '../../kernel/zones.js';
import { writeSpreadsheet } from '../../platform/documents/spreadsheet.js';
import { countryName } from '../../platform/i18n/countries.js';
import { Translator } from '../../platform/i18n/translator.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import type { Viewer } from '../../platform/web/viewer.js';
import { RegistrationQueries } from './registration.queries.js';
import type { Registration } from './registration.entity.js';
import { RegistrationsExported } from './registration.events.js';
import type { RegistrationFilter } from './registration.schemas.js';

/** More people than that: somebody must say why. */
export const REASON_OVER = 50;

interface Column {
  heading: string;
  width: number;
  value: (row: Registration, locale: Locale) => string;
  /** Shown only to who may see this object of the conference. */
  needs?: 'person';
}

/** Registrations as a spreadsheet. Columns follow from what the exporter may see; nothing of the vault is ever among them. */
@Injectable()
export class RegistrationExport {
  constructor(
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly translator: Translator,
    private readonly queries: RegistrationQueries,
  ) {}

  size(conferenceId: string, filter: RegistrationFilter): Promise<number> {
    return this.queries.count(conferenceId, filter);
  }

  async write(order: { conference: { id: string; title: Localized; zone: string }; filter: RegistrationFilter; reason: string; locale: Locale; by: Viewer }): Promise<Buffer> {
    const { conference, filter, reason, locale, by } = order;
    const rows = await this.queries.all(conference.id, filter);
    const columns = this.columns(conference.zone).filter(({ needs }) => needs === undefined || by.level(needs, conference.id) !== undefined);
    await this.journal.record(RegistrationsExported({ id: conference.id, conferenceId: conference.id, rows: rows.length, reason }));
    const t = (key: string, params: Record<string, unknown> = {}) => this.translator.t(locale, `registration.export.${key}`, params);
    const at = toLocal(this.clock.now(), conference.zone).replace('T', ' ');
    return writeSpreadsheet({
      name: t('sheet'),
      columns: columns.map(({ heading, width }) => ({ heading: this.translator.t(locale, heading), width })),
      rows: rows.map((row) => columns.map(({ value }) => value(row, locale))),
      footer: [pickText(conference.title, locale).text, t('by', { name: by.name, at, zone: conference.zone }), ...(reason === '' ? [] : [t('reason', { reason })])],
    });
  }

  private columns(zone: string): Column[] {
    const t = (locale: Locale, key: string): string => this.translator.t(locale, key);
    const time = (instant: Date | null): string => (instant ? toLocal(instant, zone).replace('T', ' ') : '');
    return [
      { heading: 'registration.field.number', width: 12, value: (row) => row.number },
      { heading: 'registration.field.family', width: 24, value: (row) => row.person.family ?? '' },
      { heading: 'registration.field.given', width: 24, value: (row) => row.person.given },
      { heading: 'registration.field.patronymic', width: 20, value: (row) => row.person.patronymic ?? '' },
      { heading: 'registration.field.badgeName', width: 24, value: (row) => row.person.badgeName ?? '' },
      { heading: 'registration.field.institution', width: 36, value: (row) => row.person.institution ?? '' },
      { heading: 'registration.field.position', width: 28, value: (row) => row.person.position ?? '' },
      { heading: 'registration.field.country', width: 18, value: (row, locale) => (row.person.country ? countryName(locale, row.person.country) : '') },
      { heading: 'registration.field.email', width: 30, value: (row) => row.person.email ?? '', needs: 'person' },
      { heading: 'registration.field.phone', width: 20, value: (row) => row.person.phone ?? '', needs: 'person' },
      { heading: 'registration.field.category', width: 20, value: (row, locale) => t(locale, `category.${row.category}`) },
      { heading: 'registration.field.form', width: 16, value: (row, locale) => t(locale, `form.${row.form}`) },
      { heading: 'registration.field.approval', width: 16, value: (row, locale) => t(locale, `state.approval.${row.approval}`) },
      { heading: 'registration.field.waitlist', width: 16, value: (row, locale) => t(locale, `state.waitlist.${row.waitlist}`) },
      { heading: 'registration.field.payment', width: 14, value: (row, locale) => t(locale, `state.payment.${row.payment}`) },
      { heading: 'registration.field.attendance', width: 14, value: (row, locale) => t(locale, `state.attendance.${row.attendance}`) },
      { heading: 'registration.field.locale', width: 12, value: (row, locale) => t(locale, `people.locale.${row.locale}`) },
      { heading: 'registration.field.createdAt', width: 18, value: (row) => time(row.createdAt) },
      { heading: 'registration.field.cancelledAt', width: 18, value: (row) => time(row.cancelledAt) },
    ];
  }
}
