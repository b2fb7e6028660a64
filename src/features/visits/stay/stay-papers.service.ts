import { Injectable } from '@nestjs/common';
import { pickText, type Locale } from '../../../kernel/locale.js';
import { localDay, toInstant } from '../../../kernel/zones.js';
import { Database } from '../../../platform/database/database.js';
import { formatDateRange, formatDay, formatTime, languageName, listOf } from '../../../platform/i18n/formats.js';
import { Translator } from '../../../platform/i18n/translator.js';
import { zoneLabel } from '../../../platform/i18n/zones.js';
import { People } from '../../people/index.js';
import { VisitMember } from '../delegation/member.entity.js';
import type { PlateNames } from '../delegation/member.rules.js';
import type { Visit } from '../visit.entity.js';
import { StayReleases, type StaySession, type StaySide } from './stay-releases.service.js';
import { isForAll, type ReleaseMark } from './stay.rules.js';
import { setUpText } from './stay-words.js';

/** Which programme is printed: for the guests, in columns of their languages, or for the house. */
export type StayLayout = 'guest' | 'internal';

/** A programme of stay as it is printed: plain texts, one for each of `languages` in their order. */
export interface PaperStay {
  readonly ref: string;
  readonly languages: readonly Locale[];
  readonly titles: readonly string[];
  /** '12–14 October 2027'; empty while the days are not settled. */
  readonly dates: readonly string[];
  /** Of the venue, in words. */
  readonly zone: readonly string[];
  /** What it is printed from; `number` is null for what is planned now. */
  readonly text: {
    readonly number: number | null;
    readonly mark: ReleaseMark | 'draft';
    readonly changeSheet: number | null;
    readonly at: Date | null;
  };
  readonly days: readonly {
    readonly day: string;
    readonly titles: readonly string[];
    readonly items: readonly PaperItem[];
  }[];
}

export interface PaperItem {
  /** `HH:mm` at the venue. */
  readonly start: string;
  readonly end: string;
  readonly cancelled: boolean;
  readonly titles: readonly string[];
  readonly places: readonly string[];
  /** Of a session that the delegation attends: the conference whose session it is, in each language. */
  readonly within: readonly string[];
  /** Who receives them: hosts, the leading one first, then counterparts. */
  readonly meets: readonly string[];
  readonly interpreters: readonly string[];
  /** What is spoken. */
  readonly spoken: readonly string[];
  readonly note: string | null;
  /** Null in the version of the guests. */
  readonly internal: PaperInternal | null;
}

export interface PaperInternal {
  readonly people: readonly { readonly role: string; readonly name: string; readonly phone: string | null }[];
  readonly layout: string | null;
  readonly setUp: string;
  readonly menu: string | null;
  readonly note: string | null;
  readonly planB: string | null;
  readonly shownToGuests: boolean;
}

export interface PaperChoice {
  readonly layout: StayLayout;
  /** At least one. */
  readonly languages: readonly Locale[];
  /** The text that counts, or what is planned now; without a text always what is planned. */
  readonly side?: 'current' | 'draft';
}

interface Printing {
  readonly visit: Visit;
  readonly choice: PaperChoice;
  readonly nameIn: (personId: string, locale: Locale) => string;
  readonly phoneOf: (personId: string) => string | null;
  readonly members: readonly string[];
}

/** The programme of stay on paper: pages and documents print the same. */
@Injectable()
export class StayPapers {
  constructor(
    private readonly db: Database,
    private readonly releases: StayReleases,
    private readonly people: People,
    private readonly translator: Translator,
  ) {}

  /** From the text that counts: the guests never get what is not shown to them, nor anything internal. */
  async stayForPaper(visit: Visit, choice: PaperChoice): Promise<PaperStay> {
    const current = choice.side === 'draft' ? null : await this.releases.current(visit);
    const side: StaySide = current?.number ?? 'draft';
    const { sessions, names } = await this.releases.text(visit, side);
    const shown = sessions.filter(({ beside }) => choice.layout === 'internal' || beside.shownToGuests);
    const printing = await this.printing(visit, choice, shown, names);
    const days = Map.groupBy(shown, ({ content }) => localDay(new Date(content.startsAt), visit.zone));
    const { languages } = choice;
    const noon = (day: string) => toInstant(`${day}T12:00`, visit.zone).instant;
    return {
      ref: visit.ref,
      languages,
      titles: languages.map((locale) => pickText(visit.title, locale).text),
      dates:
        visit.startsOn && visit.endsOn
          ? languages.map((locale) => formatDateRange(locale, noon(visit.startsOn!), noon(visit.endsOn!), visit.zone))
          : [],
      zone: languages.map((locale) =>
        zoneLabel(locale, visit.zone, new Date(shown[0]?.content.startsAt ?? visit.createdAt)),
      ),
      text: {
        number: current?.number ?? null,
        mark: current?.mark ?? 'draft',
        changeSheet: current?.changeSheet ?? null,
        at: current?.createdAt ?? null,
      },
      days: [...days].map(([day, all]) => ({
        day,
        titles: languages.map((locale) => formatDay(locale, noon(day), visit.zone)),
        items: all.map((one) => this.item(printing, one)),
      })),
    };
  }

