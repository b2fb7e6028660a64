import { Conferences, type Conference } from '../../src/features/conferences/index.js';
import { Programmes, Sessions, type Session } from '../../src/features/programme/index.js';
import { Venues, type Room } from '../../src/features/venues/index.js';
import { toInstant, toLocal } from '../../src/kernel/zones.js';
import type { TestApp } from './app.js';
import type { Answer, Client } from './client.js';
import { signedIn, staff } from './house.js';

export const ZONE = 'Europe/Minsk';
export const DAY = '2027-10-12';
export const NEXT = '2027-10-13';

/** What a step of the board answers. */
export interface Done {
  said: string;
  undo: string | null;
  redo: string | null;
  conflictCount: number;
  sessions: { id: string; version: number; clock: string }[];
  badges: { session: string; text: string }[];
}

let serial = 0;

/** A conference of two days and a building of its own, with two organizers and a reader: what others planned is in nobody's way. */
export class BoardWorld {
  conference: Conference;
  programmeId: string;
  hall: Room;
  small: Room;
  anna: Client;
  boris: Client;
  reader: Client;
  /** Makes names of this world differ from those of others. */
  readonly serial = ++serial;
  private readonly csrf = new Map<Client, string>();

  private constructor(private readonly world: TestApp) {}

  static async of(world: TestApp): Promise<BoardWorld> {
    const made = new BoardWorld(world);
    await made.furnish();
    return made;
  }

  private async furnish(): Promise<void> {
    const { world, serial: n } = this;
    const slug = `board-${n}`;
    const venues = world.get(Venues);
    const venue = await venues.addVenue({ code: slug, name: { en: 'House' }, address: {}, geo: null });
    const room = (code: string, name: string, capacity: number) =>
      venues.addRoom(venue.id, { code, name: { en: name }, capacity, notes: '' });
    this.hall = await room('hall', 'Great Hall', 100);
    this.small = await room('r205', 'Room 205', 20);
    this.conference = await world.get(Conferences).create({
      slug,
      kind: 'congress',
      title: { en: `Congress ${n}` },
      startsOn: DAY,
      endsOn: NEXT,
      public: true,
      numberPrefix: `B${n}`,
    });
    this.programmeId = (await world.get(Programmes).ofOwner(this.conference.id)).id;
    this.anna = await this.account(`anna${n}`, 'organizer');
    this.boris = await this.account(`boris${n}`, 'organizer');
    this.reader = await this.account(`reader${n}`, 'readonly');
  }

  private async account(name: string, role: 'organizer' | 'readonly'): Promise<Client> {
    await staff(this.world, `${name}@example.org`, [{ role, conferenceId: this.conference.id }]);
    const client = await signedIn(this.world.client(), `${name}@example.org`);
    const page = await client.get(this.board());
    this.csrf.set(client, /data-csrf="([^"]+)"/.exec(page.body)![1]!);
    return client;
  }

  board(rest = ''): string {
    return `/org/c/${this.conference.slug}/board${rest}`;
  }

  api(rest = ''): string {
    return `/api/v1/conferences/${this.conference.slug}/board${rest}`;
  }

  async planned(
    title: string,
    at: string | null,
    roomId: string | null = this.hall.id,
    minutes = 60,
  ): Promise<Session> {
    const place = { start: at === null ? null : local(at), minutes, roomId };
    const sessions = this.world.get(Sessions);
    return (await sessions.add(this.programmeId, { kind: 'section', title: { en: title }, place })).session;
  }

  now(id: string): Promise<Session> {
    return this.world.get(Sessions).byId(this.programmeId, id);
  }

  /** Start on the clock, room, minutes. */
  async where(id: string): Promise<[string | null, string | null, number]> {
    const { startsAt, roomId, minutes } = await this.now(id);
    const room = roomId === this.hall.id ? 'hall' : roomId === this.small.id ? 'r205' : roomId;
    return [startsAt && toLocal(startsAt, ZONE), room, minutes];
  }

  post(client: Client, path: string, body: object = {}): Promise<Answer> {
    const headers = { origin: this.world.config.publicUrl, 'x-csrf-token': this.csrf.get(client)! };
    return client.api('POST', this.api(path), body, headers);
  }

  /** Puts a session as it was read somewhere. */
  place(client: Client, session: Session, start: string | null, more: object = {}): Promise<Answer> {
    const { id, version, minutes, roomId } = session;
    return this.post(client, '/operations', {
      kind: 'place',
      sessions: [{ id, version, start, minutes, roomId, ...more }],
    });
  }
}

/** A time on the clock of the programme. */
export function local(at: string): Date {
  return toInstant(at, ZONE).instant;
}

/** Whether a page holds each of these texts. */
export function holds({ body }: Pick<Answer, 'body'>, ...texts: string[]): boolean[] {
  return texts.map((text) => body.includes(text));
}
