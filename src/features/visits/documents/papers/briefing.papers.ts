import { Injectable } from '@nestjs/common';
import { pickText } from '../../../../kernel/locale.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import { languageName, listOf } from '../../../../platform/i18n/formats.js';
import { Accounts } from '../../../accounts/index.js';
import { pointsOf } from '../../briefing/briefing.rules.js';
import { Briefings, type BriefingSources } from '../../briefing/briefings.service.js';
import type { Visit } from '../../visit.entity.js';
import { WHOLE, type PaperBuilder, type PaperKind, type PaperRequest } from './paper.js';
import { PaperMeetings } from './paper-meetings.js';
import { PaperPeople } from './paper-people.js';
import { PaperTexts } from './paper-texts.js';
import { PaperWords } from './paper-words.js';

/** What the host principal should know: what was written, with what earlier visits and agreements add. */
@Injectable()
export class BriefingPapers implements PaperBuilder {
  readonly papers: Readonly<Record<string, PaperKind>> = {
    briefing_note: {
      fill: (request) => this.fill(request),
      parts: async ({ visit }) => ((await this.briefings.of(visit)).version > 0 ? [WHOLE] : []),
    },
  };

  constructor(
    private readonly words: PaperWords,
    private readonly texts: PaperTexts,
    private readonly meetings: PaperMeetings,
    private readonly people: PaperPeople,
    private readonly briefings: Briefings,
    private readonly accounts: Accounts,
  ) {}

  private async fill(request: PaperRequest): Promise<DocxData> {
    const { visit, locale, viewer } = request;
    const briefing = await this.briefings.of(visit);
    const sources = await this.briefings.sources(viewer, visit);
    const point = (text: string | null) => pointsOf(text).map((one) => ({ point: one }));
    const [meeting] = await this.meetings.facing(visit);
    const named = meeting && this.texts.named(visit, locale, meeting.session);
    return {
      principal: briefing.principal ?? visit.hostPrincipal ?? '',
      meetingTitle: named?.title ?? '',
      time: named ? `${named.day}, ${named.time}` : '',
      place: named?.place ?? '',
      language: this.language(request),
      wants: point(briefing.wants),
      facts: briefing.facts.map(({ date, fact }) => ({ date, fact })),
      lastMeeting: [this.lastVisit(request, sources), briefing.lastMeeting].filter(Boolean).join('\n'),
      theirPoints: point(briefing.theirPoints),
      ourLine: briefing.ourLine ?? '',
      sensitive: point(briefing.sensitive),
      execution: briefing.execution ?? '',
      pressLine: briefing.pressLine ?? '',
      bios: await this.bios(visit, request, briefing.bios),
      agreements: sources.agreements.map(({ reference, validFrom, validUntil }) => ({
        title: reference,
        standing: validUntil
          ? this.words.t(locale, 'visit.briefing.valid', {
              from: this.words.day(locale, validFrom, visit.zone),
              until: this.words.day(locale, validUntil, visit.zone),
            })
          : this.words.t(locale, 'visit.briefing.validFrom', { from: this.words.day(locale, validFrom, visit.zone) }),
      })),
      commitments: await this.promises(request, sources),
    };
  }

  private language({ visit, locale }: PaperRequest): string {
    const spoken = listOf(
      locale,
      visit.languages.map((code) => languageName(locale, code)),
    );
    const how =
      visit.interpretation === 'none' ? '' : this.words.t(locale, `visit.interpretation.${visit.interpretation}`);
    return [spoken, how].filter(Boolean).join('; ');
  }

  private lastVisit({ locale }: PaperRequest, { lastVisit }: BriefingSources): string {
    if (!lastVisit) return '';
    const { text } = pickText(lastVisit.title, locale);
    return [`${this.words.days(lastVisit, locale)}: ${text}.`, lastVisit.lessons].filter(Boolean).join('\n');
  }

  private async bios(visit: Visit, { locale }: PaperRequest, bios: Readonly<Record<string, string>>) {
    const delegation = await this.people.delegation(visit);
    const lines = await this.people.members(visit, locale);
    return delegation.flatMap(({ member }, at) => {
      const { name, nameOriginal, title } = lines[at]!;
      const shown = nameOriginal && nameOriginal !== name ? `${name!} (${nameOriginal})` : name!;
      // The head stands there also where nothing is known.
      return bios[member.id] || member.role === 'head'
        ? [{ name: shown, title: title!, text: bios[member.id] ?? '', photo: null }]
        : [];
    });
  }

  private async promises({ visit, locale }: PaperRequest, { commitments }: BriefingSources) {
    const owners = await this.accounts.byIds(commitments.flatMap(({ commitment }) => commitment.ownerId ?? []));
    return commitments
      .filter(({ commitment }) => commitment.state !== 'dropped')
      .map(({ commitment: { text, ownerId, promisedBy, dueOn, state, outcome } }) => ({
        text,
        owner: owners.get(ownerId ?? '')?.name ?? this.words.t(locale, `visit.commitment.side.${promisedBy}`),
        due: dueOn ? this.words.day(locale, dueOn, visit.zone) : '',
        state: [this.words.t(locale, `visit.commitment.state.${state}`), outcome].filter(Boolean).join(': '),
      }));
  }
}
