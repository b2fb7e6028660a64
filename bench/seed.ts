import { Conferences, type Conference } from '../src/features/conferences/index.js';
import { Programmes, Releases, Sessions, Talks } from '../src/features/programme/index.js';
import { Venues } from '../src/features/venues/index.js';
import { toInstant } from '../src/kernel/zones.js';
import type { House } from './house.js';

const SLOTS = ['09:00', '10:40', '12:20', '14:30', '16:10', '17:50'];
const LANGUAGES = ['be', 'ru', 'en'] as const;

/** A released congress of so many sessions in 40 rooms, three languages, made through the services. */
export async function congress(
  { get, db, clock }: House,
  slug: string,
  sessions: number,
  rooms = 40,
): Promise<Conference> {
  return db.transaction(async () => {
    const venue = await get(Venues).addVenue({
      code: slug,
      name: { be: 'Бібліятэка', ru: 'Библиотека', en: 'Library' },
      address: {},
      geo: null,
    });
    const roomIds: string[] = [];
    for (let n = 1; n <= rooms; n++) {
      const name = { be: `Аўдыторыя ${n}`, ru: `Аудитория ${n}`, en: `Room ${n}` };
      const room = await get(Venues).addRoom(venue.id, { code: `${slug}-${n}`, name, capacity: 40 + n, notes: '' });
      roomIds.push(room.id);
    }
    const days = Math.ceil(sessions / (rooms * SLOTS.length));
    const day = (n: number) => new Date(clock.now().getTime() + (60 + n) * 86_400_000).toISOString().slice(0, 10);
    const conference = await get(Conferences).create({
      slug,
      kind: 'congress',
      title: { be: 'Кангрэс бібліятэк', ru: 'Конгресс библиотек', en: 'Congress of libraries' },
      startsOn: day(0),
      endsOn: day(days - 1),
      venueId: venue.id,
      public: true,
      numberPrefix: 'B',
    });
    const { id: programmeId } = await get(Programmes).ofOwner(conference.id);
    for (let n = 0; n < sessions; n++) {
      const slot = Math.floor(n / rooms);
      const at = `${day(Math.floor(slot / SLOTS.length))}T${SLOTS[slot % SLOTS.length]}`;
      const language = LANGUAGES[n % LANGUAGES.length]!;
      const { session } = await get(Sessions).add(programmeId, {
        kind: 'section',
        title: {
          be: `Секцыя ${n}: кніжная спадчына і лічбавыя калекцыі`,
          ru: `Секция ${n}: книжное наследие и цифровые коллекции`,
          en: `Section ${n}: book heritage and digital collections`,
        },
        abstract: {
          be: 'Даклады пра апісанне, захаванне і адкрыццё фондаў для чытачоў.',
          en: 'Papers on describing, keeping and opening collections to readers.',
        },
        languages: [language],
        place: { start: toInstant(at, conference.zone).instant, minutes: 90, roomId: roomIds[n % rooms]! },
      });
      await get(Talks).add(programmeId, session.id, {
        title: { be: `Даклад ${n}`, ru: `Доклад ${n}`, en: `Paper ${n}` },
        minutes: 20,
        language,
      });
    }
    await get(Releases).publish(programmeId, {
      name: { be: 'Першая рэдакцыя', ru: 'Первая редакция', en: 'First version' },
    });
    return conference;
  });
}
