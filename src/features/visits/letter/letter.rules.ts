import type { Channel, VisitKind, VisitLevel } from '../visit.rules.js';
import { daysIn, staysIn, stayOf, type FoundStay } from './letter-dates.rules.js';
import {
  channelOf,
  emailsIn,
  groupIn,
  incomingOf,
  kindOf,
  levelIn,
  phonesIn,
  purposeOf,
} from './letter-facts.rules.js';
import { namesOf, type Mention } from './letter-names.rules.js';
import { excellencies, headInProse, listedPeople, type LetterPerson } from './letter-people.rules.js';
import { found, MAIL_HEAD, withoutLines, withoutQuotes, type Found, type Passage } from './letter-text.rules.js';

export interface KnownCountry {
  /** ISO 3166-1 alpha-2. */
  readonly id: string;
  readonly names: readonly string[];
}
export interface KnownInstitution {
  readonly id: string;
  readonly kind: string;
  readonly country: string | null;
  readonly names: readonly string[];
}
/** What the house knows by name, and the day on which the letter is read (`YYYY-MM-DD`). */
export interface LetterRegisters {
  readonly countries: readonly KnownCountry[];
  readonly institutions: readonly KnownInstitution[];
  readonly today: string;
}

/** What a letter says of a visit; every part with the passage that says it, and null where nothing does. */
export interface LetterReading {
  readonly institution: Found<string> | null;
  readonly country: Found<string> | null;
  readonly initiator: Found<string> | null;
  readonly channel: Found<Channel> | null;
  readonly incomingNo: Found<string> | null;
  readonly incomingOn: Found<string> | null;
  readonly stay: Found<{ startsOn: string; endsOn: string }> | null;
  readonly flexible: Found<true> | null;
  readonly kind: Found<VisitKind> | null;
  readonly level: Found<VisitLevel> | null;
  readonly purpose: Found<string> | null;
  /** In the order of the letter. */
  readonly people: readonly Found<LetterPerson>[];
  readonly emails: readonly Found<string>[];
  readonly phones: readonly Found<string>[];
}

/** The country of the house: every letter names it, and hardly any guest comes from it. */
const HOUSE_COUNTRY = 'BY';

/**
 * Reads a letter or a mail in Belarusian, Russian or English for what a new visit can be filled in with. It proposes and never
 * invents: what is in doubt (two countries, a day of which the month is not sure) is left out. Reads any text in a time that
 * grows with its length alone. What a mail quotes is read only where the mail itself says nothing.
 */
export function readLetter(text: string, registers: LetterRegisters): LetterReading {
  const { own, quoted } = withoutQuotes(text);
  const [first, second] = own.trim() === '' ? [quoted, own] : [own, quoted];
  const said = read(first, registers);
  const before = second.trim() === '' ? null : read(second, registers);
  if (!before) return said;
  const told = (part: unknown) => (Array.isArray(part) ? part.length > 0 : part !== null);
  // Of a quoted letter, its people are no fewer guests; but what we wrote ourselves has number, channel and contacts of ours.
  const OURS: readonly string[] = ['incomingNo', 'incomingOn', 'channel', 'initiator', 'emails', 'phones'];
  return Object.fromEntries(
    (Object.keys(said) as (keyof LetterReading)[]).map((part) => [
      part,
      told(said[part]) || OURS.includes(part) ? said[part] : before[part],
    ]),
  ) as unknown as LetterReading;
}

function read(text: string, { countries, institutions, today }: LetterRegisters): LetterReading {
  const body = withoutLines(text, MAIL_HEAD);
  const lands = namesOf(countries);
  const mentioned = lands.mentionsIn(body);
  const sender = senderIn(body, mentioned, institutions);
  const { no, on } = incomingOf(body, today);
  const written = on?.value ?? today;
  const isPlace = (word: string) => lands.mentionsIn(word).length > 0;
  const stays = staysIn(body, written);
  const stay = likeliest(body, stays);
  const people = peopleIn(body, isPlace);
  const [emails, phones] = [emailsIn(text), phonesIn(body)];
  return {
    institution: sender.institution,
    country: sender.country,
    initiator: initiatorOf(text, sender.named, [emails[0], phones[0]]),
    channel: channelOf(body, text),
    incomingNo: no,
    incomingOn: on,
    stay: stay ? stayOf(stay) : oneDay(body, written, on),
    flexible: alternative(body, stays),
    kind: kindOf(body),
    level: levelOf(text, body, people),
    purpose: purposeOf(body),
    people,
    emails,
    phones,
  };
}

