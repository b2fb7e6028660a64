const OF_SESSION = [
  'SessionAdded',
  'SessionEdited',
  'SessionMoved',
  'SessionCancelled',
  'SessionReinstated',
  'SessionRemoved',
  'SessionAttended',
];
const IN_SESSION = [
  'TalkAdded',
  'TalkEdited',
  'TalkRemoved',
  'PersonAssigned',
  'PersonUnassigned',
  'AssignmentAnswered',
];
const OF_HOUSE = ['RoomAdded', 'RoomChanged', 'ProgrammeCreated', 'ProgrammeZoneChanged', 'ConflictLimitsChanged'];
const OF_PERSON = ['AvailabilityStated'];
/** Many sessions at once. */
const OF_PROGRAMME = ['ImportUndone'];

/** Types of the entries after which conflicts may be others. */
export const NEWS_TYPES: readonly string[] = [...OF_SESSION, ...IN_SESSION, ...OF_HOUSE, ...OF_PERSON, ...OF_PROGRAMME];

/** A journal entry, as far as it says what it is about. */
interface Entry {
  readonly type: string;
  readonly subjectId: string;
  readonly personId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What has to be read again. */
export interface News {
  /** Rooms, limits or zones. */
  house: boolean;
  sessions: Set<string>;
  people: { programmeId: string; personId: string }[];
  programmes: Set<string>;
}

/** What journal entries say has to be read again; others say nothing. */
export function newsOf(entries: readonly Entry[]): News {
  const news: News = { house: false, sessions: new Set(), people: [], programmes: new Set() };
  const people = new Map<string, { programmeId: string; personId: string }>();
  for (const { type, subjectId, personId, data } of entries) {
    if (OF_SESSION.includes(type)) news.sessions.add(subjectId);
    else if (IN_SESSION.includes(type)) news.sessions.add(data['sessionId'] as string);
    else if (OF_HOUSE.includes(type)) news.house = true;
    else if (OF_PROGRAMME.includes(type)) news.programmes.add(data['programmeId'] as string);
    else if (OF_PERSON.includes(type) && personId !== null) {
      const programmeId = data['programmeId'] as string;
      people.set(`${programmeId} ${personId}`, { programmeId, personId });
    }
  }
  return { ...news, people: [...people.values()] };
}
