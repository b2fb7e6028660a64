import { Injectable } from '@nestjs/common';
import { NotFound, Stale } from '../../../kernel/errors.js';
import { LOCALES, type Locale, type Localized } from '../../../kernel/locale.js';
import { Database } from '../../../platform/database/database.js';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { COUNTRY_CODES, countryName } from '../../../platform/i18n/countries.js';
import { collator } from '../../../platform/i18n/formats.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { CountryChanged } from '../people.events.js';
import { Country } from './country.entity.js';

/** What staff may say of a country. */
export type CountryFields = Pick<Country, 'shortName' | 'officialName' | 'days' | 'protocolNote' | 'flagCheckedOn'>;

/** A country as the house prints it: what staff said, else the common lists (CLDR). */
export interface KnownCountry extends CountryFields {
  readonly code: string;
  readonly name: Readonly<Record<Locale, string>>;
  readonly hasFlag: boolean;
  /** 0: nobody has said anything of it yet. */
  readonly version: number;
}

/** Stateless and other documents are no country. */
const CODES = COUNTRY_CODES.filter((code) => code !== 'XX');

/** The countries as the house prints them. */
@Injectable()
export class Countries {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  /** All, in the alphabet of the language. One statement. */
  async all(locale: Locale): Promise<KnownCountry[]> {
    const rows = await this.rows();
    const { compare } = collator(locale);
    return CODES.map((code) => known(code, rows.get(code))).sort((a, b) => compare(a.name[locale], b.name[locale]));
  }

  /** Throws NotFound. */
  async one(code: string): Promise<KnownCountry> {
    if (!CODES.includes(code)) throw new NotFound();
    return known(code, await this.db.one(Country, { code }));
  }

  /** The short name as we print it; of what is no country, the code as it is. */
  async nameOf(code: string, locale: Locale): Promise<string> {
    return CODES.includes(code) ? (await this.one(code)).name[locale] : countryName(locale, code);
  }

  /** The flag's drawing. Throws NotFound where there is none yet. */
  async flag(code: string): Promise<string> {
    const row = CODES.includes(code) ? await this.db.one(Country, { code }) : null;
    if (!row?.flag) throw new NotFound();
    return row.flag;
  }

  /** Throws Stale when somebody was faster. */
  save(code: string, read: { version: number }, fields: CountryFields): Promise<KnownCountry> {
    return this.write(code, read, fields);
  }

  /** Keeps a flag that was found harmless, or (null) takes it away. */
  saveFlag(code: string, read: { version: number }, flag: string | null): Promise<KnownCountry> {
    return this.write(code, read, { flag });
  }

  private write(code: string, read: { version: number }, changes: Partial<Country>): Promise<KnownCountry> {
    if (!CODES.includes(code)) throw new NotFound();
    return this.db.transaction(async () => {
      const before = await this.db.one(Country, { code });
      if ((before?.version ?? 0) !== read.version) throw new Stale(before);
      const changed = { ...changes, changedAt: this.clock.now() };
      const row = before ?? this.blank(code);
      if (before) {
        const version = await this.db.updateIfUnchanged(
          Country,
          { id: before.id, version: read.version },
          changed as never,
        );
        await this.journal.record(CountryChanged({ id: row.id, code, fields: Object.keys(changes) }));
        return known(code, { ...row, ...changed, version });
      }
      try {
        await this.db.insert(Country, { ...row, ...changed } as never);
      } catch (error) {
        if (isUniqueViolation(error)) throw new Stale(null);
        throw error;
      }
      await this.journal.record(CountryChanged({ id: row.id, code, fields: Object.keys(changes) }));
      return known(code, { ...row, ...changed });
    });
  }

  private blank(code: string): Country {
    return {
      id: this.ids.next(),
      code,
      shortName: {},
      officialName: {},
      days: [],
      protocolNote: null,
      flag: null,
      flagCheckedOn: null,
      changedAt: this.clock.now(),
      version: 1,
    };
  }

  private async rows(): Promise<Map<string, Country>> {
    return new Map((await this.db.repository(Country).find()).map((row) => [row.code, row]));
  }
}

function known(code: string, row: Country | null | undefined): KnownCountry {
  const shortName: Localized = row?.shortName ?? {};
  const names = LOCALES.map((locale) => [locale, shortName[locale] ?? countryName(locale, code)] as const);
  return {
    code,
    name: Object.fromEntries(names) as Record<Locale, string>,
    shortName,
    officialName: row?.officialName ?? {},
    days: row?.days ?? [],
    protocolNote: row?.protocolNote ?? null,
    flagCheckedOn: row?.flagCheckedOn ?? null,
    hasFlag: Boolean(row?.flag),
    version: row?.version ?? 0,
  };
}
