import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { InvalidInput } from '../../kernel/errors.js';
import { pickText } from '../../kernel/locale.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import {
  ReleasedProgrammes,
  SignUps,
  type ReleasedSession,
  type SessionKind,
  type SignedUpForBoth,
} from '../programme/index.js';
import type { Registration } from './registration.entity.js';
import { SessionsChosen } from './registration.events.js';
import { SessionChoice, SessionPlaces } from './session-choice.entity.js';

/** Nobody signs up for these. */
const NOT_CHOSEN: readonly SessionKind[] = ['break', 'meal', 'transfer', 'blocker'];

/** Which released sessions somebody wants to attend. Places are counted by compare-and-set. */
@Injectable()
export class SessionChoices {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly released: ReleasedProgrammes,
    signUps: SignUps,
  ) {
    signUps.from(
      (sessionIds) => this.countOf(sessionIds),
      (sessionIds) => this.bothOf(sessionIds),
    );
  }

  /** The sessions of the latest release that can be chosen now, in their order. */
  async offered(conferenceId: string): Promise<readonly ReleasedSession[]> {
    const programme = await this.released.ofOwner(conferenceId);
    const now = this.clock.now();
    return (programme?.sessions ?? []).filter(
      ({ kind, status, endsAt }) => !NOT_CHOSEN.includes(kind) && status === 'planned' && endsAt > now,
    );
  }

  /** The ids of the sessions that somebody has chosen. */
  async of(registrationId: string): Promise<Set<string>> {
    const rows = await this.db.repository(SessionChoice).findBy({ registrationId });
    return new Set(rows.map((row) => row.sessionId));
  }

  /** How many have chosen each, without those that nobody chose. */
  async countOf(sessionIds: readonly string[]): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (let at = 0; at < sessionIds.length; at += 500) {
      for (const { id, taken } of await this.db
        .repository(SessionPlaces)
        .findBy({ id: In(sessionIds.slice(at, at + 500)) }))
        if (taken > 0) counts.set(id, taken);
    }
    return counts;
  }

  /** How many have chosen both of two sessions, each pair once. */
  async bothOf(sessionIds: readonly string[]): Promise<SignedUpForBoth[]> {
    const rows = await this.db.manager
      .createQueryBuilder(SessionChoice, 'one')
      .innerJoin(
        SessionChoice,
        'other',
        'other.registration_id = one.registration_id AND other.session_id > one.session_id',
      )
      .select('one.session_id', 'a')
      .addSelect('other.session_id', 'b')
      .addSelect('COUNT(*)', 'people')
      .where('one.session_id IN (:...sessionIds) AND other.session_id IN (:...sessionIds)', { sessionIds })
      .groupBy('one.session_id, other.session_id')
      .getRawMany<{ a: string; b: string; people: number | string }>();
    return rows.map(({ a, b, people }) => ({ a, b, people: Number(people) }));
  }

  /**
   * Replaces the choice of what is offered now; sessions that are over or withdrawn stay chosen. Throws InvalidInput at
   * `sessions` for one that is not offered or has no place left; then nothing changes.
   */
  choose(registration: Registration, wanted: readonly string[]): Promise<void> {
    return this.db.transaction(async () => {
      const offered = new Map((await this.offered(registration.conferenceId)).map((session) => [session.id, session]));
      if (!wanted.every((id) => offered.has(id))) throw InvalidInput.at('sessions', 'error.choice');
      const held = await this.of(registration.id);
      const added = [...new Set(wanted)].filter((id) => !held.has(id)).sort();
      const removed = [...held].filter((id) => offered.has(id) && !wanted.includes(id)).sort();
      if (added.length + removed.length === 0) return;
      await this.drop(registration.id, removed);
      for (const id of added) await this.add(registration, offered.get(id)!);
      await this.journal.record(
        SessionsChosen({
          id: registration.id,
          conferenceId: registration.conferenceId,
          personId: registration.personId,
          added,
          removed,
        }),
      );
    });
  }

  /** Frees every place of a registration that is cancelled; part of its transaction. */
  async dropAll(registration: Registration): Promise<void> {
    const held = [...(await this.of(registration.id))].sort();
    if (held.length === 0) return;
    await this.drop(registration.id, held);
    await this.journal.record(
      SessionsChosen({
        id: registration.id,
        conferenceId: registration.conferenceId,
        personId: registration.personId,
        added: [],
        removed: held,
      }),
    );
  }

  private async add(registration: Registration, session: ReleasedSession): Promise<void> {
    await this.db.manager
      .createQueryBuilder()
      .insert()
      .into(SessionPlaces)
      .values({ id: session.id, taken: 0 })
      .orIgnore()
      .updateEntity(false)
      .execute();
    const result = await this.db.manager
      .createQueryBuilder()
      .update(SessionPlaces)
      .set({ taken: () => 'taken + 1' })
      .where('session_id = :id', { id: session.id })
      .andWhere(session.capacity === null ? '1 = 1' : 'taken < :capacity', { capacity: session.capacity })
      .execute();
    if ((result.affected ?? 0) === 0)
      throw InvalidInput.at('sessions', 'error.registration.sessionFull', {
        title: pickText(session.title, registration.locale).text,
      });
    await this.db.insert(SessionChoice, {
      id: this.ids.next(),
      registrationId: registration.id,
      sessionId: session.id,
      chosenAt: this.clock.now(),
    });
  }

  private async drop(registrationId: string, sessionIds: readonly string[]): Promise<void> {
    for (const id of sessionIds) {
      const gone = await this.db.repository(SessionChoice).delete({ registrationId, sessionId: id });
      if ((gone.affected ?? 0) === 0) continue;
      await this.db.manager
        .createQueryBuilder()
        .update(SessionPlaces)
        .set({ taken: () => 'taken - 1' })
        .where('session_id = :id AND taken > 0', { id })
        .execute();
    }
  }
}
