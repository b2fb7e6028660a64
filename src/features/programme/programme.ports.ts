import { Injectable } from '@nestjs/common';
import type { ShownChange } from './release.rules.js';

/** Two sessions that some people have signed up for both. */
export interface SignedUpForBoth {
  readonly a: string;
  readonly b: string;
  readonly people: number;
}

/** How many people signed up for sessions: told by registration, which knows programmes but is not known here. */
@Injectable()
export class SignUps {
  private source: (sessionIds: readonly string[]) => Promise<ReadonlyMap<string, number>> = () =>
    Promise.resolve(new Map());
  private bothSource: (sessionIds: readonly string[]) => Promise<readonly SignedUpForBoth[]> = () =>
    Promise.resolve([]);

  /** `count` gets ids of sessions and answers their sign-ups, without those that have none; `both` the pairs of them. */
  from(
    count: (sessionIds: readonly string[]) => Promise<ReadonlyMap<string, number>>,
    both: (sessionIds: readonly string[]) => Promise<readonly SignedUpForBoth[]> = () => Promise.resolve([]),
  ): void {
    this.source = count;
    this.bothSource = both;
  }

  /** Each pair once. */
  forBoth(sessionIds: readonly string[]): Promise<readonly SignedUpForBoth[]> {
    return sessionIds.length < 2 ? Promise.resolve([]) : this.bothSource(sessionIds);
  }

  count(sessionIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return sessionIds.length === 0 ? Promise.resolve(new Map()) : this.source(sessionIds);
  }
}

export interface PlannedChange extends ShownChange {
  /** `printOf` the session as it would be told. */
  readonly print: string;
}

/** What a release would tell by mail: who is told of which session, and what. */
export interface PlannedMail {
  readonly personId: string;
  readonly sessionId: string;
  readonly kind: 'added' | 'moved' | 'cancelled' | 'dropped';
  /** Told in one mail with others of the same person. */
  readonly digest: boolean;
}

/** How many mails these are, and how many of them are digests. */
export function mailCounts(told: readonly PlannedMail[]): { mails: number; digests: number } {
  const alone = told.filter(({ digest }) => !digest).length;
  const digests = new Set(told.flatMap(({ personId, digest }) => (digest ? [personId] : []))).size;
  return { mails: alone + digests, digests };
}

type Mailed = (conferenceId: string, changes: readonly PlannedChange[]) => Promise<readonly PlannedMail[]>;
type Readers = (conferenceId: string, personIds: readonly string[]) => Promise<Iterable<string>>;

/** Whom a release would tell what; asked by the publish page of features that know the people and their mails. */
@Injectable()
export class PeopleToTell {
  private readonly mailed: Mailed[] = [];
  private readonly readers: Readers[] = [];

  /** `mailed` answers the mails that a release with these changes would write. */
  from(mailed: Mailed): void {
    this.mailed.push(mailed);
  }

  /** `readers` answers who of these people can see for themselves: on a page or in a calendar of their own. */
  readersFrom(readers: Readers): void {
    this.readers.push(readers);
  }

  async told(conferenceId: string, changes: readonly PlannedChange[]): Promise<PlannedMail[]> {
    return (await Promise.all(this.mailed.map((mailed) => mailed(conferenceId, changes)))).flat();
  }

  async whoReads(conferenceId: string, personIds: readonly string[]): Promise<Set<string>> {
    if (personIds.length === 0) return new Set();
    const found = await Promise.all(this.readers.map((readers) => readers(conferenceId, personIds)));
    return new Set(found.flatMap((ids) => [...ids]));
  }
}
