import { journalEvent } from '../../platform/journal/journal.js';
import type { AssignmentRole, AssignmentState } from './assignment.rules.js';
import type { SessionChange } from './release.rules.js';

/** Where something happened: `conferenceId` is missing for the programme of a visit. */
interface InProgramme {
  id: string;
  programmeId: string;
  conferenceId?: string;
}

interface Assigned extends InProgramme {
  personId: string;
  sessionId: string;
  role: AssignmentRole;
}

interface Placed {
  startsAt: string | null;
  endsAt: string | null;
  roomId: string | null;
}

export const ProgrammeCreated = journalEvent<InProgramme>('ProgrammeCreated');
export const ProgrammeZoneChanged = journalEvent<InProgramme & { from: string; to: string }>('ProgrammeZoneChanged');
/** Names of the limits that changed. */
export const ConflictLimitsChanged = journalEvent<InProgramme & { limits: string[] }>('ConflictLimitsChanged');
export const StrandSaved = journalEvent<InProgramme & { code: string }>('StrandSaved');
export const StrandRemoved = journalEvent<InProgramme & { code: string }>('StrandRemoved');
export const SessionAdded = journalEvent<InProgramme & { kind: string }>('SessionAdded');
/** Names of the fields that changed. */
export const SessionEdited = journalEvent<InProgramme & { fields: string[] }>('SessionEdited');
export const SessionMoved = journalEvent<InProgramme & { from: Placed; to: Placed }>('SessionMoved');
export const SessionCancelled = journalEvent<InProgramme>('SessionCancelled');
export const SessionReinstated = journalEvent<InProgramme>('SessionReinstated');
export const SessionRemoved = journalEvent<InProgramme & { released: boolean }>('SessionRemoved');
export const TalkAdded = journalEvent<InProgramme & { sessionId: string }>('TalkAdded');
export const TalkEdited = journalEvent<InProgramme & { sessionId: string; fields: string[] }>('TalkEdited');
export const TalkRemoved = journalEvent<InProgramme & { sessionId: string }>('TalkRemoved');
export const PersonAssigned = journalEvent<Assigned & { state: AssignmentState }>('PersonAssigned');
export const PersonUnassigned = journalEvent<Assigned>('PersonUnassigned');
export const AssignmentAnswered = journalEvent<Assigned & { state: AssignmentState }>('AssignmentAnswered');
export const AvailabilityStated = journalEvent<InProgramme & { personId: string; source: string }>(
  'AvailabilityStated',
);
/** Others come to it from another programme than before, or at other times. */
export const SessionAttended = journalEvent<{ id: string; programmeId: string }>('SessionAttended');
export const FindingOverridden = journalEvent<InProgramme & { key: string; reason: string }>('FindingOverridden');
export const OverrideWithdrawn = journalEvent<InProgramme & { key: string }>('OverrideWithdrawn');

/** A release is there from now on; that of a conference is public. `id` is the release. */
export const ProgrammeReleased = journalEvent<InProgramme & { number: number; changes: SessionChange[] }>(
  'ProgrammeReleased',
);
