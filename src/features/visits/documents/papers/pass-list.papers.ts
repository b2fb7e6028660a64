import { Injectable } from '@nestjs/common';
import type { Locale } from '../../../../kernel/locale.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import { Journeys } from '../../logistics/journeys.service.js';
import type { Visit } from '../../visit.entity.js';
import type { PaperBuilder, PaperMaker } from './paper.js';
import { PaperPeople } from './paper-people.js';
import { PaperWords } from './paper-words.js';

/** Who and which cars are let in, for the guard post. */
@Injectable()
export class PassListPapers implements PaperBuilder {
  readonly makers: Readonly<Record<string, PaperMaker>> = {
    pass_list: (visit, locale) => this.passes(visit, locale),
  };

  constructor(
    private readonly words: PaperWords,
    private readonly people: PaperPeople,
    private readonly journeys: Journeys,
  ) {}

  private async passes(visit: Visit, locale: Locale): Promise<DocxData> {
    const members = await this.people.members(visit, locale);
    const journeys = await this.journeys.of(visit);
    const cars = new Map(journeys.flatMap(({ ordered }) => (ordered ? [[ordered.id, ordered]] : [])));
    return {
      day: this.words.days(visit, locale),
      withNumbers: false,
      people: members.map(({ no, name, nameOriginal, institution }) => ({
        no: no!,
        name: nameOriginal ? `${name!} / ${nameOriginal}` : name!,
        institution: institution!,
        documentNumber: '',
        time: '',
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
