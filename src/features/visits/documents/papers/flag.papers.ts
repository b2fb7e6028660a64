import { Injectable } from '@nestjs/common';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import { countryName } from '../../../../platform/i18n/countries.js';
import { collator } from '../../../../platform/i18n/formats.js';
import { localDay } from '../../../../kernel/zones.js';
import { Clock } from '../../../../platform/runtime/clock.js';
import { Countries } from '../../../people/index.js';
import type { Visit } from '../../visit.entity.js';
import { flagWarning, inFlagOrder } from './flag-list.rules.js';
import { secondOf, WHOLE, type PaperBuilder, type PaperKind, type PaperRequest } from './paper.js';
import { PaperPeople } from './paper-people.js';
import { PaperTexts } from './paper-texts.js';
import { PaperWords } from './paper-words.js';

/** Of the house. */
const HOST = 'BY';

/** Which flags stand where: the host first, the others by an alphabet that is named. */
@Injectable()
export class FlagPapers implements PaperBuilder {
  readonly papers: Readonly<Record<string, PaperKind>> = {
    flag_list: {
      fill: (request) => this.fill(request),
      parts: async ({ visit }) => ((await this.codes(visit)).length > 0 ? [WHOLE] : []),
    },
  };

  constructor(
    private readonly clock: Clock,
    private readonly words: PaperWords,
    private readonly texts: PaperTexts,
    private readonly people: PaperPeople,
    private readonly countries: Countries,
  ) {}

  private async fill({ visit, locale }: PaperRequest): Promise<DocxData> {
    const second = secondOf(locale);
    const on = visit.startsOn ?? localDay(this.clock.now(), visit.zone);
    const known = await Promise.all(
      [HOST, ...(await this.codes(visit))].map(async (code) => {
        const country = await this.countries.one(code);
        return { ...country, name: country.name[locale], second: country.name[second] };
      }),
    );
    const flags = inFlagOrder(known[0]!, known.slice(1), collator(locale).compare);
    const warn = (country: (typeof known)[number]) => {
      const warning = flagWarning(country, on);
      const checked = country.flagCheckedOn ? this.words.day(locale, country.flagCheckedOn, visit.zone) : '';
      return warning ? this.words.t(locale, `visit.document.flag.${warning}`, { on: checked }) : '';
    };
    return {
      alphabet: this.words.t(locale, `visit.document.alphabet.${locale}`),
      flags: flags.map((country, index) => ({
        no: String(index + 1),
        country: country.name,
        countrySecond: country.second,
        official: country.officialName[locale] ?? '',
        warning: warn(country),
      })),
      places: (await this.texts.of(visit)).sessions.flatMap((session) => {
        const { flags: wanted } = session.beside.setUp;
        if (!wanted) return [];
        return [{ ...this.texts.named(visit, locale, session), what: wanted }];
      }),
    };
  }

  /** Of the delegation; of one that comes from several countries, those of its members. */
  private async codes(visit: Visit): Promise<string[]> {
    if (visit.country !== null && visit.country !== 'XX') return [visit.country];
    const members = (await this.people.delegation(visit)).flatMap(({ member }) => member.citizenship ?? []);
    return [...new Set(members)].filter((code) => code !== 'XX' && countryName('en', code) !== code);
  }
}
