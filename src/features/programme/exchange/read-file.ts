import { looksLikeCalendar } from '../../../platform/calendar/index.js';
import { xmlText, plainFileText } from './file-text.js';
import { eventsOf, unreadable, type FileProblem, type ReadSchedule } from './found.rules.js';
import type { ImportFormat } from './import.rules.js';
import { readIcal } from './read-ical.js';
import { readScheduleJson } from './read-schedule-json.js';
import { readScheduleXml } from './read-schedule-xml.js';
import { readCsv, readXlsx, type TableRow } from './read-table.js';
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
  if (bytes.length === 0) unreadable('exchange.problem.empty');
  const format = formatOf(bytes);
  if (format === 'xlsx') return { format, content: { kind: 'table', rows: await readXlsx(bytes) } };
  if (format === 'csv') return { format, content: { kind: 'table', rows: readCsv(bytes) } };
  return { format, content: contentOf(readEvents(format, bytes)) };
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

function formatOf(bytes: Buffer): ImportFormat {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return 'xlsx';
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return unreadable('exchange.problem.oldExcel');
  // Enough of any encoding to see the first letters.
  const start = bytes
    .subarray(0, 400)
    .toString('latin1')
    .replace(/[\0\u00ef\u00bb\u00bf\u00fe\u00ff]/g, '')
    .trimStart();
  if (start.startsWith('<')) return 'xml';
  if (/^[[{]/.test(start)) return 'json';
  return looksLikeCalendar(start) ? 'ics' : 'csv';
}
