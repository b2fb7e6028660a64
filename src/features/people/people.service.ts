import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { InvalidInput, NotFound } from '../../kernel/errors.js';
import { foldForSearch, searchWords } from '../../kernel/search-text.js';
import { Database } from '../../platform/database/database.js';
import { isStillNeeded, isUniqueViolation } from '../../platform/database/database-errors.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { PersonAdded, PersonChanged, PersonRemoved } from './people.events.js';
import { Person } from './person.entity.js';
import { changedFields, PERSON_FIELDS, searchColumn, settled, sortColumn, type PersonFields } from './person.rules.js';
import { e164 } from './phone.js';

/** A new person; what is left out is empty. */
export type NewPerson = Pick<PersonFields, 'given' | 'locale'> & Partial<PersonFields>;

const COMPARED = [
  'id',
  'version',
  'given',
  'family',
  'patronymic',
  'mononym',
  'emailKey',
  'phoneE164',
  'institution',
  'search',
] as const satisfies readonly (keyof Person)[];
export type ComparedPerson = Pick<Person, (typeof COMPARED)[number]>;

export interface PersonSearch {
  /** As typed; every word must be found, in any script. */
  words?: string | undefined;
  limit: number;
  /** Public id of the last person of the page before. */
  after?: string | undefined;
}

/** Rows of one statement. */
const ROWS = 300;

/** Every person that the house knows: found, added, changed. */
@Injectable()
export class People {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  byId(id: string): Promise<Person | null> {
    return this.db.one(Person, { id });
  }

  /** In one statement; ids that are not known are left out. */
  async byIds(ids: Iterable<string>): Promise<Map<string, Person>> {
    const wanted = [...new Set(ids)];
    const found = wanted.length === 0 ? [] : await this.db.repository(Person).findBy({ id: In(wanted) });
    return new Map(found.map((person) => [person.id, person]));
  }

  /** `key` is the address in lower case (`parseEmailAddress(…).key`). */
  byEmail(key: string): Promise<Person | null> {
    return this.db.one(Person, { emailKey: key });
  }

  /** The person of an address in the back office. Throws NotFound. */
  async byPublicId(publicId: string): Promise<Person> {
    const person = await this.db.one(Person, { publicId });
    if (!person) throw new NotFound();
    return person;
  }

  /** Up to `limit + 1` people in the order of their names: one more than a page, so that the caller sees whether there is a next. */
  async search({ words = '', limit, after }: PersonSearch): Promise<Person[]> {
    const query = this.db.repository(Person).createQueryBuilder('person');
    searchWords(words).forEach((word, index) => {
      query.andWhere(`person.search LIKE :word${index} ESCAPE '!'`, {
        [`word${index}`]: `%${word.replace(/[!%_]/g, '!$&')}%`,
      });
    });
    if (after !== undefined) {
      const last = await this.db.repository(Person).findOneBy({ publicId: after });
      if (!last) throw InvalidInput.at('after', 'error.invalid');
      query.andWhere('(person.sort_key > :sortKey OR (person.sort_key = :sortKey AND person.id > :id))', {
        sortKey: last.sortKey,
        id: last.id,
      });
    }
    return query
      .orderBy('person.sortKey', 'ASC')
      .addOrderBy('person.id', 'ASC')
      .limit(limit + 1)
      .getMany();
  }

  /** People who may be those of printed names, by the name: family and given name in either order, patronymics aside. */
  async namesakes(names: Iterable<string>): Promise<Map<string, Person[]>> {
    const wanted = new Map([...new Set(names)].map((name) => [name, name.split(/\s+/)] as const));
    const words = [...new Set([...wanted.values()].flatMap((parts) => [parts[0]!, parts.at(-1)!]))];
    const found: Person[] = [];
    for (let at = 0; at < words.length; at += 500) {
      const among = In(words.slice(at, at + 500));
      found.push(
        ...(await this.db.repository(Person).find({ where: [{ family: among }, { given: among, mononym: true }] })),
      );
    }
    const folded = (parts: readonly (string | null)[]): string => foldForSearch(parts.filter(Boolean).join(' '));
    const known = Map.groupBy(new Set(found), ({ family, given }) => folded([family, given]));
    return new Map(
      [...wanted].flatMap(([name, parts]) => {
        const familyLast = folded([parts.at(-1)!, ...parts.slice(0, -1)]);
        const people = new Set([...(known.get(familyLast) ?? []), ...(known.get(folded(parts)) ?? [])]);
        return people.size > 0 ? [[name, [...people]] as const] : [];
      }),
    );
  }

