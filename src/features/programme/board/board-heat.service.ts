import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { capitalized } from '../../../platform/web/view-helpers.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import { Assignment } from '../assignment.entity.js';
import type { AssignmentRole } from '../assignment.rules.js';
import type { FoundConflict } from '../conflicts/conflicts.service.js';
import { pointsOf, worst } from '../conflicts/finding.rules.js';
import { MovingTogether } from '../conflicts/moving-together.service.js';
import type { Programme } from '../programme.entity.js';
import { ProgrammeQueries } from '../programme.queries.js';
import { BoardDesk } from './board-desk.service.js';
import { reasonText, type RolesThere } from './board-reasons.js';
import { placeText } from './board-words.js';

const MINUTE = 60_000;
const DEFAULT_STEP = 5;
/** Nobody reads more while the hand is on the mouse. */
const MOST_REASONS = 5;

export interface HeatAsked {
  readonly sessions: readonly string[];
  readonly from: Date;
  readonly to: Date;
  readonly step: number | null;
  readonly minutes: number | null;
  readonly points: boolean;
}

export interface AskedPlace {
  readonly id: string;
  readonly start: Date;
  readonly minutes: number;
  readonly roomId: string | null;
}

/** How bad the places of the board are for what is about to move, and why. Changes nothing. */
@Injectable()
export class BoardHeat {
  constructor(
    private readonly db: Database,
    private readonly together: MovingTogether,
    private readonly queries: ProgrammeQueries,
    private readonly desk: BoardDesk,
  ) {}

  /** For each session one digit for every start in every room; `to` is no start any more. */
  async maps(programme: Programme, { sessions, from, to, minutes, points, ...asked }: HeatAsked) {
    const step = asked.step ?? DEFAULT_STEP;
    const count = Math.ceil((to.getTime() - from.getTime()) / (step * MINUTE));
    const starts = Array.from({ length: count }, (_, n) => from.getTime() + n * step * MINUTE);
    const maps = await this.together.heatMaps(programme, sessions, { starts, minutes });
    return {
      from,
      step,
      sessions: [...maps].map(([id, map]) => ({
        id,
        rooms: map.rooms.map((roomId, at) => ({
          id: roomId,
          heat: map.heat.subarray(at * count, (at + 1) * count).join(''),
          ...(points ? { points: [...map.points.subarray(at * count, (at + 1) * count)] } : {}),
        })),
      })),
    };
  }

  /** What is against the places, in sentences, worst first. */
  async reasons(web: WebContext, programme: Programme, places: readonly AskedPlace[]) {
    const [wording, found] = await Promise.all([
      this.desk.wording(web, programme),
      this.together.explain(programme, places),
    ]);
    const moving = new Set(places.map(({ id }) => id));
    const [{ people }, roles] = await Promise.all([this.queries.names(found), this.rolesThere(found, moving)]);
    const severity = worst(found) ?? null;
    const labelOf = (name: string) => capitalized(web.t(name));
    const [leader] = places as [AskedPlace];
    return {
      where: placeText(wording, leader, false),
      severity,
      label: labelOf(severity === null ? 'programme.places.heat.none' : `severity.${severity}`),
      points: pointsOf(found),
      reasons: found.slice(0, MOST_REASONS).map((one) => ({
        severity: one.severity,
        label: labelOf(`severity.${one.severity}`),
        text: reasonText(wording, one, { people, roles, moving }),
      })),
      more: Math.max(0, found.length - MOST_REASONS),
    };
  }

  /** What the people of the conflicts do in the sessions that are in the way. */
  private async rolesThere(found: readonly FoundConflict[], moving: ReadonlySet<string>): Promise<RolesThere> {
    const twice = found.filter(({ rule }) => rule === 'person-double');
    const sessionIds = [...new Set(twice.flatMap(({ sessions }) => sessions))].filter((id) => !moving.has(id));
    const personIds = [...new Set(twice.flatMap(({ people }) => people))];
    if (sessionIds.length === 0) return () => [];
    const assigned = await this.db.repository(Assignment).find({
      select: { id: true, sessionId: true, personId: true, role: true },
      where: { sessionId: In(sessionIds), personId: In(personIds), state: In(['proposed', 'confirmed']) },
    });
    return (sessionId, personId): AssignmentRole[] => [
      ...new Set(
        assigned.filter((one) => one.sessionId === sessionId && one.personId === personId).map(({ role }) => role),
      ),
    ];
  }
}
