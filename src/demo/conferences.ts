import type { INestApplicationContext, Type } from '@nestjs/common';
import { dayAfter, toInstant } from '../kernel/zones.js';
import { Conferences, SeriesService, type Conference } from '../features/conferences/index.js';
import { Programmes, Releases, Sessions, Talks, type Session, type Talk } from '../features/programme/index.js';
import { Venues } from '../features/venues/index.js';
import { weekdayFrom } from './days.js';
import {
  CEREMONY,
  CONGRESS_TEXTS,
  READINGS,
  READINGS_TEXTS,
  SATELLITE,
  SATELLITE_TEXTS,
  SERIES,
} from './gatherings.js';
import { CONGRESS, ROOMS, STRANDS, type DemoSession } from './programme.js';

const ZONE = 'Europe/Minsk';

export interface DemoProgramme {
  conference: Conference;
  programmeId: string;
  sessions: { plan: DemoSession; session: Session; talks: Talk[] }[];
}

export interface Demo {
  congress: DemoProgramme;
  readings: DemoProgramme;
  satellite: DemoProgramme;
  ceremony: DemoProgramme;
}

/** Two series, a past Readings edition, the coming Congress with a satellite, and a ceremony; dates relative to `now`. */
export async function seedConferences(app: INestApplicationContext, now: Date): Promise<Demo> {
  const get = <T>(type: Type<T>): T => app.get(type, { strict: false });
  const series = get(SeriesService);
  const conferences = get(Conferences);
  const house = await seedHouse(get(Venues));
  const congressSeries = await series.create(SERIES.congress);
  const readingsSeries = await series.create(SERIES.readings);

  const readingsDay = weekdayFrom(now, -220, 3);
  const readings = await conferences.create({
    ...READINGS_TEXTS,
    slug: `readings-${readingsDay.slice(0, 4)}`,
    kind: 'conference',
    seriesId: readingsSeries.id,
    editionNo: 22,
    startsOn: readingsDay,
    endsOn: dayAfter(readingsDay, 1),
    venueId: house.venueId,
    public: true,
    numberPrefix: prefix('R', readingsDay),
  });
  const congressDay = weekdayFrom(now, 70, 2);
  const congress = await conferences.create({
    ...CONGRESS_TEXTS,
    slug: `congress-${congressDay.slice(0, 4)}`,
    kind: 'congress',
    seriesId: congressSeries.id,
    editionNo: 11,
    startsOn: congressDay,
    endsOn: dayAfter(congressDay, 2),
    venueId: house.venueId,
    public: true,
    numberPrefix: prefix('C', congressDay),
  });
  const satelliteDay = dayAfter(congressDay, 1);
  const satellite = await conferences.create({
    ...SATELLITE_TEXTS,
    slug: `${congress.slug}-manuscripts`,
    kind: 'satellite',
    parentId: congress.id,
    startsOn: satelliteDay,
    endsOn: satelliteDay,
    venueId: house.venueId,
    public: true,
    numberPrefix: prefix('M', satelliteDay),
  });
  const ceremonyDay = weekdayFrom(now, 18, 4);
  const ceremony = await conferences.create({
    ...CEREMONY.texts,
    slug: `book-transfer-${ceremonyDay}`,
    kind: 'ceremony',
    startsOn: ceremonyDay,
    endsOn: ceremonyDay,
    venueId: house.venueId,
    public: true,
    numberPrefix: prefix('B', ceremonyDay),
  });

  const plan = { get, rooms: house.rooms };
  return {
    congress: await seedProgramme(plan, congress, CONGRESS),
    readings: await seedProgramme(plan, readings, READINGS),
    satellite: await seedProgramme(plan, satellite, SATELLITE),
    ceremony: await seedProgramme(plan, ceremony, CEREMONY.sessions),
  };
}

async function seedHouse(venues: Venues): Promise<{ venueId: string; rooms: Map<string, string> }> {
  const venue = await venues.addVenue({
    code: 'library',
    name: { be: 'Нацыянальная бібліятэка', ru: 'Национальная библиотека', en: 'National Library' },
    address: {
      be: 'праспект Незалежнасці, Мінск',
      ru: 'проспект Независимости, Минск',
      en: 'Independence Avenue, Minsk',
    },
    geo: { lat: 53.9313, lon: 27.6459 },
  });
  const rooms = new Map<string, string>();
  for (const room of ROOMS) rooms.set(room.code, (await venues.addRoom(venue.id, { ...room, notes: '' })).id);
  return { venueId: venue.id, rooms };
}

/** `C27` of a congress in 2027, so that numbers of editions do not repeat. */
function prefix(letter: string, day: string): string {
  return `${letter}${day.slice(2, 4)}`;
}

interface Plan {
  get: <T>(type: Type<T>) => T;
  rooms: Map<string, string>;
}

async function seedProgramme(
  { get, rooms }: Plan,
  conference: Conference,
  plans: readonly DemoSession[],
): Promise<DemoProgramme> {
  const programmes = get(Programmes);
  const { id: programmeId } = await programmes.ofOwner(conference.id);
  const strands = new Map<string, string>();
  for (const strand of STRANDS) {
    if (plans.some((plan) => plan.strand === strand.code))
      strands.set(strand.code, (await programmes.addStrand(programmeId, strand)).id);
  }
  const sessions: DemoProgramme['sessions'] = [];
  for (const plan of plans) {
    const { session } = await get(Sessions).add(programmeId, {
      kind: plan.kind,
      title: plan.title,
      ...(plan.abstract ? { abstract: plan.abstract } : {}),
      ...(plan.strand ? { strandId: strands.get(plan.strand)! } : {}),
      languages: plan.languages ?? [],
      interpretation: plan.interpretation ?? [],
      ...(plan.capacity ? { capacity: plan.capacity } : {}),
      ...(plan.expected ? { expected: plan.expected } : {}),
      place: {
        start: plan.at ? toInstant(`${dayAfter(conference.startsOn, plan.day)}T${plan.at}`, ZONE).instant : null,
        minutes: plan.minutes,
        roomId: plan.room ? rooms.get(plan.room)! : null,
      },
    });
    const talks: Talk[] = [];
    for (const { title, language, minutes } of plan.talks ?? [])
      talks.push((await get(Talks).add(programmeId, session.id, { title, language, minutes: minutes ?? 20 })).talk);
    sessions.push({ plan, session, talks });
  }
  return { conference, programmeId, sessions };
}

/** Every programme of the demonstration is published once, so that visitors see it. */
export async function publishDemo(app: INestApplicationContext, demo: Demo): Promise<void> {
  for (const { programmeId } of Object.values(demo)) {
    await app
      .get(Releases, { strict: false })
      .publish(programmeId, { name: { be: 'Першая рэдакцыя', ru: 'Первая редакция', en: 'First version' } });
  }
}
