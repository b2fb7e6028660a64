import { firstOf, found, linesOf, trimmed, type Found, type Passage } from './letter-text.rules.js';
import type { MemberRole } from '../delegation/member.rules.js';

/** Somebody whom a letter names as a guest, in its words. */
export interface LetterPerson {
  readonly name: string;
  /** Post and degrees, or nothing. */
  readonly title: string | null;
  readonly courtesy: string | null;
  readonly role: MemberRole;
}

/** As many people as a letter names. */
const MOST = 60;
/** Lines below the words "members of the delegation" in which people are looked for. */
const LIST = 80;

const COURTESY = String.raw`(?:(?:his|her)\s+excellency|h\.\s?e\.|(?:его|её|ее)\s+превосходительство|яго\s+правасхадзіцельства|яе\s+правасхадзіцельства)`;
const ADDRESS = String.raw`(?:mr|mrs|ms|miss|dr|prof|professor|господин(?:ом|а)?|госпож(?:а|ой|у)|г-н(?:ом|а)?|г-ж(?:а|ой|у)|доктор(?:ом|а)?|профессор(?:ом|а)?|проф|д-р|спадар(?:ом|а)?|спадарын(?:я|яй|ю)|прафесар(?:ам|а)?|праф|сп)`;
const OPENING = new RegExp(String.raw`^(?:(${COURTESY})[\s,]*)?((?:${ADDRESS}(?![\p{L}])\.?\s*){0,3})`, 'iu');

/** Words that belong to a post, an institution or a place, and to nobody's name. Stems, folded. */
const NO_NAME =
  /^(?:minist|минист|мінiст|міністр|міністэрс|deputy|вице|віцэ|vice|first|first|перв|перш|намесн|заместител|директор|дырэктар|director|general|генераль|генераль|rector|ректор|рэктар|president|президент|прэзідэнт|премьер|прэм|prime|ambassador|посол|посл|пасол|посольств|пасольств|embassy|extraordinary|plenipotentiary|чрезвычайн|надзвычайн|полномочн|паўнамоцн|counsellor|советник|саветнік|secretary|секретар|сакратар|attache|атташе|аташэ|chair|chief|head|глав|кіраўн|начальник|начальнік|руководител|заведующ|загадчы|department|отдел|аддзел|управлен|упраўлен|library|librar|библиотек|бібліятэк|бібліятэк|national|национал|нацыянал|university|университет|універсітэт|institute|институт|інстытут|academy|академ|акадэм|museum|музе|архив|архіў|archive|republic|республик|рэспублік|federation|федерац|kingdom|королевств|каралеўств|culture|культур|education|образован|адукацы|foreign|affairs|иностран|замежн|справ|дел$|parliament|парламент|senate|сенат|палат|committee|комитет|камітэт|union|союз|саюз|state|государств|дзяржаў|specialist|специалист|спецыяліст|expert|эксперт|interpreter|переводчи|перакладчы|advisor|adviser|director|researcher|научн|навуков|professor|профессор|прафесар|member|член|delegation|делегац|дэлегац|of$|the$|and$|for$|by$|on$|dear|уважаем|паважан|с$|и$|і$|из$|з$|в$|у$|на$|во$|от$|ад$)/iu;
const PARTICLE =
  /^(?:van|von|der|den|de|da|di|du|la|le|del|al|el|bin|ibn|ben|abu|оглы|оглу|кызы|заде|al-\p{Lu}\p{L}*)$/iu;
const NAME_WORD =
  /^(?:\p{Lu}[\p{L}\p{M}'’ʼ]*(?:[-‑]\p{L}[\p{L}\p{M}'’ʼ]*){0,3}\.?|\p{Lu}\.(?:\p{Lu}\.)?|\p{Lo}[\p{Lo}\p{M}·]*)$/u;

