import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Conferences } from '../src/features/conferences/index.js';
import {
  ProgrammeImports,
  Programmes,
  ReleasedProgrammes,
  ScheduleExport,
  scheduleJson,
  Session,
} from '../src/features/programme/index.js';
import { readFile } from '../src/features/programme/exchange/read-file.js';
import { Venues } from '../src/features/venues/index.js';
import { openHouse, type House } from './house.js';
import { alternating, seconds, type Figure } from './measure.js';
import { congress } from './seed.js';

const SESSIONS = 1_000;

/** A published programme of 927 events and 965 people from the file to the draft, beside only reading it. */
export async function importSchedule(): Promise<Figure[]> {
  const fixture = new URL('../test/fixtures/schedules/fosdem-2025-v1.xml.gz', import.meta.url);
  const bytes = gunzipSync(readFileSync(fixture));
  const house = await openHouse();
  try {
    await house.get(Venues).addVenue({ code: 'library', name: { be: 'Бібліятэка' }, address: {}, geo: null });
    const programmes: string[] = [];
    for (let n = 0; n < 6; n++) programmes.push(await emptyProgramme(house, n));
    const measured = await alternating(
      () => seconds(() => brought(house, programmes.shift()!, bytes)),
      () => seconds(() => readFile(bytes)),
    );
    const { value, reference } = measured;
    return [
      {
        name: 'import-schedule: 927 events read, looked at and taken over',
        unit: 's',
        value,
        reference,
        ratio: reference / value,
        target: 'ratio ≥ 0.2, ≤ 3 s',
      },
    ];
  } finally {
    await house.close();
  }
}

async function emptyProgramme({ get }: House, n: number): Promise<string> {
  const { id } = await get(Conferences).create({
    slug: `brought-${n}`,
    kind: 'conference',
    title: { en: 'Brought' },
    startsOn: '2025-02-01',
    endsOn: '2025-02-02',
    numberPrefix: `B${n}`,
    zone: 'Europe/Brussels',
  });
  return (await get(Programmes).ofOwner(id)).id;
}

async function brought({ get, db }: House, programmeId: string, bytes: Buffer): Promise<void> {
  const imports = get(ProgrammeImports);
  const found = await imports.start(programmeId, { filename: 'schedule.xml', bytes }, 'en');
  const { key } = await imports.preview(found);
  const { counts } = await imports.commit(programmeId, found.id, key);
  if (counts?.added !== 927 || (await db.repository(Session).countBy({ programmeId })) !== 927)
    throw new Error('the import brought something else');
}

/** The schedule.json of 1,000 released sessions when nothing of it is kept, beside writing its object down. */
export async function scheduleJsonCold(): Promise<Figure[]> {
  const house = await openHouse();
  try {
    const conference = await congress(house, 'congress', SESSIONS);
    const programme = (await house.get(ReleasedProgrammes).ofOwner(conference.id))!;
    const as = { locale: 'en' as const, publicUrl: house.config.publicUrl, url: 'https://example.org/programme.json' };
    const make = async () => scheduleJson(await house.get(ScheduleExport).of(programme, conference, as));
    const object = await make();
    const length = JSON.stringify(object).length;
    const measured = await alternating(
      () =>
        seconds(async () => {
          if (JSON.stringify(await make()).length !== length) throw new Error('the file differs');
        }),
      () => seconds(() => Promise.resolve(JSON.stringify(object))),
    );
    const { value, reference } = measured;
    return [
      {
        name: `schedule-json: ${SESSIONS.toLocaleString('en')} sessions, nothing kept`,
        unit: 's',
        value,
        reference,
        ratio: reference / value,
        target: 'ratio ≥ 0.3',
      },
    ];
  } finally {
    await house.close();
  }
}
