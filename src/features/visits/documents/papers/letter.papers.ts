import { Injectable } from '@nestjs/common';
import type { Locale } from '../../../../kernel/locale.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import type { Visit } from '../../visit.entity.js';
import { COST_LINES } from '../../visit.rules.js';
import type { PaperBuilder, PaperKind } from './paper.js';
import { PaperPeople } from './paper-people.js';
import { PaperPromises } from './paper-promises.js';
import { PaperWords } from './paper-words.js';

/** Letters: the invitation, the note and the thanks. */
@Injectable()
export class LetterPapers implements PaperBuilder {
  readonly papers: Readonly<Record<string, PaperKind>> = {
    invitation_letter: { fill: ({ visit, locale }) => this.letter(visit, locale) },
    note_verbale: { fill: ({ visit, locale }) => this.letter(visit, locale) },
    thank_you_letter: { fill: ({ visit, locale }) => this.thanks(visit, locale) },
  };

  constructor(
    private readonly words: PaperWords,
    private readonly people: PaperPeople,
    private readonly promises: PaperPromises,
  ) {}

  private async letter(visit: Visit, locale: Locale): Promise<DocxData> {
    const members = await this.people.members(visit, locale);
    return {
      addressee: visit.initiator ?? '',
      theirNumber: visit.incomingNo ?? '',
      theirDate: visit.incomingOn ? this.words.day(locale, visit.incomingOn, visit.zone) : '',
      signatoryTitle: visit.hostPrincipal ?? '',
      purpose: visit.purpose ?? '',
      members,
      topics: (visit.topics ?? '')
        .split(/\n+/)
        .filter(Boolean)
        .map((topic) => ({ topic })),
      financing: COST_LINES.flatMap((cost) => {
        const payer = visit.financing[cost];
        return payer
          ? [{ line: this.words.t(locale, `visit.cost.${cost}`), payer: this.words.t(locale, `visit.payer.${payer}`) }]
          : [];
      }),
      body: '',
      replyBy: '',
    };
  }

  private async thanks(visit: Visit, locale: Locale): Promise<DocxData> {
    return { ...(await this.letter(visit, locale)), commitments: await this.promises.of(visit, locale), photos: false };
  }
}
