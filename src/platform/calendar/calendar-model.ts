import type { ColorName } from './colors.js';
import type { Method, Partstat, Status } from './itip.rules.js';

export const BUSY_STATUSES = ['FREE', 'TENTATIVE', 'BUSY', 'OOF'] as const;
export type BusyStatus = (typeof BUSY_STATUSES)[number];

export const CLASSIFICATIONS = ['PUBLIC', 'PRIVATE', 'CONFIDENTIAL'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

export const ROLES = ['REQ-PARTICIPANT', 'OPT-PARTICIPANT', 'NON-PARTICIPANT', 'CHAIR'] as const;
export type Role = (typeof ROLES)[number];

export const FEATURES = ['AUDIO', 'CHAT', 'FEED', 'MODERATOR', 'PHONE', 'SCREEN', 'VIDEO'] as const;
export type Feature = (typeof FEATURES)[number];

export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml'] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

/** Instants shown on the clock of an IANA zone; whole seconds, end after start. */
export interface Timed {
  readonly start: Date;
  readonly end: Date;
  readonly zone: string;
}

/** Whole days `YYYY-MM-DD`, both included, the same dates everywhere. */
export interface AllDay {
  readonly firstDay: string;
  readonly lastDay: string;
}

export interface ConferenceLink {
  /** https or tel. */
  readonly url: string;
  readonly label: string;
  readonly features: readonly Feature[];
}

export interface Organizer {
  readonly name: string;
  readonly email: string;
}

export interface Attendee {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly partstat: Partstat;
  readonly rsvp: boolean;
}

/**
 * One event as the calendar module takes it. Texts may be anything: they are cleaned and escaped here. Other values that
 * are not as said are refused with CalendarValueError.
 */
export interface CalendarEvent {
  /** Lower-case UUID, never changed. */
  readonly uid: string;
  readonly sequence: number;
  /** Time of this revision, whole seconds; see `advance` in itip.rules. */
  readonly stamp: Date;
  readonly created: Date;
  readonly lastModified: Date;
  readonly when: Timed | AllDay;
  /** One line. */
  readonly summary: string;
  /** Plain text, any number of lines. Conference links come in front by themselves. */
  readonly description?: string;
  /** One line. Absent: no LOCATION. */
  readonly location?: string;
  readonly categories?: readonly string[];
  readonly url?: string;
  readonly geo?: { readonly latitude: number; readonly longitude: number };
  readonly color?: ColorName;
  readonly image?: { readonly url: string; readonly type: ImageType };
  readonly status: Status;
  /** Does not occupy the reader's time. */
  readonly transparent: boolean;
  /** Default: FREE when transparent, TENTATIVE when tentative, else BUSY. */
  readonly busyStatus?: BusyStatus;
  /** Default PUBLIC. */
  readonly classification?: Classification;
  readonly conferences?: readonly ConferenceLink[];
  readonly organizer?: Organizer;
  readonly attendee?: Attendee;
  /** One display alarm so many minutes before the start. Never in public feeds. */
  readonly alarmMinutes?: number;
  /** Tells Outlook to offer no other time. */
  readonly disallowCounter?: boolean;
}

/** What a feed says about itself (RFC 7986 section 5). Mails and single downloads have none. */
export interface CalendarHead {
  readonly uid: string;
  readonly name: string;
  readonly description?: string;
  /** The newest LAST-MODIFIED of the events counts when it is later. */
  readonly lastModified: Date;
  readonly url?: string;
  /** Address of the feed, without its token. */
  readonly source?: string;
  readonly refreshMinutes?: number;
  readonly color?: ColorName;
  readonly categories?: readonly string[];
}

/** One rendered VEVENT, folded, in UTF-8: what a cache keeps. Bytes, since joining them costs a hundredth of joining texts. */
export interface CalendarBlock {
  readonly uid: string;
  readonly method: Method | undefined;
  /** Start in milliseconds; an all-day event counts as 00:00 UTC of its first day. */
  readonly order: number;
  readonly lastModified: Date;
  /** The zone whose VTIMEZONE `bytes` need, and the years it must hold for. */
  readonly zone?: { readonly name: string; readonly firstYear: number; readonly lastYear: number };
  readonly bytes: Uint8Array;
  /** SHA-256 of `bytes`. */
  readonly digest: Uint8Array;
  /** The same event in UTC, for files whose years no VTIMEZONE of this zone can describe. */
  readonly inUtc: () => Uint8Array;
}
