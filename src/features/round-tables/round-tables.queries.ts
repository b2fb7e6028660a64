import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound } from '../../kernel/errors.js';
import { Conferences, type Conference } from '../conferences/index.js';
import { People, personName } from '../people/index.js';
import {
  Assignments,
  Programmes,
  ReleasedProgrammes,
  Sessions,
  type AssignmentRole,
  type Session,
} from '../programme/index.js';

export interface AtTable {
  readonly personId: string;
  readonly name: string;
  /** How they want to be addressed, in any script, where it differs. */
  readonly badge: string | null;
  readonly affiliation: string | null;
  readonly country: string | null;
  readonly role: AssignmentRole;
  readonly seat: number | null;
}

export interface Table {
  readonly conference: Conference;
  readonly session: Session;
  /** Confirmed ones in the order of print; everybody once, with the first of their roles. */
  readonly people: readonly AtTable[];
}

/** What guests may know of a session. */
type Announced = Pick<Session, 'title' | 'startsAt' | 'endsAt'>;

/** A table as one of those who sit at it may see it. */
export interface TableOfOne extends Table {
  readonly me: AtTable;
  readonly announced: Announced;
}

const LEADING: readonly AssignmentRole[] = ['moderator', 'chair'];
const WRITING: readonly AssignmentRole[] = ['moderator', 'chair', 'rapporteur'];

/** A session as those who sit at its table know it. */
@Injectable()
export class RoundTables {
  constructor(
    private readonly conferences: Conferences,
    private readonly programmes: Programmes,
    private readonly sessions: Sessions,
    private readonly assignments: Assignments,
    private readonly people: People,
    private readonly released: ReleasedProgrammes,
  ) {}

  /** By the id that staff use. Throws NotFound. */
  async bySession(conferenceId: string, sessionId: string): Promise<Table> {
    const conference = await this.conferences.byId(conferenceId);
    if (!conference) throw new NotFound();
    const programme = await this.programmes.ofOwner(conferenceId);
    return this.table(conference, await this.sessions.byId(programme.id, sessionId));
  }

  /** By the address that everybody uses, for somebody who sits there: for anybody else it is not there. */
  async ofPerson(slug: string, code: string, personId: string): Promise<TableOfOne> {
    const conference = await this.conferences.bySlug(slug);
    if (!conference) throw new NotFound();
    const programme = await this.programmes.ofOwner(conference.id);
    const table = await this.table(conference, await this.sessions.byCode(programme.id, code));
    const me = table.people.find((one) => one.personId === personId);
    if (!me) throw new NotFound();
    return { ...table, me, announced: await this.announced(table) };
  }

  /** What guests may know of the session: what the latest release says, and before there is one, what is planned. */
  private async announced({ conference, session }: Table): Promise<Announced> {
    const programme = await this.released.ofOwner(conference.id);
    const all = programme ? [...programme.sessions, ...programme.restricted] : [];
    const { title, startsAt, endsAt } = all.find(({ id }) => id === session.id) ?? session;
    return { title, startsAt, endsAt };
  }

  private async table(conference: Conference, session: Session): Promise<Table> {
    const confirmed = (await this.assignments.ofSession(session.id)).filter(({ state }) => state === 'confirmed');
    const people = await this.people.byIds(confirmed.map(({ personId }) => personId));
    const once = new Map<string, AtTable>();
    for (const { personId, role, seat } of confirmed) {
      const person = people.get(personId);
      if (!person || once.has(personId)) continue;
      once.set(personId, {
        personId,
        name: personName(person),
        badge: person.badgeName,
        affiliation: person.institution,
        country: person.country,
        role,
        seat,
      });
    }
    return { conference, session, people: [...once.values()] };
  }
}

/** Gives the floor. */
export const leads = ({ role }: Pick<AtTable, 'role'>): boolean => LEADING.includes(role);

/** Writes the resolution. */
export const writes = ({ role }: Pick<AtTable, 'role'>): boolean => WRITING.includes(role);

/** Who is chosen for something at a table must sit at it. Throws InvalidInput. */
export function atTable({ people }: Table, personId: string, field: string): void {
  if (!people.some((one) => one.personId === personId)) throw InvalidInput.at(field, 'error.choice');
}
