import { Injectable } from '@nestjs/common';
import type { Locale } from '../../../../kernel/locale.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import type { Visit } from '../../visit.entity.js';
import type { Line, PaperBuilder, PaperKind, PaperRequest } from './paper.js';
import { PaperPeople } from './paper-people.js';
import { PaperTexts } from './paper-texts.js';
import { PaperWords } from './paper-words.js';

/** What the press sees, where nothing else is said, of a visit that is open to it. */
const PUBLIC_KINDS: readonly string[] = [
  'press',
  'signing',
  'ceremony',
  'exhibition_opening',
  'opening',
  'presentation',
];

/** Who of the press is accredited, what they may see, and who must not be photographed. */
@Injectable()
export class PressPapers implements PaperBuilder {
  readonly papers: Readonly<Record<string, PaperKind>> = {
    press_list: { fill: (request) => this.fill(request) },
  };

  constructor(
    private readonly words: PaperWords,
    private readonly texts: PaperTexts,
    private readonly people: PaperPeople,
  ) {}

  private async fill({ visit, locale }: PaperRequest): Promise<DocxData> {
    const delegation = await this.people.delegation(visit);
    const lines = await this.people.members(visit, locale);
    const of = (wanted: (member: (typeof delegation)[number]['member']) => boolean): Line[] =>
      delegation.flatMap(({ member }, at) => (wanted(member) ? [lines[at]!] : []));
    return {
      policy: this.words.t(locale, `visit.press.${visit.press}`),
      accredited: of(({ role }) => role === 'press').map((line, at) => ({ ...line, no: String(at + 1) })),
      moments: await this.moments(visit, locale),
      refused: of(({ photoConsent }) => photoConsent === false),
      unasked: of(({ photoConsent }) => photoConsent === null),
    };
  }

  private async moments(visit: Visit, locale: Locale): Promise<Line[]> {
    if (visit.press === 'closed') return [];
    return (await this.texts.of(visit)).sessions
      .filter(({ content, beside }) => PUBLIC_KINDS.includes(content.kind) && beside.shownToGuests)
      .map((session) => ({ ...this.texts.named(visit, locale, session) }));
  }
}
