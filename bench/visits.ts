import { VisitMember } from '../src/features/visits/delegation/member.entity.js';
import { Visits } from '../src/features/visits/index.js';
import { People } from '../src/features/people/index.js';
import { Programmes, Sessions } from '../src/features/programme/index.js';
import { Ids } from '../src/platform/runtime/ids.js';
import { dayAfter, localDay, toInstant } from '../src/kernel/zones.js';
import { Client } from '../test/support/client.js';
import { ORIGIN } from '../test/support/app.js';
import { signedIn, staff } from '../test/support/house.js';
import { openHouse, type House } from './house.js';
import { alternating, type Figure } from './measure.js';

const VISITS = 1_000;
const MEMBERS = 20;
/** Of them begin within the 14 days of the overview. */
const SOON = 30;
const SESSIONS = 6;
const EMAIL = 'officer@example.org';
const ASKED = 20;

/** The overview of a house with many visits beside a page of the same frame with nothing on it; both in this process. */
export async function visits(): Promise<Figure[]> {
  const house = await openHouse();
  try {
    await staff(house, EMAIL, [{ role: 'protocol_officer', conferenceId: null }]);
    await fill(house);
    const client = await signedIn(new Client(house.app, ORIGIN), EMAIL);
    const time = async (path: string): Promise<number> => {
      const from = performance.now();
      for (let asked = 0; asked < ASKED; asked++) {
        const { status } = await client.get(path);
        if (status !== 200) throw new Error(`${path} answered ${status}`);
      }
      return (performance.now() - from) / ASKED;
    };
    const { value, reference } = await alternating(
      () => time('/protocol'),
      () => time('/protocol/cars'),
    );
    return [
      {
        name: `overview of ${VISITS} visits with ${MEMBERS} members each, ${SOON} of them soon`,
        value,
        unit: 'ms',
        reference,
        ratio: reference / value,
        target: '≤ 100 ms above an empty page',
      },
    ];
  } finally {
    await house.close();
  }
}

async function fill({ get, db, clock }: House): Promise<void> {
  const today = localDay(clock.now(), 'Europe/Minsk');
  const ids = get(Ids);
  const people = await Promise.all(
    Array.from({ length: MEMBERS }, (_, n) =>
      get(People).create({ given: `Guest ${n}`, family: 'Bench', locale: 'en', country: 'AM' }),
    ),
  );
  for (let n = 0; n < VISITS; n++) {
    const startsOn = dayAfter(today, n < SOON ? n % 14 : 20 + (n % 700));
    const visit = await get(Visits).openFile({
      title: { be: `Візіт ${n}`, en: `Visit ${n}` },
      kind: 'working',
      level: 3,
      country: 'AM',
      languages: ['hy'],
      startsOn,
      endsOn: dayAfter(startsOn, 2),
      ...(n % 50 === 0 ? { confidentiality: 'restricted' as const } : {}),
    });
    await db.insert(
      VisitMember,
      people.map(({ id: personId }, order) => ({
        id: ids.next(),
        visitId: visit.id,
        personId,
        orderNo: order + 1,
        protocolRank: null,
        level: 4,
        role: order === 0 ? ('head' as const) : ('member' as const),
        plate: {},
        courtesy: {},
        title: { en: 'Librarian' },
        citizenship: 'AM',
        passportType: 'ordinary' as const,
        inPerson: true,
        diet: null,
        allergy: null,
        access: null,
        smoker: false,
        emergencyContact: null,
        photoConsent: null,
        source: 'staff' as const,
        verifiedAt: null,
        verifiedBy: null,
        ownPerson: false,
        createdAt: clock.now(),
        version: 1,
      })),
    );
    if (n >= SOON) continue;
    const { id } = await get(Programmes).ofOwner(visit.id);
    await get(Sessions).addAll(
      id,
      Array.from({ length: SESSIONS }, (_, hour) => ({
        kind: 'meeting' as const,
        title: { en: `Talks ${hour}` },
        place: {
          start: toInstant(`${startsOn}T${String(9 + hour).padStart(2, '0')}:00`, 'Europe/Minsk').instant,
          minutes: 45,
          roomId: null,
        },
      })),
    );
  }
}
