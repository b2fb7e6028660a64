import { pickText } from '../../kernel/locale.js';
import { staysInFeed, type CalendarEvent, type Organizer } from '../../platform/calendar/index.js';
import type { Words } from '../conferences/index.js';
import type { SessionContent } from '../programme/index.js';
import type { AttendedEntry, StayReleases } from '../visits/index.js';
import { calendarUid } from './calendar-files.js';
import { visible } from './session-events.js';

/** A session of a conference in the calendar of a delegation that attends it: an event of its own, as the text of the visit says it. */
export interface AttendedEvent {
  /** Of the visit and the session: the conference may publish another time before the visit tells it. */
  readonly uid: string;
  readonly entry: AttendedEntry<SessionContent>;
  readonly cancelled: boolean;
}

/** Of the text that counts; what is off stays for a while (CR10). */
export function attendedIn(
  visitId: string,
  text: Awaited<ReturnType<StayReleases['beside']>>,
  now: Date,
): AttendedEvent[] {
  return Object.entries(text?.attended ?? {}).flatMap(([sessionId, entry]) => {
    const { cancelledAt } = entry.calendar;
    if (cancelledAt !== null && !staysInFeed(new Date(cancelledAt), now)) return [];
    return [{ uid: calendarUid(`attended:${visitId}:${sessionId}`), entry, cancelled: cancelledAt !== null }];
  });
}

export function attendedEvent(
  words: Words,
  { uid, entry: { content, conference, calendar }, cancelled }: AttendedEvent,
  url: string,
  organizer: Organizer,
): CalendarEvent {
  const text = (localized: typeof conference) => pickText(localized, words.locale).text;
  const kind = words.t(`sessionKind.${content.kind}`);
  const title = text(content.title);
  const stamp = new Date(calendar.stamp);
  const location = content.room ? [content.room.name, content.room.venue].map(text).filter(visible).join(', ') : '';
  const description = text(conference);
  return {
    uid,
    sequence: calendar.sequence,
    stamp,
    created: new Date(calendar.created),
    lastModified: stamp,
    when: { start: new Date(content.startsAt), end: new Date(content.endsAt), zone: content.zone },
    summary: visible(title) ? title : kind,
    ...(location === '' ? {} : { location }),
    ...(visible(description) ? { description } : {}),
    url,
    organizer,
    status: cancelled ? 'CANCELLED' : 'CONFIRMED',
    transparent: cancelled,
    classification: 'PRIVATE',
  };
}

/** Everything that the bytes depend on. */
export function printOfAttended({ uid, entry, cancelled }: AttendedEvent): string {
  return JSON.stringify([uid, entry.calendar, cancelled]);
}
