import { Injectable } from '@nestjs/common';
import { LOCALES, type Locale } from '../../../kernel/locale.js';
import { localDay } from '../../../kernel/zones.js';
import { countryName } from '../../../platform/i18n/countries.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { CooperationQueries } from '../../cooperation/index.js';
import { Countries } from '../../people/index.js';
import { readLetter, type LetterReading, type LetterRegisters } from './letter.rules.js';

/** Letters are read on the calendar of the house. */
const HOUSE_ZONE = 'Europe/Minsk';

/** How letters call countries besides their names as we print them. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  AE: ['ОАЭ', 'ААЭ', 'UAE'],
  CN: ['КНР', 'Китайская Народная Республика', 'Кітайская Народная Рэспубліка'],
  CZ: ['Чешская Республика', 'Чэшская Рэспубліка', 'Czech Republic'],
  GB: ['Great Britain', 'Соединенное Королевство', 'Злучанае Каралеўства'],
  IR: ['Исламская Республика Иран', 'Ісламская Рэспубліка Іран'],
  KP: ['КНДР'],
  KR: ['Республика Корея', 'Рэспубліка Карэя', 'Republic of Korea', 'South Korea'],
  RU: ['Российская Федерация', 'Расійская Федэрацыя', 'Russian Federation', 'РФ'],
  TR: ['Turkey', 'Турецкая Республика', 'Турэцкая Рэспубліка'],
  US: ['США', 'ЗША', 'USA', 'United States of America', 'Соединенные Штаты Америки'],
  VN: ['Viet Nam'],
};

/** What letters say, measured by the registers of the house. Nothing is kept. */
@Injectable()
export class LetterReadings {
  constructor(
    private readonly countries: Countries,
    private readonly cooperation: CooperationQueries,
    private readonly clock: Clock,
  ) {}

  async read(text: string): Promise<LetterReading> {
    return readLetter(text, await this.registers());
  }

  private async registers(): Promise<LetterRegisters> {
    const [countries, institutions] = await Promise.all([
      this.countries.all('be'),
      this.cooperation.all({ q: null, kind: null, country: null, partners: null }),
    ]);
    return {
      today: localDay(this.clock.now(), HOUSE_ZONE),
      countries: countries.map(({ code, name, officialName }) => ({
        id: code,
        names: [
          ...Object.values(name),
          ...LOCALES.map((locale: Locale) => countryName(locale, code)),
          ...Object.values(officialName).filter(Boolean),
          ...(ALSO[code] ?? []),
        ],
      })),
      institutions: institutions.map(({ institution: { id, kind, country, name, originalName } }) => ({
        id,
        kind,
        country,
        names: [...Object.values(name), originalName ?? ''].filter((one) => one !== ''),
      })),
    };
  }
}
