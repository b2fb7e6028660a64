import { Injectable } from '@nestjs/common';
import type { Locale } from '../../../../kernel/locale.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import { secondOf, type Line, type PaperBuilder, type PaperKind, type PaperPart, type PaperRequest } from './paper.js';
import type { Seated } from './meeting.rules.js';
import { PaperMeetings } from './paper-meetings.js';
import { PaperPeople, type PrintedPerson } from './paper-people.js';
import { PaperTexts } from './paper-texts.js';
import { PaperWords } from './paper-words.js';

/** Who takes part in the talks, in mirrored columns: a sheet for each meeting of two sides. */
@Injectable()
export class BothSidesPapers implements PaperBuilder {
  readonly papers: Readonly<Record<string, PaperKind>> = {
    both_sides: { fill: (request) => this.fill(request), parts: (request) => this.parts(request) },
  };

  constructor(
    private readonly words: PaperWords,
    private readonly texts: PaperTexts,
    private readonly meetings: PaperMeetings,
    private readonly people: PaperPeople,
  ) {}

  private async parts({ visit, locale }: Omit<PaperRequest, 'part'>): Promise<PaperPart[]> {
    return (await this.meetings.facing(visit)).map(({ session }) => {
      const { title, day, time } = this.texts.named(visit, locale, session);
      return { key: session.sessionId, label: `${title}, ${day}, ${time}` };
    });
  }

  private async fill({ visit, locale, part }: PaperRequest): Promise<DocxData> {
    const { session, sides, names } = await this.meetings.one(visit, part);
    const second = secondOf(locale);
    const [here, there] = [locale, second].map((one) => this.texts.named(visit, one, session));
    const ids = [...sides.ours, ...sides.theirs].map(({ personId }) => personId);
    const printed = await this.people.printed(visit, locale, ids, names);
    const line = ({ personId, interprets }: Seated): Line => this.line(printed.get(personId)!, interprets, locale);
    return {
      meetingTitle: here!.title,
      meetingTitleSecond: there!.title,
      time: `${here!.day}, ${here!.time}`,
      timeSecond: `${there!.day}, ${there!.time}`,
      place: here!.place,
      placeSecond: there!.place,
      ours: sides.ours.map(line),
      theirs: sides.theirs.map(line),
    };
  }

  /** An interpreter without a post is called what they are. */
  private line({ name, nameSecond, title, titleSecond }: PrintedPerson, interprets: boolean, locale: Locale): Line {
    const role = (one: Locale) => (interprets ? this.words.t(one, 'role.interpreter') : '');
    return {
      name,
      nameSecond,
      title: title || role(locale),
      titleSecond: titleSecond || role(secondOf(locale)),
    };
  }
}
