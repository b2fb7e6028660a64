import { byPlace, type FileProblem } from '../../../platform/documents/file-problem.rules.js';
import { derivedGuid } from '../../../platform/runtime/derived-guid.js';
import { Comparison, type Likened } from './likeness.rules.js';
import type { ListCounts, ListOptions } from './list-import.rules.js';
import type { ListedPerson, ReadRow } from './read-list.js';

/** Somebody whom the house knows, as a list is compared with them. */
export interface KnownPerson extends Likened {
  readonly id: string;
  readonly version: number;
  /** Registered for this conference, and not cancelled. */
  readonly registered: boolean;
}

export const PLANNED = ['new', 'known', 'already', 'undecided', 'error', 'skipped', 'twice'] as const;

export interface PlannedRow {
  readonly at: number;
  readonly place: string;
  readonly name: string;
  readonly what: (typeof PLANNED)[number];
  readonly person: ListedPerson | null;
  /** Whose registration it is or will be; null: of somebody new. */
  readonly personId: string | null;
  /** Who of the house it may be, the likeliest first. */
  readonly candidates: readonly string[];
  /** The address belongs to somebody else, so somebody new comes without it. */
  readonly withoutEmail: boolean;
  readonly problems: readonly FileProblem[];
  readonly hints: readonly FileProblem[];
  /** What stands in the cells with problems. */
  readonly texts: Readonly<Record<string, string>>;
}

export interface ListPlan {
  readonly rows: readonly PlannedRow[];
  readonly counts: ListCounts;
  readonly problems: readonly FileProblem[];
}

/** E.164 form of a telephone number, for comparison. */
export type ReadPhone = (typed: string | null, country: string | null) => string | null;

export interface KnownHouse {
  /** Those who share a word of their name, the address or the telephone. */
  readonly near: (listed: Likened, comparison: Comparison) => readonly KnownPerson[];
  readonly hasEmail: (key: string) => boolean;
  /** Lines of earlier lists of this conference, by their key, to the person that each turned out to be. */
  readonly before: ReadonlyMap<string, string>;
}

/** What taking the list over would do: nothing is written, and the same input gives the same plan. */
export function planList(
  read: readonly ReadRow[],
  options: Pick<ListOptions, 'people' | 'skipped'>,
  house: KnownHouse,
  e164: ReadPhone,
): ListPlan {
  const comparison = new Comparison();
  const file = new Seen(comparison);
  /** People of the house to the row that is them. */
  const taken = new Map<string, number>();
  const rows = read.map((row): PlannedRow => {
    const { at, place, name, person, hints, texts } = row;
    const planned = {
      at,
      place,
      name,
      person,
      hints,
      texts,
      problems: row.problems,
      candidates: [],
      withoutEmail: false,
    };
    if (options.skipped.includes(at)) return { ...planned, what: 'skipped', personId: null, problems: [] };
    if (person === null) return { ...planned, what: 'error', personId: null };
    const listed = likened(person, e164);
    const decision = options.people[String(at)];
    const before = decision === 'new' ? undefined : file.rowOf(listed);
    if (before !== undefined) {
      return { ...planned, what: 'twice', personId: null, problems: [twice(place, before)] };
    }
    const { same, candidates } = alike(comparison, listed, house, house.before.get(keyOf(person)));
    const chosen = decision === 'new' ? null : (candidates.find(({ id }) => id === decision) ?? same);
    const decided = decision === 'new' || chosen !== null || candidates.length === 0;
    const shared = file.take(listed, at);
    const shown = { ...planned, candidates: candidates.map(({ id }) => id) };
    if (!decided) return { ...shown, what: 'undecided', personId: null };
    if (chosen) {
      const other = taken.get(chosen.id);
      if (other !== undefined) return { ...planned, what: 'twice', personId: null, problems: [twice(place, other)] };
      taken.set(chosen.id, at);
      return { ...shown, what: chosen.registered ? 'already' : 'known', personId: chosen.id };
    }
    // Two people cannot have one address: it stays with whoever has it.
    const withoutEmail = listed.emailKey !== null && (shared || house.hasEmail(listed.emailKey));
    const hint = { place, code: 'participants.hint.shared', params: { email: person.email ?? '' } };
    return { ...shown, what: 'new', personId: null, withoutEmail, hints: withoutEmail ? [...hints, hint] : hints };
  });
  return { rows, counts: countsOf(rows), problems: rows.flatMap(({ problems }) => problems).toSorted(byPlace) };
}

/** A digest of what names somebody in a list. */
export function keyOf({ given, family, email, institution }: ListedPerson): string {
  return derivedGuid('listed', ...[family, given, email, institution].map((part) => (part ?? '').toLowerCase()));
}

/** Equal for equal plans: what somebody has seen before saying yes. */
export function planKey({ rows }: ListPlan): string {
  return derivedGuid(
    JSON.stringify(
      rows.map(({ at, what, person, personId, withoutEmail }) => [at, what, person, personId, withoutEmail]),
    ),
  );
}

function twice(place: string, row: number): FileProblem {
  return { place, code: 'participants.problem.twice', params: { row } };
}

function likened(person: ListedPerson, e164: ReadPhone): Likened {
  return { ...person, emailKey: person.email?.toLowerCase() ?? null, phoneE164: e164(person.phone, person.country) };
}

/**
 * Who it is for certain, and who it may be, the likeliest first. A namesake who is registered here is the one whom the list
 * means again, unless there are two.
 */
function alike(
  comparison: Comparison,
  listed: Likened,
  { near }: KnownHouse,
  before: string | undefined,
): { same: KnownPerson | null; candidates: KnownPerson[] } {
  const found = near(listed, comparison).flatMap((one) => {
    const how = comparison.likeness(listed, one);
    return how === null ? [] : [{ one, how }];
  });
  const certain = found.find(({ one, how }) => one.id === before || how === 'same')?.one;
  const here = found.filter(({ one }) => one.registered && comparison.couldBeOne(listed, one));
  const same = certain ?? (here.length === 1 ? here[0]!.one : null);
  const rank = ({ one }: { one: KnownPerson }): number => Number(one !== same) * 2 + Number(!one.registered);
  return { same, candidates: found.toSorted((a, b) => rank(a) - rank(b)).map(({ one }) => one) };
}

/** Rows of the file that came before. */
class Seen {
  private readonly byWord = new Map<string, { listed: Likened; at: number }[]>();
  private readonly emails = new Set<string>();

  constructor(private readonly comparison: Comparison) {}

  /** Answers whether somebody before has the same address. */
  take(listed: Likened, at: number): boolean {
    for (const word of this.comparison.wordsOfName(listed))
      this.byWord.set(word, [...(this.byWord.get(word) ?? []), { listed, at }]);
    const shared = listed.emailKey !== null && this.emails.has(listed.emailKey);
    if (listed.emailKey !== null) this.emails.add(listed.emailKey);
    return shared;
  }

  /** The row that names the same person. */
  rowOf(listed: Likened): number | undefined {
    const near = this.comparison.wordsOfName(listed).flatMap((word) => this.byWord.get(word) ?? []);
    return near.find(({ listed: other }) => this.comparison.couldBeOne(listed, other))?.at;
  }
}

function countsOf(rows: readonly PlannedRow[]): ListCounts {
  const count = (...kinds: PlannedRow['what'][]): number => rows.filter(({ what }) => kinds.includes(what)).length;
  return {
    added: count('new', 'known'),
    people: count('new'),
    already: count('already'),
    undecided: count('undecided'),
    errors: count('error', 'twice'),
    skipped: count('skipped'),
  };
}
