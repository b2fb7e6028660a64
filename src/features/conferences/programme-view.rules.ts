import type { Localized } from '../../kernel/locale.js';

/** What the filters and the grid look at; a released session has more. */
export interface ViewedSession {
  readonly code: string;
  readonly day: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly status: 'planned' | 'cancelled';
  readonly strand: { readonly code: string; readonly name: Localized } | null;
  readonly room: { readonly code: string; readonly name: Localized; readonly position: number } | null;
  readonly languages: readonly string[];
}

export interface ProgrammeFilter {
  readonly day?: string | undefined;
  readonly strand?: string | undefined;
  readonly language?: string | undefined;
  readonly room?: string | undefined;
}

export interface ProgrammeChoices {
  readonly days: readonly string[];
  readonly strands: readonly { readonly code: string; readonly name: Localized }[];
  readonly languages: readonly string[];
  readonly rooms: readonly { readonly code: string; readonly name: Localized }[];
}

/** What there is to choose from, each once. */
export function choicesOf(sessions: readonly ViewedSession[]): ProgrammeChoices {
  const rooms = sessions.flatMap(({ room }) => (room ? [room] : [])).sort((a, b) => a.position - b.position);
  return {
    days: [...new Set(sessions.map(({ day }) => day))].sort(),
    strands: once(sessions.flatMap(({ strand }) => (strand ? [strand] : []))),
    languages: [...new Set(sessions.flatMap(({ languages }) => languages))].sort(),
    rooms: once(rooms),
  };
}

/** The filter with everything left out that is not there to choose; without a day, `today` while the programme runs, else the first. */
export function settledFilter(asked: ProgrammeFilter, choices: ProgrammeChoices, today?: string): ProgrammeFilter {
  const known = (list: readonly { readonly code: string }[], code: string | undefined) =>
    list.some((item) => item.code === code) ? code : undefined;
  return {
    day: choices.days.find((day) => day === asked.day) ?? choices.days.find((day) => day === today) ?? choices.days[0],
    strand: known(choices.strands, asked.strand),
    language: choices.languages.find((language) => language === asked.language),
    room: known(choices.rooms, asked.room),
  };
}

/** Does the session pass? Sessions without a language (breaks, meals) pass no choice of a language. */
export function passes(session: ViewedSession, { day, strand, language, room }: ProgrammeFilter): boolean {
  return (
    (day === undefined || session.day === day) &&
    (strand === undefined || session.strand?.code === strand) &&
    (language === undefined || session.languages.includes(language)) &&
    (room === undefined || session.room?.code === room)
  );
}

export interface GridCell<S> {
  readonly sessions: readonly S[];
  /** Rows that the cell covers. */
  readonly span: number;
}

export interface Grid<S> {
  /** null is the column of what has no room. */
  readonly rooms: readonly (NonNullable<ViewedSession['room']> | null)[];
  /** One row per time at which something starts; a cell is null where one from above reaches in. */
  readonly rows: readonly { readonly startsAt: Date; readonly cells: readonly (GridCell<S> | null)[] }[];
}

/** Rooms across, times down. Sessions that share a room at one time share a cell. */
export function gridOf<S extends ViewedSession>(sessions: readonly S[]): Grid<S> {
  const starts = [...new Set(sessions.map(({ startsAt }) => startsAt.getTime()))].sort((a, b) => a - b);
  const named = once(sessions.flatMap(({ room }) => (room ? [room] : [])).sort((a, b) => a.position - b.position));
  const rooms = sessions.some(({ room }) => room === null) ? [...named, null] : named;
  const covered = rooms.map(() => 0);
  const rows = starts.map((start, row) => ({
    startsAt: new Date(start),
    cells: rooms.map((room, column): GridCell<S> | null => {
      if (covered[column]! > row) return null;
      const cell = cellAt(
        sessions.filter((session) => session.room?.code === room?.code),
        starts,
        row,
      );
      covered[column] = row + cell.span;
      return cell;
    }),
  }));
  return { rooms, rows };
}

/** Grows until no session of the cell reaches beyond it and none that starts inside is left out. */
function cellAt<S extends ViewedSession>(inRoom: readonly S[], starts: readonly number[], row: number): GridCell<S> {
  let span = 1;
  for (;;) {
    const end = starts[row + span] ?? Number.POSITIVE_INFINITY;
    const inside = inRoom.filter(({ startsAt }) => startsAt.getTime() >= starts[row]! && startsAt.getTime() < end);
    const latest = Math.max(...inside.map(({ endsAt }) => endsAt.getTime()));
    if (inside.length === 0 || latest <= end || row + span >= starts.length) return { sessions: inside, span };
    span += 1;
  }
}

function once<T extends { readonly code: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.code, item])).values()];
}
