import { pickText, type Localized } from '../../../kernel/locale.js';
import { foldForSearch, searchWords } from '../../../kernel/search-text.js';
import { formatDay } from '../../../platform/i18n/formats.js';
import type { Room } from '../../venues/index.js';
import { badgeOf, clockText, type Wording } from './board-words.js';
import type { ForeignBlock } from './board-neighbours.queries.js';
import type { Board, BoardDay, Column, OwnBlock } from './board.queries.js';

const STRAND_COLOURS = 8;

/** The board as its template shows it; everything in it is text. */
export function boardModel(wording: Wording, board: Board, link: (sessionId: string) => string, tray: string) {
  const words = searchWords(tray);
  const shownTray = board.tray.map((block) => ({ ...blockModel(wording, block, link, null), key: block.session.id }));
  return {
    days: board.days.map((day) => dayModel(wording, day, board.severalVenues, link)),
    tray: shownTray.map((block) => ({
      ...block,
      hidden: !words.every((word) => foldForSearch(`${block.title} ${block.strand}`).includes(word)),
    })),
    trayCount: shownTray.length,
    setup: board.setup,
    rooms: board.days[0]!.columns.map(({ room }) => columnHead(wording, room, board.severalVenues)),
    strands: board.strands.map(({ name }, index) => ({
      name: pickText(name, wording.web.locale).text,
      strandClass: strandClass(index),
    })),
  };
}

function dayModel(wording: Wording, { axis, columns }: BoardDay, severalVenues: boolean, link: (id: string) => string) {
  const { web, zone } = wording;
  return {
    day: axis.day,
    title: formatDay(web.locale, axis.from, zone),
    from: axis.from.toISOString(),
    minutes: axis.minutes,
    ticks: axis.ticks.map(({ minute, clock }) => ({ minute, clock, hour: clock.endsWith(':00') })),
    empty: columns.every(({ blocks }) => blocks.length === 0),
    columns: columns.map((column) => ({
      ...columnHead(wording, column.room, severalVenues),
      parts: column.parts.join(' '),
      empty: column.blocks.length === 0 && column.foreign.length === 0,
      key: keyOf(axis.day, column.room),
      blocks: inTime(column, axis.from).map((item) =>
        'session' in item
          ? { ...blockModel(wording, item, link, column.room), ...keysOf(item, axis.day, column.room) }
          : foreignModel(wording, item),
      ),
    })),
  };
}

/** Names of elements, each once on the page: of a column, and of a block that may be on two days. */
function keyOf(day: string, room: Room | null): string {
  return `${day}-${room?.id ?? 'none'}`;
}

function keysOf({ session, runs }: Column['blocks'][number], day: string, room: Room | null) {
  return { key: runs === 'continues' ? `${session.id}-${day}` : session.id, columnKey: keyOf(day, room) };
}

function columnHead({ web }: Wording, room: Room | null, severalVenues: boolean) {
  if (!room) return { id: '', name: web.t('programme.board.noRoom'), capacity: null, venue: '' };
  const text = (name: Localized) => pickText(name, web.locale).text;
  return {
    id: room.id,
    name: text(room.name),
    capacity: room.capacity,
    venue: severalVenues ? text(room.venue.name) : '',
  };
}

function inTime({ blocks, foreign }: Column, from: Date): (Column['blocks'][number] | ForeignBlock)[] {
  const startOf = (item: Column['blocks'][number] | ForeignBlock) =>
    ('session' in item ? item.session.startsAt! : item.startsAt).getTime();
  return [...blocks, ...foreign].sort(
    (a, b) => Math.max(startOf(a), from.getTime()) - Math.max(startOf(b), from.getTime()),
  );
}

function blockModel(
  wording: Wording,
  block: OwnBlock & { runs?: 'begins' | 'continues' },
  link: (id: string) => string,
  room: Room | null,
) {
  const { web, zone } = wording;
  const { session, strand, strandIndex, chair, conflicts } = block;
  const places = [session.capacity, room?.capacity].filter((count) => count !== null && count !== undefined);
  const capacity = places.length === 0 ? null : Math.min(...places);
  const size = session.expected === null && session.capacity === null ? null : { expected: session.expected, capacity };
  return {
    own: true,
    id: session.id,
    version: session.version,
    start: session.startsAt?.toISOString() ?? '',
    minutes: session.minutes,
    roomId: session.roomId ?? '',
    continues: block.runs === 'continues',
    clock: clockText(session, zone),
    title: pickText(session.title, web.locale).text,
    kind: web.t(`sessionKind.${session.kind}`),
    languages: spoken(session),
    layout: session.layout,
    parallel: session.parallel,
    closed: session.kind === 'blocker',
    online: session.onlineUrl === null ? '' : session.roomId === null ? 'online' : 'hybrid',
    chair,
    size,
    capacity: session.capacity,
    tight: Boolean(size && size.expected !== null && size.capacity !== null && size.expected > size.capacity),
    badge: badgeOf(web, conflicts),
    strand: strand ? pickText(strand.name, web.locale).text : '',
    strandClass: strandIndex < 0 ? '' : strandClass(strandIndex),
    cancelled: session.status === 'cancelled',
    restricted: session.restricted,
    pinned: session.pinned,
    href: link(session.id),
  };
}

function foreignModel({ web, zone }: Wording, foreign: ForeignBlock) {
  const { title, kind, startsAt, endsAt, layout, setup } = foreign;
  const minutes = (endsAt.getTime() - startsAt.getTime()) / 60_000;
  return {
    own: false,
    start: startsAt.toISOString(),
    minutes,
    clock: clockText({ startsAt, minutes }, zone),
    title: title ? pickText(title, web.locale).text : '',
    closed: kind === 'blocker',
    layout,
    setup,
  };
}

/** "BE, RU → EN": spoken, and interpreted into. */
function spoken({ languages, interpretation }: OwnBlock['session']): string {
  const codes = (list: readonly string[]) => list.map((code) => code.toUpperCase()).join(', ');
  return interpretation.length === 0 ? codes(languages) : `${codes(languages)} → ${codes(interpretation)}`;
}

/** The same colours as on the public page. */
function strandClass(index: number): string {
  return `strand-${(index % STRAND_COLOURS) + 1}`;
}