  /** Everybody, as far as one needs to see whether somebody in a list is one of them. One statement. */
  compared(): Promise<ComparedPerson[]> {
    const select = Object.fromEntries(COMPARED.map((column) => [column, true])) as Record<keyof ComparedPerson, true>;
    return this.db.repository(Person).find({ select, order: { id: 'ASC' } });
  }

  /** Adds people of whom no address is known, in few statements. */
  createMany(inputs: readonly Omit<NewPerson, 'email'>[]): Promise<Person[]> {
    const people = inputs.map((input): Person => ({
      id: this.ids.next(),
      publicId: this.ids.publicId(),
      ...columnsOf(settled({ ...EMPTY, ...input })),
      createdAt: this.clock.now(),
      version: 1,
    }));
    return this.db.transaction(async () => {
      for (let at = 0; at < people.length; at += ROWS) await this.db.insert(Person, people.slice(at, at + ROWS));
      for (const { id } of people) await this.journal.record(PersonAdded({ id, personId: id }));
      return people;
    });
  }

  /** Takes back people who were added by mistake and whom nobody has changed since; who did is for the caller to know. */
  removeAdded(added: readonly { id: string; version: number }[]): Promise<string[]> {
    return this.db.transaction(async () => {
      const removed: string[] = [];
      for (const { id, version } of added) {
        const { affected } = await this.db.repository(Person).delete({ id, version });
        if (affected) removed.push(id);
      }
      for (const id of removed) await this.journal.record(PersonRemoved({ id, personId: id }));
      return removed;
    });
  }

  /** Takes somebody out of the list of whom nothing else is known. False when something still needs them: then they stay. */
  forget(id: string): Promise<boolean> {
    return this.db.transaction(async () => {
      try {
        await this.db.repository(Person).delete({ id });
      } catch (error) {
        if (isStillNeeded(error)) return false;
        throw error;
      }
      await this.journal.record(PersonRemoved({ id, personId: id }));
      return true;
    });
  }

  /** Adds a person. Throws InvalidInput at `email` when somebody has that address already. */
  create(input: NewPerson): Promise<Person> {
    const fields = settled({ ...EMPTY, ...input });
    return this.db.transaction(async () => {
      const person: Person = {
        id: this.ids.next(),
        publicId: this.ids.publicId(),
        ...columnsOf(fields),
        createdAt: this.clock.now(),
        version: 1,
      };
      await takenBySomebody(() => this.db.insert(Person, person));
      await this.journal.record(PersonAdded({ id: person.id, personId: person.id }));
      return person;
    });
  }

  /**
   * Changes what is given and leaves the rest. Answers the person as it is afterwards; nothing is written or recorded when
   * nothing differs. Throws Stale when somebody else changed the person since `read`.
   */
  update(read: { id: string; version: number }, changes: Partial<PersonFields>): Promise<Person> {
    return this.db.transaction(async () => {
      const person = await this.byId(read.id);
      if (!person) throw new NotFound();
      const after = settled({ ...fieldsOf(person), ...changes });
      const fields = changedFields(fieldsOf(person), after);
      if (fields.length === 0 && person.version === read.version) return person;
      const columns = columnsOf(after);
      const version = await takenBySomebody(() => this.db.updateIfUnchanged(Person, read, columns));
      await this.journal.record(PersonChanged({ id: person.id, personId: person.id, fields }));
      return { ...person, ...columns, version };
    });
  }
}

const EMPTY: Omit<PersonFields, 'given' | 'locale'> = {
  family: null,
  patronymic: null,
  mononym: false,
  badgeName: null,
  email: null,
  phone: null,
  country: null,
  institution: null,
  position: null,
};

function fieldsOf(person: Person): PersonFields {
  return Object.fromEntries(PERSON_FIELDS.map((field) => [field, person[field]])) as unknown as PersonFields;
}

function columnsOf(fields: PersonFields): Omit<Person, 'id' | 'publicId' | 'createdAt' | 'version'> {
  return {
    ...fields,
    emailKey: fields.email?.toLowerCase() ?? null,
    phoneE164: e164(fields.phone, fields.country),
    search: searchColumn(fields),
    sortKey: sortColumn(fields),
  };
}

async function takenBySomebody<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error)) throw InvalidInput.at('email', 'error.people.emailTaken');
    throw error;
  }
}
