import { Injectable } from '@nestjs/common';
import { pickText, type Locale } from '../../../../kernel/locale.js';
import { formatDay, formatTime } from '../../../../platform/i18n/formats.js';
import { isFrozen, StayReleases, type StaySession, type StayText } from '../../stay/stay-releases.service.js';
import type { Visit } from '../../visit.entity.js';
import { PaperWords } from './paper-words.js';
import { textWarnings, type TextWarning } from './text-standing.rules.js';

/** A session as documents name it. */
export interface NamedSession {
  readonly title: string;
  readonly day: string;
  readonly time: string;
  readonly place: string;
}

/** The text of the programme from which all documents of a visit are printed: the frozen one, once there is one. */
@Injectable()
export class PaperTexts {
  constructor(
    private readonly releases: StayReleases,
    private readonly words: PaperWords,
  ) {}

  /** What counts; before the first text what is planned. Cancelled sessions are left out. */
  async of(visit: Visit): Promise<StayText> {
    const counting = await this.releases.current(visit);
    const { sessions, names } = await this.releases.text(visit, counting?.number ?? 'draft');
    return { sessions: sessions.filter(({ content }) => content.status !== 'cancelled'), names };
  }

  /** What to say before somebody prints from it. */
  async warnings(visit: Visit): Promise<TextWarning[]> {
    const all = await this.releases.of(visit.id);
    return textWarnings({
      counting: await this.releases.current(visit),
      latest: all[0]?.number ?? 0,
      frozen: isFrozen(visit),
      pending: (await this.releases.pending(visit)).changes.length,
    });
  }

  /** Its number, or '' of what is only planned. */
  async edition(visit: Visit): Promise<string> {
    return String((await this.releases.current(visit))?.number ?? '');
  }

  named(visit: Visit, locale: Locale, { content, beside }: Pick<StaySession, 'content' | 'beside'>): NamedSession {
    const [start, end] = [new Date(content.startsAt), new Date(content.endsAt)];
    const room = content.room ? pickText(content.room.name, locale).text : '';
    return {
      title: pickText(content.title, locale).text || this.words.t(locale, `sessionKind.${content.kind}`),
      day: formatDay(locale, start, visit.zone),
      time: `${formatTime(locale, start, visit.zone)}–${formatTime(locale, end, visit.zone)}`,
      place: [room, beside.address ?? ''].filter(Boolean).join(', '),
    };
  }
}