function senderIn(body: string, mentioned: readonly Mention[], institutions: readonly KnownInstitution[]) {
  const foreign = mentioned.filter(({ id }) => id !== HOUSE_COUNTRY);
  const names = namesOf(institutions);
  const byId = new Map(institutions.map((one) => [one.id, one]));
  const embassy = embassyIn(body, foreign);
  const met = names.mentionsIn(body).map((mention) => ({ mention, known: byId.get(mention.id)! }));
  // A letter names its addressee, too: one of ours is the guest only where nothing speaks of another country.
  const abroad = met.filter(({ known }) => known.country !== HOUSE_COUNTRY);
  const [sender] = abroad.length > 0 ? abroad : foreign.length > 0 ? [] : met;
  const ofEmbassy = institutions.filter(({ kind, country }) => kind === 'embassy' && country === embassy?.id);
  const institution = sender
    ? found(sender.known.id, sender.mention)
    : embassy && ofEmbassy.length === 1
      ? found(ofEmbassy[0]!.id, embassy)
      : null;
  const ofSender = sender?.known.country ?? null;
  const country =
    sender && ofSender !== null
      ? found(ofSender, sender.mention)
      : embassy
        ? found(embassy.id, embassy)
        : new Set(foreign.map(({ id }) => id)).size === 1
          ? found(foreign[0]!.id, foreign[0]!)
          : null;
  return {
    institution,
    country,
    named: institution?.passages[0] ?? (embassy && { from: embassy.from, to: embassy.to }),
  };
}

