import { Injectable } from '@nestjs/common';
import { People, type ComparedPerson } from '../../people/index.js';
import { RegistrationQueries } from '../registration.queries.js';
import type { KnownHouse, KnownPerson } from './list-plan.js';

/** The people of the house, as a list is compared with them. */
@Injectable()
export class KnownPeople {
  constructor(
    private readonly people: People,
    private readonly registrations: RegistrationQueries,
  ) {}

  async of(conferenceId: string, before: ReadonlyMap<string, string>): Promise<KnownHouse> {
    const [everybody, active] = [await this.people.compared(), await this.registrations.activePeople(conferenceId)];
    const known = everybody.map((person) => ({ ...person, registered: active.has(person.id) }));
    const byWord = new Map<string, KnownPerson[]>();
    const byEmail = new Map<string, KnownPerson>();
    const byPhone = new Map<string, KnownPerson[]>();
    for (const person of known) {
      for (const word of wordsIn(person)) put(byWord, word, person);
      if (person.emailKey !== null) byEmail.set(person.emailKey, person);
      if (person.phoneE164 !== null) put(byPhone, person.phoneE164, person);
    }
    return {
      before,
      hasEmail: (key) => byEmail.has(key),
      near: (listed, comparison) => [
        ...new Set([
          ...comparison.wordsOfName(listed).flatMap((word) => byWord.get(word) ?? []),
          ...(byEmail.has(listed.emailKey ?? '') ? [byEmail.get(listed.emailKey!)!] : []),
          ...(byPhone.get(listed.phoneE164 ?? '') ?? []),
        ]),
      ],
    };
  }
}

/** The column of search holds every word in every spelling, folded already. */
function wordsIn({ search }: ComparedPerson): string[] {
  return search.split(' ').filter((word) => word !== '');
}

function put<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
