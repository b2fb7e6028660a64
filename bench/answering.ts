import { simpleParser } from 'mailparser';
import { Invitation, Invitations } from '../src/features/invitations/index.js';
import { People } from '../src/features/people/index.js';
import { CalendarObject, Programmes, Session } from '../src/features/programme/index.js';
import { readCalendar } from '../src/platform/calendar/index.js';
import { InboundStore } from '../src/platform/inbound/inbound-store.js';
import { InboundWorker } from '../src/platform/inbound/inbound-worker.js';
import { answerMail } from '../test/support/calendar-replies.js';
import { openHouse, type House } from './house.js';
import { alternating, rate, seconds, type Figure } from './measure.js';
import { congress } from './seed.js';

const GUESTS = 200;

/** Answers of 200 invited people, stored, read and counted; beside a mail parser and a calendar reader that keep nothing. */
export async function answering(): Promise<Figure[]> {
  const house = await openHouse({ MAIL_FROM: 'Library <conferences@example.org>' });
  try {
    const guests = await invite(house);
    let round = 0;
    const mails = () => {
      const partstat = ++round % 2 === 0 ? 'ACCEPTED' : 'DECLINED';
      const stamp = new Date(Date.UTC(2026, 8, 14) + round * 60_000).toISOString().replace(/[-:]|\.\d+/g, '');
      return guests.map((guest) => answerMail('thunderbird', { ...guest, partstat, stamp }));
    };
    const ours = async () => {
      const raws = mails();
      const took = await seconds(async () => {
        for (const raw of raws) await house.get(InboundStore).keep({ door: 'lmtp', from: '', to: [], raw });
        const read = await house.get(InboundWorker).drain();
        if (read !== GUESTS) throw new Error(`${read} of ${GUESTS} answers were read`);
      });
      return GUESTS / took;
    };
    const alone = async () => {
      const raws = mails();
      const took = await seconds(async () => {
        for (const raw of raws) {
          const { attachments } = await simpleParser(raw);
          for (const { content } of attachments) readCalendar(content.toString('utf8'));
        }
      });
      return GUESTS / took;
    };
    const measured = await alternating(ours, alone);
    const declined = await house.db.repository(Invitation).countBy({ state: 'declined' });
    if (declined !== 0 && declined !== GUESTS) throw new Error(`${declined} of ${GUESTS} answers counted`);
    const figure = rate('answers of calendar programs, stored, read and counted', 'answers/s', measured, 0);
    return [{ ...figure, target: 'reported' }];
  } finally {
    await house.close();
  }
}

/** People who said yes by the link and were told the entry. */
async function invite(house: House): Promise<{ uid: string; sequence: number; attendee: string }[]> {
  const { get, db } = house;
  const conference = await congress(house, 'congress', 20);
  const { id: programmeId } = await get(Programmes).ofOwner(conference.id);
  const [session] = await db.repository(Session).find({ where: { programmeId }, order: { startsAt: 'ASC' }, take: 1 });
  const guests: { uid: string; sequence: number; attendee: string }[] = [];
  for (let n = 0; n < GUESTS; n++) {
    const email = `guest${n}@library.example`;
    const person = await get(People).create({ given: 'Госць', family: String(n), email, locale: 'be' });
    const draft = await get(Invitations).create({
      conferenceId: conference.id,
      seat: { sessionId: session!.id, role: 'panelist' },
      person: { id: person.id },
      deadline: null,
      message: '',
      locale: 'be',
    });
    await get(Invitations).send(draft);
    await get(Invitations).answer(draft.id, { answer: 'accepted', channel: 'link' });
    const { uid, sequence } = await db
      .repository(CalendarObject)
      .findOneByOrFail({ personId: person.id, kind: 'personal' });
    guests.push({ uid, sequence, attendee: email });
  }
  return guests;
}