/** The first embassy of a country that the letter speaks of, with its country. */
function embassyIn(body: string, foreign: readonly Mention[]): (Passage & { id: string }) | null {
  let next = 0;
  for (const match of body.matchAll(/(?<![\p{L}])(?:посольств|пасольств|embassy)\p{L}{0,3}/giu)) {
    const end = match.index + match[0].length;
    while (next < foreign.length && foreign[next]!.from < end) next++;
    const country = foreign[next];
    if (country && /^(?:\s+[\p{L}’'-]+){0,4}\s+$/u.test(body.slice(end, Math.min(country.from, end + 80))))
      return { id: country.id, from: match.index, to: country.to };
  }
  return null;
}

/** Who asked, in the letter's words: the name as it stands there, and how they can be reached. */
function initiatorOf(
  text: string,
  named: Passage | null,
  contacts: readonly (Found<string> | undefined)[],
): Found<string> | null {
  const reached = contacts.filter((one) => one !== undefined);
  if (!named && reached.length === 0) return null;
  const words = [
    ...(named ? [text.slice(named.from, named.to).replace(/\s+/gu, ' ')] : []),
    ...reached.map(({ value }) => value),
  ].join('; ');
  return words.length > 300
    ? null
    : found(words, [...(named ? [named] : []), ...reached.flatMap((one) => one.passages)]);
}

const STAYING =
  /(?:визит|посещ|посет|пребыван|прибы|приед|находиться|поездк|візіт|наведа|знаходж|прыбы|прыед|паездк|visit|stay|arriv|travel|trip|come to|be in minsk|delegation|делегац|дэлегац|экскурс|tour|групп|групы|group)/iu;
/** As far around a stay as words say what it is. */
const AROUND = 160;

/** The stay that the letter speaks of when it speaks of the visit; else the first. */
function likeliest(body: string, stays: readonly FoundStay[]): FoundStay | null {
  const near = ({ from, to }: FoundStay) => STAYING.test(body.slice(Math.max(0, from - AROUND), to + AROUND / 4));
  return stays.find(near) ?? stays[0] ?? null;
}

/** A second stay that the letter offers beside the first: the days are not settled. */
function alternative(body: string, stays: readonly FoundStay[]): Found<true> | null {
  for (const [index, stay] of stays.entries()) {
    const next = stays[index + 1];
    const between = next ? body.slice(stay.to, Math.min(next.from, stay.to + 60)) : '';
    if (next && next.from - stay.to < 60 && /(?<![\p{L}])(?:or|или|або|либо|ці)(?![\p{L}])/iu.test(between))
      return found(true as const, [
        { from: stay.from, to: stay.to },
        { from: next.from, to: next.to },
      ]);
  }
  return null;
}

/** A stay of one day, where one day alone is spoken of besides that of the letter. */
function oneDay(body: string, written: string, on: Found<string> | null): LetterReading['stay'] {
  const days = daysIn(body, written).filter(({ day, from }) => day !== on?.value && isVisitDay(body, from));
  const [only] = days;
  if (!only || new Set(days.map(({ day }) => day)).size > 1) return null;
  return stayOf({ from: only.from, to: only.to, startsOn: only.day, endsOn: only.day, dated: only.dated });
}

function isVisitDay(body: string, at: number): boolean {
  const around = body.slice(Math.max(0, at - AROUND), at + AROUND);
  // `Agreement of 3 March`, `note No. 5 dated …`: a day of a paper.
  const before = body.slice(Math.max(0, at - 24), at);
  return (
    STAYING.test(around) &&
    !/(?:№\s?\S{1,20}\s+(?:от|ад)|dated|соглашени\p{L}*\s+от|пагадненн\p{L}*\s+ад)\s*[«"„“]?$/iu.test(before)
  );
}

const SALUTATION =
  /^\s{0,20}(?:dear|уважаем(?:ый|ая|ые)|паважан(?:ы|ая|ыя)|шаноўн(?:ы|ая|ыя)|(?:your\s+)?excellency|ваше\s+превосходительство|ваша\s+правасхадзіцельства)(?![\p{L}]).{0,120}$/imu;
const SIGN_OFF =
  /^\s{0,60}(?:с\s+(?:глубоким\s+|искренним\s+)?уважением|с\s+наилучшими|з\s+павагай|з\s+найлепшымі|(?:yours\s+)?(?:sincerely|faithfully|respectfully|truly)|(?:kind|best|warm)\s+regards)(?![\p{L}])/imu;

function peopleIn(body: string, isPlace: (word: string) => boolean): Found<LetterPerson>[] {
  const listed = listedPeople(body);
  const [start, end] = bounds(body);
  const inner = ' '.repeat(start) + body.slice(start, end);
  const head = headInProse(inner, isPlace);
  const others = excellencies(inner);
  const people: Found<LetterPerson>[] = [];
  for (const person of [...(head && !isListed(head, listed) ? [head] : []), ...listed, ...others])
    if (!people.some((one) => one.value.name === person.value.name)) people.push(person);
  const led = head && isListed(head, listed) ? head.value.name : null;
  return people.map((one) =>
    led !== null && sharesName(one.value.name, led) ? { ...one, value: { ...one.value, role: 'head' as const } } : one,
  );
}

function isListed(head: Found<LetterPerson>, listed: readonly Found<LetterPerson>[]): boolean {
  return listed.some(({ value }) => sharesName(value.name, head.value.name));
}

/** The same person, perhaps in another case: every word of one begins like a word of the other. */
function sharesName(one: string, other: string): boolean {
  const stems = (name: string) =>
    name
      .toLowerCase()
      .split(/[\s.]+/u)
      .filter((word) => word.length > 2)
      .map((word) => word.slice(0, Math.max(3, word.length - 2)));
  const [a, b] = [stems(one), stems(other)];
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  return few.length > 0 && few.every((stem) => many.some((word) => word.startsWith(stem) || stem.startsWith(word)));
}

/** Between the salutation and the signature: who is addressed and who signs are no guests. */
function bounds(body: string): [number, number] {
  const salutation = SALUTATION.exec(body);
  const start = salutation ? salutation.index + salutation[0].length : 0;
  const signed = SIGN_OFF.exec(body.slice(start));
  return [start, signed ? start + signed.index : body.length];
}

/** From the post of the head, or of the first guest; of a group without names, from the words for it. */
function levelOf(text: string, body: string, people: readonly Found<LetterPerson>[]): Found<VisitLevel> | null {
  const head = people.find(({ value }) => value.role === 'head') ?? people[0];
  if (head) {
    const [{ from, to }] = head.passages as [Passage];
    const level = levelIn(text.slice(from, to));
    if (level) return found(level.level, { from: from + level.place.from, to: from + level.place.to });
  }
  return groupIn(body) ?? ledBy(body);
}

/** "A delegation headed by the Minister of Culture", without a name. */
function ledBy(body: string): Found<VisitLevel> | null {
  const led = /(?:во\sглаве\sс|на\sчале\sз|(?:headed|led)\sby|возглав(?:ит|ляет)|узначаль(?:вае|іць))\s+/iu.exec(body);
  if (!led) return null;
  const start = led.index + led[0].length;
  const level = levelIn(body.slice(start, start + 80));
  return level ? found(level.level, { from: start + level.place.from, to: start + level.place.to }) : null;
}
