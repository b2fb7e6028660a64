import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { InvalidInput, NotFound } from '../../../kernel/errors.js';
import type { Locale } from '../../../kernel/locale.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { numberChanged } from '../../../platform/mail/conference-outbox.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { People, Person } from '../../people/index.js';
import type { GuestSource } from './guest-choice.rules.js';
import { readPastedList, type PastedPerson, type PastedProblem } from './pasted-list.rules.js';
import { byProtocol, levelOf, moved, placed, renumbered, type ProtocolLevel } from './protocol.rules.js';
import { WaveCandidates, type JudgedPerson } from './wave-candidates.queries.js';
import { InvitationWave, WaveGuest } from './wave.entity.js';
import { WaveGuestMuted, WaveGuestsAdded, WaveGuestsRemoved, WaveOrdered } from './wave.events.js';
import { afterWaveCommand } from './wave.rules.js';
import { Waves } from './waves.service.js';

type Read = Readonly<{ id: string; version: number }>;
type Guest = WaveGuest & { person: Person };

/** Nobody looks through more in one go. */
export const MOST_GUESTS = 1000;

/** What a pasted list comes to. */
export interface ReadList {
  /** Known people, with what keeps them out. */
  readonly known: readonly JudgedPerson[];
  /** Nobody has these addresses yet, and it is clear who they are. */
  readonly fresh: readonly (PastedPerson & { readonly name: NonNullable<PastedPerson['name']> })[];
  /** Nobody has these addresses, and it cannot be seen which part of the name is which. */
  readonly unclear: readonly PastedPerson[];
  readonly problems: readonly PastedProblem[];
}

/** What somebody may do to the order of a wave: a step, the levels and numbers as typed, or all by protocol. */
export type Reordering =
  | { readonly kind: 'step'; readonly person: string; readonly by: 'up' | 'down' }
  | { readonly kind: 'protocol' }
  | {
      readonly kind: 'typed';
      readonly levels: Readonly<Record<string, ProtocolLevel>>;
      readonly places: Readonly<Record<string, number>>;
    };

