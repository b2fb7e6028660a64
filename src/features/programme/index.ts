export { ProgrammeModule } from './programme.module.js';

export { Programme, Strand, type OwnerKind } from './programme.entity.js';
export { Session, Talk } from './session.entity.js';
export { Assignment, Availability, WeeklyAvailability } from './assignment.entity.js';
export { PrintedName, Release, ReleaseSession, SessionRevision } from './release.entity.js';
export { CalendarObject } from './calendar-object.entity.js';

export {
  kindDefaults,
  LAYOUTS,
  SESSION_KINDS,
  type Layout,
  type SessionKind,
  type SessionStatus,
} from './session.rules.js';
export { ASSIGNMENT_ROLES, inPrintOrder, type AssignmentRole, type AssignmentState } from './assignment.rules.js';
export type { AvailabilityKind, StatedTime } from './availability.rules.js';
export type { Finding, FindingRule, Severity } from './conflicts/finding.rules.js';
export type { Attended } from './conflicts/placed-session.rules.js';
export {
  changesBetween,
  sameContent,
  significantPart,
  type ChangeKind,
  type ReleasedSnapshot,
  type SessionChange,
  type SessionContent,
  type ShownChange,
} from './release.rules.js';
export type { Detail } from './release-details.rules.js';
export { detailTexts, type DifferenceWords } from './release-words.js';
export { sessionView } from './release-views.js';

/** Programmes and strands; the working draft: sessions, talks, who takes part, when they can. */
export { Programmes, type NewProgramme, type StrandFields } from './programmes.service.js';
export { Sessions, type NewSession, type SavedSession, type SessionChanges } from './sessions.service.js';
export { Talks, type NewTalk, type SavedTalk } from './talks.service.js';
export { Assignments, type NewAssignment, type SavedAssignment } from './assignments.service.js';
export { Availabilities } from './availabilities.service.js';
export { Conflicts, type FoundConflict } from './conflicts/conflicts.service.js';
export { worded, type WordedConflict } from './conflicts/finding-words.js';
export { ProgrammeQueries } from './programme.queries.js';
export { readStart } from './place.rules.js';

/** Steps of the board, each of which can be undone. */
export { BoardOperations } from './board/board-operations.service.js';
export type { BoardCommand } from './board/board-steps.service.js';

/** An old release, or a draft that was kept, brought back into the draft. */
export { KeptDraft } from './restore/kept-draft.entity.js';
export { Restorations, type Source } from './restore/restorations.service.js';
export { DraftRestored } from './restore/restore.events.js';

/** Publishing, and what the public may see. */
export { Releases, type Comparison, type NewRelease } from './releases.service.js';
export {
  ReleasedProgrammes,
  type ReleasedPerson,
  type ReleasedProgramme,
  type ReleasedSession,
  type ReleasedTalk,
} from './released-programmes.service.js';
export {
  CalendarObjects,
  methodOf,
  type CalendarStamp,
  type CalendarSubject,
  type Told,
} from './calendar-objects.service.js';

/** Programmes in the formats of other programs. */
export { ExchangeModule } from './exchange/exchange.module.js';
export { ProgrammeImports, type ImportPreview } from './exchange/programme-imports.service.js';
export { ScheduleExport } from './exchange/schedule-export.service.js';
export { scheduleJson } from './exchange/schedule-json.rules.js';
export { SCHEDULE_XML_TYPE, writeScheduleXml } from './exchange/schedule-xml.rules.js';

/** Filled by features that know programmes. */
export {
  Attendances,
  PeopleToTell,
  SignUps,
  VisitTitles,
  type SignedUpForBoth,
  type PlannedChange,
  type PlannedMail,
} from './programme.ports.js';
export { SharedNews } from './shared-news.service.js';
export { Tellings, type HeldNews } from './tellings.service.js';
export { NO_SUBJECT, printOf, printOfContent, type PersonalContent, type SubjectPart } from './calendar-revision.js';
export { OFF, standsInCalendar, stepFor } from './telling.rules.js';
export * from './programme.events.js';
