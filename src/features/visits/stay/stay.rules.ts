import type { Locale } from '../../../kernel/locale.js';

/** A release of a programme of stay: as sent to the guest side, agreed with them, frozen for all papers, or a later change. */
export const RELEASE_MARKS = ['sent', 'agreed', 'frozen', 'change'] as const;
export type ReleaseMark = (typeof RELEASE_MARKS)[number];

/** How a place is prepared. */
export interface SetUp {
  readonly flags?: string;
  readonly microphones?: string;
  readonly screen?: boolean;
}

/** Where people talk with each other, so that somebody must interpret where they share no language. */
const SPOKEN_KINDS: readonly string[] = [
  'meeting',
  'courtesy_call',
  'signing',
  'tour',
  'press',
  'ceremony',
  'exhibition_opening',
  'round_table',
  'presentation',
];

/** What the hosts speak without an interpreter, BCP 47. */
const HOUSE_LANGUAGES: readonly string[] = ['be', 'ru'];

/** Do the people of such a session lack a common language? Of guests whose languages are not known: nothing can be said, so no. */
export function needsInterpreter(kind: string, visit: { readonly languages: readonly string[] }): boolean {
  const { languages } = visit;
  return SPOKEN_KINDS.includes(kind) && languages.length > 0 && !languages.some((one) => HOUSE_LANGUAGES.includes(one));
}

/** What lies beside a session of a stay and is released with it. */
export interface Surroundings {
  /** Outside the house. */
  readonly address: string | null;
  readonly layout: string | null;
  readonly setUp: SetUp;
  readonly menu: string | null;
  readonly internalNote: string | null;
  readonly guestNote: string | null;
  readonly shownToGuests: boolean;
  readonly planB: string | null;
  /** The host who leads; null: the first of them. */
  readonly leadId: string | null;
}

/** Levels of counterparts, 1 to 5 as of visits, by person; "acting" counts as the post. */
export type Counterparts = Readonly<Record<string, number>>;

export const NO_SURROUNDINGS: Surroundings = {
  address: null,
  layout: null,
  setUp: {},
  menu: null,
  internalNote: null,
  guestNote: null,
  shownToGuests: true,
  planB: null,
  leadId: null,
};

export const SURROUNDING_PARTS = [
  'address',
  'layout',
  'setUp',
  'menu',
  'internalNote',
  'guestNote',
  'shownToGuests',
  'planB',
  'leadId',
] as const satisfies readonly (keyof Surroundings)[];
export type SurroundingPart = (typeof SURROUNDING_PARTS)[number];

/** Which parts differ; a side that is not there has none of them. */
export function differingParts(before: Surroundings | undefined, after: Surroundings | undefined): SurroundingPart[] {
  const [old, now] = [before ?? NO_SURROUNDINGS, after ?? NO_SURROUNDINGS];
  return SURROUNDING_PARTS.filter((part) => key(old[part]) !== key(now[part]));
}

