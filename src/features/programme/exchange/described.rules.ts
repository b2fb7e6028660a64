import { pickText, type Locale, type Localized } from '../../../kernel/locale.js';
import { cleanText } from '../../../kernel/text.js';
import { offsetSeconds, toLocal } from '../../../kernel/zones.js';
import type { SessionKind } from '../session.rules.js';
import { kindOf } from './kinds.rules.js';
import { plainText } from './plain-text.rules.js';
import { durationText, isEventSlug, slugWords, type ScheduleEvent, type SchedulePerson } from './schedule.rules.js';

/** A session of ours, of the draft or of a release, as far as other programs can know it. */
export interface DescribedSession {
  readonly code: string;
  readonly kind: SessionKind;
  readonly title: Localized;
  readonly abstract: Localized;
  readonly languages: readonly string[];
  readonly strand: Localized | null;
  readonly startsAt: Date;
  readonly minutes: number;
  readonly persons: readonly SchedulePerson[];
  readonly talks: readonly {
    readonly title: Localized;
    readonly minutes: number | null;
    readonly names: readonly string[];
  }[];
}

/** Under which number and guid it goes, and what an imported file once said of it. */
export interface ExchangeIdentity {
  readonly number: number;
  readonly guid: string;
  readonly source: ScheduleEvent | null;
}

export interface Surroundings {
  readonly locale: Locale;
  readonly zone: string;
  readonly acronym: string;
  /** What a session without a title is called. */
  readonly kindName: (kind: SessionKind) => string;
  /** Address of the page of a session. */
  readonly page: (code: string) => string;
}

/**
 * A session as an event of a schedule. What only the file knew that it came from is given back: subtitle, links, recording,
 * its own word for the kind; and its texts, as long as nobody has changed ours.
 */
export function describedEvent(session: DescribedSession, as: ExchangeIdentity, around: Surroundings): ScheduleEvent {
  const { source } = as;
  const text = (words: Localized | null): string => pickText(words, around.locale).text;
  const title = text(session.title);
  const abstract = text(session.abstract);
  const asImported = source !== null && bodyOf(source) === abstract;
  const languages = session.languages.join();
  return {
    id: as.number,
    guid: as.guid,
    code: source?.code ?? session.code.toUpperCase(),
    title: title || around.kindName(session.kind),
    subtitle: source?.subtitle ?? '',
    type: source && kindOf(source.type) === session.kind ? source.type : session.kind,
    track: text(session.strand),
    language:
      source && languagesOf(source.language).join() === languages ? source.language : (session.languages[0] ?? ''),
    abstract: asImported ? source.abstract : abstract,
    description: session.talks.length > 0 ? talkList(session, text) : asImported ? source.description : '',
    slug: source && isEventSlug(source.slug) ? source.slug : slugOf(around.acronym, as.number, title, session.kind),
    date: withOffset(session.startsAt, around.zone),
    minutes: session.minutes,
    persons: session.persons,
    recording: source?.recording ?? null,
    links: source?.links ?? [],
    attachments: source?.attachments ?? [],
    logo: source?.logo ?? null,
    url: around.page(session.code),
    feedbackUrl: source?.feedbackUrl ?? null,
    originUrl: source?.originUrl ?? source?.url ?? null,
    videoUrl: source?.videoUrl ?? null,
  };
}

/** Longest text that an import brings into an abstract, in code points. */
export const LONGEST_BODY = 50_000;

/** The text that a session of ours gets from an event: its abstract, or else its description, cleaned and without markup. */
export function bodyOf(event: ScheduleEvent): string {
  const text = plainText(event.abstract.trim() || event.description.trim());
  const cleaned = cleanText(text, { multiline: true, max: LONGEST_BODY, min: 0 });
  return cleaned.ok ? cleaned.value : text;
}

/** Language codes of `en`, `be/ru`, `de, en`; what is no code is left out. */
export function languagesOf(language: string): string[] {
  const codes = language.toLowerCase().split(/[\s,;/+|]+/);
  return [...new Set(codes.map((code) => code.split(/[-_]/)[0]!).filter((code) => /^[a-z]{2,3}$/.test(code)))];
}

/** `2027-05-12T10:00:00+03:00` on the clock of a zone. */
export function withOffset(instant: Date, zone: string): string {
  const seconds = offsetSeconds(zone, instant.getTime());
  const offset = durationText(Math.round(Math.abs(seconds) / 60));
  return `${toLocal(instant, zone)}:00${seconds < 0 ? '-' : '+'}${offset}`;
}

/** Talks have no times of their own, so apps read them as a list: `1. Title (Names, 20 min)`. */
function talkList(session: DescribedSession, text: (words: Localized) => string): string {
  return session.talks
    .map(({ title, minutes, names }, at) => {
      const details = [...names, ...(minutes === null ? [] : [`${minutes} min`])].join(', ');
      return `${at + 1}. ${text(title)}${details === '' ? '' : ` (${details})`}`;
    })
    .join('\n');
}

/** `congress2027-12-opening`: unique by its number. */
function slugOf(acronym: string, number: number, title: string, kind: string): string {
  return `${acronym}-${number}-${slugWords(title) || slugWords(kind)}`;
}
