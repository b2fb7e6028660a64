import { Injectable } from '@nestjs/common';
import type { Localized } from '../../kernel/locale.js';
import type { Attended } from './conflicts/placed-session.rules.js';
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

/**
 * Who comes to sessions of another programme as a whole: told by visits, whose delegations attend sessions of the
 * conference that they come to. They are nobody's guests there, so nothing of them is printed.
 */
@Injectable()
export class Attendances {
  private source: (sessionIds: readonly string[]) => Promise<ReadonlyMap<string, readonly Attended[]>> = () =>
    Promise.resolve(new Map());
  private sessionsSource: (programmeIds: readonly string[]) => Promise<readonly string[]> = () => Promise.resolve([]);

  /** `source` answers who attends sessions, by session; `sessions` which sessions the people of programmes attend. */
  from(
    source: (sessionIds: readonly string[]) => Promise<ReadonlyMap<string, readonly Attended[]>>,
    sessions: (programmeIds: readonly string[]) => Promise<readonly string[]>,
  ): void {
    this.source = source;
    this.sessionsSource = sessions;
  }

  of(sessionIds: readonly string[]): Promise<ReadonlyMap<string, readonly Attended[]>> {
    return sessionIds.length === 0 ? Promise.resolve(new Map()) : this.source(sessionIds);
  }

  sessionsOf(programmeIds: readonly string[]): Promise<readonly string[]> {
    return programmeIds.length === 0 ? Promise.resolve([]) : this.sessionsSource(programmeIds);
  }
}

/**
 * Titles of visits that whoever asks may know of: told by visits, because a programme that meets one cannot. Of all others
 * it knows that the time is taken.
 */
@Injectable()
export class VisitTitles {
  private source: (visitIds: readonly string[]) => Promise<ReadonlyMap<string, Localized>> = () =>
    Promise.resolve(new Map());

  from(source: (visitIds: readonly string[]) => Promise<ReadonlyMap<string, Localized>>): void {
    this.source = source;
  }

  /** By visit, without those that are not there for the viewer of the running request. */
  known(visitIds: readonly string[]): Promise<ReadonlyMap<string, Localized>> {
    return visitIds.length === 0 ? Promise.resolve(new Map()) : this.source(visitIds);
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
