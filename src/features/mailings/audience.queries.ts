import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { pickText, type Locale } from '../../kernel/locale.js';
import { displayName, letterName } from '../../kernel/names.js';
import { localDay } from '../../kernel/zones.js';
import { Database } from '../../platform/database/database.js';
import type { Conference } from '../conferences/index.js';
import { namesOf, People, type Person } from '../people/index.js';
import { Assignment, Programmes, Session } from '../programme/index.js';
import { Proposal } from '../proposals/index.js';
import { Registration, RegistrationQueries } from '../registration/index.js';
import type { Audience, Recipient } from './audience.rules.js';

interface Found {
  readonly personId: string;
  readonly registration: Registration | null;
  readonly sessions: readonly Session[];
}

/** Whom a mailing reaches, as it is now. */
@Injectable()
export class AudienceQueries {
  constructor(
    private readonly db: Database,
    private readonly people: People,
    private readonly programmes: Programmes,
    private readonly registrations: RegistrationQueries,
  ) {}

  /** Each person once, in the order of their names. A fixed number of statements. */
  async recipients(conference: Conference, audience: Audience): Promise<Recipient[]> {
    const found = await this.found(conference, audience);
    const people = await this.people.byIds(found.map(({ personId }) => personId));
    const registered = await this.registrations.activeByPerson(conference.id, [...people.keys()]);
    return found
      .map((one) => {
        const person = people.get(one.personId)!;
        return recipientOf(conference, person, one.registration ?? registered.get(person.id) ?? null, one.sessions);
      })
      .filter(({ locale }) => audience.locale === null || locale === audience.locale)
      .sort((a, b) => a.name.localeCompare(b.name) || (a.personId < b.personId ? -1 : 1));
  }

  /** When and where the draft has sessions. */
  sessions(programmeId: string): Promise<Pick<Session, 'id' | 'startsAt' | 'roomId'>[]> {
    const select = { id: true, startsAt: true, roomId: true } as const;
    return this.db.repository(Session).find({ where: { programmeId, status: 'planned' }, select });
  }

  private async found(conference: Conference, audience: Audience): Promise<Found[]> {
    if (audience.group === 'registered') return this.registered(conference, audience);
    return audience.group === 'programme' ? this.inProgramme(conference, audience) : this.authors(conference, audience);
  }

  private async registered({ id }: Conference, { category, approval, form }: Audience): Promise<Found[]> {
    const rows = await this.db.repository(Registration).findBy({
      conferenceId: id,
      ...(category ? { category: category as Registration['category'] } : {}),
      ...(form ? { form: form as Registration['form'] } : {}),
      ...(approval ? { approval: approval as Registration['approval'] } : {}),
    });
    const counting = approval ? rows : rows.filter((row) => row.approval !== 'cancelled' && row.approval !== 'refused');
    return counting.map((registration) => ({ personId: registration.personId, registration, sessions: [] }));
  }

  private async inProgramme(conference: Conference, { strand, room, day, role }: Audience): Promise<Found[]> {
    const { id: programmeId } = await this.programmes.ofOwner(conference.id);
    const rows = await this.db.repository(Assignment).find({
      where: {
        ...(role ? { role: role as Assignment['role'] } : {}),
        state: In(['proposed', 'confirmed']),
        session: {
          programmeId,
          status: 'planned',
          ...(strand ? { strandId: strand } : {}),
          ...(room ? { roomId: room } : {}),
        },
      },
      relations: { session: true },
    });
    const sessions = new Map<string, Map<string, Session>>();
    for (const { personId, session } of rows as (Assignment & { session: Session })[]) {
      if (day && (session.startsAt === null || localDay(session.startsAt, conference.zone) !== day)) continue;
      const own = sessions.get(personId) ?? new Map<string, Session>();
      sessions.set(personId, own.set(session.id, session));
    }
    return [...sessions].map(([personId, own]) => ({ personId, registration: null, sessions: [...own.values()] }));
  }

  private async authors({ id }: Conference, { strand }: Audience): Promise<Found[]> {
    const rows = await this.db.repository(Proposal).find({
      where: { registration: { conferenceId: id }, ...(strand ? { strandId: strand } : {}) },
      relations: { registration: true },
    });
    return rows.map(({ registration }) => ({ personId: registration.personId, registration, sessions: [] }));
  }
}

function recipientOf(
  conference: Conference,
  person: Person,
  registration: Registration | null,
  sessions: readonly Session[],
): Recipient {
  const locale: Locale = registration?.locale ?? person.locale;
  const inOrder = sessions.toSorted(
    (a, b) => Number(a.startsAt ?? Infinity) - Number(b.startsAt ?? Infinity) || (a.id < b.id ? -1 : 1),
  );
  return {
    personId: person.id,
    publicId: person.publicId,
    name: displayName(namesOf(person)),
    email: person.email,
    locale,
    values: {
      name: letterName(namesOf(person)),
      given: person.given,
      family: person.family,
      institution: person.institution,
      position: person.position,
      number: registration?.number ?? null,
      conference: pickText(conference.title, locale).text,
      sessions:
        inOrder
          .map(({ title }) => pickText(title, locale).text)
          .filter(Boolean)
          .join('; ') || null,
    },
  };
}
