import { z } from 'zod';
import { LOCALES } from '../../kernel/locale.js';
import { instantOut, listOf } from '../../platform/web/api.js';
import { ASSIGNMENT_ROLES, ASSIGNMENT_STATES } from './assignment.rules.js';
import { AVAILABILITY_KINDS, WEEKLY_KINDS } from './availability.rules.js';
import { FINDING_RULES, SEVERITIES } from './conflicts/finding.rules.js';
import { LAYOUTS, SESSION_KINDS, SESSION_STATUSES } from './session.rules.js';

/* What the API answers about programmes. */

export const localizedOut = z.partialRecord(z.enum(LOCALES), z.string());

export const sessionOut = z
  .object({
    id: z.uuid(),
    code: z.string(),
    kind: z.enum(SESSION_KINDS),
    title: localizedOut,
    abstract: localizedOut,
    strandId: z.uuid().nullable(),
    roomId: z.uuid().nullable(),
    startsAt: instantOut.nullable(),
    endsAt: instantOut.nullable(),
    minutes: z.number(),
    onlineUrl: z.string().nullable(),
    languages: z.array(z.string()),
    interpretation: z.array(z.string()),
    capacity: z.number().nullable(),
    expected: z.number().nullable(),
    layout: z.enum(LAYOUTS).nullable(),
    status: z.enum(SESSION_STATUSES),
    parallel: z.boolean(),
    restricted: z.boolean(),
    pinned: z.boolean().meta({ description: 'Stays where it is when places are proposed' }),
    revision: z.number(),
    version: z.number(),
  })
  .meta({ id: 'Session' });

export const findingOut = z
  .object({
    key: z.string(),
    rule: z.enum(FINDING_RULES),
    severity: z.enum(SEVERITIES),
    sessions: z.array(z.string()),
    people: z.array(z.string()),
    rooms: z.array(z.string()),
    minutes: z.number(),
    override: z.object({ reason: z.string(), accountId: z.string().nullable(), at: instantOut }).nullable(),
    visit: z
      .object({ title: localizedOut.nullable() })
      .nullable()
      .meta({
        description:
          'Whose delegation attends, where it is about one; its title only for those who may know of the visit',
      }),
    involved: z.array(
      z.object({
        id: z.string(),
        own: z.boolean(),
        occupied: z.boolean(),
        title: localizedOut,
        startsAt: instantOut,
        endsAt: instantOut,
      }),
    ),
  })
  .meta({ id: 'Finding' });

export const talkOut = z
  .object({
    id: z.uuid(),
    sessionId: z.uuid(),
    code: z.string(),
    position: z.number(),
    title: localizedOut,
    abstract: localizedOut,
    minutes: z.number().nullable(),
    language: z.string().nullable(),
    version: z.number(),
  })
  .meta({ id: 'Talk' });

export const assignmentOut = z
  .object({
    id: z.uuid(),
    sessionId: z.uuid(),
    talkId: z.uuid().nullable(),
    personId: z.uuid(),
    role: z.enum(ASSIGNMENT_ROLES),
    state: z.enum(ASSIGNMENT_STATES),
    seat: z.number().nullable(),
    zone: z.string().nullable(),
    version: z.number(),
  })
  .meta({ id: 'Assignment' });

export const availabilityOut = z
  .object({
    id: z.uuid(),
    personId: z.uuid(),
    kind: z.enum(AVAILABILITY_KINDS),
    startsAt: instantOut,
    endsAt: instantOut,
    source: z.string().meta({ description: 'Who said so: staff, registration, visit' }),
  })
  .meta({ id: 'Availability' });

export const strandOut = z
  .object({
    id: z.uuid(),
    code: z.string(),
    name: localizedOut,
    colour: z.string(),
    position: z.number(),
    version: z.number(),
  })
  .meta({ id: 'Strand' });

/** Every write of the draft answers the conflicts that touch the session. */
export const savedSessionOut = z
  .object({ session: sessionOut, findings: z.array(findingOut) })
  .meta({ id: 'SavedSession' });
export const savedTalkOut = z.object({ talk: talkOut, findings: z.array(findingOut) }).meta({ id: 'SavedTalk' });
export const savedAssignmentOut = z
  .object({ assignment: assignmentOut, findings: z.array(findingOut) })
  .meta({ id: 'SavedAssignment' });
export const savedAvailabilityOut = z
  .object({ availability: availabilityOut, findings: z.array(findingOut) })
  .meta({ id: 'SavedAvailability' });

export const sessionList = listOf(sessionOut).meta({ id: 'SessionList' });
export const talkList = listOf(talkOut).meta({ id: 'TalkList' });
export const assignmentList = listOf(assignmentOut).meta({ id: 'AssignmentList' });
export const weeklyOut = z
  .object({
    id: z.uuid(),
    personId: z.uuid(),
    kind: z.enum(WEEKLY_KINDS),
    weekday: z.number().meta({ description: '1 Monday to 7 Sunday' }),
    opensAt: z.number().meta({ description: 'Minutes after midnight, on the clock of the programme' }),
    closesAt: z.number(),
  })
  .meta({ id: 'WeeklyAvailability' });
export const savedWeeklyOut = z
  .object({ availability: weeklyOut, findings: z.array(findingOut) })
  .meta({ id: 'SavedWeeklyAvailability' });
export const weeklyList = listOf(weeklyOut).meta({ id: 'WeeklyAvailabilityList' });
export const limitsOut = z
  .object({
    walk: z.number(),
    travel: z.number(),
    setup: z.number(),
    afterArrival: z.number(),
    beforeDeparture: z.number(),
    interpreterAlone: z.number(),
    interpreterDay: z.number(),
  })
  .meta({ id: 'ConflictLimitsNow' });
export const availabilityList = listOf(availabilityOut).meta({ id: 'AvailabilityList' });
export const strandList = listOf(strandOut).meta({ id: 'StrandList' });
export const findingList = listOf(findingOut).meta({ id: 'FindingList' });
