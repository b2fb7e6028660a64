import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { InvalidInput, NotFound } from '../../kernel/errors.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Ids } from '../../platform/runtime/ids.js';
import { checkParts, neighbour, type Direction } from './room.rules.js';
import { Room, Venue } from './venue.entity.js';
import { RoomAdded, RoomChanged, RoomMoved, RoomRemoved, VenueAdded, VenueChanged } from './venues.events.js';

export type VenueFields = Pick<Venue, 'code' | 'name' | 'address' | 'geo'>;
export type RoomFields = Pick<Room, 'code' | 'name' | 'capacity' | 'notes'> & Partial<Pick<Room, 'parts'>>;
interface Read {
  id: string;
  version: number;
}

/** Buildings and rooms, shared by every programme of the house. */
@Injectable()
export class Venues {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  venues(): Promise<Venue[]> {
    return this.db.repository(Venue).find({ order: { code: 'ASC' } });
  }

  byId(id: string): Promise<Venue | null> {
    return this.db.repository(Venue).findOneBy({ id });
  }

  /** Throws NotFound. */
  async byCode(code: string): Promise<Venue> {
    const venue = await this.db.repository(Venue).findOneBy({ code });
    if (!venue) throw new NotFound();
    return venue;
  }

  /** Every room with its venue, by venue and place in the list. One statement. */
  rooms(): Promise<Room[]> {
    return this.db
      .repository(Room)
      .find({ relations: { venue: true }, order: { venue: { code: 'ASC' }, position: 'ASC', id: 'ASC' } });
  }

  roomById(id: string): Promise<Room | null> {
    return this.db.repository(Room).findOne({ where: { id }, relations: { venue: true } });
  }

  /** Rooms with their venues, in one statement; ids that are not known are left out. */
  async roomsByIds(ids: Iterable<string>): Promise<Map<string, Room>> {
    const wanted = [...new Set(ids)];
    const found =
      wanted.length === 0
        ? []
        : await this.db.repository(Room).find({ where: { id: In(wanted) }, relations: { venue: true } });
    return new Map(found.map((room) => [room.id, room]));
  }

  /**
   * Holds these rooms until the open transaction ends: who else wants one of them waits. A write that changes nothing,
   * because that locks the row on every engine; in the order of the ids, so that two do not wait for each other.
   */
  async lock(ids: Iterable<string>): Promise<void> {
    const wanted = [...new Set(ids)].sort();
    if (wanted.length === 0) return;
    await this.db.compareAndSet(Room, { id: In(wanted) }, { position: () => 'position' });
  }

  /** Throws InvalidInput at `code` when another venue has it. */
  addVenue(fields: VenueFields): Promise<Venue> {
    return this.db.transaction(async () => {
      const venue: Venue = { id: this.ids.next(), ...fields, version: 1 };
      await codeTaken(() => this.db.insert(Venue, venue));
      await this.journal.record(VenueAdded({ id: venue.id, code: venue.code }));
      return venue;
    });
  }

  editVenue(read: Read, changes: Partial<VenueFields>): Promise<Venue> {
    return this.db.transaction(async () => {
      const venue = await this.byId(read.id);
      if (!venue) throw new NotFound();
      const version = await codeTaken(() => this.db.updateIfUnchanged(Venue, read, changes));
      const changed = { ...venue, ...changes, version };
      await this.journal.record(VenueChanged({ id: venue.id, code: changed.code }));
      return changed;
    });
  }

  /** The new room stands last. Throws InvalidInput at `code` when another room of the venue has it. */
  addRoom(venueId: string, fields: RoomFields): Promise<Room> {
    return this.db.transaction(async () => {
      const venue = await this.byId(venueId);
      if (!venue) throw InvalidInput.at('venueId', 'error.venues.unknownVenue');
      const last = await this.db.repository(Room).findOne({ where: { venueId }, order: { position: 'DESC' } });
      const parts = fields.parts ?? [];
      await this.checkParts({ id: '', venueId }, parts);
      const row = { id: this.ids.next(), venueId, ...fields, parts, position: (last?.position ?? 0) + 1, version: 1 };
      await codeTaken(() => this.db.insert(Room, row));
      await this.journal.record(RoomAdded({ id: row.id, venueId, code: row.code }));
      return { ...row, venue };
    });
  }

  editRoom(read: Read, changes: Partial<RoomFields>): Promise<Room> {
    return this.db.transaction(async () => {
      const room = await this.roomById(read.id);
      if (!room) throw new NotFound();
      if (changes.parts) await this.checkParts(room, changes.parts);
      const version = await codeTaken(() => this.db.updateIfUnchanged(Room, read, changes));
      const changed = { ...room, ...changes, version };
      await this.journal.record(RoomChanged({ id: room.id, venueId: room.venueId, code: changed.code }));
      return changed;
    });
  }

  /** Takes back a room that nothing has taken place in; who uses it is for the caller to know. False where it was changed. */
  removeRoom(read: Read): Promise<boolean> {
    return this.db.transaction(async () => {
      const room = await this.db.repository(Room).findOneBy({ id: read.id, version: read.version });
      if (!room) return false;
      await this.db.repository(Room).delete({ id: room.id });
      await this.journal.record(RoomRemoved({ id: room.id, venueId: room.venueId, code: room.code }));
      return true;
    });
  }

  /** Throws InvalidInput at `parts`. */
  private async checkParts(room: Pick<Room, 'id' | 'venueId'>, parts: readonly string[]): Promise<void> {
    checkParts(room, parts, await this.db.repository(Room).findBy({ venueId: room.venueId }));
  }

  /** Changes places with the room before or after it; the first stays first and the last stays last. */
  moveRoom(id: string, direction: Direction): Promise<void> {
    return this.db.transaction(async () => {
      const room = await this.db.repository(Room).findOneBy({ id });
      if (!room) throw new NotFound();
      const rooms = await this.db
        .repository(Room)
        .find({ where: { venueId: room.venueId }, order: { position: 'ASC', id: 'ASC' } });
      const other = neighbour(rooms, id, direction);
      if (!other) return;
      await this.db.updateIfUnchanged(Room, room, { position: other.position });
      await this.db.updateIfUnchanged(Room, other, { position: room.position });
      await this.journal.record(RoomMoved({ id, venueId: room.venueId, from: room.position, to: other.position }));
    });
  }
}

async function codeTaken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error)) throw InvalidInput.at('code', 'error.venues.codeTaken');
    throw error;
  }
}
