import type { Channel, VisitKind, VisitLevel } from '../visit.rules.js';
import { DATE_LINE, daysIn, type FoundDay } from './letter-dates.rules.js';
import { firstOf, found, linesOf, sentenceAt, type Found, type Passage } from './letter-text.rules.js';

const STRONG = String.raw`исх(?:одящий)?\.?\s?(?:№|N)?|вых\.?\s?(?:№|N)?|зых(?:одны)?\.?\s?(?:№|N)?|(?:our\s)?ref(?:erence)?\.?\s?(?:no\.?)?`;
const NUMBER = new RegExp(
  String.raw`(?<![\p{L}\d])(${STRONG}|№|N[°º]|No\.?|Nr\.?)\s{0,3}:?\s{0,3}([\p{L}\d][\p{L}\d/.‑–-]{0,40})`,
  'giu',
);
/** A number of ours, or of something else than a letter. */
const OTHERS =
  /(?:^|[\s(])(?:на|на ваш\p{L}*|на вашу|ваш\p{L}*|your|your ref\.?|reply to|адказ на|ответ на|запрос|запыт|паспорт|passport|пашпарт|школ\p{L}*|кабинет|каб\.?|room|рейс|flight|дом|д\.|зал|счет|рахунак|приложени\p{L}*|annex|тел\.?)\s*$/iu;
/** As many numbers as are looked at. */
const NUMBERS = 200;
/** As far into the letter as its number stands. */
const HEAD = 25;

/** Number and day of the letter in the register of those who wrote it. */
export function incomingOf(text: string, after: string): { no: Found<string> | null; on: Found<string> | null } {
  const lines = linesOf(text);
  const days = daysIn(text, after).filter(({ dated }) => dated);
  for (const match of firstOf(text.matchAll(NUMBER), NUMBERS)) {
    const number = match[2]!.replace(/[.–‑-]+$/u, '');
    const at = { from: match.index, to: match.index + match[0].length - (match[2]!.length - number.length) };
    if (!/\d/.test(number) || OTHERS.test(text.slice(Math.max(0, at.from - 30), at.from))) continue;
    const beside = days.find((day) => isBeside(text, at, day));
    const line = lines.findIndex(({ from, to }) => from <= at.from && at.from <= to);
    const begins = lines[line]!.text.trimStart().startsWith(match[0].trimStart());
    const strong = new RegExp(`^(?:${STRONG})$`, 'iu').test(match[1]!.trim());
    if (!strong && !beside && !(begins && line < HEAD)) continue;
    return { no: found(number, at), on: beside ? found(beside.day, beside) : dateLine(text, days) };
  }
  return { no: null, on: dateLine(text, days) };
}

/** `№ 12-5/345 от 3 марта 2027`, `03.03.2027 № 12-5/345`, `No. 45 dated 3 March 2027`. */
function isBeside(text: string, number: Passage, day: FoundDay): boolean {
  if (day.from >= number.to)
    return /^\s{0,3},?\s{0,3}(?:от|ад|of|dated|from|date:?)?\s{0,3}[«"„“]?\s{0,2}$/iu.test(
      text.slice(number.to, day.from).slice(0, 20),
    );
  const between = text.slice(day.to, number.from);
  return between.length < 12 && /^\s{0,4}(?:г\.?|года)?\s{0,5}$/iu.test(between);
}

/** A day that stands alone in its line, perhaps with a place. */
function dateLine(text: string, days: readonly FoundDay[]): Found<string> | null {
  let next = 0;
  for (const line of linesOf(text)) {
    while (next < days.length && days[next]!.from < line.from) next++;
    const day = days[next];
    if (day && day.to <= line.to && DATE_LINE.test(line.text)) return found(day.day, day);
  }
  return null;
}

const CHANNELS: readonly (readonly [Channel, RegExp])[] = [
  [
    'note_verbale',
    /(?:presents?\s+(?:its|their|his|her)\s+compliments|avails?\s+(?:itself|themselves)\s+of\s+(?:this|the)\s+opportunity|свидетельствует\s+(?:своё?\s+)?уважение|выражает\s+(?:своё?\s+)?уважение|пользуется\s+(?:этим\s+|настоящим\s+)?случаем|(?:сведчыць|засведчвае|выказвае)\s+(?:сваю\s+)?павагу|карыстаецца\s+(?:гэтай\s+)?нагодай|note\s+verbale|вербальн(?:ая|ую|ой)\s+нот(?:а|у|ой)|вярбальн(?:ая|ую|ай)\s+нот(?:а|у|ай))/iu,
  ],
  [
    'agency',
    /(?<![\p{L}])(?:tour\s+operator|travel\s+agency|туроператор|турагентств|туристическ(?:ая|ое)\s+(?:компания|фирма|агентство)|турыстычн(?:ая|ае)\s+(?:кампанія|фірма|агенцтва)|турфірма|турфирма)/iu,
  ],
  [
    'order',
    /(?<![\p{L}])(?:во\s+исполнение\s+(?:поручения|приказа|распоряжения)|на\s+выкананне\s+(?:даручэння|загаду|распараджэння)|in\s+accordance\s+with\s+the\s+order\s+of)/iu,
  ],
];
const MAIL = /^\s{0,4}(?:from|subject|от|тема|ад|тэма)\s?:\s.{1,200}$/imu;
const SALUTATION =
  /^\s{0,20}(?:dear|уважаем(?:ый|ая|ые)|паважан(?:ы|ая|ыя)|шаноўн(?:ы|ая|ыя)|(?:your\s+)?excellency|ваше\s+превосходительство|ваша\s+правасхадзіцельства)(?![\p{L}]).{0,120}$/imu;

/** How the wish reached the house, where its own words say so. */
export function channelOf(text: string, whole: string): Found<Channel> | null {
  for (const [channel, words] of CHANNELS) {
    const match = words.exec(text);
    if (match) return found(channel, placeOf(match));
  }
  const mail = MAIL.exec(whole);
  if (mail) return found<Channel>('email', placeOf(mail));
  const salutation = SALUTATION.exec(text);
  return salutation ? found<Channel>('letter', placeOf(salutation)) : null;
}

const KINDS: readonly (readonly [VisitKind, RegExp])[] = [
  ['courtesy', /визит[а-я]{0,2}\s+вежливости|візіт[а-я]{0,2}\s+ветлівасці|courtesy\s+(?:call|visit)/iu],
  ['official', /официальн\p{L}{2,3}\s+визит|афіцыйн\p{L}{1,3}\s+візіт|official\s+visit/iu],
  ['working', /рабоч\p{L}{2,3}\s+визит|рабоч\p{L}{1,3}\s+візіт|working\s+visit/iu],
  [
    'study',
    /учебн\p{L}{2,3}\s+(?:визит|поездк)|стажировк|стажыроўк|навучальн\p{L}{1,3}\s+візіт|study\s+(?:visit|tour|trip)/iu,
  ],
  ['technical', /техническ\p{L}{2,3}\s+визит|тэхнічн\p{L}{1,3}\s+візіт|technical\s+visit/iu],
];

export function kindOf(text: string): Found<VisitKind> | null {
  const hits = KINDS.flatMap(([kind, words]) => {
    const match = words.exec(text);
    return match ? [{ kind, match }] : [];
  });
  const [first] = hits.toSorted((a, b) => a.match.index - b.match.index);
  return first ? found(first.kind, placeOf(first.match)) : null;
}

/** Words of a post, the highest first; where one of them stands, the later ones say less. */
const LEVELS: readonly (readonly [VisitLevel, RegExp])[] = [
  [
    3,
    /(?<![\p{L}])(?:deputy\s+(?:prime\s+)?minister|vice[- ]minister|(?:(?:перв|перш)\p{L}{1,3}\s+)?(?:заместител\p{L}{1,3}|намеснік\p{L}{0,2})\s+(?:премьер-)?(?:министр|міністр)\p{L}{0,2})/iu,
  ],
  [
    1,
    /(?<![\p{L}])(?:head\s+of\s+(?:state|government)|глав\p{L}{1,2}\s+(?:государства|правительства)|кіраўнік\p{L}{0,2}\s+(?:дзяржавы|урада)|prime\s+minister|премьер-министр\p{L}{0,2}|прэм['’ʼ]ер-міністр\p{L}{0,2}|president\s+of\s+the\s+republic|президент\p{L}{0,2}\s+республики|прэзідэнт\p{L}{0,2}\s+рэспублікі)/iu,
  ],
  [
    2,
    /(?<![\p{L}])(?:minister(?!ial)|министр(?:ом|а|у)?(?![\p{L}])|міністр(?:ам|а|у)?(?![\p{L}])|ambassador|посл(?:ом|а|у)(?![\p{L}])|посол(?![\p{L}])|пасл(?:ом|а|у)(?![\p{L}])|пасол(?![\p{L}])|speaker\s+of|спикер|спікер|(?:chair\p{L}*|председател\p{L}{1,3}|старшын\p{L}{1,3})\s+(?:of\s+(?:the\s+)?)?(?:parliament|senate|national assembly|парламента|сената|сената|палаты|национального собрания|нацыянальнага сходу))/iu,
  ],
  [
    3,
    /(?<![\p{L}])(?:director(?:\s+general)?(?![\p{L}])|генеральн\p{L}{2,3}\s+директор|директор(?:ом|а)?(?![\p{L}])|дырэктар(?:ам|а|ка|кай)?(?![\p{L}])|rector(?![\p{L}])|ректор(?:ом|а)?(?![\p{L}])|рэктар(?:ам|а)?(?![\p{L}])|president\s+of\s+the\s+(?:academy|university|association)|президент\p{L}{0,2}\s+(?:академии|университета|ассоциации))/iu,
  ],
  [
    4,
    /(?<![\p{L}])(?:head\s+of\s+(?:the\s+)?(?:\p{L}+\s+){0,3}(?:department|section|unit|division)|начальник\p{L}{0,2}|заведующ\p{L}{2,3}|загадчы\p{L}{1,3}|librarians?(?![\p{L}])|библиотекар\p{L}{1,3}|бібліятэкар\p{L}{1,3}|specialists?(?![\p{L}])|специалист\p{L}{0,3}|спецыяліст\p{L}{0,3}|experts?(?![\p{L}])|эксперт\p{L}{0,3})/iu,
  ],
];
const GROUP =
  /(?<![\p{L}])(?:(?:group|class)\s+of\s+(?:\d{1,3}\s+)?(?:\p{L}+\s+){0,2}(?:students|pupils|tourists|schoolchildren)|групп[аыу]\s+(?:из\s+\d{1,3}\s+)?(?:\p{L}+\s+){0,2}(?:студентов|школьников|учащихся|туристов)|груп[аыу]\s+(?:з\s+\d{1,3}\s+)?(?:\p{L}+\s+){0,2}(?:студэнтаў|школьнікаў|вучняў|навучэнцаў|турыстаў))/iu;

/** Who comes, by a post. Offsets are of `text`. */
export function levelIn(text: string): { level: VisitLevel; place: Passage } | null {
  for (const [level, words] of LEVELS) {
    const match = words.exec(text);
    if (match) return { level, place: placeOf(match) };
  }
  return null;
}

export function groupIn(text: string): Found<VisitLevel> | null {
  const match = GROUP.exec(text);
  return match ? found<VisitLevel>(5, placeOf(match)) : null;
}

const PURPOSE: readonly RegExp[] = [
  /(?:цель(?:ю)?\s+(?:визита|поездки|посещения)|мэта(?:й)?\s+(?:візіту|паездкі|наведвання)|purpose\s+of\s+(?:the|our|this|their)\s+(?:visit|trip|stay)|aim\s+of\s+(?:the|our|this)\s+visit)/iu,
  /(?<![\p{L}])(?:с\s+целью|в\s+целях|з\s+мэтай|for\s+the\s+purpose\s+of|with\s+(?:a|the)\s+(?:view\s+to|aim\s+of|purpose\s+of)|in\s+order\s+to|(?:для|с\s+тем\s+чтобы)\s+(?:ознаком|обсужд|обсуд|подписан|участи)|каб\s+(?:азнаёміцца|абмеркаваць|падпісаць))/iu,
  /(?<![\p{L}])(?:would\s+like\s+to\s+visit|wish(?:es)?\s+to\s+visit|plans?\s+to\s+visit|intends?\s+to\s+visit|request(?:s)?\s+(?:to\s+)?(?:organi[sz]e|arrange|receive)|просит\s+(?:принять|организовать|рассмотреть|оказать)|просим\s+(?:принять|организовать|рассмотреть|вас)|просіць\s+(?:прыняць|арганізаваць|разгледзець)|просім\s+(?:прыняць|арганізаваць|разгледзець|вас)|планирует\s+посетить|намерен[аы]?\s+посетить|плануе\s+наведаць|(?:хотел|хотела|хотели)\s+бы\s+посетить|хаце(?:ў\s+бы|л[аі]\s+б)\s+наведаць)/iu,
];

/** The sentence that says why they come, in its words. */
export function purposeOf(text: string): Found<string> | null {
  for (const words of PURPOSE) {
    const match = words.exec(text);
    if (!match) continue;
    const place = sentenceAt(text, match.index);
    return found(text.slice(place.from, place.to).replace(/\s+/gu, ' '), place);
  }
  return null;
}

const EMAIL = /(?<![\w.+-])[\w.+-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,5}/giu;
const PHONE =
  /(?:(?:тел|tel|phone|ph|mob|моб|факс|fax|t)\.?(?:\/\p{L}{2,5}\.?)?\s{0,2}:?\s{0,2}(\+?\(?\d[\d\s().-]{5,18}\d)|(?<![\d+])(\+\d[\d\s().-]{6,18}\d))(?!\d)/giu;
/** As many addresses and telephones as anybody writes below a letter. */
const MOST = 20;

export function emailsIn(text: string): Found<string>[] {
  return unique(
    [...firstOf(text.matchAll(EMAIL), MOST)].map((match) => found(match[0].replace(/\.$/u, ''), placeOf(match))),
  );
}

export function phonesIn(text: string): Found<string>[] {
  return unique(
    [...firstOf(text.matchAll(PHONE), MOST)].map((match) => {
      const number = (match[1] ?? match[2])!;
      const from = match.index + match[0].lastIndexOf(number);
      return found(number.replace(/\s+/gu, ' '), { from, to: from + number.length });
    }),
  );
}

function unique(all: readonly Found<string>[]): Found<string>[] {
  return [...new Map(all.toReversed().map((one) => [one.value, one])).values()].toReversed();
}

function placeOf(match: RegExpExecArray): Passage {
  return { from: match.index, to: match.index + match[0].length };
}
