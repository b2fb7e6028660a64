import type { Localized } from '../kernel/locale.js';
import type { SessionKind } from '../features/programme/index.js';

export interface DemoTalk {
  title: Localized;
  language: string;
  minutes?: number;
}

export interface DemoSession {
  kind: SessionKind;
  title: Localized;
  abstract?: Localized;
  /** Day of the congress, from 0. */
  day: number;
  /** Local time in Minsk, and the room; without them it waits in the tray. */
  at?: string;
  minutes: number;
  room?: RoomCode;
  strand?: StrandCode;
  languages?: string[];
  interpretation?: string[];
  capacity?: number;
  expected?: number;
  talks?: DemoTalk[];
}

export type RoomCode = 'great-hall' | 'conference' | '205' | '317' | 'gallery';
export type StrandCode = 'heritage' | 'digital' | 'reading';

export const ROOMS: { code: RoomCode; name: Localized; capacity: number }[] = [
  { code: 'great-hall', name: { be: 'Вялікая зала', ru: 'Большой зал', en: 'Great Hall' }, capacity: 450 },
  { code: 'conference', name: { be: 'Канферэнц-зала', ru: 'Конференц-зал', en: 'Conference Hall' }, capacity: 120 },
  { code: '205', name: { be: 'Аўдыторыя 205', ru: 'Аудитория 205', en: 'Room 205' }, capacity: 60 },
  { code: '317', name: { be: 'Аўдыторыя 317', ru: 'Аудитория 317', en: 'Room 317' }, capacity: 40 },
  { code: 'gallery', name: { be: 'Галерэя', ru: 'Галерея', en: 'Gallery' }, capacity: 200 },
];

export const STRANDS: { code: StrandCode; name: Localized; colour: string }[] = [
  {
    code: 'heritage',
    name: { be: 'Кніжная спадчына', ru: 'Книжное наследие', en: 'Book heritage' },
    colour: 'firebrick',
  },
  {
    code: 'digital',
    name: { be: 'Лічбавая бібліятэка', ru: 'Цифровая библиотека', en: 'The digital library' },
    colour: 'steelblue',
  },
  {
    code: 'reading',
    name: { be: 'Чытанне і грамадства', ru: 'Чтение и общество', en: 'Reading and society' },
    colour: 'seagreen',
  },
];

const ru = (ruText: string, en: string, minutes = 20): DemoTalk => ({
  title: { ru: ruText, en },
  language: 'ru',
  minutes,
});
const be = (beText: string, en: string, minutes = 20): DemoTalk => ({
  title: { be: beText, en },
  language: 'be',
  minutes,
});
const en = (text: string, beText: string, minutes = 20): DemoTalk => ({
  title: { en: text, be: beText },
  language: 'en',
  minutes,
});

const section = (
  day: number,
  at: string,
  room: RoomCode,
  strand: StrandCode,
  title: Localized,
  talks: DemoTalk[],
): DemoSession => ({
  kind: 'section',
  title,
  day,
  at,
  minutes: 90,
  room,
  strand,
  languages: [...new Set(talks.map((talk) => talk.language))],
  talks,
});
const coffee = (day: number, at: string): DemoSession => ({
  kind: 'break',
  title: { be: 'Кава', ru: 'Кофе', en: 'Coffee' },
  day,
  at,
  minutes: 30,
  room: 'gallery',
});

