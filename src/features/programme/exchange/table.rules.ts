import { readDay } from '../../../platform/documents/table-cells.rules.js';
import { headings } from '../../../platform/documents/table-headings.rules.js';
import { readClock, readMinutes } from './found.rules.js';

/** What a column of a table of sessions may hold. */
export const TABLE_FIELDS = [
  'code',
  'title',
  'subtitle',
  'day',
  'start',
  'end',
  'duration',
  'room',
  'track',
  'kind',
  'language',
  'people',
  'abstract',
] as const;
export type TableField = (typeof TABLE_FIELDS)[number];

/** Words that people write over such columns, folded as for search. */
const HEADINGS: Readonly<Record<TableField, readonly string[]>> = {
  code: ['code', 'id', 'guid', 'код', 'ідэнтыфікатар', 'идентификатор'],
  title: ['title', 'name', 'session', 'event', 'назва', 'тэма', 'название', 'тема', 'мерапрыемства', 'мероприятие'],
  subtitle: ['subtitle', 'падзагаловак', 'подзаголовок'],
  day: ['day', 'date', 'дзень', 'дата', 'день'],
  start: ['start', 'starts', 'begin', 'time', 'from', 'пачатак', 'час', 'начало', 'время', 'з', 'с'],
  end: ['end', 'ends', 'until', 'to', 'канец', 'заканчэнне', 'конец', 'окончание', 'да', 'до', 'па', 'по'],
  duration: [
    'duration',
    'length',
    'minutes',
    'працягласць',
    'хвілін',
    'хвіліны',
    'продолжительность',
    'минут',
    'минуты',
  ],
  room: [
    'room',
    'place',
    'location',
    'venue',
    'hall',
    'пакой',
    'зала',
    'месца',
    'аўдыторыя',
    'зал',
    'место',
    'аудитория',
    'помещение',
  ],
  track: ['track', 'strand', 'section', 'theme', 'секцыя', 'кірунак', 'секция', 'направление'],
  kind: ['kind', 'type', 'від', 'тып', 'вид', 'тип', 'форма'],
  language: ['language', 'мова', 'язык'],
  people: [
    'people',
    'speaker',
    'speakers',
    'person',
    'persons',
    'author',
    'authors',
    'дакладчык',
    'дакладчыкі',
    'удзельнікі',
    'аўтары',
    'докладчик',
    'докладчики',
    'участники',
    'авторы',
    'спікер',
    'спикер',
  ],
  abstract: ['abstract', 'description', 'summary', 'анатацыя', 'апісанне', 'аннотация', 'описание'],
};

export const { columnsOf, headerRow } = headings(HEADINGS);

/** A day, a time of day, or both, of one cell. A number below one is Excel's share of a day. */
export function readWhen(text: string): { day?: string; clock?: string } | undefined {
  const trimmed = text.trim();
  if (/^0?[.,]\d+$/.test(trimmed) || trimmed === '0') return { clock: shareOfDay(Number(trimmed.replace(',', '.'))) };
  const [first = '', ...rest] = trimmed.split(/[T\s,]+/);
  const day = readDay(first);
  const clock = readClock(
    (day === undefined ? [first, ...rest] : rest).join('').replace(/^(\d{1,2})[.](\d\d)$/, '$1:$2'),
  );
  if (day === undefined && clock === undefined) return undefined;
  if (day !== undefined && rest.length > 0 && clock === undefined) return undefined;
  return { ...(day === undefined ? {} : { day }), ...(clock === undefined ? {} : { clock }) };
}

/** Minutes of `90`, `1:30`, `90 min`. */
export function readLength(text: string): number | undefined {
  const bare = /^(\d{1,5})\s*(?:min|мін|мин|хв)?\.?$/i.exec(text.trim());
  if (bare) return Number(bare[1]);
  if (/^0?[.,]\d+$/.test(text.trim())) return Math.round(Number(text.trim().replace(',', '.')) * 1440);
  return readMinutes(text);
}

/** Names of one cell: people are separated by semicolons, line breaks or commas. */
export function readNames(text: string): string[] {
  const separator = /[;\n]/.test(text) ? /[;\n]/ : /,/;
  return text
    .split(separator)
    .map((name) => name.trim().replace(/\s+/g, ' '))
    .filter((name) => name !== '');
}

function shareOfDay(share: number): string {
  const minutes = Math.round(share * 1440) % 1440;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
