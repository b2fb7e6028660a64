import { Injectable } from '@nestjs/common';
import { WHOLE, type PaperBuilder, type PaperKind } from './paper.js';
import { PaperPeople } from './paper-people.js';

/** Who comes. */
@Injectable()
export class DelegationPapers implements PaperBuilder {
  readonly papers: Readonly<Record<string, PaperKind>> = {
    delegation_list: {
      fill: async ({ visit, locale }) => ({ members: await this.people.members(visit, locale) }),
      parts: async ({ visit }) => ((await this.people.delegation(visit)).length > 0 ? [WHOLE] : []),
    },
  };

  constructor(private readonly people: PaperPeople) {}
}