const ROLES: readonly (readonly [MemberRole, RegExp])[] = [
  ['deputy', /deputy head of (?:the )?delegation|заместитель главы делегации|намеснік кіраўніка дэлегацыі/iu],
  [
    'head',
    /(?<![\p{L}])head of (?:the )?delegation|глав(?:а|ы|ой|у) делегации|кіраўнік(?:а|ом)? дэлегацыі|руководител(?:ь|я|ем) делегации|(?:^|[(,;–-]\s*)head\)?$/iu,
  ],
  ['interpreter', /(?<![\p{L}])(?:interpreter|переводчи(?:к|ца)|перакладчы(?:к|ца))/iu],
  ['security', /(?<![\p{L}])(?:security officer|bodyguard|сотрудник охраны|супрацоўнік аховы|служба безопасности)/iu],
  ['press', /(?<![\p{L}])(?:journalist|photographer|журналист|фотограф|карэспандэнт|корреспондент|фатограф)/iu],
  ['spouse', /(?<![\p{L}])(?:spouse|wife|husband|супруга?|жонка|муж)(?![\p{L}])/iu],
  ['driver', /(?<![\p{L}])(?:driver|водитель|вадзіцель|кіроўца)(?![\p{L}])/iu],
];

export function roleIn(text: string): MemberRole {
  return ROLES.find(([, words]) => words.test(text))?.[0] ?? 'member';
}

/** Says that people are listed below. */
const HEADING =
  /(?:состав[еау]?\s(?:официальной\s|нашей\s|участников\s)?делегации|складз?[еу]?\s(?:афіцыйнай\s|нашай\s)?дэлегацыі|список\s(?:членов\s)?делегации|спіс\s(?:членаў\s)?дэлегацыі|(?:члены|члены)\s(?:делегации|дэлегацыі)|следующем\sсоставе|наступным\sскладзе|members?\sof\s(?:the|our)\sdelegation|composition\sof\s(?:the|our)\sdelegation|delegation\s(?:members|list)|list\sof\s(?:the\s)?(?:delegates|participants|delegation)|our\sdelegation\s(?:will\s)?(?:consists?|includes?)|делегаци[яию]\s(?:будет\sсостоять|входят)|в\sсостав\sделегации\sвходят|у\sсклад\sдэлегацыі\sўваходзяць)/iu;
const NUMBERED = /^\s*(?:\d{1,2}\s?[.)]|[-–—•*·])\s*/u;

/**
 * Everybody whom the letter lists as a guest, in its order. A line is somebody when a name stands in it on its own, before or
 * after the post.
 */
export function listedPeople(text: string): Found<LetterPerson>[] {
  const lines = linesOf(text);
  const people: Found<LetterPerson>[] = [];
  const heading = lines.findIndex((line) => HEADING.test(line.text));
  const numbered = (at: number) => NUMBERED.test(lines[at]?.text ?? '');
  for (let at = 0; at < lines.length && people.length < MOST; at++) {
    const below = heading !== -1 && at > heading && at <= heading + LIST;
    // Without such words, only what is numbered like a list and has a post beside the name.
    if (!below && !(numbered(at) && (numbered(at - 1) || numbered(at + 1)))) continue;
    const item = withRest(text, lines, at);
    const person = personIn(text, item.place, { needsTitle: !below || !numbered(at) });
    if (person) {
      people.push(person);
      at += item.lines - 1;
    } else if (below && people.length > 0 && lines[at]!.text.trim() !== '' && !numbered(at)) break;
  }
  return people;
}

/** A numbered line and the lines that go on with it. */
function withRest(
  text: string,
  lines: readonly (Passage & { text: string })[],
  at: number,
): { place: Passage; lines: number } {
  const first = lines[at]!;
  const start = first.from + (NUMBERED.exec(first.text)?.[0].length ?? 0);
  let last = at;
  if (NUMBERED.test(first.text))
    while (last - at < 2) {
      const next = lines[last + 1]?.text ?? '';
      if (!/^\s{2,}\S/.test(next) || NUMBERED.test(next)) break;
      last++;
    }
  return { place: trimmed(text, { from: start, to: lines[last]!.to }), lines: last - at + 1 };
}

