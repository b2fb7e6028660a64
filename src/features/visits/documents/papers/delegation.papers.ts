import { Injectable } from '@nestjs/common';
import type { Locale } from '../../../../kernel/locale.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import type { Visit } from '../../visit.entity.js';
import type { PaperBuilder, PaperMaker } from './paper.js';
import { PaperPeople } from './paper-people.js';

/** Who comes: the list of the delegation, and their plates. */
@Injectable()
export class DelegationPapers implements PaperBuilder {
  readonly makers: Readonly<Record<string, PaperMaker>> = {
    delegation_list: async (visit, locale) => ({ members: await this.people.members(visit, locale) }),
    name_plates: (visit, locale) => this.plates(visit, locale),
  };

  constructor(private readonly people: PaperPeople) {}

  private async plates(visit: Visit, locale: Locale): Promise<DocxData> {
    const members = await this.people.members(visit, locale);
    return {
      plates: members.map(({ name, nameOriginal, nameSecond, title, titleSecond }) => ({
        name: name!,
        nameSecond: nameOriginal || nameSecond!,
        title: title!,
        titleSecond: titleSecond!,
      })),
    };
  }
}
