/** The file form of the conference sets: indexes everywhere, −1 for none. */
export interface TalksFile {
  readonly pauseMinutes: number;
  readonly weights: Readonly<Record<string, readonly [hard: number, medium: number, soft: number]>>;
  readonly timeslots: readonly Timeslot[];
  readonly rooms: readonly TalkRoom[];
  readonly speakers: readonly Speaker[];
  readonly talks: readonly TalkLine[];
}

export interface Timeslot {
  readonly date: string;
  /** Minutes of the day. */
  readonly start: number;
  readonly end: number;
  readonly types: readonly string[];
  readonly tags: readonly string[];
}

export interface TalkRoom {
  readonly capacity: number;
  readonly types: readonly string[];
  readonly tags: readonly string[];
  readonly unavailable: readonly number[];
}

/** Tags of slots (T) and rooms (R): required, preferred, prohibited, undesired. */
export interface Wishes {
  readonly reqT: readonly string[];
  readonly prefT: readonly string[];
  readonly prohT: readonly string[];
  readonly undT: readonly string[];
  readonly reqR: readonly string[];
  readonly prefR: readonly string[];
  readonly prohR: readonly string[];
  readonly undR: readonly string[];
}

export interface Speaker extends Wishes {
  readonly unavailable: readonly number[];
}

export interface TalkLine extends Wishes {
  readonly type: string;
  readonly speakers: readonly number[];
  readonly themes: readonly string[];
  readonly sectors: readonly string[];
  readonly audTypes: readonly string[];
  readonly level: number;
  readonly contents: readonly string[];
  readonly lang: string;
  readonly mutex: readonly string[];
  readonly fav: number;
  readonly crowd: number;
  readonly pinned: boolean;
  readonly slot: number;
  readonly room: number;
  readonly pubSlot: number;
  readonly pubRoom: number;
  readonly prereq: readonly number[];
}

export interface TalksPlan {
  readonly slot: readonly number[];
  readonly room: readonly number[];
}
