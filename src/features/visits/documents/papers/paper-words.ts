import { Injectable } from '@nestjs/common';
import type { Locale } from '../../../../kernel/locale.js';
import { toInstant } from '../../../../kernel/zones.js';
import { formatDate, formatDateRange } from '../../../../platform/i18n/formats.js';
import { Translator } from '../../../../platform/i18n/translator.js';
import { Clock } from '../../../../platform/runtime/clock.js';
import type { Visit } from '../../visit.entity.js';

/** Words and days as documents print them. */
@Injectable()
export class PaperWords {
  constructor(
    private readonly clock: Clock,
    private readonly translator: Translator,
  ) {}

  t(locale: Locale, key: string, params: Record<string, unknown> = {}): string {
    return this.translator.t(locale, key, params);
  }

  /** Today, on the clock of the visit. */
  today(locale: Locale, { zone }: Visit): string {
    return formatDate(locale, this.clock.now(), zone);
  }

  /** A day, `YYYY-MM-DD`. */
  day(locale: Locale, day: string, zone: string): string {
    return formatDate(locale, noonOf(day, zone), zone);
  }

  /** '12–14 October 2027'; empty while the days are not settled. */
  days({ startsOn, endsOn, zone }: Visit, locale: Locale): string {
    if (startsOn === null || endsOn === null) return '';
    return formatDateRange(locale, noonOf(startsOn, zone), noonOf(endsOn, zone), zone);
  }
}

function noonOf(day: string, zone: string): Date {
  return toInstant(`${day}T12:00`, zone).instant;
}
