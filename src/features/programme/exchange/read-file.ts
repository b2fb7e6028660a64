import { looksLikeCalendar } from '../../../platform/calendar/index.js';
import { xmlText, plainFileText } from '../../../platform/documents/file-text.js';
import { unreadable, type FileProblem } from '../../../platform/documents/file-problem.rules.js';
import { eventsOf, type ReadSchedule } from './found.rules.js';
import type { ImportFormat } from './import.rules.js';
import { readIcal } from './read-ical.js';
import { readScheduleJson } from './read-schedule-json.js';
import { readScheduleXml } from './read-schedule-xml.js';
import { isArchive, isOldExcel, readTable, type TableRow } from '../../../platform/documents/table-file.js';
import type { ScheduleEvent } from './schedule.rules.js';

/** An event of a file, with its room and its place in it. */
export interface FoundEvent {
  readonly place: string;
  readonly room: string;
  readonly event: ScheduleEvent;
}

/** What was read of a file, before anybody has decided anything. */
export type FileContent =
  | {
      readonly kind: 'events';
      /** Whose numbers of people these are. */
      readonly source: string;
      readonly events: FoundEvent[];
      readonly problems: FileProblem[];
    }
  | { readonly kind: 'table'; readonly rows: TableRow[] };

/** Reads a file by what it is, whatever its name says. Throws UnreadableFile. */
export async function readFile(bytes: Buffer): Promise<{ format: ImportFormat; content: FileContent }> {
  const format = formatOf(bytes);
  if (format !== null) return { format, content: contentOf(readEvents(format, bytes)) };
  const { format: kind, rows } = await readTable(bytes);
  return { format: kind, content: { kind: 'table', rows } };
}

function readEvents(format: 'xml' | 'json' | 'ics', bytes: Buffer): ReadSchedule {
  if (format === 'xml') return readScheduleXml(xmlText(bytes));
  return format === 'json' ? readScheduleJson(plainFileText(bytes)) : readIcal(bytes);
}

function contentOf({ schedule, places, problems }: ReadSchedule): FileContent {
  const events = [...eventsOf(schedule)].map(({ event, room }) => ({ place: places.get(event)!, room, event }));
  if (events.length === 0 && problems.length === 0) unreadable('exchange.problem.noEvents');
  return { kind: 'events', source: schedule.conference.acronym, events, problems: [...problems] };
}

/** Null for a table, or for what is nothing. */
function formatOf(bytes: Buffer): 'xml' | 'json' | 'ics' | null {
  if (isArchive(bytes) || isOldExcel(bytes)) return null;
  // Enough of any encoding to see the first letters.
  const start = bytes
    .subarray(0, 400)
    .toString('latin1')
    .replace(/[\0\u00ef\u00bb\u00bf\u00fe\u00ff]/g, '')
    .trimStart();
  if (start.startsWith('<')) return 'xml';
  if (/^[[{]/.test(start)) return 'json';
  return looksLikeCalendar(start) ? 'ics' : null;
}
