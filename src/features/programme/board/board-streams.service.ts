import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { In } from 'typeorm';
import { TooMany } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { JournalTail, type JournalBatch } from '../../../platform/journal/journal-tail.js';
import type { JournalEntry } from '../../../platform/journal/journal-entry.entity.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import { Accounts } from '../../accounts/index.js';
import {
  AssignmentAnswered,
  AvailabilityStated,
  FindingOverridden,
  OverrideWithdrawn,
  PersonAssigned,
  PersonUnassigned,
  ProgrammeZoneChanged,
  SessionAdded,
  SessionCancelled,
  SessionEdited,
  SessionMoved,
  SessionReinstated,
  SessionRemoved,
  StrandRemoved,
  StrandSaved,
} from '../programme.events.js';
import type { Programme } from '../programme.entity.js';
import { Session } from '../session.entity.js';
import { BoardDesk } from './board-desk.service.js';
import { clockText, operationText, type Wording } from './board-words.js';
import type { Change } from './board.rules.js';

/** A browser keeps six connections to one host at most; more from one account is a script that forgot to close them. */
export const MOST_STREAMS = 8;
const HEARTBEAT_MS = 20_000;
/** Then the browser connects anew, and rights are asked again. */
const LIFE_MS = 15 * 60_000;
/** Somebody who reads so slowly gets the whole board with the next connection instead. */
const MOST_WAITING = 256 * 1024;

const OTHER_CHANGES: readonly string[] = [
  SessionAdded,
  SessionEdited,
  SessionCancelled,
  SessionReinstated,
  SessionRemoved,
  StrandSaved,
  StrandRemoved,
  PersonAssigned,
  PersonUnassigned,
  AssignmentAnswered,
  AvailabilityStated,
  FindingOverridden,
  OverrideWithdrawn,
  ProgrammeZoneChanged,
].map(({ type }) => type);

interface Stream {
  accountId: string;
  web: WebContext;
  programme: Programme;
  out: ServerResponse;
  ends: number;
}

interface Audience {
  streams: Set<Stream>;
  stop: Promise<() => void>;
}

interface Moved {
  accountId: string | null;
  by: string | null;
  sessions: Session[];
  changes: Change[];
}

