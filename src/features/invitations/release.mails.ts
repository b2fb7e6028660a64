import { Injectable } from '@nestjs/common';
import { Journal } from '../../platform/journal/journal.js';
import { Conferences } from '../conferences/index.js';
import { OFF, PeopleToTell, printOf, ProgrammeReleased, Tellings, type SessionChange } from '../programme/index.js';
import { InvitationSubjects } from './invitation-subjects.service.js';
import { News, type PossibleNews } from './news.service.js';
import { ReleaseInvolved } from './release-involved.queries.js';

/**
 * What a release says to people: one held mail for each person and session that changed in a way that matters to them,
 * with the REQUEST or CANCEL of exactly that session; to everybody else nothing (rulings 4 and 9).
 */
@Injectable()
export class ReleaseMails {
  constructor(
    private readonly conferences: Conferences,
    private readonly involved: ReleaseInvolved,
    private readonly subjects: InvitationSubjects,
    private readonly tellings: Tellings,
    private readonly news: News,
    journal: Journal,
    toTell: PeopleToTell,
  ) {
    journal.on(ProgrammeReleased, ({ id, conferenceId, changes }) => this.released(id, conferenceId, changes));
    toTell.from(async (conferenceId, changes) => {
      if (!(await this.conferences.byId(conferenceId))) return [];
      const prints = new Map(changes.map(({ sessionId, print }) => [sessionId, print]));
      const concerned = await this.involved.of(changes);
      const due = News.due(concerned.map((to) => ({ to, print: to.dropped ? OFF : prints.get(to.sessionId)! })));
      return due.map(({ to, kind }) => ({ personId: to.person.id, sessionId: to.sessionId, kind }));
    });
  }

  private async released(releaseId: string, ownerId: string, changes: readonly SessionChange[]): Promise<void> {
    const conference = await this.conferences.byId(ownerId);
    // The programme of a visit tells its guests in its own way.
    if (!conference) return;
    const concerned = await this.involved.of(changes);
    const ids = [...new Set(concerned.map(({ sessionId }) => sessionId))];
    if (ids.length === 0) return;
    const removed = new Set(changes.filter(({ kind }) => kind === 'removed').map(({ sessionId }) => sessionId));
    const sessions = new Map([
      ...(await this.subjects.sessions(ids.filter((id) => !removed.has(id)))),
      ...(await this.subjects.gone(ids.filter((id) => removed.has(id)))),
    ]);
    const parts = await this.tellings.sessionParts(ids);
    const news = concerned.map((to): PossibleNews => {
      const part = parts.get(to.sessionId)!;
      const print = to.dropped ? OFF : printOf({ ...part, ownSignificant: '' });
      return { to, subject: { conference, session: sessions.get(to.sessionId)! }, part, print };
    });
    await this.news.tell(news, { batch: `release:${releaseId}`, id: releaseId });
  }
}
