import {
  all,
  type Component,
  GrammarError,
  type Line,
  parseComponents,
  unescapeText,
  unfold,
  valueOf,
} from './calendar-grammar.js';

export interface Violation {
  readonly rule: string;
  readonly message: string;
}

type Say = (rule: string, wrong: boolean, message: string) => void;

const UTC_TIME = /^\d{8}T\d{6}Z$/;
const LOCAL_TIME = /^\d{8}T\d{6}$/;
const DATE = /^\d{8}$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TEXTS = ['SUMMARY', 'LOCATION', 'DESCRIPTION', 'NAME', 'X-WR-CALNAME', 'X-WR-CALDESC', 'COMMENT', 'CATEGORIES'];
const ADDRESSES = ['URL', 'SOURCE', 'IMAGE', 'CONFERENCE'];
const PAIRS = [
  ['NAME', 'X-WR-CALNAME'],
  ['DESCRIPTION', 'X-WR-CALDESC'],
  ['REFRESH-INTERVAL', 'X-PUBLISHED-TTL'],
] as const;
const WORDS: Readonly<Record<string, readonly string[]>> = {
  STATUS: ['CONFIRMED', 'TENTATIVE', 'CANCELLED'],
  TRANSP: ['OPAQUE', 'TRANSPARENT'],
  CLASS: ['PUBLIC', 'PRIVATE', 'CONFIDENTIAL'],
  'X-MICROSOFT-CDO-BUSYSTATUS': ['FREE', 'TENTATIVE', 'BUSY', 'OOF'],
  PARTSTAT: ['NEEDS-ACTION', 'ACCEPTED', 'TENTATIVE', 'DECLINED'],
  ROLE: ['REQ-PARTICIPANT', 'OPT-PARTICIPANT', 'NON-PARTICIPANT', 'CHAIR'],
  CUTYPE: ['INDIVIDUAL'],
  FEATURE: ['AUDIO', 'CHAT', 'FEED', 'MODERATOR', 'PHONE', 'SCREEN', 'VIDEO'],
};

/** What a file violates of sections 2 to 8 of the calendar rules; nothing when it is right. */
export function checkCalendar(bytes: Uint8Array): Violation[] {
  const found: Violation[] = [];
  const say: Say = (rule, wrong, message) => {
    if (wrong) found.push({ rule, message });
  };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return [{ rule: 'CL1', message: 'not UTF-8' }];
  }
  checkBytes(text, say);
  try {
    const calendars = parseComponents(unfold(text));
    say('CL4', calendars.length !== 1 || calendars[0]?.name !== 'VCALENDAR', 'not one VCALENDAR');
    for (const calendar of calendars) checkFile(calendar, say);
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error;
    found.push({ rule: 'CL1', message: error.message });
  }
  return found;
}

