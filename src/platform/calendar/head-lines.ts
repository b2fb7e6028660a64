import type { CalendarBlock, CalendarHead } from './calendar-model.js';
import { COLORS } from './colors.js';
import { colorName, textList } from './event-values.js';
import { escapeText, instant, integer, required, text, unlessBlank, uri, uuid } from './values.js';

const YEAR_IN_MINUTES = 525_600;

/** What a feed says of itself (RFC 7986 section 5), beside the older names of the same; unfolded lines with CRLF. */
export function headLines(head: CalendarHead, blocks: readonly CalendarBlock[]): string {
  const newest = Math.max(instant('head.lastModified', head.lastModified).getTime(), ...newestPerBlock(blocks));
  const name = escapeText(required('head.name', head.name));
  const lines = [
    `UID:${uuid('head.uid', head.uid)}`,
    `LAST-MODIFIED:${new Date(newest).toISOString().replace(/[-:]|\.000/g, '')}`,
    `NAME:${name}`,
    `X-WR-CALNAME:${name}`,
  ];
  const description = escapeText(unlessBlank(text(head.description ?? '')));
  if (description) lines.push(`DESCRIPTION:${description}`, `X-WR-CALDESC:${description}`);
  if (head.url !== undefined) lines.push(`URL:${uri('head.url', head.url)}`);
  if (head.source !== undefined) lines.push(`SOURCE;VALUE=URI:${uri('head.source', head.source)}`);
  if (head.refreshMinutes !== undefined) {
    const every = `PT${integer('head.refreshMinutes', head.refreshMinutes, 1, YEAR_IN_MINUTES)}M`;
    lines.push(`REFRESH-INTERVAL;VALUE=DURATION:${every}`, `X-PUBLISHED-TTL:${every}`);
  }
  if (head.color !== undefined) {
    const color = colorName('head.color', head.color);
    lines.push(`COLOR:${color}`, `X-APPLE-CALENDAR-COLOR:${COLORS[color]}`);
  }
  const categories = (head.categories ?? []).map((category, i) => required(`head.categories.${i}`, category));
  if (categories.length > 0) lines.push(`CATEGORIES:${textList(categories)}`);
  return lines.map((line) => `${line}\r\n`).join('');
}

function newestPerBlock(blocks: readonly CalendarBlock[]): number[] {
  return blocks.map((block) => block.lastModified.getTime());
}
