import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../../kernel/errors.js';
import type { StaySession, StayText } from '../../stay/stay-releases.service.js';
import type { Visit } from '../../visit.entity.js';
import { facesEachOther, sidesOf, type Sides } from './meeting.rules.js';
import { PaperPeople } from './paper-people.js';
import { PaperTexts } from './paper-texts.js';

/** A session with both its sides. */
export interface Meeting {
  readonly session: StaySession;
  readonly sides: Sides;
  readonly names: ReadonlyMap<string, string>;
}

/** The sessions of the text that is printed from, with who is on which side. */
@Injectable()
export class PaperMeetings {
  constructor(
    private readonly texts: PaperTexts,
    private readonly people: PaperPeople,
  ) {}

  /** Every session, in order of time. */
  async all(visit: Visit): Promise<Meeting[]> {
    const { sessions, names }: StayText = await this.texts.of(visit);
    const delegation = (await this.people.delegation(visit)).map(({ member }) => member);
    return sessions.map((session) => ({
      session,
      sides: sidesOf(session.content.people, session.beside.leadId, delegation),
      names,
    }));
  }

  /** Those at which two sides face each other. */
  async facing(visit: Visit): Promise<Meeting[]> {
    return (await this.all(visit)).filter(({ session, sides }) => facesEachOther(session.content.kind, sides));
  }

  /** Throws NotFound for a session that is not in the text. */
  async one(visit: Visit, sessionId: string): Promise<Meeting> {
    const found = (await this.all(visit)).find(({ session }) => session.sessionId === sessionId);
    if (!found) throw new NotFound();
    return found;
  }
}
