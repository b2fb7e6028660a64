import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound, RuleViolation, Stale } from '../../../kernel/errors.js';
import { LOCALES, pickText } from '../../../kernel/locale.js';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { Programmes, SessionAttended, Sessions, type Session } from '../../programme/index.js';
import { VisitMember } from '../delegation/member.entity.js';
import { Visit } from '../visit.entity.js';
import { isOver } from '../visit.rules.js';
import { MemberAdded, MemberChanged, MemberRemoved, VisitChanged, VisitStateChanged } from '../visits.events.js';
import { AttendanceChosen, AttendanceGivenUp } from './attended.events.js';
import { VisitAttendance } from './attendance.entity.js';

export interface WhoAttends {
  /** Members; null: everybody who comes in person. */
  readonly memberIds: readonly string[] | null;
  /** Of the row that was seen; 0: there was none. */
  readonly version: number;
}

/** The sessions of its conference that a delegation attends. */
@Injectable()
export class VisitAttendances {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly programmes: Programmes,
    private readonly sessions: Sessions,
  ) {
    journal.on(VisitChanged, async ({ id, fields }) => {
      if (fields.includes('conferenceId')) await this.giveUpAll(id);
      else if (fields.some((field) => ['startsOn', 'endsOn', 'zone'].includes(field))) await this.tell(id);
    });
    journal.on(VisitStateChanged, ({ id }) => this.tell(id));
    journal.on(MemberAdded, ({ id }) => this.tell(id));
    journal.on(MemberChanged, ({ id, fields }) => (fields.includes('inPerson') ? this.tell(id) : Promise.resolve()));
    journal.on(MemberRemoved, ({ id, memberId }) => this.left(id, memberId));
  }

  of(visitId: string): Promise<VisitAttendance[]> {
    return this.db.all(VisitAttendance, { visitId });
  }

  /**
   * All, or these members, attend a session of the conference that the visit is linked to. Throws NotFound for any other
   * session, and for one that is not published where only published ones may be chosen; InvalidInput at `memberIds`; Stale
   * when somebody was faster. The same again changes nothing.
   */
  choose(visit: Visit, sessionId: string, who: WhoAttends, publishedOnly: boolean): Promise<void> {
    return this.db.transaction(async () => {
      const session = await this.sessionOf(await this.openVisit(visit), sessionId);
      const row = await this.db.one(VisitAttendance, { visitId: visit.id, sessionId: session.id });
      const memberIds = await this.membersOf(visit, who.memberIds);
      if (row && JSON.stringify(row.memberIds) === JSON.stringify(memberIds)) return;
      if (!row && publishedOnly && (session.revision === 0 || session.restricted)) throw new NotFound();
      if (!row && session.status !== 'planned') throw new RuleViolation('error.visit.attended.off');
      if (row) {
        if (row.version !== who.version) throw new Stale(row);
        await this.db.updateIfUnchanged(VisitAttendance, row, { memberIds });
      } else await this.insert(visit, session, memberIds);
      const members = memberIds === null ? null : memberIds.length;
      await this.journal.record(AttendanceChosen({ id: visit.id, sessionId: session.id, members }));
      await this.journal.record(SessionAttended({ id: session.id, programmeId: session.programmeId }));
    });
  }

  /** Nobody attends it any more. Throws NotFound where nobody did. */
  giveUp(visit: Visit, sessionId: string): Promise<void> {
    return this.db.transaction(async () => {
      const row = (await this.of(visit.id)).find((one) => one.sessionId === sessionId);
      if (!row) throw new NotFound();
      await this.remove(row);
    });
  }

  private async insert(visit: Visit, session: Session, memberIds: string[] | null): Promise<void> {
    const title = LOCALES.map((locale) => pickText(session.title, locale).text).find(Boolean) ?? '';
    try {
      await this.db.insert(VisitAttendance, {
        id: this.ids.next(),
        visitId: visit.id,
        sessionId: session.id,
        called: title.slice(0, 300),
        memberIds,
        createdAt: this.clock.now(),
        version: 1,
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw new Stale();
      throw error;
    }
  }

  /** As it is now. Throws RuleViolation where nothing is prepared any more. */
  private async openVisit({ id }: Visit): Promise<Visit> {
    const visit = await this.db.repository(Visit).findOneByOrFail({ id });
    if (isOver(visit.state)) throw new RuleViolation('error.visit.over');
    return visit;
  }

  private async sessionOf({ conferenceId }: Visit, sessionId: string): Promise<Session> {
    if (conferenceId === null) throw new NotFound();
    const session = await this.sessions.byId((await this.programmes.ofOwner(conferenceId)).id, sessionId);
    if (session.kind === 'blocker') throw new NotFound();
    return session;
  }

  /** In the order of the list, each once. */
  private async membersOf(visit: Visit, asked: readonly string[] | null): Promise<string[] | null> {
    if (asked === null) return null;
    const known = (await this.db.all(VisitMember, { visitId: visit.id })).map(({ id }) => id);
    if (asked.some((id) => !known.includes(id))) throw InvalidInput.at('memberIds', 'error.visit.leg.unknownMember');
    if (asked.length === 0) throw InvalidInput.at('memberIds', 'error.visit.attended.nobody');
    return [...new Set(asked)].sort();
  }

  /** Who leaves the delegation attends nothing any more; what nobody is left for is given up. */
  private async left(visitId: string, memberId: string): Promise<void> {
    for (const row of await this.of(visitId)) {
      if (!row.memberIds?.includes(memberId)) continue;
      const memberIds = row.memberIds.filter((id) => id !== memberId);
      if (memberIds.length === 0) await this.remove(row);
      else await this.db.updateIfUnchanged(VisitAttendance, row, { memberIds });
    }
    await this.tell(visitId);
  }

  private async giveUpAll(visitId: string): Promise<void> {
    for (const row of await this.of(visitId)) await this.remove(row);
  }

  private async remove({ id, visitId, sessionId }: VisitAttendance): Promise<void> {
    await this.db.repository(VisitAttendance).delete({ id });
    await this.journal.record(AttendanceGivenUp({ id: visitId, sessionId }));
    await this.tellOf([sessionId]);
  }

  /** Conflicts are counted anew: others come, or at other times. */
  private async tell(visitId: string): Promise<void> {
    await this.tellOf((await this.of(visitId)).map(({ sessionId }) => sessionId));
  }

  private async tellOf(sessionIds: readonly string[]): Promise<void> {
    for (const session of await this.sessions.known(sessionIds))
      await this.journal.record(SessionAttended({ id: session.id, programmeId: session.programmeId }));
  }
}
