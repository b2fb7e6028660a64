import { Injectable } from '@nestjs/common';
import { In, LessThan, MoreThan, Not } from 'typeorm';
import type { Localized } from '../../../kernel/locale.js';
import { Database } from '../../../platform/database/database.js';
import type { Room } from '../../venues/index.js';
import { limitsOf } from '../conflicts/limits.rules.js';
import { VisitTitles } from '../programme.ports.js';
import { Session } from '../session.entity.js';
import type { Axis } from './board-axis.rules.js';

/** Another programme in the same room, or in one that shares its walls; without a title where it is not for the reader. */
export interface ForeignBlock {
  title: Localized | null;
  kind: Session['kind'] | null;
  startsAt: Date;
  endsAt: Date;
  layout: Session['layout'];
  /** Minutes that its programme wants to set a room up. */
  setup: number;
}

/** Whether the reader may look into a conference's programme. */
export type MaySee = (conferenceId: string) => boolean;

/** The visits that the reader may know of. */
export type KnownVisits = Pick<ReadonlyMap<string, unknown>, 'has'>;

/** What other programmes have in the rooms of a board. */
@Injectable()
export class BoardNeighbours {
  constructor(
    private readonly db: Database,
    private readonly visits: VisitTitles,
  ) {}

  /** Of sessions that visits own, which visits the viewer of the request may know of. */
  knownVisits(sessions: readonly Session[]): Promise<KnownVisits> {
    const owners = sessions.flatMap(({ programme: { ownerKind, ownerId } }) =>
      ownerKind === 'visit' ? [ownerId] : [],
    );
    return this.visits.known([...new Set(owners)]);
  }

  /** Their sessions in the rooms, on the days; those that did not take place are not in the way. */
  near(programmeId: string, roomIds: readonly string[], axes: readonly Axis[]): Promise<Session[]> {
    if (roomIds.length === 0 || axes.length === 0) return Promise.resolve([]);
    return this.db.repository(Session).find({
      select: {
        id: true,
        title: true,
        kind: true,
        roomId: true,
        startsAt: true,
        endsAt: true,
        layout: true,
        restricted: true,
        programme: { id: true, ownerKind: true, ownerId: true, limits: true },
      },
      relations: { programme: true },
      where: {
        programmeId: Not(programmeId),
        status: 'planned',
        roomId: In([...new Set(roomIds)]),
        startsAt: LessThan(axes.at(-1)!.to),
        endsAt: MoreThan(axes[0]!.from),
      },
      order: { startsAt: 'ASC', id: 'ASC' },
    });
  }
}

/** Which rooms share walls: whoever takes the whole takes the parts. */
export function wallsOf(rooms: readonly Room[]) {
  const known = new Map(rooms.map(({ id, parts }) => [id, parts.length === 0 ? [id] : parts]));
  const parts = (id: string): readonly string[] => known.get(id) ?? [id];
  const sharing = (id: string) =>
    [...known].flatMap(([other, ofOther]) => (ofOther.some((part) => parts(id).includes(part)) ? [other] : []));
  return { parts, sharing };
}

export function shownForeign(session: Session, maySee: MaySee, visits: KnownVisits): ForeignBlock {
  const { title, kind, startsAt, endsAt, layout, restricted, programme } = session;
  const { ownerKind, ownerId } = programme;
  const seen = ownerKind === 'visit' ? !restricted && visits.has(ownerId) : !restricted || maySee(ownerId);
  const { setup } = limitsOf(programme.limits);
  return { title: seen ? title : null, kind: seen ? kind : null, startsAt: startsAt!, endsAt: endsAt!, layout, setup };
}