/** Sessions and talks over three days; four of them still wait for their time. */
export const CONGRESS: DemoSession[] = [
  {
    kind: 'opening',
    title: { be: 'Урачыстае адкрыццё кангрэса', ru: 'Торжественное открытие конгресса', en: 'Opening of the Congress' },
    day: 0,
    at: '10:00',
    minutes: 60,
    room: 'great-hall',
    languages: ['be'],
    interpretation: ['ru', 'en'],
  },
  {
    kind: 'plenary',
    title: {
      be: 'Бібліятэка як з’ява культуры',
      ru: 'Библиотека как феномен культуры',
      en: 'The library as a cultural phenomenon',
    },
    abstract: {
      be: 'Тры погляды на тое, што застаецца ад бібліятэкі, калі кніга даступная паўсюль.',
      ru: 'Три взгляда на то, что остаётся от библиотеки, когда книга доступна повсюду.',
      en: 'Three views of what remains of a library once every book is within reach everywhere.',
    },
    day: 0,
    at: '11:30',
    minutes: 90,
    room: 'great-hall',
    languages: ['be', 'ru', 'en'],
    interpretation: ['be', 'ru', 'en'],
    talks: [
      be(
        'Пяцьсот гадоў друкаванага слова: што мы захоўваем',
        'Five hundred years of the printed word: what we keep',
        30,
      ),
      en('A reading room without walls', 'Чытальная зала без сцен', 30),
      ru('Память места: библиотека в городе', 'Memory of a place: the library in its city', 30),
    ],
  },
  coffee(0, '13:00'),
  section(
    0,
    '14:30',
    'conference',
    'heritage',
    { be: 'Рукапісы і старадрукі', ru: 'Рукописи и старопечатные книги', en: 'Manuscripts and early printed books' },
    [
      be('Маргіналіі чытачоў XVI стагоддзя', 'Marginalia of sixteenth-century readers'),
      en('Armenian bindings in Eastern European collections', 'Армянскія пераплёты ва ўсходнееўрапейскіх зборах'),
      ru('Кириллические издания: опыт сводного каталога', 'Cyrillic editions: a union catalogue'),
    ],
  ),
  section(
    0,
    '14:30',
    '205',
    'digital',
    { be: 'Сумесныя лічбавыя калекцыі', ru: 'Совместные цифровые коллекции', en: 'Shared digital collections' },
    [
      en('One viewer for nine libraries', 'Адзін праглядальнік на дзевяць бібліятэк'),
      ru('Распознавание дореформенной орфографии', 'Text recognition for historical spelling'),
      en('Persistent identifiers for fragile objects', 'Пастаянныя ідэнтыфікатары для крохкіх рэчаў'),
    ],
  ),
  section(0, '14:30', '317', 'reading', { be: 'Дзіцячае чытанне', ru: 'Детское чтение', en: 'Children and reading' }, [
    ru('Читающая семья в малом городе', 'The reading family in a small town'),
    be('Казка як першая кніга', 'The fairy tale as a first book'),
    en('Picture books in two languages', 'Кнігі-малюнкі на дзвюх мовах'),
  ]),
  coffee(0, '16:00'),
  {
    kind: 'workshop',
    title: {
      be: 'Майстар-клас: друк на ручным станку',
      ru: 'Мастер-класс: печать на ручном станке',
      en: 'Workshop: printing on a hand press',
    },
    day: 0,
    at: '16:30',
    minutes: 90,
    room: '205',
    languages: ['be', 'en'],
    capacity: 12,
  },
  {
    kind: 'press',
    title: { be: 'Прэс-канферэнцыя', ru: 'Пресс-конференция', en: 'Press conference' },
    day: 0,
    at: '16:30',
    minutes: 45,
    room: '317',
    languages: ['ru'],
  },
  {
    kind: 'reception',
    title: { be: 'Вечар сустрэчы', ru: 'Вечер встречи', en: 'Welcome reception' },
    day: 0,
    at: '18:30',
    minutes: 120,
    room: 'gallery',
    capacity: 200,
  },
  {
    kind: 'plenary',
    title: {
      be: 'Агульная памяць, агульныя стандарты',
      ru: 'Общая память, общие стандарты',
      en: 'Shared memory, shared standards',
    },
    day: 1,
    at: '10:00',
    minutes: 60,
    room: 'great-hall',
    languages: ['en', 'ru'],
    interpretation: ['be', 'ru', 'en'],
    talks: [
      en('What catalogues owe to readers', 'Што каталогі вінныя чытачам', 30),
      ru('Национальная библиография завтра', 'National bibliography tomorrow', 30),
    ],
  },
  coffee(1, '11:00'),
  {
    kind: 'round_table',
    title: {
      be: 'Дакументальная спадчына без межаў',
      ru: 'Документальное наследие без границ',
      en: 'Documentary heritage without borders',
    },
    abstract: {
      be: 'Восем бібліятэк абмяркоўваюць агульную праграму вяртання спадчыны ў лічбавай форме і прымаюць рэзалюцыю.',
      ru: 'Восемь библиотек обсуждают общую программу цифрового возвращения наследия и принимают резолюцию.',
      en: 'Eight libraries discuss a joint programme for the digital return of heritage and adopt a resolution.',
    },
    day: 1,
    at: '11:30',
    minutes: 120,
    room: 'conference',
    strand: 'heritage',
    languages: ['en', 'ru'],
    interpretation: ['be', 'ru', 'en'],
    capacity: 80,
  },
  section(
    1,
    '14:30',
    '205',
    'digital',
    { be: 'Захаванне лічбавага', ru: 'Сохранение цифрового', en: 'Keeping what is digital' },
    [
      en('Ten years of web archiving in small countries', 'Дзесяць гадоў архівавання сеціва ў малых краінах'),
      ru('Форматы, которые переживут нас', 'Formats that will outlive us'),
      be('Лічбавы абавязковы асобнік', 'Legal deposit of digital works'),
    ],
  ),
  section(
    1,
    '14:30',
    '317',
    'reading',
    { be: 'Бібліятэка і супольнасць', ru: 'Библиотека и сообщество', en: 'The library and its community' },
    [
      en('A library bus in the steppe', 'Бібліятэчны аўтобус у стэпе'),
      ru('Чтение вслух в больнице', 'Reading aloud in a hospital'),
      be('Мовы меншасцей на паліцах', 'Minority languages on the shelves'),
    ],
  ),
  section(
    1,
    '14:30',
    'conference',
    'heritage',
    { be: 'Рэстаўрацыя і экспертыза', ru: 'Реставрация и экспертиза', en: 'Conservation and expertise' },
    [
      ru('Бумага, железо и чернила', 'Paper, iron and ink'),
      en('Palm-leaf manuscripts: handling and housing', 'Рукапісы на пальмавым лісці: абыходжанне і захаванне'),
      be('Вадзяныя знакі ў базе даных', 'Watermarks in a database'),
    ],
  ),
  coffee(1, '16:00'),
  {
    kind: 'tour',
    title: { be: 'Кніжныя сховішчы: экскурсія', ru: 'Книгохранилища: экскурсия', en: 'The stacks: a guided tour' },
    day: 1,
    at: '16:30',
    minutes: 60,
    room: 'gallery',
    capacity: 25,
  },
  {
    kind: 'workshop',
    title: {
      be: 'Майстар-клас: апісанне старадрука',
      ru: 'Мастер-класс: описание старопечатной книги',
      en: 'Workshop: describing an early printed book',
    },
    day: 1,
    at: '16:30',
    minutes: 90,
    room: '205',
    languages: ['ru'],
    capacity: 12,
  },
  {
    kind: 'concert',
    title: {
      be: 'Музыка з бібліятэчных рукапісаў',
      ru: 'Музыка из библиотечных рукописей',
      en: 'Music from library manuscripts',
    },
    day: 1,
    at: '19:00',
    minutes: 75,
    room: 'great-hall',
    capacity: 400,
  },
  section(
    2,
    '10:00',
    'conference',
    'heritage',
    { be: 'Прыватныя калекцыі', ru: 'Частные собрания', en: 'Private collections' },
    [
      be('Кнігазборы магнатаў: рэканструкцыя', 'Libraries of the magnates: a reconstruction'),
      en('Provenance marks as data', 'Уладальніцкія знакі як даныя'),
      ru('Экслибрис между двумя войнами', 'The bookplate between two wars'),
    ],
  ),
  section(
    2,
    '10:00',
    '205',
    'digital',
    {
      be: 'Штучны інтэлект у каталагізацыі',
      ru: 'Искусственный интеллект в каталогизации',
      en: 'Artificial intelligence in cataloguing',
    },
    [
      en(
        'Subject headings: the machine suggests, the librarian decides',
        'Прадметныя рубрыкі: машына прапануе, бібліятэкар вырашае',
      ),
      ru('Ошибки, которые не видны', 'Errors that cannot be seen'),
      en('Handwritten catalogue cards, read again', 'Рукапісныя каталожныя карткі, прачытаныя зноў'),
    ],
  ),
  section(
    2,
    '10:00',
    '317',
    'reading',
    { be: 'Чытач даследуе', ru: 'Читатель исследует', en: 'Readers who research' },
    [
      be('Краязнаўства як навука грамадзян', 'Local studies as citizen science'),
      ru('Семейный архив в библиотеке', 'The family archive in the library'),
      en('Letters from readers', 'Лісты чытачоў'),
    ],
  ),
  {
    kind: 'poster',
    title: { be: 'Постэры', ru: 'Постеры', en: 'Posters' },
    day: 2,
    at: '11:30',
    minutes: 60,
    room: 'gallery',
    languages: ['en', 'ru', 'be'],
  },
  {
    kind: 'meal',
    title: { be: 'Абед', ru: 'Обед', en: 'Lunch' },
    day: 2,
    at: '12:30',
    minutes: 60,
    room: 'gallery',
  },
  {
    kind: 'signing',
    title: { be: 'Падпісанне пагадненняў', ru: 'Подписание соглашений', en: 'Signing of agreements' },
    day: 2,
    at: '13:30',
    minutes: 30,
    room: 'great-hall',
  },
  {
    kind: 'plenary',
    title: { be: 'Рэзалюцыя і закрыццё', ru: 'Резолюция и закрытие', en: 'Resolution and closing' },
    day: 2,
    at: '14:15',
    minutes: 60,
    room: 'great-hall',
    languages: ['be', 'ru', 'en'],
    interpretation: ['be', 'ru', 'en'],
  },
  {
    kind: 'excursion',
    title: {
      be: 'Замак і музей кнігадрукавання',
      ru: 'Замок и музей книгопечатания',
      en: 'The castle and the museum of printing',
    },
    day: 2,
    at: '15:45',
    minutes: 180,
    room: 'gallery',
    capacity: 45,
  },
  {
    kind: 'section',
    title: { be: 'Адкрытыя даныя бібліятэк', ru: 'Открытые данные библиотек', en: 'Open data of libraries' },
    day: 0,
    minutes: 90,
    strand: 'digital',
    languages: ['en', 'ru'],
    expected: 70,
    talks: [
      en('A catalogue that anyone may copy', 'Каталог, які кожны можа скапіраваць'),
      ru('Связанные данные без лишних слов', 'Linked data without the jargon'),
      en('Statistics of use: what to publish and what not', 'Статыстыка выкарыстання: што публікаваць, а што не'),
    ],
  },
  {
    kind: 'section',
    title: { be: 'Кнігазборы манастыроў', ru: 'Монастырские библиотеки', en: 'Monastic libraries' },
    day: 0,
    minutes: 60,
    strand: 'heritage',
    languages: ['be', 'ru'],
    expected: 45,
    talks: [
      be('Інвентары XVII стагоддзя як крыніца', 'Inventories of the seventeenth century as a source'),
      ru('Переписчики и их привычки', 'Scribes and their habits'),
    ],
  },
  {
    kind: 'workshop',
    title: { be: 'Майстар-клас: дагляд паперы', ru: 'Мастер-класс: уход за бумагой', en: 'Workshop: caring for paper' },
    day: 0,
    minutes: 90,
    languages: ['be', 'en'],
    capacity: 15,
    expected: 15,
  },
  {
    kind: 'presentation',
    title: {
      be: 'Прэзентацыя факсімільнага выдання',
      ru: 'Презентация факсимильного издания',
      en: 'A facsimile edition is presented',
    },
    day: 0,
    minutes: 45,
    strand: 'heritage',
    languages: ['be', 'ru', 'en'],
    expected: 160,
  },
];
