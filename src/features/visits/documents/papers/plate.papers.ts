import { Injectable } from '@nestjs/common';
import type { Locale } from '../../../../kernel/locale.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import { Countries } from '../../../people/index.js';
import { Seatings } from '../../seating/seatings.service.js';
import type { Visit } from '../../visit.entity.js';
import { secondOf, type Line, type PaperBuilder, type PaperKind, type PaperPart, type PaperRequest } from './paper.js';
import { PaperMeetings } from './paper-meetings.js';
import { PaperPeople, type PrintedPerson } from './paper-people.js';
import { PaperTexts } from './paper-texts.js';
import { PaperWords } from './paper-words.js';
import { plateOf, threeOnSheet } from './plate.rules.js';
import { SeatingPapers } from './seating.papers.js';

/** Plates in both scripts, each on a sheet or three on one: for the delegation, and for everybody at each table. */
@Injectable()
export class PlatePapers implements PaperBuilder {
  readonly papers: Readonly<Record<string, PaperKind>> = {
    name_plates: {
      fill: async (request) => ({ plates: await this.plates(request) }),
      parts: (request) => this.parts(request),
    },
    name_plates_third: {
      fill: async (request): Promise<DocxData> => ({ sheets: threeOnSheet(await this.plates(request)) }),
      parts: (request) => this.parts(request),
    },
  };

  constructor(
    private readonly words: PaperWords,
    private readonly texts: PaperTexts,
    private readonly meetings: PaperMeetings,
    private readonly people: PaperPeople,
    private readonly seatings: Seatings,
    private readonly seating: SeatingPapers,
    private readonly countries: Countries,
  ) {}

  private async parts({ visit, locale }: Omit<PaperRequest, 'part'>): Promise<PaperPart[]> {
    const delegation = await this.people.delegation(visit);
    if (delegation.length === 0) return [];
    const whole = {
      key: '',
      label: this.words.t(locale, 'visit.document.wholeDelegation'),
      notes: this.notes(
        locale,
        delegation.map(({ member }) => member.plate),
      ),
    };
    const settled = await this.seating.settled(visit);
    const facing = new Set((await this.meetings.facing(visit)).map(({ session }) => session.sessionId));
    const tables = (await this.texts.of(visit)).sessions.filter(
      ({ sessionId: id }) => settled.has(id) || facing.has(id),
    );
    return [
      whole,
      ...tables.map((session) => {
        const { title, day, time } = this.texts.named(visit, locale, session);
        return { key: session.sessionId, label: `${title}, ${day}, ${time}` };
      }),
    ];
  }

  /** In the order of the chairs where there is a table, else in the order of the delegation. */
  private async plates({ visit, locale, part }: PaperRequest): Promise<Line[]> {
    const people = part === '' ? await this.delegation(visit, locale) : await this.atTable(visit, locale, part);
    // Only where guests of several countries sit at one table does a plate say whose they are.
    const several = new Set(people.flatMap(({ country }) => country ?? [])).size > 1;
    return Promise.all(
      people.map(async (person) =>
        plateOf(person, several && person.country ? await this.country(person.country, locale) : null),
      ),
    );
  }

  private async delegation(visit: Visit, locale: Locale): Promise<PrintedPerson[]> {
    const ids = (await this.people.delegation(visit)).map(({ person }) => person.id);
    return [...(await this.people.printed(visit, locale, ids)).values()];
  }

  private async atTable(visit: Visit, locale: Locale, sessionId: string): Promise<PrintedPerson[]> {
    const { names } = await this.meetings.one(visit, sessionId);
    const ids = (await this.seatings.of(visit, sessionId)).seats.flatMap(({ personId }) => personId ?? []);
    const known = await this.people.printed(visit, locale, ids);
    const printed = await this.people.printed(visit, locale, ids, names);
    return ids.map((id) => (names.has(id) ? printed : known).get(id)!);
  }

  private async country(code: string, locale: Locale): Promise<{ name: string; second: string }> {
    return {
      name: await this.countries.nameOf(code, locale),
      second: await this.countries.nameOf(code, secondOf(locale)),
    };
  }

  /** A plate without its script shows the name as it was typed, which may be in another. */
  private notes(locale: Locale, plates: readonly Partial<Record<string, string>>[]): string[] {
    const without = plates.filter((plate) => !plate[locale]).length;
    return without > 0 ? [this.words.t(locale, 'visit.document.note.withoutPlate', { count: without })] : [];
  }
}
