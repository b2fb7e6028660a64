import { Injectable } from '@nestjs/common';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import type { Seat } from '../../seating/seating.rules.js';
import { SeatedPeople } from '../../seating/seated-people.js';
import { Seatings, type Seating } from '../../seating/seatings.service.js';
import type { Visit } from '../../visit.entity.js';
import type { Line, PaperBuilder, PaperKind, PaperPart, PaperRequest } from './paper.js';
import { PaperMeetings } from './paper-meetings.js';
import { PaperPeople, type PrintedPerson } from './paper-people.js';
import { PaperTexts } from './paper-texts.js';
import { PaperWords } from './paper-words.js';
import { seatingGrid } from './seating-grid.rules.js';

/** Who sits where: a sheet for each session whose seating is settled, or for which it is proposed. */
@Injectable()
export class SeatingPapers implements PaperBuilder {
  readonly papers: Readonly<Record<string, PaperKind>> = {
    seating_plan: { fill: (request) => this.fill(request), parts: (request) => this.parts(request) },
  };

  constructor(
    private readonly words: PaperWords,
    private readonly texts: PaperTexts,
    private readonly meetings: PaperMeetings,
    private readonly people: PaperPeople,
    private readonly seatings: Seatings,
    private readonly seated: SeatedPeople,
  ) {}

  private async parts({ visit, locale }: Omit<PaperRequest, 'part'>): Promise<PaperPart[]> {
    const settled = await this.settled(visit);
    const facing = new Set((await this.meetings.facing(visit)).map(({ session }) => session.sessionId));
    const all = (await this.texts.of(visit)).sessions.filter(({ sessionId: id }) => settled.has(id) || facing.has(id));
    return all.map((session) => {
      const { title, day, time } = this.texts.named(visit, locale, session);
      return {
        key: session.sessionId,
        label: `${title}, ${day}, ${time}`,
        notes: settled.has(session.sessionId) ? [] : [this.words.t(locale, 'visit.document.note.proposedSeating')],
      };
    });
  }

  private async fill({ visit, locale, part }: PaperRequest): Promise<DocxData> {
    const { session, names } = await this.meetings.one(visit, part);
    const seating = await this.seatings.of(visit, part);
    const ids = seating.seats.flatMap(({ personId }) => personId ?? []);
    const printed = await this.people.printed(visit, locale, ids, await this.withNames(visit, seating, names));
    const { title, day, time, place } = this.texts.named(visit, locale, session);
    const interpreters = new Set([...seating.hosts.interpreters, ...seating.guests.interpreters].map(({ id }) => id));
    const t = (key: string) => this.words.t(locale, key);
    const seats = seating.seats.map(({ no, x, y, side, personId }) => ({
      no,
      x,
      y,
      side,
      name: printed.get(personId ?? '')?.name ?? '',
      interprets: interpreters.has(personId ?? ''),
    }));
    const lines = (side: Seat['side']): Line[] =>
      seating.seats
        .filter((seat) => seat.side === side && seat.personId !== null)
        .map(({ no, personId }) => line(no, printed.get(personId!)!));
    return {
      meetingTitle: title,
      time: `${day}, ${time}`,
      place,
      layout: [
        t(`visit.seating.shape.${seating.shape}`),
        ...(seating.version === 0 ? [t('visit.document.note.proposedSeating')] : []),
      ].join('; '),
      plan:
        seats.length === 0
          ? null
          : seatingGrid(seating.shape, seats, {
              table: t('visit.document.drawing.table'),
              presidium: t('visit.document.drawing.presidium'),
              hall: t('visit.document.drawing.hall'),
              stage: t('visit.document.drawing.stage'),
              interpreter: t('role.interpreter'),
            }),
      oursLabel: t('layout.library'),
      theirsLabel: t('visit.document.drawing.guests'),
      ours: lines('host'),
      theirs: lines('guest'),
    };
  }

  /** Sessions whose seating somebody has settled. */
  async settled(visit: Visit): Promise<Set<string>> {
    return new Set((await this.seated.sessionsOf(visit)).flatMap(({ id, settled }) => (settled ? [id] : [])));
  }

  /** Chairs follow who takes part now: who came after the text was made has the name of their card. */
  private async withNames(visit: Visit, { seats }: Seating, names: ReadonlyMap<string, string>) {
    return new Map([...(await this.seated.namesOf(visit, seats)), ...names]);
  }
}

function line(no: number, { name, title }: PrintedPerson): Line {
  return { no: String(no), name, title };
}
