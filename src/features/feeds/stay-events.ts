import type { CalendarEvent } from '../../platform/calendar/index.js';
import type { StayReleases } from '../visits/index.js';

/** What the text of a visit says of a session beside the session itself. */
export interface StayAround {
  readonly address: string | null;
  readonly guestNote: string | null;
  readonly shownToGuests: boolean;
  /** When that text was made. */
  readonly at: Date;
}

/** Of one session; null before the first text, and of a session that is not in it. */
export function aroundOf(text: Awaited<ReturnType<StayReleases['beside']>>, sessionId: string): StayAround | null {
  const beside = text?.surroundings[sessionId];
  if (!text || !beside) return null;
  const { address, guestNote, shownToGuests } = beside;
  return { address, guestNote, shownToGuests, at: new Date(Math.floor(text.createdAt.getTime() / 1000) * 1000) };
}

/** With the address outside the house and the note for the guests, and as new as the text that says them. */
export function withAround(event: CalendarEvent, stay: StayAround | null): CalendarEvent {
  if (!stay) return event;
  const stamp = stay.at > event.stamp ? stay.at : event.stamp;
  const location = [event.location, stay.address].filter(Boolean).join(', ');
  const description = [event.description, stay.guestNote].filter(Boolean).join('\n\n');
  return {
    ...event,
    stamp,
    lastModified: stamp,
    ...(location === '' ? {} : { location }),
    ...(description === '' ? {} : { description }),
  };
}

export function printOfAround({ address, guestNote, shownToGuests, at }: StayAround): string {
  return JSON.stringify([address, guestNote, shownToGuests, at.getTime()]);
}
