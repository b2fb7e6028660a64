import { localDay } from '../../../kernel/zones.js';
import { USUAL_SETTINGS } from '../scheduler/congress/congress.rules.js';
import type { Asked, Draft } from '../scheduler/draft/draft.rules.js';

const HOURS = { earliest: 9 * 60, latest: 19 * 60 };
const SECONDS = 10;
/** The languages that the house works in. */
const OFFICIAL = ['be', 'ru', 'en'];

export interface Suggestion {
  /** Days to choose from. */
  readonly days: readonly string[];
  readonly asked: Asked;
}

/**
 * What an organizer most probably wants: the days of the conference and those in use that are not over, the rooms of the
 * buildings in use, the weights and hours of the run before. `conference`: its days; `before`: what was asked last.
 */
export function suggested(
  { sessions, rooms, zone, now }: Draft,
  conference: readonly string[],
  before: Asked | null,
): Suggestion {
  const placed = sessions.filter(({ isPlaced, kind }) => isPlaced && kind !== 'blocker');
  const used = placed
    .filter(({ start, end }) => end - start < 86_400_000)
    .map(({ start }) => localDay(new Date(start), zone));
  const all = [...new Set([...conference, ...used])].sort();
  const today = localDay(new Date(now), zone);
  const days = all.some((day) => day >= today) ? all.filter((day) => day >= today) : all;
  const inUse = new Set(sessions.map(({ roomId }) => roomId));
  const venues = new Set(rooms.filter(({ id }) => inUse.has(id)).map(({ venueId }) => venueId));
  const near = venues.size === 0 ? rooms : rooms.filter(({ venueId }) => venues.has(venueId));
  const spoken = new Set(sessions.flatMap(({ languages, interpretation }) => [...languages, ...interpretation]));
  const offered = (before?.rooms ?? []).filter((id) => rooms.some((room) => room.id === id));
  const chosen = (before?.days ?? []).filter((day) => days.includes(day));
  return {
    days,
    asked: {
      aim: sessions.some(({ isPlaced }) => !isPlaced) ? 'fill' : 'repair',
      withTray: before?.withTray ?? false,
      days: chosen.length > 0 ? chosen : days,
      earliest: before?.earliest ?? HOURS.earliest,
      latest: before?.latest ?? HOURS.latest,
      rooms: offered.length > 0 ? offered : near.map(({ id }) => id),
      languages: before?.languages ?? OFFICIAL.filter((code) => spoken.has(code)),
      points: before?.points ?? USUAL_SETTINGS.points,
      seconds: before?.seconds ?? SECONDS,
      // The same number would look in the same places.
      seed: before ? before.seed + 1 : 1,
    },
  };
}
