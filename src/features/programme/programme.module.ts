import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/index.js';
import { PeopleModule } from '../people/index.js';
import { VenuesModule } from '../venues/index.js';
import { Assignment, Availability, WeeklyAvailability } from './assignment.entity.js';
import { Assignments } from './assignments.service.js';
import { AvailabilitiesApi } from './availabilities.api.js';
import { AvailabilitiesPages } from './availabilities.pages.js';
import { Availabilities } from './availabilities.service.js';
import { BOARD_CONTROLLERS, BOARD_SERVICES } from './board/board.parts.js';
import { BoardOperations } from './board/board-operations.service.js';
import { BoardOperation } from './board/board-operation.entity.js';
import { CalendarObject } from './calendar-object.entity.js';
import { CalendarObjects } from './calendar-objects.service.js';
import { CONFLICT_CONTROLLERS, CONFLICT_SERVICES } from './conflicts/conflicts.parts.js';
import { Conflicts } from './conflicts/conflicts.service.js';
import { FindingOverride } from './conflicts/finding-override.entity.js';
import { INTERPRETATION_CONTROLLERS, INTERPRETATION_SERVICES } from './interpretation/interpretation.parts.js';
import { PROPOSING_CONTROLLERS, PROPOSING_SERVICES } from './proposing/proposing.parts.js';
import { SchedulingRun } from './proposing/scheduling-run.entity.js';
import { Attendances, PeopleToTell, SignUps, VisitTitles } from './programme.ports.js';
import { Programme, Strand } from './programme.entity.js';
import { ProgrammeApi } from './programme.api.js';
import { ProgrammePeople } from './programme-people.queries.js';
import { ProgrammeQueries } from './programme.queries.js';
import { Programmes } from './programmes.service.js';
import { PrintedName, Release, ReleaseSession, SessionRevision } from './release.entity.js';
import { ReleaseDesk } from './release-desk.service.js';
import { ReleaseSnapshots } from './release-snapshots.service.js';
import { ReleaseStore } from './release-store.service.js';
import { ReleasedCalendar } from './released-calendar.service.js';
import { ReleasedProgrammes } from './released-programmes.service.js';
import { ReleasesApi } from './releases.api.js';
import { ReleasesPages } from './releases.pages.js';
import { Releases } from './releases.service.js';
import { KeptDraft } from './restore/kept-draft.entity.js';
import { RESTORE_CONTROLLERS, RESTORE_SERVICES } from './restore/restore.parts.js';
import { SCHEDULER_SERVICES } from './scheduler/scheduler.parts.js';
import { Session, Talk } from './session.entity.js';
import { SessionPartsPages } from './session-parts.pages.js';
import { SessionPartsApi } from './session-parts.api.js';
import { SessionsPages } from './sessions.pages.js';
import { SessionsApi } from './sessions.api.js';
import { Sessions } from './sessions.service.js';
import { StrandsPages } from './strands.pages.js';
import { Talks } from './talks.service.js';
import { WeeklyAvailabilitiesApi } from './weekly-availabilities.api.js';
import { SharedNews } from './shared-news.service.js';
import { Tellings } from './tellings.service.js';

const entities = [
  Programme,
  Strand,
  Session,
  Talk,
  Assignment,
  Availability,
  WeeklyAvailability,
  FindingOverride,
  Release,
  ReleaseSession,
  SessionRevision,
  PrintedName,
  CalendarObject,
  BoardOperation,
  SchedulingRun,
  KeptDraft,
];
const services = [
  Programmes,
  Sessions,
  Talks,
  Assignments,
  Availabilities,
  Conflicts,
  Releases,
  ReleasedProgrammes,
  CalendarObjects,
  Tellings,
  SharedNews,
  SignUps,
  Attendances,
  VisitTitles,
  PeopleToTell,
];

@Module({
  imports: [TypeOrmModule.forFeature(entities), AccountsModule, PeopleModule, VenuesModule],
  providers: [
    ...services,
    ...BOARD_SERVICES,
    ...CONFLICT_SERVICES,
    ...SCHEDULER_SERVICES,
    ...INTERPRETATION_SERVICES,
    ...PROPOSING_SERVICES,
    ...RESTORE_SERVICES,
    ReleaseSnapshots,
    ReleaseStore,
    ReleaseDesk,
    ReleasedCalendar,
    ProgrammeQueries,
    ProgrammePeople,
  ],
  controllers: [
    SessionsPages,
    SessionPartsPages,
    StrandsPages,
    ReleasesPages,
    AvailabilitiesPages,
    SessionsApi,
    SessionPartsApi,
    ProgrammeApi,
    ReleasesApi,
    AvailabilitiesApi,
    WeeklyAvailabilitiesApi,
    ...BOARD_CONTROLLERS,
    ...CONFLICT_CONTROLLERS,
    ...INTERPRETATION_CONTROLLERS,
    ...PROPOSING_CONTROLLERS,
    ...RESTORE_CONTROLLERS,
  ],
  exports: [...services, BoardOperations, ProgrammeQueries],
})
export class ProgrammeModule {}