function checkBytes(text: string, say: Say): void {
  say('CL1', text.startsWith('\uFEFF'), 'byte order mark');
  say('CL1', !text.endsWith('\r\n'), 'no line end at the end');
  say('CL1', /(?<!\r)\n|\r(?!\n)/.test(text), 'a bare CR or LF');
  say('CL1', /\r\n ?\r\n/.test(text) || text.startsWith('\r\n'), 'blank line');
  for (const line of text.split('\r\n')) {
    say('CL2', Buffer.byteLength(line) > 75, `line of ${Buffer.byteLength(line)} octets`);
  }
  say('CL3', /(?![\r\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029]/u.test(text), 'unfit character');
  say('CL3', text.indexOf('\uFEFF') > 0, 'U+FEFF');
}

function checkFile(calendar: Component, say: Say): void {
  const events = calendar.children.filter(({ name }) => name === 'VEVENT');
  const zones = calendar.children.filter(({ name }) => name === 'VTIMEZONE');
  const method = valueOf(calendar, 'METHOD');
  everyComponent(calendar, (component) => {
    say('CL4', component.late.length > 0, `${component.late.join()} behind a sub-component of ${component.name}`);
    say('CP4', ['PARTICIPANT', 'VLOCATION'].includes(component.name), component.name);
    for (const line of component.lines) checkValue(component, line, say);
  });
  const order = calendar.children.map(({ name }) => name);
  say('CL4', order.lastIndexOf('VTIMEZONE') > order.indexOf('VEVENT') && events.length > 0, 'VTIMEZONE behind VEVENT');
  say('CL4', events.length + zones.length !== calendar.children.length, `components ${order.join()}`);
  for (const name of ['PRODID', 'VERSION', 'CALSCALE'])
    say('CL5', all(calendar, name).length !== 1, `${name} not once`);
  say('CL5', valueOf(calendar, 'VERSION') !== '2.0', 'VERSION');
  say('CL5', all(calendar, 'METHOD').length > 1, 'METHOD twice');
  for (const [modern, old] of PAIRS)
    say('CP1', valueOf(calendar, modern) !== valueOf(calendar, old), `${modern} alone`);
  const uids = events.map((event) => valueOf(event, 'UID'));
  say('CL6', new Set(uids).size < uids.length, 'a UID twice');
  for (const event of events) {
    if (method === 'DECLINECOUNTER') {
      checkRefusal(event, say);
      continue;
    }
    checkEvent(event, say);
    checkMethod(method, event, say);
  }
  say('CM2', method !== undefined && method !== 'PUBLISH' && events.length !== 1, `${events.length} events`);
  checkZones(zones, events, say);
}

function checkValue(component: Component, { name, parameters, value }: Line, say: Say): void {
  const clean = name === 'CATEGORIES' ? value.replace(/\\[\\;,n]|,/g, '') : value.replace(/\\[\\;,n]/g, '');
  const listed = name === 'CATEGORIES';
  if (TEXTS.includes(name)) say(listed ? 'CV2' : 'CV1', /[\\;,]/.test(clean), `${name} not escaped`);
  say('CV2', listed && /(?:^|(?<!\\)(?:\\\\)*,)(?:,|$)/.test(value), 'an empty item');
  say('CV1', TEXTS.includes(name) && value.trim() === '', `${name} of nothing`);
  if (isTime(value)) say('CV8', !isReal(value), `${name}:${value}`);
  if (ADDRESSES.includes(name)) checkAddress(name, value, say);
  if (['ORGANIZER', 'ATTENDEE'].includes(name)) {
    say('CV4', !/^mailto:[A-Za-z0-9!$'*+_~.-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.test(value), `${name}:${value}`);
    say('CV5', !parameters.get('CN')?.[0], `${name} without CN`);
  }
  const words = [
    [name, value] as const,
    ...[...parameters].flatMap(([key, all_]) => all_.map((v) => [key, v] as const)),
  ];
  for (const [key, word] of words) say('CV6', !!WORDS[key] && !WORDS[key].includes(word), `${key} ${word}`);
  say('CV6', name === 'COLOR' && !/^[a-z]+$/.test(value), `COLOR:${value}`);
  say('CV7', ['SEQUENCE', 'PRIORITY'].includes(name) && !/^\d{1,10}$/.test(value), `${name}:${value}`);
  say('CV10', name === 'GEO' && !/^-?\d{1,2}\.\d{6};-?\d{1,3}\.\d{6}$/.test(value), `GEO:${value}`);
  say('CP5', ['STYLED-DESCRIPTION', 'STRUCTURED-DATA'].includes(name), name);
  say('CP2', name === 'IMAGE' && !(parameters.has('DISPLAY') && parameters.has('FMTTYPE')), 'IMAGE parameters');
  const typed = ['IMAGE', 'CONFERENCE', 'SOURCE'].includes(name)
    ? 'URI'
    : name === 'REFRESH-INTERVAL'
      ? 'DURATION'
      : undefined;
  say('CP1', typed !== undefined && parameters.get('VALUE')?.[0] !== typed, `${name} without VALUE`);
  const recurring = ['RRULE', 'RDATE', 'EXDATE', 'RECURRENCE-ID'].includes(name);
  say('CR9', component.name === 'VEVENT' && recurring, name);
}

function isTime(value: string): boolean {
  return /^\d{8}(?:T\d{6}Z?)?$/.test(value);
}

/** A day and a second that exist, of the years 1970 to 9999. */
function isReal(value: string): boolean {
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00'] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d))?/.exec(value) ?? [];
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const read = new Date(`${written}Z`);
  return year >= '1970' && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(written);
}

function checkAddress(name: string, value: string, say: Say): void {
  say('CV3', !/^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/.test(value), `${name}:${value}`);
  say('CV3', !(name === 'CONFERENCE' ? /^(?:https|tel):/ : /^https?:/).test(value), `${name} scheme`);
  say('CV3', /^https?:\/\/[^/?#]*@/.test(value), `${name} user info`);
}

function checkEvent(event: Component, say: Say): void {
  for (const name of ['UID', 'DTSTAMP', 'DTSTART', 'CREATED', 'LAST-MODIFIED', 'SEQUENCE', 'SUMMARY']) {
    say('CL6', all(event, name).length !== 1, `${name} not once`);
  }
  say('CR1', !UUID.test(valueOf(event, 'UID') ?? ''), 'UID not a UUID');
  say('CL7', all(event, 'DURATION').length > 0 || all(event, 'DTEND').length !== 1, 'DTEND not once, or DURATION');
  for (const name of ['DTSTAMP', 'CREATED', 'LAST-MODIFIED']) {
    say('CL8', !UTC_TIME.test(valueOf(event, name) ?? ''), `${name} not UTC`);
  }
  const [start] = all(event, 'DTSTART');
  const [end] = all(event, 'DTEND');
  if (start && end) checkTimes(start, end, say);
  for (const name of ['TRANSP', 'CLASS', 'X-MICROSOFT-CDO-BUSYSTATUS', 'STATUS']) {
    say('CM6', all(event, name).length !== 1, `${name} not once`);
  }
  say('CM6', valueOf(event, 'PRIORITY') !== '5', 'PRIORITY not 5');
  say('CP7', event.children.length > 1, 'two alarms');
  for (const alarm of event.children) {
    say('CP7', valueOf(alarm, 'ACTION') !== 'DISPLAY' || !/^-P/.test(valueOf(alarm, 'TRIGGER') ?? ''), 'alarm');
  }
  const joins = all(event, 'CONFERENCE').map(({ value }) => value);
  const first = unescapeText(valueOf(event, 'DESCRIPTION') ?? '').split('\n')[0] ?? '';
  say('CP3', joins[0] !== undefined && !first.endsWith(joins[0]), 'link not in the first line of DESCRIPTION');
}

function checkTimes(start: Line, end: Line, say: Say): void {
  for (const { name, parameters, value } of [start, end]) {
    const zone = parameters.get('TZID')?.[0];
    const kind = parameters.get('VALUE')?.[0] === 'DATE' ? DATE : zone ? LOCAL_TIME : UTC_TIME;
    say('CL7', !kind.test(value), `${name}:${value} floating, or zone and Z`);
    say('CL7', zone !== undefined && /^(?:Etc\/)?(?:UTC|GMT|Z)$/.test(zone), `TZID=${zone}`);
    say('CV9', zone !== undefined && !/^[A-Z][\w+/-]*$/.test(zone), `TZID=${zone}`);
  }
  say('CL7', start.value.length !== end.value.length, 'DTSTART and DTEND differ in kind');
  const oneClock = start.parameters.get('TZID')?.[0] === end.parameters.get('TZID')?.[0];
  // On one clock the end may look earlier only in the hour that occurs twice.
  say('CL7', !oneClock || (end.value <= start.value && !/T0[0-3]/.test(end.value)), 'end not after start');
}

function checkMethod(method: string | undefined, event: Component, say: Say): void {
  if (method === undefined) return;
  const organizers = all(event, 'ORGANIZER');
  const attendees = all(event, 'ATTENDEE');
  const status = valueOf(event, 'STATUS');
  say('CM7', !['PUBLISH', 'REQUEST', 'CANCEL'].includes(method), `METHOD:${method}`);
  say('CM7', organizers.length !== 1, 'ORGANIZER not once');
  say('CM4', /:(?:no|do-?not)-?reply@/i.test(organizers[0]?.value ?? ''), 'ORGANIZER that nobody reads');
  if (method === 'PUBLISH') return say('CM1', attendees.length > 0, 'ATTENDEE in PUBLISH');
  say('CM2', attendees.length !== 1, 'ATTENDEE not once');
  for (const { parameters, value } of attendees) {
    say('CM4', value.toLowerCase() === organizers[0]?.value.toLowerCase(), 'ATTENDEE is the organizer');
    for (const key of ['CUTYPE', 'ROLE', 'PARTSTAT', 'RSVP', 'CN']) say('CM3', !parameters.has(key), `no ${key}`);
    say('CM3', method === 'REQUEST' && parameters.get('RSVP')?.[0] !== 'TRUE', 'RSVP not TRUE');
  }
  say('CM5', (status === 'CANCELLED') !== (method === 'CANCEL'), `${method} with ${status}`);
  say('CM7', method === 'CANCEL' && event.children.length > 0, 'VALARM in CANCEL');
}

/** It names the entry and the two who speak, and describes nothing. */
function checkRefusal(event: Component, say: Say): void {
  const needed = ['UID', 'SEQUENCE', 'DTSTAMP', 'ORGANIZER', 'ATTENDEE'];
  for (const name of needed) say('CM7', all(event, name).length !== 1, `${name} not once`);
  const others = event.lines.filter(({ name }) => !needed.includes(name) && name !== 'COMMENT');
  say('CM7', others.length > 0 || event.children.length > 0, `${others.map(({ name }) => name).join()} in a refusal`);
  say('CL8', !UTC_TIME.test(valueOf(event, 'DTSTAMP') ?? ''), 'DTSTAMP not UTC');
  say('CR1', !UUID.test(valueOf(event, 'UID') ?? ''), 'UID not a UUID');
}

function checkZones(zones: readonly Component[], events: readonly Component[], say: Say): void {
  const used = new Set(events.flatMap(({ lines }) => lines.flatMap(({ parameters }) => parameters.get('TZID') ?? [])));
  const declared = zones.map((zone) => valueOf(zone, 'TZID') ?? '');
  for (const zone of used)
    say('CZ1', declared.filter((name) => name === zone).length !== 1, `${zone} not declared once`);
  for (const zone of declared) say('CZ1', !used.has(zone), `${zone} not used`);
  for (const zone of zones) {
    say('CZ6', zone.length > 17, `VTIMEZONE of ${zone.length} lines`);
    const rules = zone.children.filter((part) => valueOf(part, 'RRULE') !== undefined);
    say(
      'CZ4',
      rules.length > 0 && zone.children.map(({ name }) => name).join() !== 'DAYLIGHT,STANDARD',
      'not one pair',
    );
    if (rules.length === 0) checkFixed(zone, say);
    for (const part of zone.children) {
      say('CZ6', all(part, 'RDATE').length > 0, 'RDATE');
      say('CZ6', !LOCAL_TIME.test(valueOf(part, 'DTSTART') ?? ''), 'DTSTART not local');
      for (const name of ['TZOFFSETFROM', 'TZOFFSETTO']) {
        say('CZ6', !/^[+-]\d{4}(?:\d\d)?$/.test(valueOf(part, name) ?? ''), `${name} not signed`);
      }
      const rule = valueOf(part, 'RRULE');
      say(
        'CZ4',
        rule !== undefined && !/^FREQ=YEARLY;BYMONTH=\d+;BYDAY=(?:-1|[1-4])[A-Z]{2}$/.test(rule),
        `RRULE:${rule}`,
      );
    }
  }
}

function checkFixed({ children }: Component, say: Say): void {
  const [only, ...others] = children;
  say('CZ3', only?.name !== 'STANDARD' || others.length > 0, 'a fixed zone of more than one observance');
  if (!only) return;
  say('CZ3', valueOf(only, 'DTSTART') !== '19700101T000000', 'a fixed zone that begins');
  say('CZ3', valueOf(only, 'TZOFFSETFROM') !== valueOf(only, 'TZOFFSETTO'), 'a fixed zone that changes');
}

function everyComponent(component: Component, visit: (component: Component) => void): void {
  visit(component);
  for (const child of component.children) everyComponent(child, visit);
}