/** Who is in a wave, and in which order. People are named by their public ids. */
@Injectable()
export class WaveGuests {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly people: People,
    private readonly waves: Waves,
    private readonly candidates: WaveCandidates,
  ) {}

  /** In their order, with their people. One statement. */
  of(waveId: string): Promise<Guest[]> {
    return this.db
      .repository(WaveGuest)
      .find({ where: { waveId }, relations: { person: true }, order: { place: 'ASC', id: 'ASC' } }) as Promise<Guest[]>;
  }

  /** Those of the chosen whom nothing keeps out, in that order, each at the place of their level. Answers how many. */
  add(conferenceId: string, read: Read, source: GuestSource, publicIds: readonly string[]): Promise<number> {
    return this.changing(conferenceId, read, async (wave) => {
      const wanted = [...new Set(publicIds)];
      const found = await this.db.all(Person, { publicId: wanted });
      const people = found.toSorted((a, b) => wanted.indexOf(a.publicId) - wanted.indexOf(b.publicId));
      const partners = source === 'partners' ? await this.candidates.partners(EVERY_PARTNER) : null;
      const contacts = new Set(partners?.people.map(({ id }) => id));
      // Who is no contact of a partner is judged like everybody else.
      const sourceOf = ({ id }: Person): GuestSource => (partners && !contacts.has(id) ? 'people' : source);
      const judged = await this.candidates.judged(wave, people, sourceOf);
      const ready = judged.filter(({ why }) => why === null).map(({ person }) => person);
      return this.join(wave, ready, source);
    });
  }

  /** What a pasted list would come to now. */
  async readList(wave: InvitationWave, text: string): Promise<ReadList> {
    const { people, problems } = readPastedList(text);
    const known = await this.candidates.byAddresses(people.map(({ key }) => key));
    const unknown = people.filter(({ key }) => !known.has(key));
    return {
      known: await this.candidates.judged(wave, [...known.values()], () => 'list'),
      fresh: unknown.flatMap((one) => (one.name ? [{ ...one, name: one.name }] : [])),
      unclear: unknown.filter(({ name }) => name === null),
      problems,
    };
  }

  /**
   * Those of a pasted list whom nothing keeps out; who is new becomes a person with that language. Throws Overtaken when
   * they are not as many as was seen. Answers how many.
   */
  addList(conferenceId: string, read: Read, order: { text: string; locale: Locale; count: number }): Promise<number> {
    return this.changing(conferenceId, read, async (wave) => {
      const { known, fresh } = await this.readList(wave, order.text);
      const ready = known.filter(({ why }) => why === null).map(({ person }) => person);
      if (ready.length + fresh.length !== order.count) throw numberChanged(ready.length + fresh.length);
      const { locale } = order;
      for (const { name, email, institution, position } of fresh)
        ready.push(await this.people.create({ ...name, email, institution, position, locale }));
      return this.join(wave, ready, 'list');
    });
  }

  /** Answers how many were in it. */
  remove(conferenceId: string, read: Read, publicIds: readonly string[]): Promise<number> {
    return this.changing(conferenceId, read, async ({ id }) => {
      const out = new Set(publicIds);
      const guests = await this.of(id);
      const gone = guests.filter(({ person }) => out.has(person.publicId));
      if (gone.length === 0) return 0;
      await this.db.repository(WaveGuest).delete({ id: In(gone.map((guest) => guest.id)) });
      await this.number(guests.filter((guest) => !gone.includes(guest)));
      await this.journal.record(WaveGuestsRemoved({ id, conferenceId, count: gone.length }));
      return gone.length;
    });
  }

  async reorder(conferenceId: string, read: Read, order: Reordering): Promise<void> {
    await this.changing(conferenceId, read, async ({ id }) => {
      const guests = await this.of(id);
      await this.number(reordered(guests, order));
      await this.journal.record(WaveOrdered({ id, conferenceId }));
    });
  }

  /** Takes somebody out of the reminders of the rule, or back. Throws NotFound for somebody who is not in the wave. */
  async mute(wave: InvitationWave, publicId: string, muted: boolean): Promise<void> {
    await this.db.transaction(async () => {
      const person = await this.people.byPublicId(publicId);
      const guest = await this.db.one(WaveGuest, { waveId: wave.id, personId: person.id });
      if (!guest) throw new NotFound();
      if (guest.muted === muted) return;
      await this.db.repository(WaveGuest).update({ id: guest.id }, { muted });
      const { id, conferenceId } = wave;
      await this.journal.record(WaveGuestMuted({ id, conferenceId, personId: person.id, muted }));
    });
  }

  private async join(wave: InvitationWave, people: readonly Person[], source: GuestSource): Promise<number> {
    if (people.length === 0) return 0;
    const guests = await this.of(wave.id);
    if (guests.length + people.length > MOST_GUESTS)
      throw InvalidInput.at('people', 'error.wave.tooMany', { max: MOST_GUESTS });
    const newcomers = people.map(
      (person) =>
        ({
          id: this.ids.next(),
          waveId: wave.id,
          personId: person.id,
          place: 0,
          level: levelOf(person.position),
          source,
          muted: false,
          reminded: 0,
        }) as WaveGuest,
    );
    const order: WaveGuest[] = placed<WaveGuest>(guests, newcomers);
    const rows = newcomers.map((one) => ({ ...one, place: order.indexOf(one) + 1 }));
    for (let at = 0; at < rows.length; at += ROWS) await this.db.insert(WaveGuest, rows.slice(at, at + ROWS) as never);
    await this.number(order.map((one) => rows.find(({ id }) => id === one.id) ?? one));
    const { id, conferenceId } = wave;
    await this.journal.record(WaveGuestsAdded({ id, conferenceId, count: people.length }));
    return people.length;
  }

  /** Writes what stands elsewhere than before, or at another level. */
  private async number(order: readonly WaveGuest[]): Promise<void> {
    for (const [index, guest] of order.entries()) {
      const { id, level, place } = guest;
      if (place !== index + 1 || 'levelBefore' in guest)
        await this.db.repository(WaveGuest).update({ id }, { place: index + 1, level });
    }
  }

  /** One change to a draft; two at once do not both pass. */
  private changing<T>(conferenceId: string, read: Read, work: (wave: InvitationWave) => Promise<T>): Promise<T> {
    return this.db.transaction(async () => {
      const wave = await this.waves.one(conferenceId, read.id);
      afterWaveCommand(wave.state, 'change');
      await this.db.updateIfUnchanged(InvitationWave, read, {});
      return work(wave);
    });
  }
}

/** Rows of one statement. */
const ROWS = 100;
const EVERY_PARTNER = { kind: null, country: null, everybody: true };

function reordered(guests: readonly Guest[], order: Reordering): WaveGuest[] {
  if (order.kind === 'protocol') return byProtocol(guests);
  const idOf = (publicId: string) => guests.find(({ person }) => person.publicId === publicId)?.id;
  if (order.kind === 'step') return moved(guests, idOf(order.person) ?? '', order.by);
  const levels = guests.map((guest) => {
    const level = order.levels[guest.person.publicId] ?? guest.level;
    return level === guest.level ? guest : { ...guest, level, levelBefore: guest.level };
  });
  const numbers = Object.entries(order.places).flatMap(([publicId, place]): [string, number][] => {
    const id = idOf(publicId);
    return id === undefined ? [] : [[id, place]];
  });
  return renumbered(levels, new Map(numbers));
}