/** Open boards: each hears of the moves of others, whichever process they went to, through the tail of the journal. */
@Injectable()
export class BoardStreams implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('board');
  private readonly audiences = new Map<string, Audience>();
  private heartbeat: NodeJS.Timeout | undefined;
  private closing = false;

  constructor(
    private readonly db: Database,
    private readonly tail: JournalTail,
    private readonly accounts: Accounts,
    private readonly desk: BoardDesk,
  ) {}

  onModuleInit(): void {
    this.heartbeat = setInterval(() => this.beat(), HEARTBEAT_MS);
    this.heartbeat.unref();
  }

  beforeApplicationShutdown(): void {
    this.closing = true;
    clearInterval(this.heartbeat);
    for (const { streams } of this.audiences.values()) for (const { out } of streams) out.end();
  }

  /** Refuses one more than an account may have in this process. */
  admit(accountId: string): void {
    const open = [...this.audiences.values()].flatMap(({ streams }) => [...streams]);
    if (open.filter((stream) => stream.accountId === accountId).length >= MOST_STREAMS) throw new TooMany(60);
  }

  /** Writes events to the answer until either side closes it. */
  async open(web: WebContext, programme: Programme, conferenceId: string, out: ServerResponse): Promise<void> {
    const stream: Stream = { accountId: web.viewer.id, web, programme, out, ends: Date.now() + LIFE_MS };
    const audience = this.audience(conferenceId);
    audience.streams.add(stream);
    out.on('close', () => {
      audience.streams.delete(stream);
      if (audience.streams.size > 0 || this.audiences.get(conferenceId) !== audience) return;
      this.audiences.delete(conferenceId);
      void audience.stop.then((stop) => stop());
    });
    await audience.stop;
    // Only now nothing can be missed: the page asks for the state when it reads this.
    send(stream, 'ready', {});
    if (this.closing) out.end();
  }

  private audience(conferenceId: string): Audience {
    const known = this.audiences.get(conferenceId);
    if (known) return known;
    const audience: Audience = {
      streams: new Set(),
      stop: this.tail.subscribe({ conferenceId, types: [SessionMoved.type, ...OTHER_CHANGES] }, (batch) => {
        this.tell(audience, batch).catch((error: unknown) =>
          this.logger.error(`events: ${error instanceof Error ? error.name : 'failed'}`),
        );
      }),
    };
    this.audiences.set(conferenceId, audience);
    return audience;
  }

  private async tell({ streams }: Audience, { entries }: JournalBatch): Promise<void> {
    const moves = await this.moves(entries.filter(({ type }) => type === SessionMoved.type));
    const changed = entries.some(({ type }) => OTHER_CHANGES.includes(type));
    const wordings = new Map<string, Wording>();
    for (const stream of streams) {
      for (const moved of moves) {
        const { locale } = stream.web;
        const wording = wordings.get(locale) ?? (await this.desk.wording(stream.web, stream.programme));
        wordings.set(locale, wording);
        send(stream, 'moved', movedEvent(wording, moved, stream.accountId));
      }
      if (changed) send(stream, 'changed', {});
    }
  }

  /** Moves by who made them, with the sessions as they are now. */
  private async moves(entries: readonly JournalEntry[]): Promise<Moved[]> {
    if (entries.length === 0) return [];
    const ids = [...new Set(entries.map(({ subjectId }) => subjectId))];
    const sessions = await this.db.repository(Session).findBy({ id: In(ids) });
    const accountIds = entries.flatMap(({ actorKind, actorId }) =>
      actorKind === 'account' && actorId ? [actorId] : [],
    );
    const accounts = await this.accounts.byIds([...new Set(accountIds)]);
    return [...Map.groupBy(entries, ({ actorId }) => actorId)].map(([accountId, list]) => {
      const changes = new Map(list.map((entry) => [entry.subjectId, changeOf(entry)]));
      return {
        accountId,
        by: accounts.get(accountId ?? '')?.name ?? null,
        sessions: sessions.filter(({ id }) => changes.has(id)),
        changes: [...changes.values()],
      };
    });
  }

  private beat(): void {
    const now = Date.now();
    for (const { streams } of this.audiences.values()) {
      for (const stream of streams) {
        if (now > stream.ends) stream.out.end();
        // An event and no comment: a page that hears nothing for long knows that its connection is dead.
        else send(stream, 'beat', {});
      }
    }
  }
}

function movedEvent(wording: Wording, { accountId, by, sessions, changes }: Moved, reader: string): object {
  const names = new Map(sessions.map((session) => [session.id, session]));
  const what = operationText(wording, { kind: 'place', state: 'done', changes }, names, null);
  const mine = accountId === reader;
  const name = by ?? wording.web.t('programme.board.somebody');
  return {
    mine,
    said: mine ? what : wording.web.t('programme.board.said.by', { name, what }),
    sessions: sessions.map(({ id, version, status, startsAt, minutes, roomId }) => ({
      id,
      version,
      status,
      startsAt: startsAt?.toISOString() ?? null,
      minutes,
      roomId,
      clock: clockText({ startsAt, minutes }, wording.zone),
      lasts: wording.web.t('programme.minutes', { count: minutes }),
    })),
  };
}

function changeOf({ subjectId, data }: JournalEntry): Change {
  const { from, to } = data as Record<
    'from' | 'to',
    { startsAt: string | null; endsAt: string | null; roomId: string | null }
  >;
  const place = ({ startsAt, endsAt, roomId }: typeof to) => ({
    start: startsAt,
    minutes: startsAt && endsAt ? (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000 : 0,
    roomId,
  });
  return { session: subjectId, from: place(from), to: place(to), version: 0 };
}

function send({ out }: Stream, event: string, data: object): void {
  if (out.writableLength > MOST_WAITING) out.destroy();
  else out.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
