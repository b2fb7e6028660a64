import { Injectable } from '@nestjs/common';
import { InvalidInput, RuleViolation } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import type { Programme } from '../programme.entity.js';
import { Session } from '../session.entity.js';
import { Sessions, type NewSession, type Read } from '../sessions.service.js';
import {
  copiedDay,
  kept,
  placeOf,
  samePlace,
  shifted,
  swapped,
  type BoardPlace,
  type Change,
  type Move,
} from './board.rules.js';

/** One step on the board. `seen`: the rows that the reader agreed to change, as they were shown; without it nobody looked. */
export type BoardCommand =
  | { kind: 'place'; sessions: readonly (Read & { place: BoardPlace })[] }
  | { kind: 'swap'; a: string; b: string; seen?: readonly Read[] | undefined }
  | { kind: 'shift'; day: string; from: string; minutes: number; seen?: readonly Read[] | undefined }
  | { kind: 'copy-day'; day: string; to: string; seen?: readonly Read[] | undefined };

/** The board changed under the reader in a way that no version shows: other sessions belong to the step by now. */
export class OtherSessions extends Error {
  constructor(readonly sessionId: string) {
    super('other sessions');
  }
}

/** A session of the step is no longer in the programme, or never was. */
export class GoneSession extends Error {
  constructor(readonly sessionId: string) {
    super('gone session');
  }
}

/** What a step did. */
export interface CarriedOut {
  changes: Change[];
  /** The sessions as they were, by id: those that moved, and those that copies were made from. */
  sessions: Map<string, Session>;
}

/** Carries steps out, inside the transaction of whoever asks. */
@Injectable()
export class BoardSteps {
  constructor(
    private readonly db: Database,
    private readonly sessions: Sessions,
  ) {}

  /** Throws Stale, OtherSessions or GoneSession when the board is not as it was seen, RuleViolation when nothing changes. */
  async carryOut(programme: Programme, command: BoardCommand): Promise<CarriedOut> {
    if (command.kind === 'copy-day') return this.copy(programme, command);
    const moves = await this.movesOf(programme, command);
    const sessions = await this.sessions.byIds(programme.id, [...moves.keys()]);
    const gone = [...moves.keys()].find((id) => (sessions.get(id)?.status ?? 'removed') === 'removed');
    if (gone !== undefined) throw new GoneSession(gone);
    const real = [...moves].filter(([id, { place }]) => !samePlace(placeOf(sessions.get(id)!), place));
    if (real.length === 0) throw new RuleViolation('error.board.nothing');
    await this.sessions.relocate(
      programme.id,
      real.map(([id, { place, version }]) => ({ read: { id, version }, place })),
    );
    const changes = real.map(([id, { place, version }]) => ({
      session: id,
      from: kept(placeOf(sessions.get(id)!)),
      to: kept(place),
      version: version + 1,
    }));
    return { changes, sessions };
  }

  /** Where each session goes, and the version that the reader saw. */
  private async movesOf(
    programme: Programme,
    command: Exclude<BoardCommand, { kind: 'copy-day' }>,
  ): Promise<Map<string, { place: BoardPlace; version: number }>> {
    if (command.kind === 'place') return new Map(command.sessions.map(({ id, ...move }) => [id, move]));
    if (command.kind === 'shift') {
      const all = await this.all(programme.id);
      return withVersions(shifted(all, command, programme.zone), command.seen, all);
    }
    if (command.a === command.b) throw InvalidInput.at('b', 'error.board.swapTwo');
    const a = await this.sessions.byId(programme.id, command.a);
    const b = await this.sessions.byId(programme.id, command.b);
    return withVersions(swapped(a, b), command.seen, [a, b]);
  }

  private async copy(programme: Programme, { day, to, seen }: BoardCommand & { kind: 'copy-day' }) {
    if (day === to) throw InvalidInput.at('to', 'error.board.sameDay');
    const all = await this.all(programme.id);
    const copies = copiedDay(all, { day, to }, programme.zone);
    if (copies.length === 0) throw new RuleViolation('error.board.nothing');
    const byId = new Map(all.map((session) => [session.id, session]));
    const asMoves = copies.map(({ source, place }) => ({ id: source, place }));
    for (const [id, { version }] of withVersions(asMoves, seen, all))
      if (byId.get(id)!.version !== version) throw new OtherSessions(id);
    const ids = await this.sessions.addAll(
      programme.id,
      copies.map(({ source, place }) => copyOf(byId.get(source)!, place)),
    );
    const changes = copies.map(({ source, place }, index) => ({
      session: ids[index]!,
      source,
      from: null,
      to: kept(place),
      version: 1,
    }));
    return { changes, sessions: new Map(copies.map(({ source }) => [source, byId.get(source)!])) };
  }

  private all(programmeId: string): Promise<Session[]> {
    return this.db.repository(Session).find({ where: { programmeId }, order: { startsAt: 'ASC', id: 'ASC' } });
  }
}

/** Each move with the version that was seen; the reader must have seen exactly these, if anybody looked at all. */
function withVersions(
  moves: readonly Move[],
  seen: readonly Read[] | undefined,
  all: readonly Read[],
): Map<string, { place: BoardPlace; version: number }> {
  const moved = new Set(moves.map(({ id }) => id));
  const versions = new Map((seen ?? all).map(({ id, version }) => [id, version]));
  const odd = moves.find(({ id }) => !versions.has(id)) ?? seen?.find(({ id }) => !moved.has(id));
  if (odd) throw new OtherSessions(odd.id);
  return new Map(moves.map(({ id, place }) => [id, { place, version: versions.get(id)! }]));
}

/** What a copy takes along: all that is written about the session, but neither talks nor people, who were asked for one day. */
export function copyOf(session: Session, place: BoardPlace): NewSession {
  const { kind, title, abstract, strandId, languages, interpretation, capacity, expected, parallel, restricted } =
    session;
  const texts = {
    kind,
    title,
    abstract,
    strandId,
    languages,
    interpretation,
    capacity,
    expected,
    parallel,
    restricted,
  };
  return { ...texts, place };
}
