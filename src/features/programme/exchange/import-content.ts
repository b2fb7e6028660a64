import type { FileProblem } from '../../../platform/documents/file-problem.rules.js';
import type { ChangeOfSession, ImportPlan } from './import-plan.js';
import { CHANGES } from './import-plan.js';
import type { ImportCounts, ImportOptions } from './import.rules.js';
import type { FileContent, FoundEvent } from './read-file.js';
import { tableEvents } from './table-events.js';
import type { TableField } from './table.rules.js';

const EVERYTHING: ReadonlySet<ChangeOfSession> = new Set(CHANGES);
const OF_CALENDARS: ReadonlySet<ChangeOfSession> = new Set(['title', 'abstract', 'room', 'start', 'length']);

/** The events that are read of a file with the choices of the person at the page. */
export function eventsIn(
  content: FileContent,
  options: ImportOptions,
  kindWords: ReadonlyMap<string, string>,
): { events: FoundEvent[]; problems: FileProblem[] } {
  if (content.kind === 'events') return content;
  if (options.header === null || options.columns['title'] === undefined) {
    return { events: [], problems: [{ place: '', code: 'exchange.problem.noTitleColumn' }] };
  }
  return tableEvents(content.rows, options.header, options.columns as Partial<Record<TableField, number>>, kindWords);
}

/** The parts of a session that the file speaks of: what it does not mention stays as it is. */
export function saidBy(content: FileContent, options: ImportOptions): ReadonlySet<ChangeOfSession> {
  if (content.kind === 'table') {
    const has = (field: TableField): boolean => options.columns[field] !== undefined;
    const parts: [ChangeOfSession, boolean][] = [
      ['title', true],
      ['abstract', has('abstract')],
      ['kind', has('kind')],
      ['language', has('language')],
      ['track', has('track')],
      ['room', has('room')],
      ['start', has('start') || has('day')],
      ['length', has('duration') || has('end')],
      ['people', has('people')],
    ];
    return new Set(parts.flatMap(([part, said]) => (said ? [part] : [])));
  }
  const isCalendar = content.events.every(
    ({ event }) => event.id === 0 && event.slug === '' && event.persons.length === 0,
  );
  return isCalendar ? OF_CALENDARS : EVERYTHING;
}

export function countsOf({ sessions, people, problems }: ImportPlan): ImportCounts {
  const count = (what: ImportPlan['sessions'][number]['what']): number =>
    sessions.filter((one) => one.what === what).length;
  return {
    added: count('added'),
    changed: count('changed'),
    unchanged: count('unchanged') + count('left'),
    errors: problems.length,
    people: people.filter(({ personId }) => personId === null).length,
  };
}
