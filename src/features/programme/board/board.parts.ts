import { BoardApi } from './board.api.js';
import { BoardDesk } from './board-desk.service.js';
import { BoardHeat } from './board-heat.service.js';
import { BoardEventsPages } from './board-events.pages.js';
import { BoardNeighbours } from './board-neighbours.queries.js';
import { BoardOperations } from './board-operations.service.js';
import { BoardPages } from './board.pages.js';
import { BoardQueries } from './board.queries.js';
import { BoardSteps } from './board-steps.service.js';
import { BoardStreams } from './board-streams.service.js';
import { BoardTouches } from './board-touches.js';
import { BoardTurns } from './board-turns.service.js';
import { HeatApi } from './heat.api.js';
import { MovePages } from './move.pages.js';
import { SeveralPages } from './several.pages.js';

/** What the board adds to the module of programmes. */
export const BOARD_SERVICES = [
  BoardOperations,
  BoardSteps,
  BoardTurns,
  BoardTouches,
  BoardQueries,
  BoardNeighbours,
  BoardDesk,
  BoardHeat,
  BoardStreams,
];
export const BOARD_CONTROLLERS = [BoardPages, SeveralPages, MovePages, BoardEventsPages, BoardApi, HeatApi];
