import { Injectable } from '@nestjs/common';
import { toInstant } from '../../../kernel/zones.js';
import { Ids } from '../../../platform/runtime/ids.js';
import type { Conference } from '../../conferences/index.js';
import { People, type Person } from '../../people/index.js';
import { Availabilities, Programmes } from '../../programme/index.js';
import { claimedFields } from '../claims.rules.js';
import { Registrations } from '../registrations.service.js';
import type { AddedByList, ListedRow, ListOptions } from './list-import.rules.js';
import { keyOf, type ListPlan, type PlannedRow } from './list-plan.js';
import type { ListedPerson } from './read-list.js';

/** Of what lists say about arrival and departure. */
export const LIST_SOURCE = 'list';
const DAY = 86_400_000;

/** Writes what a list has planned, for a caller who holds the transaction and the counters of the conference. */
@Injectable()
export class ListWriter {
  constructor(
    private readonly ids: Ids,
    private readonly people: People,
    private readonly registrations: Registrations,
    private readonly programmes: Programmes,
    private readonly availabilities: Availabilities,
  ) {}

  async write(conference: Conference, id: string, plan: ListPlan, options: ListOptions): Promise<AddedByList> {
    const batch = options.letters ? `list-${id}` : null;
    const known = await this.people.byIds(plan.rows.flatMap(({ personId }) => personId ?? []));
    const programme = await this.programmes.ofOwner(conference.id);
    const rows: ListedRow[] = [];
    for (const row of plan.rows) {
      const { at, what, person } = row;
      if ((what !== 'new' && what !== 'known') || person === null) continue;
      const registered = what === 'known' ? known.get(row.personId!)! : await this.added(row, person, options);
      const stay = stayOf(person, programme.zone);
      if (stay) await this.availabilities.state(programme.id, registered.id, LIST_SOURCE, [stay]);
      const registration = await this.registrations.registerListed({
        conferenceId: conference.id,
        person: registered,
        category: person.category,
        form: person.form,
        locale: options.locale,
        mode: options.approval === 'confirmed' ? 'automatic' : 'manual',
        // Nobody is renamed by a list: what it says differently is proposed to the person.
        claimed: what === 'known' ? claimedFields(registered, person) : null,
        note: noteOf(row, person),
        batch,
      });
      rows.push({
        row: at,
        key: keyOf(person),
        id: registration.id,
        version: registration.version,
        personId: registered.id,
        personVersion: what === 'new' ? registered.version : null,
        stay: stay !== null,
      });
    }
    return { rows, until: this.ids.next(), batch };
  }

  private added({ withoutEmail }: PlannedRow, person: ListedPerson, { locale }: ListOptions): Promise<Person> {
    const { given, family, patronymic, mononym, badgeName, phone, institution, position, country } = person;
    const email = withoutEmail ? null : person.email;
    const names = { given, family, patronymic, mononym, badgeName };
    return this.people.create({ ...names, email, phone, institution, position, country, locale });
  }
}

/** From the morning of arrival to the night of departure, on the clock of the conference. */
function stayOf({ arrival, departure }: ListedPerson, zone: string) {
  const [first, last] = [arrival ?? departure, departure ?? arrival];
  if (first === null || last === null) return null;
  const after = new Date(Date.parse(`${last}T00:00:00Z`) + DAY).toISOString().slice(0, 10);
  const midnight = (day: string): Date => toInstant(`${day}T00:00`, zone).instant;
  return { kind: 'present' as const, startsAt: midnight(first), endsAt: midnight(after) };
}

/** An address that stays with somebody else is not lost. */
function noteOf({ withoutEmail }: PlannedRow, { note, email }: ListedPerson): string {
  return [note, ...(withoutEmail && email !== null ? [email] : [])].filter(Boolean).join('\n');
}
