import { Injectable } from '@nestjs/common';
import type { Localized } from '../../kernel/locale.js';
import { localDay } from '../../kernel/zones.js';
import { Database } from '../../platform/database/database.js';
import type { AssignmentRole } from './assignment.rules.js';
import { CalendarObject } from './calendar-object.entity.js';
import { stampOf, type CalendarStamp } from './calendar-objects.service.js';
import { Programme } from './programme.entity.js';
import { Programmes } from './programmes.service.js';
import type { NameAsPrinted } from './release-content.rules.js';
import { ReleaseSnapshots } from './release-snapshots.service.js';
import type { ReleasedTalkContent, SessionContent } from './release.rules.js';
import { Release, SessionRevision } from './release.entity.js';

/** A person as printed; `name` is null where it was erased: print "name removed". */
export interface ReleasedPerson {
  readonly personId: string;
  readonly role: AssignmentRole;
  readonly seat: number | null;
  readonly name: string | null;
  readonly affiliation: string | null;
  readonly country: string | null;
}

export interface ReleasedTalk extends ReleasedTalkContent {
  readonly people: readonly ReleasedPerson[];
}

export interface ReleasedSession extends Omit<SessionContent, 'startsAt' | 'endsAt' | 'talks' | 'people'> {
  readonly id: string;
  readonly revision: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** `YYYY-MM-DD` in the zone of the programme. */
  readonly day: string;
  readonly talks: readonly ReleasedTalk[];
  /** Of the session as a whole; speakers of talks stand with their talks. */
  readonly people: readonly ReleasedPerson[];
  readonly calendar: CalendarStamp;
}

/** What the public may see of a programme: one release. */
export interface ReleasedProgramme {
  readonly programmeId: string;
  readonly ownerId: string;
  readonly zone: string;
  readonly release: Release;
  readonly namesEpoch: number;
  /** In order of start, room, code; cancelled ones among them, restricted ones not. */
  readonly sessions: readonly ReleasedSession[];
  /** Not for the public: only for people who take part, and for staff. */
  readonly restricted: readonly ReleasedSession[];
  /**
   * Public once, in no later release or not for everybody any more: as they last were while they were, cancelled. For
   * feeds, until `staysInFeed(calendar.cancelledAt)` ends.
   */
  readonly withdrawn: readonly ReleasedSession[];
  /** Restricted when they were last released, and in no later release: for feeds of people who take part. */
  readonly restrictedWithdrawn: readonly ReleasedSession[];
  readonly days: readonly string[];
  readonly strands: readonly { id: string; code: string; name: Localized; colour: string }[];
}

const REMEMBERED = 50;

/** The read model behind every public page, feed and file. Kept per release and names epoch, so nothing must be told between processes. */
@Injectable()
export class ReleasedProgrammes {
  private readonly kept = new Map<string, { version: string; model: ReleasedProgramme }>();

  constructor(
    private readonly db: Database,
    private readonly programmes: Programmes,
    private readonly snapshots: ReleaseSnapshots,
  ) {}

  /** Changes with every release and every name that is erased; the version for PublishedAnswers. One statement. */
  async versionOf(ownerId: string): Promise<string> {
    const programme = await this.db.repository(Programme).findOneBy({ ownerId });
    return programme ? versionOf(programme) : '';
  }

  /** By conference or visit; null before the first release. One statement while nothing changes, else seven. */
  async ofOwner(ownerId: string): Promise<ReleasedProgramme | null> {
    return this.of(await this.programmes.ofOwner(ownerId));
  }

  async released(programmeId: string): Promise<ReleasedProgramme | null> {
    return this.of(await this.programmes.byId(programmeId));
  }

  private async of(programme: Programme): Promise<ReleasedProgramme | null> {
    if (programme.currentRelease === null) return null;
    const version = versionOf(programme);
    const known = this.kept.get(programme.id);
    if (known?.version === version) return known.model;
    const model = await this.load(programme, programme.currentRelease);
    this.kept.delete(programme.id);
    this.kept.set(programme.id, { version, model });
    if (this.kept.size > REMEMBERED) this.kept.delete(this.kept.keys().next().value!);
    return model;
  }

  private async load(programme: Programme, number: number): Promise<ReleasedProgramme> {
    const release = await this.db.repository(Release).findOneByOrFail({ programmeId: programme.id, number });
    const { sessions, names } = await this.snapshots.released(release.id);
    const objects = new Map(
      (await this.db.repository(CalendarObject).findBy({ programmeId: programme.id })).map((row) => [
        row.sessionId!,
        row,
      ]),
    );
    const shown = sessions.map(({ sessionId, revision, content }) =>
      sessionOf(sessionId, revision, content, names, objects.get(sessionId)!),
    );
    const inRelease = new Set(sessions.map(({ sessionId }) => sessionId));
    const off = ({ sessionId, revision, content }: SessionRevision, object: CalendarObject): ReleasedSession =>
      sessionOf(sessionId, revision, { ...content, status: 'cancelled' }, names, object);
    const latest = await this.snapshots.latestRevisions([...objects.keys()].filter((id) => !inRelease.has(id)));
    const gone = latest.map((revision) => off(revision, objects.get(revision.sessionId)!));
    const hidden = [...objects.values()].filter(({ hiddenAt }) => hiddenAt !== null);
    const lastOpen = await this.snapshots.lastOpen(hidden.map(({ sessionId }) => sessionId!));
    const closed = lastOpen.map((revision) => off(revision, asSeen(objects.get(revision.sessionId)!)));
    const open = shown.filter(({ restricted }) => !restricted);
    return {
      programmeId: programme.id,
      ownerId: programme.ownerId,
      zone: programme.zone,
      release,
      namesEpoch: programme.namesEpoch,
      sessions: open,
      restricted: shown.filter(({ restricted }) => restricted),
      withdrawn: [...gone.filter(({ restricted }) => !restricted), ...closed],
      restrictedWithdrawn: gone.filter(({ restricted }) => restricted),
      days: [...new Set(open.map(({ day }) => day))].sort(),
      strands: [...new Map(open.flatMap(({ strand }) => (strand ? [[strand.id, strand] as const] : []))).values()],
    };
  }
}

function versionOf({ currentRelease, namesEpoch }: Programme): string {
  return `${currentRelease ?? 0}.${namesEpoch}`;
}

/** The object as the public sees it: off since it was cancelled or hidden, whichever was first. */
function asSeen(object: CalendarObject): CalendarObject {
  const { cancelledAt, hiddenAt } = object;
  return {
    ...object,
    status: 'cancelled',
    cancelledAt: cancelledAt && cancelledAt < hiddenAt! ? cancelledAt : hiddenAt,
  };
}

function sessionOf(
  id: string,
  revision: number,
  content: SessionContent,
  names: ReadonlyMap<string, NameAsPrinted>,
  object: CalendarObject,
): ReleasedSession {
  const people = content.people.map(({ personId, role, seat, talkId }) => {
    const { name = null, affiliation = null, country = null } = names.get(personId) ?? {};
    return { talkId, person: { personId, role, seat, name, affiliation, country } };
  });
  const of = (talk: string | null) => people.filter(({ talkId }) => talkId === talk).map(({ person }) => person);
  const startsAt = new Date(content.startsAt);
  return {
    ...content,
    id,
    revision,
    startsAt,
    endsAt: new Date(content.endsAt),
    day: localDay(startsAt, content.zone),
    talks: content.talks.map((talk) => ({ ...talk, people: of(talk.id) })),
    people: of(null),
    calendar: stampOf(object),
  };
}
