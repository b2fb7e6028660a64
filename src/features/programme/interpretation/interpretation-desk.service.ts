import { Injectable } from '@nestjs/common';
import { People, type KnownInterpreter, type Person } from '../../people/index.js';
import { Conflicts, type FoundConflict } from '../conflicts/conflicts.service.js';
import type { Programme } from '../programme.entity.js';
import { Programmes } from '../programmes.service.js';
import type { Session } from '../session.entity.js';
import { canServe } from './booths.rules.js';
import { dayOf, InterpretationSource, type Interpretation, type InterpretedSession } from './interpretation-source.js';

/** A session with what is wrong about its interpreters. */
export interface DeskSession extends InterpretedSession {
  readonly findings: readonly FoundConflict[];
}

/** What one interpreter does on one day. Sessions of other programmes count, too. */
export interface InterpreterDay {
  readonly day: string;
  readonly minutes: number;
  readonly isTooLong: boolean;
  readonly sessions: readonly { readonly session: Session; readonly closed: boolean; readonly isOwn: boolean }[];
}

export interface DeskInterpreter {
  readonly person: Person;
  /** Null for somebody who is assigned although no languages are recorded. */
  readonly profile: KnownInterpreter['profile'] | null;
  readonly days: readonly InterpreterDay[];
}

export interface InterpretationDesk {
  readonly programme: Programme;
  readonly days: readonly { readonly day: string; readonly first: Date; readonly sessions: readonly DeskSession[] }[];
  readonly tray: readonly DeskSession[];
  readonly interpreters: readonly DeskInterpreter[];
  /** Names of everybody who is assigned. */
  readonly people: ReadonlyMap<string, Person>;
  /** Places that nobody fills, of sessions that have a time. */
  readonly missing: number;
}

/** The desk of interpretation of one programme: which sessions need whom, and who works when. */
@Injectable()
export class InterpretationDesks {
  constructor(
    private readonly programmes: Programmes,
    private readonly source: InterpretationSource,
    private readonly conflicts: Conflicts,
    private readonly people: People,
  ) {}

  async ofConference(conferenceId: string): Promise<InterpretationDesk> {
    const programme = await this.programmes.ofOwner(conferenceId);
    const [all, findings] = await Promise.all([this.source.of(programme), this.conflicts.findings(programme.id)]);
    const assigned = all.sessions.flatMap((one) => one.assigned.map(({ personId }) => personId));
    const people = await this.people.byIds(assigned);
    const sessions = all.sessions.map((one): DeskSession => ({ ...one, findings: aboutInterpreters(one, findings) }));
    const timed = sessions.filter(({ session }) => session.startsAt !== null);
    const days = Map.groupBy(timed, ({ session }) => dayOf(session, programme.zone));
    return {
      programme,
      days: [...days].map(([day, own]) => ({ day, first: own[0]!.session.startsAt!, sessions: own })),
      tray: sessions.filter(({ session }) => session.startsAt === null),
      interpreters: interpretersOf(all, people),
      people,
      missing: timed.reduce((sum, { booths }) => sum + booths.reduce((of, { missing }) => of + missing, 0), 0),
    };
  }
}

/** Findings that say something about the interpretation of a session, or about one of its interpreters. */
function aboutInterpreters(
  { session, assigned }: InterpretedSession,
  findings: readonly FoundConflict[],
): FoundConflict[] {
  const people = new Set(assigned.map(({ personId }) => personId));
  return findings.filter(
    ({ rule, sessions, people: named }) =>
      sessions.includes(session.id) && (rule === 'interpretation-missing' || named.some((id) => people.has(id))),
  );
}

/** Who works here, and who could. */
function interpretersOf(all: Interpretation, people: ReadonlyMap<string, Person>): DeskInterpreter[] {
  const { known, sessions, programme, limits, engagements } = all;
  const assigned = new Set(sessions.flatMap((one) => one.assigned.map(({ personId }) => personId)));
  const couldHelp = ({ profile }: KnownInterpreter) =>
    sessions.some(({ booths }) => booths.some((booth) => canServe(profile.directions, booth)));
  const listed = known.filter((one) => assigned.has(one.person.id) || couldHelp(one));
  const unknown = [...assigned].filter((id) => !known.some(({ person }) => person.id === id));
  const daysOf = (personId: string): InterpreterDay[] => {
    const own = engagements.filter((one) => one.personId === personId);
    return [...Map.groupBy(own, ({ session }) => dayOf(session, programme.zone))].map(([day, busy]) => {
      const minutes = busy.reduce((sum, { session }) => sum + session.minutes, 0);
      return {
        day,
        minutes,
        isTooLong: minutes > limits.interpreterDay,
        sessions: busy.map(({ session, closed }) => ({ session, closed, isOwn: session.programmeId === programme.id })),
      };
    });
  };
  return [
    ...listed.map(({ person, profile }) => ({ person, profile, days: daysOf(person.id) })),
    ...unknown.flatMap((id) => {
      const person = people.get(id);
      return person ? [{ person, profile: null, days: daysOf(id) }] : [];
    }),
  ];
}