/** Equal texts for equal values, in whatever order a column gives their keys back. */
function key(value: unknown): string {
  return JSON.stringify(value, (_name, one: unknown) =>
    typeof one === 'object' && one !== null
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

/** What a person should look at before this session takes place. Advice: nothing is refused because of it. */
export type StayCheck =
  | { readonly kind: 'no_place' | 'no_owner' | 'no_interpreter' | 'no_counterpart' }
  /** Levels 1 to 5 of the highest guest and the highest counterpart. */
  | { readonly kind: 'rank'; readonly guests: number; readonly hosts: number }
  | { readonly kind: 'interpreter_language'; readonly personId: string; readonly languages: readonly string[] }
  /** A day of the guests' country. */
  | { readonly kind: 'guest_day'; readonly of: 'national' | 'mourning'; readonly name: string }
  | { readonly kind: 'friday_prayer' }
  | { readonly kind: 'title_language'; readonly languages: readonly Locale[] }
  /** Somebody of ours is addressed with a patronymic that is not known. */
  | { readonly kind: 'patronymic'; readonly personId: string };

export interface CheckedSession {
  readonly kind: string;
  readonly placed: boolean;
  readonly people: readonly { readonly personId: string; readonly role: string }[];
  /** Levels of guests, by person; who has none counts as the visit. */
  readonly memberLevels: Counterparts;
  readonly counterparts: Counterparts;
  readonly visit: { readonly languages: readonly string[]; readonly level: number };
  /** What the interpreters interpret, by person; undefined: no profile. */
  readonly directions: ReadonlyMap<string, readonly { readonly from: string; readonly to: string }[]>;
}

/** Kinds at which two sides face each other as equals. */
const FACING_KINDS: readonly string[] = ['meeting', 'courtesy_call', 'signing'];

/** Everything that should be looked at, the gravest first. */
export function checksOf(session: CheckedSession): StayCheck[] {
  const of = (role: string) => session.people.filter((one) => one.role === role).map(({ personId }) => personId);
  const checks: StayCheck[] = [];
  if (!session.placed) checks.push({ kind: 'no_place' });
  if (of('host').length === 0) checks.push({ kind: 'no_owner' });
  const interpreters = of('interpreter');
  if (needsInterpreter(session.kind, session.visit) && interpreters.length === 0)
    checks.push({ kind: 'no_interpreter' });
  const facing = FACING_KINDS.includes(session.kind) && of('guest').length > 0;
  if (facing && of('counterpart').length === 0) checks.push({ kind: 'no_counterpart' });
  const rank = rankGap({
    guests: of('guest').map((id) => session.memberLevels[id] ?? session.visit.level),
    counterparts: of('counterpart').flatMap((id) => session.counterparts[id] ?? []),
  });
  if (rank) checks.push({ kind: 'rank', ...rank });
  const { languages } = session.visit;
  for (const personId of interpreters)
    if (!interprets(session.directions.get(personId) ?? [], languages))
      checks.push({ kind: 'interpreter_language', personId, languages });
  return checks;
}

/** The levels of the highest on each side, where they differ by more than one; 1 is the highest. */
export function rankGap(levels: {
  readonly guests: readonly number[];
  readonly counterparts: readonly number[];
}): { guests: number; hosts: number } | null {
  if (levels.guests.length === 0 || levels.counterparts.length === 0) return null;
  const guests = Math.min(...levels.guests);
  const hosts = Math.min(...levels.counterparts);
  return Math.abs(guests - hosts) > 1 ? { guests, hosts } : null;
}

/** Does somebody interpret between one of the guests' languages and one of the house, in any direction? Of guests whose languages are not known nothing can be said, so yes. */
export function interprets(
  directions: readonly { readonly from: string; readonly to: string }[],
  languages: readonly string[],
): boolean {
  const house = (language: string) => HOUSE_LANGUAGES.includes(language);
  if (languages.length === 0 || languages.some(house)) return true;
  return directions.some(
    ({ from, to }) => (languages.includes(from) && house(to)) || (languages.includes(to) && house(from)),
  );
}

/** Do all members take part? Then a new one will, too. A session without a guest is for nobody of them. */
export function isForAll(guests: readonly string[], members: readonly string[]): boolean {
  return guests.length > 0 && members.every((id) => guests.includes(id));
}

export const AGREED_THROUGH = ['letter', 'email', 'phone', 'meeting', 'note_verbale', 'messenger'] as const;
export type AgreedThrough = (typeof AGREED_THROUGH)[number];

export interface MarkedRelease {
  readonly number: number;
  readonly mark: ReleaseMark;
  readonly changeSheet: number | null;
}

/** What a release becomes that is made now: a numbered change once the programme was frozen, else one that was sent. */
export function markOfNext(
  releases: readonly MarkedRelease[],
  frozen: boolean,
): { mark: 'sent' | 'change'; changeSheet: number | null } {
  if (!frozen) return { mark: 'sent', changeSheet: null };
  return { mark: 'change', changeSheet: Math.max(0, ...releases.map(({ changeSheet }) => changeSheet ?? 0)) + 1 };
}

/** Which release is frozen together with the visit: the latest that was agreed, else the latest; null where nothing was sent. */
export function toFreeze<R extends MarkedRelease>(releases: readonly R[]): R | null {
  const latestFirst = releases.toSorted((a, b) => b.number - a.number);
  return latestFirst.find(({ mark }) => mark === 'agreed') ?? latestFirst[0] ?? null;
}

/** The text that counts: once the programme is frozen that one or the latest change, until then the latest; null before the first. */
export function countingText<R extends MarkedRelease>(releases: readonly R[], frozen: boolean): R | null {
  const counting = releases.filter(({ mark }) => !frozen || mark === 'frozen' || mark === 'change');
  return counting.toSorted((a, b) => b.number - a.number)[0] ?? null;
}

/** What a change sheet tells the differences to: the frozen release, or the change before it. */
export function baseOf(releases: readonly MarkedRelease[], number: number): number {
  const before = releases.filter((one) => one.number < number && (one.mark === 'frozen' || one.mark === 'change'));
  return Math.max(0, ...before.map((one) => one.number));
}

/** May it be marked as agreed? Only the latest text, and only once. */
export function isAgreeable(releases: readonly MarkedRelease[], number: number): boolean {
  const latest = Math.max(0, ...releases.map((one) => one.number));
  return number === latest && releases.some((one) => one.number === number && one.mark === 'sent');
}
