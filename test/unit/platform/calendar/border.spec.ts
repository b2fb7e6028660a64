import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const SRC = fileURLToPath(new URL('../../../../src', import.meta.url));
const OWN = `platform${sep}calendar${sep}`;
const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: readFileSync(join(SRC, path), 'utf8') }));
const inside = FILES.filter(({ path }) => path.startsWith(OWN));

/** Keys of the object literals that are handed to the constructors of the library, and its methods. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  ICalCalendar: ['prodId', 'scale', 'method'],
  SessionEvent: [
    ...[
      'id',
      'sequence',
      'stamp',
      'created',
      'lastModified',
      'start',
      'end',
      'timezone',
      'allDay',
      'summary',
      'description',
    ],
    ...['location', 'categories', 'status', 'class', 'priority', 'transparency', 'busystatus', 'organizer'],
  ],
  Guest: ['email', 'name', 'role', 'type', 'status', 'rsvp'],
  ICalAlarm: ['type', 'trigger'],
};

/** The own keys of the first object literal behind `new Name(`. */
function keysGiven(text: string, name: string): string[][] {
  return [...text.matchAll(new RegExp(`new ${name}\\(\\s*\\{`, 'g'))].map(({ 0: found, index }) => {
    const keys: string[] = [];
    let depth = 1;
    let from = index + found.length;
    let at = from;
    const take = () => {
      const key = /^\s*(\w+)\s*(?::|$)/.exec(text.slice(from, at))?.[1];
      if (key) keys.push(key);
    };
    for (; depth > 0; at += 1) {
      const letter = text[at] ?? '}';
      if ('{(['.includes(letter)) depth += 1;
      if ('})]'.includes(letter)) depth -= 1;
      if ((letter === ',' && depth === 1) || depth === 0) {
        take();
        from = at + 1;
      }
    }
    return keys;
  });
}

describe('the border of the calendar module', () => {
  it('[CG2] lets no object of the library out', () => {
    const index = inside.find(({ path }) => path.endsWith('index.ts'))?.text ?? '';
    expect(index).toContain("from './calendar-writer.js'");
    expect(index).not.toMatch(/session-event|zoned-instant|ical-generator/);
    const model = inside.find(({ path }) => path.endsWith('calendar-model.ts'))?.text ?? '';
    expect(model).not.toMatch(/ICal|ical/);
  });

  it.each(Object.entries(ALLOWED))('[CG3] asks %s only for what is allowed', (name, allowed) => {
    const given = inside.flatMap(({ text }) => keysGiven(text, name));
    expect(given.length).toBeGreaterThan(0);
    expect(given.flat().filter((key) => !allowed.includes(key))).toEqual([]);
  });

  it('[CG3] calls no setter of the library but createAttendee', () => {
    const writer = inside.find(({ path }) => path.endsWith('calendar-writer.ts'))?.text ?? '';
    const calls = [...writer.matchAll(/\bdrawn\.(\w+)\(/g)].map(([, method]) => method);
    expect([...new Set(calls)].sort()).toEqual(['createAttendee', 'line', 'remind', 'toString']);
  });

  it('[CP4] [CR9] names no component or property that must not leave', () => {
    for (const { text } of inside) expect(text).not.toMatch(/PARTICIPANT:|VLOCATION|RDATE|EXDATE|RECURRENCE-ID/);
  });
});
