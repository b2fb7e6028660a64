import { pickText, type Locale, type Localized } from '../../kernel/locale.js';
import { countryName } from '../../platform/i18n/countries.js';
import { languageName, listOf } from '../../platform/i18n/formats.js';
import type { ReleasedPerson, ReleasedProgramme, ReleasedSession, SessionKind } from '../programme/index.js';
import { pageCode } from './speakers.js';

/** The translator as `WebContext` gives it: already bound to the page's language. */
export interface Words {
  readonly locale: Locale;
  t(key: string, params?: Record<string, unknown>): string;
}

/** What stands small in the list, because nobody comes for it. */
const QUIET: readonly SessionKind[] = ['break', 'meal', 'transfer', 'blocker'];
const STRAND_COLOURS = 8;

export interface ShownPerson {
  /** Of the person's page; null where there is none. */
  readonly code: string | null;
  readonly name: string;
  readonly removed: boolean;
  readonly role: string;
  readonly seat: number | null;
  readonly affiliation: string;
  readonly country: string;
}

/** A released session as pages show it: everything that needs words is in words. */
export function shownSession(words: Words, programme: ReleasedProgramme, session: ReleasedSession) {
  const people = session.people.map((person) => shownPerson(words, programme.ownerId, person));
  const strand = session.strand;
  const colour = strand ? programme.strands.findIndex(({ id }) => id === strand.id) : -1;
  return {
    id: session.id,
    code: session.code,
    kind: session.kind,
    title: titled(words, session),
    hasOwnTitle: Object.keys(session.title).length > 0,
    abstract: session.abstract,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    day: session.day,
    room: session.room,
    strand,
    strandClass: colour < 0 ? '' : `strand-${(colour % STRAND_COLOURS) + 1}`,
    languages: languageWords(words, session),
    cancelled: session.status === 'cancelled',
    quiet: QUIET.includes(session.kind),
    online: session.onlineUrl !== null,
    roles: byRole(people.filter(({ seat }) => seat === null)),
    seats: people.filter(({ seat }) => seat !== null).sort((a, b) => a.seat! - b.seat!),
    talks: session.talks.map((talk) => ({
      code: talk.code,
      title: Object.keys(talk.title).length > 0 ? talk.title : { [words.locale]: words.t('conferences.untitledTalk') },
      abstract: talk.abstract,
      hasAbstract: Object.keys(talk.abstract).length > 0,
      minutes: talk.minutes,
      language:
        talk.language && !session.languages.includes(talk.language) ? languageName(words.locale, talk.language) : '',
      people: talk.people.map((person) => shownPerson(words, programme.ownerId, person)),
    })),
  };
}

export type ShownSession = ReturnType<typeof shownSession>;

/** A session nobody has named goes by its kind. */
export function titled(words: Words, { title, kind }: { title: Localized; kind: SessionKind }): Localized {
  return Object.keys(title).length > 0
    ? title
    : { [words.locale]: capitalised(words.locale, words.t(`sessionKind.${kind}`)) };
}

/** 'In Russian, interpreted into English and Belarusian'; nothing where no language is named. */
export function languageWords(
  words: Words,
  { languages, interpretation }: { languages: readonly string[]; interpretation: readonly string[] },
): string {
  if (languages.length === 0) return '';
  const { locale } = words;
  const names = (codes: readonly string[]) =>
    listOf(
      locale,
      codes.map((code) => languageName(locale, code)),
    );
  return interpretation.length === 0
    ? words.t('conferences.heldIn', { languages: names(languages) })
    : words.t('conferences.heldAndInterpreted', { languages: names(languages), targets: names(interpretation) });
}

function shownPerson(words: Words, conferenceId: string, person: ReleasedPerson): ShownPerson {
  const { name, role, seat, affiliation, country } = person;
  if (name === null)
    return {
      code: null,
      name: words.t('conferences.nameRemoved'),
      removed: true,
      role,
      seat,
      affiliation: '',
      country: '',
    };
  return {
    code: pageCode(conferenceId, person),
    name,
    removed: false,
    role,
    seat,
    affiliation: affiliation ?? '',
    country: country ? countryName(words.locale, country) : '',
  };
}

function byRole(people: readonly ShownPerson[]): { role: string; people: ShownPerson[] }[] {
  return [...Map.groupBy(people, ({ role }) => role)].map(([role, group]) => ({ role, people: group }));
}

function capitalised(locale: Locale, text: string): string {
  const [first = '', ...rest] = text;
  return first.toLocaleUpperCase(locale) + rest.join('');
}

/** The text of a title, for places that take no markup. */
export function plainTitle(words: Words, title: Localized): string {
  return pickText(title, words.locale).text;
}
