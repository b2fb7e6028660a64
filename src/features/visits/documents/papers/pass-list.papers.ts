import { Injectable } from '@nestjs/common';
import { localDay } from '../../../../kernel/zones.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import { formatTime } from '../../../../platform/i18n/formats.js';
import { Journeys } from '../../logistics/journeys.service.js';
import type { PaperBuilder, PaperKind, PaperPart, PaperRequest } from './paper.js';
import { PaperMeetings, type Meeting } from './paper-meetings.js';
import { PaperPeople } from './paper-people.js';
import { PaperWords } from './paper-words.js';

/** Who and which cars are let in, for the guard post. */
@Injectable()
export class PassListPapers implements PaperBuilder {
  readonly papers: Readonly<Record<string, PaperKind>> = {
    pass_list: { fill: (request) => this.passes(request), parts: (request) => this.days(request) },
  };

  constructor(
    private readonly words: PaperWords,
    private readonly people: PaperPeople,
    private readonly meetings: PaperMeetings,
    private readonly journeys: Journeys,
  ) {}

  /** A list is valid for one day. */
  private async days({ visit, locale }: Omit<PaperRequest, 'part'>): Promise<PaperPart[]> {
    const entries = entriesByDay(await this.meetings.all(visit), visit.zone);
    return [...entries.keys()].map((day) => ({ key: day, label: this.words.day(locale, day, visit.zone) }));
  }

  /** Names alone: numbers of documents are on no list unless the guard post requires them. */
  private async passes({ visit, locale, part: day }: PaperRequest): Promise<DocxData> {
    const entries = entriesByDay(await this.meetings.all(visit), visit.zone).get(day) ?? new Map<string, Date>();
    const delegation = await this.people.delegation(visit);
    const lines = await this.people.members(visit, locale);
    const journeys = await this.journeys.of(visit);
    const cars = new Map(journeys.flatMap(({ ordered }) => (ordered ? [[ordered.id, ordered]] : [])));
    const coming = delegation.flatMap(({ member, person }, at) => {
      const time = entries.get(person.id);
      return member.inPerson && time ? [{ line: lines[at]!, time }] : [];
    });
    return {
      day: this.words.day(locale, day, visit.zone),
      withNumbers: false,
      people: coming.map(({ line: { name, nameOriginal, institution }, time }, at) => ({
        no: String(at + 1),
        name: nameOriginal ? `${name!} / ${nameOriginal}` : name!,
        institution: institution!,
        documentNumber: '',
        time: formatTime(locale, time, visit.zone),
      })),
      vehicles: [...cars.values()].map(({ plate, name, driver }) => ({
        plate: plate ?? '',
        model: name,
        driver: driver ?? '',
        time: '',
      })),
    };
  }
}

/** When each of their people is first expected in the house, by day. */
function entriesByDay(meetings: readonly Meeting[], zone: string): Map<string, Map<string, Date>> {
  const days = new Map<string, Map<string, Date>>();
  for (const { session, sides } of meetings) {
    if (session.content.room === null && session.beside.address !== null) continue;
    const start = new Date(session.content.startsAt);
    const day = localDay(start, zone);
    const entries = days.get(day) ?? new Map<string, Date>();
    for (const { personId } of sides.theirs) if (!entries.has(personId)) entries.set(personId, start);
    if (entries.size > 0) days.set(day, entries);
  }
  return days;
}
