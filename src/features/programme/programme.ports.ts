import { Injectable } from '@nestjs/common';
import type { SessionChange } from './release.rules.js';

/** How many people signed up for sessions: told by registration, which knows programmes but is not known here. */
@Injectable()
export class SignUps {
  private source: (sessionIds: readonly string[]) => Promise<ReadonlyMap<string, number>> = () =>
    Promise.resolve(new Map());

  /** `count` gets ids of sessions and answers their sign-ups, without those that have none. */
  from(count: (sessionIds: readonly string[]) => Promise<ReadonlyMap<string, number>>): void {
    this.source = count;
  }

  count(sessionIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return sessionIds.length === 0 ? Promise.resolve(new Map()) : this.source(sessionIds);
  }
}

export interface PlannedChange extends SessionChange {
  /** `printOf` the session as it would be told. */
  readonly print: string;
}

/** How many people a release would have to tell; asked by the publish page. */
@Injectable()
export class PeopleToTell {
  private readonly sources: ((
    conferenceId: string,
    changes: readonly PlannedChange[],
  ) => Promise<readonly string[]>)[] = [];

  /** `affected` answers the ids of people whom it would write to. */
  from(affected: (conferenceId: string, changes: readonly PlannedChange[]) => Promise<readonly string[]>): void {
    this.sources.push(affected);
  }

  async count(conferenceId: string, changes: readonly PlannedChange[]): Promise<number> {
    const people = await Promise.all(this.sources.map((affected) => affected(conferenceId, changes)));
    return new Set(people.flat()).size;
  }
}
