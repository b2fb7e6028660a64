import { Injectable } from '@nestjs/common';
import { LOCALES, type Locale } from '../../../kernel/locale.js';
import type { FormView } from '../../../platform/web/form.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import { People } from '../../people/index.js';
import { sessionView } from '../../programme/index.js';
import { frame, hrefOf } from '../visit-frame.js';
import type { Visit } from '../visit.entity.js';
import { Visits } from '../visits.service.js';
import { SheetMails } from './sheet-mails.service.js';
import { StayPapers, type PaperItem } from './stay-papers.service.js';
import { printedLanguages } from './stay-surroundings.rules.js';
import { StayReleases, type StayDifferences } from './stay-releases.service.js';
import { concernedBy } from './stay-told.rules.js';
import { partTexts } from './stay-words.js';

/** What is read and printed of a programme of stay: change sheets, the guests' version, the internal one. */
@Injectable()
export class StaySheets {
  constructor(
    private readonly releases: StayReleases,
    private readonly papers: StayPapers,
    private readonly people: People,
    private readonly visits: Visits,
    private readonly mails: SheetMails,
  ) {}

  /** Only the differences, when they were told, and whom to inform. */
  async showSheet(web: WebContext, visit: Visit, number: number, form: FormView): Promise<string> {
    const sheet = await this.releases.sheet(visit, number);
    const mayEdit = (await this.visits.accessOf(web.viewer, visit)) === 'write';
    const model = {
      ref: visit.ref,
      name: visit.title,
      sheet: number,
      zone: visit.zone,
      at: sheet.release.createdAt,
      rows: this.rows(web, visit, sheet),
      inform: await this.toInform(web, visit, sheet),
      here: `${hrefOf(visit)}/programme/changes/${number}`,
      paper: mayEdit ? `${hrefOf(visit)}/documents/change_sheet.${web.locale}.docx?of=${number}` : null,
      ...(mayEdit ? await this.mailsOf(visit, number) : {}),
    };
    const options = this.below(web, visit, web.t('visit.stay.sheet.title', { number }));
    return web.page('pages/visits/stay-sheet', model, { ...options, form });
  }

  /** What is planned and in no text yet. */
  async showPending(web: WebContext, visit: Visit): Promise<string> {
    const pending = await this.releases.pending(visit);
    const model = {
      zone: visit.zone,
      rows: this.rows(web, visit, pending),
      inform: await this.toInform(web, visit, pending),
    };
    return web.page('pages/visits/stay-pending', model, this.below(web, visit, web.t('visit.stay.pending.title')));
  }

  async showGuest(web: WebContext, visit: Visit, languages: readonly Locale[], draft: boolean): Promise<string> {
    const chosen = languages.length > 0 ? languages : printedLanguages(visit.languages);
    const stay = await this.papers.stayForPaper(visit, {
      layout: 'guest',
      languages: chosen,
      side: draft ? 'draft' : 'current',
    });
    const columns = stay.languages.map((locale) => ({ locale, name: web.t(`layout.language.${locale}`) }));
    const model = {
      stay,
      zone: visit.zone,
      days: stay.days.map((day) => ({
        titles: inLanguages(stay.languages, day.titles),
        items: day.items.map((item) => ({ ...item, columns: columnsOf(stay.languages, item) })),
      })),
      titles: inLanguages(stay.languages, stay.titles),
      columns,
      choices: LOCALES.map((locale) => ({
        value: locale,
        label: web.t(`layout.language.${locale}`),
        chosen: chosen.includes(locale),
      })),
      here: `${hrefOf(visit)}/programme/guest`,
      draft,
    };
    return web.page('pages/visits/stay-guest', model, this.below(web, visit, web.t('visit.stay.guest.title')));
  }

  async showInternal(web: WebContext, visit: Visit, draft: boolean): Promise<string> {
    const stay = await this.papers.stayForPaper(visit, {
      layout: 'internal',
      languages: [web.locale],
      side: draft ? 'draft' : 'current',
    });
    const model = { stay, zone: visit.zone, name: visit.title, here: `${hrefOf(visit)}/programme/internal`, draft };
    return web.page('pages/visits/stay-internal', model, this.below(web, visit, web.t('visit.stay.internal.title')));
  }

  /** What was drafted for the people of a sheet: what waits for its number to be confirmed, and what became of the rest. */
  private async mailsOf(visit: Visit, number: number) {
    const { mails, without } = await this.mails.of(visit, number);
    return {
      mails: mails.map(({ recipient, locale, subject, state, sentAt }) => ({
        recipient,
        locale,
        subject,
        state,
        sentAt,
      })),
      held: mails.filter(({ state }) => state === 'held').length,
      without,
    };
  }

  private rows(web: WebContext, visit: Visit, { changes, names }: StayDifferences) {
    const words = { locale: web.locale, t: web.t.bind(web), zone: visit.zone, names };
    const at = (id: string) => `${hrefOf(visit)}/programme#session-${id}`;
    return changes.map((change) => {
      const { groups } = sessionView(words, [change], at);
      const [row] = groups[0]!.rows;
      return { ...row!, details: [...row!.details, ...partTexts(web, change, names)] };
    });
  }

  /** Everybody in a session that is different, before or now, with where they can be reached. */
  private async toInform(web: WebContext, visit: Visit, differences: StayDifferences) {
    const rows = this.rows(web, visit, differences);
    const titles = new Map(differences.changes.map((change, at) => [change, rows[at]!.title]));
    const concerned = concernedBy(differences.changes);
    const people = await this.people.byIds(concerned.keys());
    return [...concerned].map(([personId, { roles, changes }]) => ({
      name: differences.names.get(personId) ?? web.t('programme.diff.nameRemoved'),
      roles: [...roles].map((role) => web.t(`role.${role}`)).join(', '),
      phone: people.get(personId)?.phone ?? null,
      email: people.get(personId)?.email ?? null,
      titles: [...new Set(changes.map((change) => titles.get(change)!))],
    }));
  }

  private below(web: WebContext, visit: Visit, title: string) {
    return { ...frame(web, title, visit, 'programme'), styles: ['css/stay.css'] };
  }
}

function inLanguages(languages: readonly Locale[], texts: readonly string[]) {
  return languages.map((locale, at) => ({ locale, text: texts[at] ?? '' }));
}

/** An item in each language. */
function columnsOf(languages: readonly Locale[], { titles, places, meets, spoken, within }: PaperItem) {
  return languages.map((locale, at) => ({
    locale,
    title: titles[at],
    place: places[at],
    meets: meets[at],
    spoken: spoken[at],
    within: within[at],
  }));
}
