import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { OutgoingMail } from '../../platform/mail/outgoing-mail.entity.js';
import { Outbox } from '../../platform/mail/outbox.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Conferences, type Conference } from '../conferences/index.js';
import {
  OFF,
  PeopleToTell,
  printOf,
  ProgrammeReleased,
  Programmes,
  Releases,
  SharedNews,
  Tellings,
  type CalendarObject,
  type PlannedChange,
  type PlannedMail,
} from '../programme/index.js';
import { InvitationSubjects, releasedSession, type AskedSession } from './invitation-subjects.service.js';
import { isToday } from './news.rules.js';
import { News, type Compared, type PossibleNews } from './news.service.js';
import { ReleaseInvolved, type InSession } from './release-involved.queries.js';

type Released = Parameters<typeof ProgrammeReleased>[0];
type Sides = Pick<PlannedChange, 'before' | 'after'>;
type Concern = Omit<Compared, 'urgent'> & { readonly to: InSession };

/**
 * What a release says to people, held: to each person one mail for each session that changed in a way that matters to
 * them, or one for many of them; to everybody else nothing (rulings 4 and 9).
 */
@Injectable()
export class ReleaseMails {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly conferences: Conferences,
    private readonly programmes: Programmes,
    private readonly releases: Releases,
    private readonly involved: ReleaseInvolved,
    private readonly subjects: InvitationSubjects,
    private readonly tellings: Tellings,
    private readonly news: News,
    journal: Journal,
    toTell: PeopleToTell,
    shared: SharedNews,
  ) {
    journal.on(ProgrammeReleased, (release) => this.released(release));
    toTell.from((conferenceId, changes) => this.planned(conferenceId, changes));
    shared.from((mailId, others) => this.again(mailId, others));
  }

  private async planned(conferenceId: string, changes: readonly PlannedChange[]): Promise<PlannedMail[]> {
    if (!(await this.conferences.byId(conferenceId))) return [];
    const byId = new Map(changes.map((change) => [change.sessionId, change]));
    const concerned = await this.involved.of(changes);
    const all = await this.withTorn(concerned.map((to) => concern(to, byId.get(to.sessionId)!.print)));
    const news = all.map((one) => {
      const change = byId.get(one.to.sessionId);
      return { ...one, urgent: change !== undefined && isToday(change, this.clock.now()) };
    });
    return this.news.mails(news).flatMap((mail) =>
      mail.map(({ to, kind }) => ({
        personId: to.person.id,
        sessionId: to.sessionId,
        kind,
        digest: mail.length > 1,
      })),
    );
  }

  private async released({ id, programmeId, conferenceId, number, changes }: Released): Promise<void> {
    // The programme of a visit tells its guests in its own way.
    const conference = conferenceId === undefined ? null : await this.conferences.byId(conferenceId);
    if (!conference) return;
    const involved = await this.involved.of(changes);
    if (involved.length === 0) return;
    const changed = new Set(involved.map(({ sessionId }) => sessionId));
    const parts = await this.tellings.sessionParts([...changed]);
    const all = await this.withTorn(
      involved.map((to) => concern(to, printOf({ ...parts.get(to.sessionId)!, ownSignificant: '' }))),
    );
    const news = await this.possible(conference, { programmeId, number, changed }, all);
    await this.news.tell(news, { batch: `release:${id}`, id });
  }

  /** A held digest goes because one thing in it is told otherwise now: the others are told anew, in its batch. */
  private async again(mailId: string, others: readonly CalendarObject[]): Promise<void> {
    const { batch, conferenceId } = await this.db.repository(OutgoingMail).findOneByOrFail({ id: mailId });
    const involved = await this.involved.holding(others);
    // It has left a moment ago, and told all of it.
    if ((await this.outbox.discardHeld({ ids: [mailId] })) === 0) return;
    const { id: programmeId } = await this.programmes.ofOwner(conferenceId!);
    const release = await this.releases.current(programmeId);
    const concerned = involved.map(tornOut).map(({ to, ...one }): Concern => {
      const object = to.object && { ...to.object, heldMail: null };
      return { ...one, to: { ...to, object } };
    });
    const conference = (await this.conferences.byId(conferenceId!))!;
    const now = { programmeId, number: release!.number, changed: new Set<string>() };
    const news = await this.possible(conference, now, concerned);
    await this.news.tell(news, { batch: batch!, id: release!.id, instead: mailId });
  }

  /**
   * Held digests of which something is told otherwise now are replaced whole: what else they tell has to be told again,
   * whether this release changes it or not.
   */
  private async withTorn(concerned: readonly Concern[]): Promise<Concern[]> {
    const torn = new Set(News.overtaken(concerned));
    if (torn.size === 0) return [...concerned];
    const known = new Set(concerned.map(({ to }) => to.object?.id));
    const others = (await this.tellings.heldIn([...torn])).filter(({ id }) => !known.has(id));
    const involved = others.length === 0 ? [] : await this.involved.holding(others);
    return [
      ...concerned.map((one) => ({ ...one, torn: torn.has(one.to.object?.heldMail ?? '') })),
      ...involved.map(tornOut),
    ];
  }

  private async possible(
    conference: Conference,
    { programmeId, number, changed }: { programmeId: string; number: number; changed: ReadonlySet<string> },
    concerned: readonly Concern[],
  ): Promise<PossibleNews[]> {
    const ids = [...new Set(concerned.map(({ to }) => to.sessionId))];
    const sides = await this.releases.sidesOf(programmeId, number, ids);
    const gone = await this.subjects.gone(ids.filter((id) => !sides.get(id)!.after && !sides.get(id)!.before));
    const parts = await this.tellings.sessionParts(ids);
    return concerned.map((one): PossibleNews => {
      const id = one.to.sessionId;
      const session = gone.get(id) ?? shownIn(id, sides.get(id)!);
      const urgent = changed.has(id) && isToday(sides.get(id)!, this.clock.now());
      return { ...one, subject: { conference, session }, part: parts.get(id)!, urgent };
    });
  }
}

function concern(to: InSession, print: string): Concern {
  return { to, print: to.dropped ? OFF : print, torn: false };
}

/** What a held mail tells, told anew as it is. */
function tornOut(to: InSession): Concern {
  return { to, print: to.object!.heldPrint!, torn: true };
}

/** As it is told: where it is now, or where it would have been. */
function shownIn(id: string, { before, after }: Sides): AskedSession {
  if (after) return releasedSession(id, after);
  return { ...releasedSession(id, before!), cancelled: true, open: false };
}