  private async printing(
    visit: Visit,
    choice: PaperChoice,
    sessions: readonly StaySession[],
    names: ReadonlyMap<string, string>,
  ): Promise<Printing> {
    const members = await this.db.all(VisitMember, { visitId: visit.id });
    const plates = new Map(members.map(({ personId, plate }) => [personId, plate]));
    const people =
      choice.layout === 'internal'
        ? await this.people.byIds(sessions.flatMap(({ content }) => content.people.map(({ personId }) => personId)))
        : new Map<string, never>();
    return {
      visit,
      choice,
      nameIn: (personId, locale) => {
        const printed = names.get(personId);
        if (printed === undefined) return this.translator.t(locale, 'programme.diff.nameRemoved');
        return onPlate(plates.get(personId), locale) ?? printed;
      },
      phoneOf: (personId) => people.get(personId)?.phone ?? null,
      members: [...plates.keys()],
    };
  }

  private item(printing: Printing, session: StaySession): PaperItem {
    const { content, beside, attended } = session;
    const { visit, choice, nameIn } = printing;
    const { languages } = choice;
    const of = (...roles: string[]) =>
      content.people.filter(({ role }) => roles.includes(role)).map((one) => one.personId);
    const hosts = of('host').toSorted((a, b) => Number(b === beside.leadId) - Number(a === beside.leadId));
    const joined = (ids: readonly string[]) =>
      ids.length === 0
        ? []
        : languages.map((locale) =>
            listOf(
              locale,
              ids.map((id) => nameIn(id, locale)),
            ),
          );
    return {
      start: formatTime('be', new Date(content.startsAt), visit.zone),
      end: formatTime('be', new Date(content.endsAt), visit.zone),
      cancelled: content.status === 'cancelled',
      titles: languages.map((locale) => this.titleIn(locale, content)),
      places: languages.map((locale) =>
        [content.room ? pickText(content.room.name, locale).text : '', beside.address ?? ''].filter(Boolean).join(', '),
      ),
      within: attended ? languages.map((locale) => pickText(attended, locale).text) : [],
      meets: joined([...new Set([...hosts, ...of('counterpart')])]),
      interpreters: joined(of('interpreter')),
      spoken:
        content.languages.length === 0
          ? []
          : languages.map((locale) =>
              listOf(
                locale,
                content.languages.map((code) => languageName(locale, code)),
              ),
            ),
      note: beside.guestNote,
      internal: choice.layout === 'internal' ? this.internal(printing, session) : null,
    };
  }

  private internal(
    { choice, nameIn, phoneOf, members }: Printing,
    { content, beside }: Pick<StaySession, 'content' | 'beside'>,
  ) {
    const [locale] = choice.languages as readonly [Locale, ...Locale[]];
    const t = (key: string, params?: Record<string, unknown>) => this.translator.t(locale, key, params);
    const guests = content.people.filter(({ role }) => role === 'guest').map(({ personId }) => personId);
    const everybody = members.length > 1 && guests.length === members.length && isForAll(guests, members);
    const named = content.people
      .filter(({ role }) => !everybody || role !== 'guest')
      .map(({ personId, role }) => ({
        role: t(`role.${role}`),
        name: nameIn(personId, locale),
        phone: phoneOf(personId),
      }));
    const all = { role: t('role.guest'), name: t('visit.stay.everybody', { count: members.length }), phone: null };
    return {
      people: everybody ? [...named, all] : named,
      layout: beside.layout && t(`layout.${beside.layout}`),
      setUp: setUpText({ t }, beside),
      menu: beside.menu,
      note: beside.internalNote,
      planB: beside.planB,
      shownToGuests: beside.shownToGuests,
    };
  }

  private titleIn(locale: Locale, { title, kind }: StaySession['content']): string {
    return pickText(title, locale).text || this.translator.t(locale, `sessionKind.${kind}`);
  }
}

function onPlate(plate: PlateNames | undefined, locale: Locale): string | undefined {
  return plate?.[locale] || plate?.original || undefined;
}
