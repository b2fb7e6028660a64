/*
 * The programme as conference apps, info screens and recording crews exchange it: what schedule.xml and schedule.json of
 * the frab and c3voc family hold, without loss, and nothing else.
 */

export interface Schedule {
  readonly version: string;
  /** Where the file itself lies. */
  readonly url: string | null;
  readonly generator: { readonly name: string; readonly version: string } | null;
  readonly conference: ScheduleConference;
  readonly days: readonly ScheduleDay[];
}

export interface ScheduleConference {
  readonly acronym: string;
  readonly title: string;
  /** `YYYY-MM-DD`. */
  readonly start: string | null;
  readonly end: string | null;
  /** `HH:MM`. */
  readonly timeslot: string;
  /** What relative addresses in the file begin with; one app does not work without it. */
  readonly baseUrl: string | null;
  readonly url: string | null;
  /** IANA zone. */
  readonly zone: string | null;
  readonly tracks: readonly ScheduleTrack[];
}

export interface ScheduleTrack {
  readonly name: string;
  readonly slug: string | null;
  /** `#rrggbb`. */
  readonly color: string | null;
}

export interface ScheduleDay {
  /** From 1. */
  readonly index: number;
  readonly date: string;
  /** With offsets: one app fails without an end. */
  readonly start: string;
  readonly end: string;
  readonly rooms: readonly ScheduleRoom[];
}

export interface ScheduleRoom {
  readonly name: string;
  readonly guid: string | null;
  readonly events: readonly ScheduleEvent[];
}

export interface ScheduleEvent {
  /** Unique in the file and never used again: apps lose one of two events with equal ids. */
  readonly id: number;
  readonly guid: string;
  readonly code: string | null;
  readonly title: string;
  readonly subtitle: string;
  readonly type: string;
  readonly track: string;
  readonly language: string;
  readonly abstract: string;
  readonly description: string;
  readonly slug: string;
  /** `YYYY-MM-DDTHH:MM:SS±HH:MM`, on the clock of the venue. */
  readonly date: string;
  readonly minutes: number;
  readonly persons: readonly SchedulePerson[];
  readonly recording: ScheduleRecording | null;
  readonly links: readonly ScheduleLink[];
  readonly attachments: readonly ScheduleLink[];
  readonly logo: string | null;
  readonly url: string | null;
  readonly feedbackUrl: string | null;
  readonly originUrl: string | null;
  readonly videoUrl: string | null;
}

export interface SchedulePerson {
  readonly id: number | null;
  readonly guid: string | null;
  readonly name: string;
}

export interface ScheduleRecording {
  readonly license: string;
  readonly optout: boolean;
}

export interface ScheduleLink {
  readonly title: string;
  readonly url: string;
  readonly type: string | null;
}

/** Longest duration that the XML can say: two digits of hours. */
export const MAX_XML_MINUTES = 99 * 60 + 59;

const HTTP = /^https?:\/\/[^\s<>"{}|\\^`]+$/;

/** Whether a text may stand where the schemas ask for a web address. */
export function isWebAddress(text: string | null): text is string {
  return text !== null && HTTP.test(text) && URL.canParse(text);
}

/** `01:30` from minutes; whole days count as hours. */
export function durationText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** `10:30` of an event: the clock of its date. */
export function startText({ date }: Pick<ScheduleEvent, 'date'>): string {
  return date.slice(11, 16);
}

/** `[a-z0-9_]{4,}`, which both schemas take: the short name of a conference. */
export function acronymOf(slug: string): string {
  return slug
    .toLowerCase()
    .replace(/[^a-z0-9_]/g, '')
    .padEnd(4, '_');
}

/** Lower-case ASCII words with hyphens between them; empty where a title has none. */
export function slugWords(title: string): string {
  // Most titles that give a slug at all need no taking apart, and it costs the most.
  const plain = /^[\x20-\x7e]*$/.test(title) ? title : title.normalize('NFKD').replace(/\p{M}/gu, '');
  return plain
    .slice(0, 200)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
}

/** What both schemas take as the slug of an event. */
export function isEventSlug(slug: string): boolean {
  return /^[a-z0-9_]{4,}-[a-z0-9_-]{3,}[a-z0-9]$/.test(slug);
}
