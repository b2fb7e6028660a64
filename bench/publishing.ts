import type { Conference } from '../src/features/conferences/index.js';
import { Invitations } from '../src/features/invitations/index.js';
import { People } from '../src/features/people/index.js';
import {
  Assignments,
  CalendarObject,
  Programmes,
  Releases,
  Session,
  Sessions,
} from '../src/features/programme/index.js';
import { Outbox } from '../src/platform/mail/outbox.js';
import { OutgoingMail } from '../src/platform/mail/outgoing-mail.entity.js';
import { Ids } from '../src/platform/runtime/ids.js';
import { openHouse, type House } from './house.js';
import { medianOf, type Figure } from './measure.js';
import { congress } from './seed.js';

const SESSIONS = 1_000;
const CHANGED = 3;
/** Personal calendars that hold a changed session, of people who only come to listen. */
const ATTENDEES = 2_000;
/** People of the changed sessions, who are each written to. */
const SPEAKERS = 10;
const GUESTS = 10;

/** A release of 1,000 sessions of which three moved: with nobody in them, with many listeners, and with people to tell. */
export async function publishing(): Promise<Figure[]> {
  const house = await openHouse();
  try {
    const conference = await congress(house, 'congress', SESSIONS);
    const { id: programmeId } = await house.get(Programmes).ofOwner(conference.id);
    const moved = await house.db
      .repository(Session)
      .find({ where: { programmeId }, order: { startsAt: 'ASC', code: 'ASC' }, take: CHANGED });
    const ids = moved.map(({ id }) => id);
    const target = '≤ 300 ms';
    const of = async (what: string, limit: string): Promise<Figure> => {
      const value = await medianOf(() => publish(house, programmeId, ids));
      return {
        name: `release of 1,000 sessions, 3 moved: ${what}`,
        value,
        unit: 'ms processor',
        reference: null,
        ratio: null,
        target: limit,
      };
    };
    await publish(house, programmeId, ids);
    const alone = await of('nobody in them', target);
    await listeners(house, ids);
    const listened = await of(`${CHANGED * ATTENDEES} calendars hold them`, target);
    await people(house, conference, programmeId, ids);
    await publish(house, programmeId, ids);
    const told = CHANGED * (SPEAKERS + GUESTS);
    return [alone, listened, await of(`${told} people are written to`, target)];
  } finally {
    await house.close();
  }
}

let rounds = 0;

/** Moves the sessions by five minutes and publishes; the mails leave, so that the next release has something to tell. */
async function publish({ get, db }: House, programmeId: string, ids: readonly string[]): Promise<number> {
  const shift = ++rounds % 2 === 0 ? -5 : 5;
  for (const id of ids) {
    const session = await get(Sessions).byId(programmeId, id);
    const { minutes, roomId } = session;
    const start = new Date(session.startsAt!.getTime() + shift * 60_000);
    await get(Sessions).move(programmeId, session, { start, minutes, roomId });
  }
  const from = process.cpuUsage();
  const { id } = await get(Releases).publish(programmeId);
  const { user, system } = process.cpuUsage(from);
  await get(Outbox).sendHeld({ batch: `release:${id}` });
  await db.repository(OutgoingMail).update({ state: 'queued' }, { state: 'sent' });
  return (user + system) / 1000;
}

/** Rows as the personal feeds of listeners make them. */
async function listeners({ db, get, clock }: House, sessionIds: readonly string[]): Promise<void> {
  const stamp = new Date(Math.floor(clock.now().getTime() / 1000) * 1000 - 60_000);
  for (const sessionId of sessionIds) {
    const rows = Array.from({ length: ATTENDEES }, () => {
      const [id, personId] = [get(Ids).next(), get(Ids).next()];
      return {
        id,
        kind: 'personal' as const,
        uid: id,
        subjectKey: `person:${personId}:session:${sessionId}`,
        programmeId: null,
        sessionId,
        conferenceId: null,
        personId,
        sequence: 0,
        stamp,
        createdAt: stamp,
        status: 'confirmed' as const,
        cancelledAt: null,
        hiddenAt: null,
        withdrawn: false,
        significant: '',
        content: '',
        ownSignificant: '',
        ownContent: '',
        sentSequence: null,
        sentPrint: null,
        sentAsks: false,
        sentPublished: false,
        heldMail: null,
        heldSequence: null,
        heldPrint: null,
        heldAsks: false,
        heldPublished: false,
      };
    });
    for (let at = 0; at < rows.length; at += 200) await db.insert(CalendarObject, rows.slice(at, at + 200));
  }
}

async function people(
  { get }: House,
  { id }: Conference,
  programmeId: string,
  sessionIds: readonly string[],
): Promise<void> {
  let serial = 0;
  const person = () =>
    get(People).create({
      given: 'Гульнара',
      family: `Досова ${++serial}`,
      email: `guest${serial}@example.org`,
      locale: 'be',
    });
  for (const sessionId of sessionIds) {
    for (let n = 0; n < SPEAKERS; n++)
      await get(Assignments).assign(programmeId, {
        sessionId,
        personId: (await person()).id,
        role: 'speaker',
        state: 'confirmed',
      });
    for (let n = 0; n < GUESTS; n++) {
      const order = {
        conferenceId: id,
        seat: { sessionId, role: 'guest' as const },
        deadline: null,
        message: '',
        locale: 'be' as const,
      };
      const draft = await get(Invitations).create({ ...order, person: { id: (await person()).id } });
      await get(Invitations).send(draft);
      await get(Invitations).answer(draft.id, { answer: 'accepted', channel: 'staff' });
    }
  }
}
