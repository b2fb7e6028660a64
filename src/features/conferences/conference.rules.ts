import { InvalidInput } from '../../kernel/errors.js';
import type { Localized } from '../../kernel/locale.js';

/** What of a conference is typed into forms; the zone only when it is made. */
export interface ConferenceDates {
  readonly startsOn: string;
  readonly endsOn: string;
}

export interface FamilyMember {
  readonly id: string;
  readonly parentId: string | null;
}

/** Both days are `YYYY-MM-DD`, which compare as text. Throws InvalidInput at `endsOn` when the end is before the start. */
export function checkDates({ startsOn, endsOn }: ConferenceDates): void {
  if (endsOn < startsOn) throw InvalidInput.at('endsOn', 'error.conference.endBeforeStart');
}

/**
 * Satellites have one level: a parent has no parent, and who has satellites is none. Throws InvalidInput at `parentId`.
 * `parent` is null when the id that was given does not exist.
 */
export function checkParent(conference: { id: string; hasSatellites: boolean }, parent: FamilyMember | null): void {
  if (!parent) throw InvalidInput.at('parentId', 'error.conference.unknownParent');
  if (parent.id === conference.id) throw InvalidInput.at('parentId', 'error.conference.ownParent');
  if (parent.parentId !== null) throw InvalidInput.at('parentId', 'error.conference.parentIsSatellite');
  if (conference.hasSatellites) throw InvalidInput.at('parentId', 'error.conference.hasSatellites');
}

/** A number counts the editions of a series. Throws InvalidInput at `editionNo` when there is no series. */
export function checkEdition({ seriesId, editionNo }: { seriesId: string | null; editionNo: number | null }): void {
  if (editionNo !== null && seriesId === null)
    throw InvalidInput.at('editionNo', 'error.conference.editionWithoutSeries');
}

/** Coming, running or over, by the calendar of the conference's own zone. `today` is `YYYY-MM-DD`. */
export function phaseOf({ startsOn, endsOn }: ConferenceDates, today: string): 'coming' | 'running' | 'over' {
  if (today < startsOn) return 'coming';
  return today > endsOn ? 'over' : 'running';
}

/** Names of the fields that differ between two states of one conference. */
export function differingFields<T extends object>(before: T, after: Partial<T>): (keyof T & string)[] {
  return (Object.keys(after) as (keyof T & string)[]).filter(
    (field) => comparable(before[field]) !== comparable(after[field]),
  );
}

/** Texts compare by their languages, whatever the order in which a column gave them back. */
function comparable(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const { be, ru, en } = value as Localized;
  return JSON.stringify([be ?? '', ru ?? '', en ?? '']);
}