/** Goes on with something else than the list: whom to ask, what is asked for. */
const NO_MEMBER =
  /(?<!\p{L})(?:контакт|кантакт|contact|прос(?:им|ім)(?!\p{L})|please(?!\p{L})|исполнитель|выканаўца)/iu;
const BETWEEN = /\t+|\s+[–—-]\s+|[,;]\s+|\s+(?=\()|:\s+|\.\s{2,}/u;

function personIn(text: string, place: Passage, { needsTitle }: { needsTitle: boolean }): Found<LetterPerson> | null {
  const whole = text.slice(place.from, place.to);
  if (whole.length > 400 || (needsTitle && NO_MEMBER.test(whole))) return null;
  const role = roleIn(whole);
  const parts = whole.split(BETWEEN).map((part) =>
    part
      .replace(/[();.]+$/u, '')
      .replace(/^[(]/u, '')
      .trim(),
  );
  const index = parts.slice(0, 3).findIndex((part) => nameIn(part) !== null);
  const named = index === -1 ? null : nameIn(parts[index]!);
  if (!named) return null;
  const rest = inTitle(whole, parts[index]!, index);
  const title = rest === '' ? null : rest;
  if (needsTitle && title === null && role === 'member' && named.courtesy === null) return null;
  return found({ ...named, title, role }, place);
}

/** What stands beside a name: the post, as it is written. */
function inTitle(whole: string, part: string, index: number): string {
  const at = whole.indexOf(part);
  const beside = index === 0 ? whole.slice(at + part.length) : `${whole.slice(0, at)} ${whole.slice(at + part.length)}`;
  return beside
    .replace(/\s+/gu, ' ')
    .replace(
      /[(,;–-]?\s*(?:deputy )?(?:head of (?:the )?delegation|глава делегации|заместитель главы делегации|(?:намеснік )?кіраўніка? дэлегацыі|руководитель делегации)\s*\)?/giu,
      '',
    )
    .replace(/\(\s*\)/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s,;:.()–—-]+|[\s,;:(–—-]+$/gu, '')
    .replace(/\.$/u, '')
    .trim();
}

/** A text that is a name and nothing else, without its courtesies. */
export function nameIn(text: string): { name: string; courtesy: string | null } | null {
  if (text.length > 120) return null;
  const opening = OPENING.exec(text)!;
  const name = text.slice(opening[0].length).trim();
  const words = name.split(/\s+/u);
  const courteous = opening[0].trim() !== '';
  if (name === '' || words.length > 6 || (words.length === 1 && !courteous)) return null;
  if (!words.every((word) => NAME_WORD.test(word) || PARTICLE.test(word))) return null;
  if (words.some((word) => NO_NAME.test(word)) || words.every((word) => PARTICLE.test(word))) return null;
  const courtesy = (opening[1] ?? opening[2] ?? '').trim();
  return { name: words.join(' '), courtesy: courtesy === '' ? null : courtesy };
}

const LED =
  /(?:во\sглаве\sс|на\sчале\sз|(?:headed|led)\sby|under\sthe\sleadership\sof|под\sруководством|пад\sкіраўніцтвам|head\sof\s(?:the\s|our\s)?delegation(?:\s(?:is|will\sbe))?|глав(?:а|ой|у|ою)\sделегации|кіраўнік(?:ом|а)?\sдэлегацыі|(?:делегацию\s)?возглав(?:ит|ляет)|(?:дэлегацыю\s)?узначаль(?:вае|ць|іць))/giu;
/** Where prose goes on with something else. */
const STOP =
  /(?<!(?<![\p{L}])(?:[Mm]r|[Mm]rs|[Mm]s|[Dd]r|[Pp]rof|[Hh]\.[Ee]|[Ee]|г|г-н|д-р|проф|праф|сп))[.!?]\s+(?=\p{Lu}\p{Ll}{3})|\n\s*(?:\n|\d|[-–—•*])|;/u;
/** As far behind such words as the name may stand. */
const REACH = 220;

/** Who leads the delegation, as prose says it. In Belarusian and Russian the name may stand in another case. */
export function headInProse(text: string, isPlace: (word: string) => boolean): Found<LetterPerson> | null {
  for (const led of firstOf(text.matchAll(LED), MOST)) {
    const start = led.index + led[0].length;
    const reach = text.slice(start, start + REACH);
    const end = STOP.exec(reach)?.index ?? reach.length;
    // `(head of delegation)` at the end of a line speaks of whom it stands behind.
    if (/^\s*(?:[)\n]|$)/u.test(reach)) continue;
    const name = runOfName(reach.slice(0, end), isPlace);
    if (!name) continue;
    const before = reach.slice(0, name.from).replace(/\s+/gu, ' ');
    const after = /^,\s+([^,.;\n]{3,160})/u.exec(reach.slice(name.to));
    const title = postIn(before) ?? (after && postIn(after[1]!));
    const last = after && postIn(before) === null && title ? name.to + after[0].length : name.to;
    const cyrillic = /\p{Script=Cyrillic}/u.test(name.text);
    return found(
      { name: name.text, title: title ?? null, courtesy: courtesyIn(before), role: 'head' },
      trimmed(text, { from: led.index, to: start + last }),
      cyrillic && /^(?:во|на|под|пад|глав[^а]|кіраўнік[ао])/iu.test(led[0]) ? 'case' : undefined,
    );
  }
  return null;
}

/** The first words that can only be a name: at least two in a row, in capitals, none of a post or a place. */
function runOfName(text: string, isPlace: (word: string) => boolean): (Passage & { text: string }) | null {
  let run: Passage[] = [];
  const end = () => (run.length >= 2 ? { from: run[0]!.from, to: run.at(-1)!.to } : null);
  let last = 0;
  for (const match of text.matchAll(/[^\s,()«»"“”]+/gu)) {
    const word = match[0].replace(/[.;:]$/u, (mark) => (/^\p{Lu}\.$/u.test(match[0]) ? mark : ''));
    const apart = /[,()«»"“”]/u.test(text.slice(last, match.index));
    const place = { from: match.index, to: match.index + word.length };
    last = match.index + match[0].length;
    if (apart && end()) break;
    if (apart) run = [];
    const part = run.length > 0 && PARTICLE.test(word);
    const plain = /^(?:h\.e|mr|mrs|ms|dr|prof)$/iu.test(word.replace(/\.$/u, ''));
    if (!plain && !NO_NAME.test(word) && !isPlace(word) && (part || (NAME_WORD.test(word) && /^\p{Lu}/u.test(word)))) {
      run.push(place);
      if (run.length === 4) break;
    } else if (end()) break;
    else run = [];
  }
  const place = end();
  return place && { ...place, text: text.slice(place.from, place.to).replace(/\s+/gu, ' ') };
}

function postIn(text: string): string | null {
  const post = text
    .replace(new RegExp(String.raw`(?:${COURTESY}|(?<![\p{L}])${ADDRESS}(?![\p{L}])\.?)`, 'giu'), ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s,:–—-]+|[\s,:–—-]+$/gu, '');
  return post.length > 3 && post.split(' ').some((word) => NO_NAME.test(word)) ? post : null;
}

function courtesyIn(text: string): string | null {
  return new RegExp(COURTESY, 'iu').exec(text)?.[0] ?? null;
}

const EXCELLENCY = new RegExp(
  String.raw`(?<![\p{L}])${COURTESY}[\s,]+((?:${ADDRESS}\.?\s+){0,2}[^,;\n]{3,80}),\s+([^,;.\n]{3,160})`,
  'giu',
);

/** Those whom the body of the letter calls "Excellency" and names with their post. */
export function excellencies(text: string): Found<LetterPerson>[] {
  return [...text.matchAll(EXCELLENCY)].slice(0, MOST).flatMap((match) => {
    const named = nameIn(match[1]!.trim());
    if (!named) return [];
    const courtesy = courtesyIn(match[0]);
    const value = { name: named.name, title: match[2]!.replace(/\s+/gu, ' ').trim(), courtesy, role: roleIn(match[0]) };
    return [found<LetterPerson>(value, trimmed(text, { from: match.index, to: match.index + match[0].length }))];
  });
}
