import { foldForSearch } from '../../../kernel/search-text.js';
import { derivedGuid } from '../../../platform/runtime/derived-guid.js';
import type { FileProblem } from '../../../platform/documents/file-problem.rules.js';
import type { FoundEvent } from './read-file.js';
import { cellName } from '../../../platform/documents/table-cells.rules.js';
import type { TableRow } from '../../../platform/documents/table-file.js';
import type { ScheduleEvent } from './schedule.rules.js';
import { readLength, readNames, readWhen, type TableField } from './table.rules.js';

const USUAL_MINUTES = 60;

/**
 * The sessions of a table below its row of headings. An empty day is that of the row above, as in merged cells; a row without
 * any time gives a session without one.
 */
export function tableEvents(
  rows: readonly TableRow[],
  header: number,
  columns: Partial<Record<TableField, number>>,
  /** What pages call a kind of session, folded, to the kind. */
  kindWords: ReadonlyMap<string, string>,
): { events: FoundEvent[]; problems: FileProblem[] } {
  const events: FoundEvent[] = [];
  const problems: FileProblem[] = [];
  const seen = new Map<string, string>();
  const titles = new Map<string, number>();
  let lastDay: string | undefined;
  for (const { at, cells } of rows) {
    if (at <= header) continue;
    const text = (field: TableField): string =>
      columns[field] === undefined ? '' : (cells[columns[field]] ?? '').trim();
    const cell = (field: TableField): string => cellName(columns[field] ?? 0, at);
    const refuse = (field: TableField, code: string, params: Record<string, unknown> = {}): void =>
      void problems.push({ place: cell(field), code, params });

    const title = text('title');
    const [day, start, end] = (['day', 'start', 'end'] as const).map((field) =>
      text(field) === '' ? {} : readWhen(text(field)),
    );
    if (!day) {
      refuse('day', 'file.problem.day', { value: text('day') });
      continue;
    }
    lastDay = start?.day ?? day.day ?? lastDay;
    // A row with nothing but a day or a room is a heading inside the table.
    if (title === '' && !['start', 'end', 'people', 'abstract'].some((field) => text(field as TableField) !== ''))
      continue;
    if (title === '') {
      refuse('title', 'exchange.problem.noTitle');
      continue;
    }
    const clock = start?.clock ?? day.clock;
    if (!start || (text('start') !== '' && clock === undefined)) {
      refuse('start', 'exchange.problem.clock', { value: text('start') });
      continue;
    }
    if (clock !== undefined && lastDay === undefined) {
      refuse('day', 'exchange.problem.noDay');
      continue;
    }
    const minutes = minutesOf(clock, end, text('duration'));
    if (minutes === undefined) {
      const field = text('duration') === '' ? 'end' : 'duration';
      refuse(field, 'exchange.problem.duration', { value: text(field) });
      continue;
    }
    const nth = (titles.get(title) ?? 0) + 1;
    titles.set(title, nth);
    const code = text('code');
    const guid = code === '' ? derivedGuid('table', title, String(nth)) : derivedGuid('table code', code.toLowerCase());
    const before = seen.get(guid);
    if (before !== undefined) {
      refuse('code', 'exchange.problem.twice', { before });
      continue;
    }
    seen.set(guid, cell('code'));
    events.push({
      place: cell('title'),
      room: text('room').replace(/\s+/g, ' '),
      event: {
        ...NOTHING,
        guid,
        code: code === '' ? null : code,
        title,
        subtitle: text('subtitle'),
        type: kindWords.get(foldForSearch(text('kind'))) ?? text('kind'),
        track: text('track').replace(/\s+/g, ' '),
        language: text('language'),
        abstract: text('abstract'),
        date: clock === undefined ? '' : `${lastDay}T${clock}:00`,
        minutes,
        persons: readNames(text('people')).map((name) => ({ id: null, guid: null, name })),
      },
    });
  }
  return { events, problems };
}

const NOTHING: ScheduleEvent = {
  id: 0,
  guid: '',
  code: null,
  title: '',
  subtitle: '',
  type: '',
  track: '',
  language: '',
  abstract: '',
  description: '',
  slug: '',
  date: '',
  minutes: USUAL_MINUTES,
  persons: [],
  recording: null,
  links: [],
  attachments: [],
  logo: null,
  url: null,
  feedbackUrl: null,
  originUrl: null,
  videoUrl: null,
};

/** Of the length, or from start to end, an end before the start being on the next day; an hour where neither is given. */
function minutesOf(
  clock: string | undefined,
  end: { day?: string; clock?: string } | undefined,
  duration: string,
): number | undefined {
  if (duration !== '') return readLength(duration);
  if (!end) return undefined;
  if (end.clock === undefined || clock === undefined) return USUAL_MINUTES;
  const minutes = toMinutes(end.clock) - toMinutes(clock);
  return minutes > 0 ? minutes : minutes + 24 * 60;
}

function toMinutes(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}
