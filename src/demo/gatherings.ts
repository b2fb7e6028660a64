import type { Localized } from '../kernel/locale.js';
import type { DemoSession } from './programme.js';

interface Texts {
  title: Localized;
  tagline: Localized;
  description: Localized;
  practical?: Localized;
  host?: Localized;
}

export const SERIES: Record<'congress' | 'readings', { code: string; title: Localized }> = {
  congress: {
    code: 'congress',
    title: { be: 'Міжнародны кангрэс «Бібліятэка як феномен культуры»', ru: 'Международный конгресс «Библиотека как феномен культуры»', en: 'International Congress “Library as a Cultural Phenomenon”' },
  },
  readings: {
    code: 'readings',
    title: { be: 'Міжнародныя кнігазнаўчыя чытанні', ru: 'Международные книговедческие чтения', en: 'International Book Studies Readings' },
  },
};

export const CONGRESS_TEXTS: Texts = {
  title: { be: 'XI Міжнародны кангрэс «Бібліятэка як феномен культуры»', ru: 'XI Международный конгресс «Библиотека как феномен культуры»', en: 'XI International Congress “Library as a Cultural Phenomenon”' },
  tagline: { be: 'Агульная памяць, адкрытыя фонды', ru: 'Общая память, открытые фонды', en: 'Shared memory, open collections' },
  description: {
    be: 'Раз на два гады бібліятэкары, кнігазнаўцы і захавальнікі з дваццаці краін сустракаюцца ў Мінску.\n\nПраграма мае **тры напрамкі**: кніжная спадчына, лічбавая бібліятэка, чытанне і грамадства. Удзел бясплатны.',
    ru: 'Раз в два года библиотекари, книговеды и хранители из двадцати стран встречаются в Минске.\n\nВ программе **три направления**: книжное наследие, цифровая библиотека, чтение и общество. Участие бесплатное.',
    en: 'Every second year librarians, book historians and keepers from twenty countries meet in Minsk.\n\nThe programme has **three strands**: book heritage, the digital library, reading and society. Taking part is free of charge.',
  },
  practical: {
    be: '## Як дабрацца\n\nСтанцыя метро ў дзвюх хвілінах хады ад бібліятэкі.\n\n## Віза\n\nКалі вам патрэбны ліст для візы, напішыце сакратарыяту не пазней як за 45 дзён.',
    ru: '## Как добраться\n\nСтанция метро в двух минутах ходьбы от библиотеки.\n\n## Виза\n\nЕсли вам нужно письмо для визы, напишите секретариату не позднее чем за 45 дней.',
    en: '## Getting here\n\nThe underground station is two minutes on foot from the library.\n\n## Visa\n\nIf you need a letter for your visa, write to the secretariat at least 45 days ahead.',
  },
};

export const READINGS_TEXTS: Texts = {
  title: { be: 'XXII Міжнародныя кнігазнаўчыя чытанні', ru: 'XXII Международные книговедческие чтения', en: 'XXII International Book Studies Readings' },
  tagline: { be: 'Кніга ў руках даследчыка', ru: 'Книга в руках исследователя', en: 'The book in a scholar’s hands' },
  description: {
    be: 'Два дні дакладаў пра гісторыю кнігі, бібліятэчныя зборы і чытачоў.',
    ru: 'Два дня докладов об истории книги, библиотечных собраниях и читателях.',
  },
};

export const SATELLITE_TEXTS: Texts = {
  title: { be: 'Спадарожная сустрэча захавальнікаў рукапісаў', ru: 'Сателлитная встреча хранителей рукописей', en: 'Satellite meeting of manuscript keepers' },
  tagline: { en: 'From palm leaf to parchment' },
  description: {
    en: 'A working afternoon of manuscript departments, inside the Congress and with its own registration. Bring one difficult case from your stacks.',
    ru: 'Рабочая встреча отделов рукописей во время конгресса, с собственной регистрацией.',
  },
  host: { ru: 'Рабочая группа хранителей рукописей', en: 'Working group of manuscript keepers' },
};

export const READINGS: DemoSession[] = [
  {
    kind: 'opening',
    title: { be: 'Адкрыццё чытанняў', ru: 'Открытие чтений', en: 'Opening of the Readings' },
    day: 0,
    at: '10:00',
    minutes: 45,
    room: 'conference',
    languages: ['be'],
  },
  {
    kind: 'section',
    title: { be: 'Гісторыя кнігі', ru: 'История книги', en: 'History of the book' },
    day: 0,
    at: '11:00',
    minutes: 90,
    room: 'conference',
    languages: ['be', 'ru'],
    talks: [
      { title: { be: 'Кнігадрукаванне ў малых гарадах', ru: 'Книгопечатание в малых городах' }, language: 'be' },
      { title: { ru: 'Читатель XVIII века и его заметки' }, language: 'ru' },
    ],
  },
  {
    kind: 'section',
    title: { be: 'Бібліятэчныя зборы', ru: 'Библиотечные собрания', en: 'Library collections' },
    day: 1,
    at: '10:00',
    minutes: 90,
    room: '205',
    languages: ['ru'],
    talks: [{ title: { ru: 'Инвентарь как исторический источник' }, language: 'ru' }],
  },
];

export const SATELLITE: DemoSession[] = [
  {
    kind: 'seminar',
    title: { ru: 'Трудный случай: разбор', en: 'A difficult case, taken apart' },
    day: 0,
    at: '16:30',
    minutes: 120,
    room: '317',
    languages: ['en', 'ru'],
    capacity: 30,
  },
];

export const CEREMONY: { texts: Texts; sessions: DemoSession[] } = {
  texts: {
    title: { be: 'Перадача кніг ад пасольства', ru: 'Передача книг от посольства', en: 'Book transfer by an embassy' },
    tagline: { be: 'Сто дваццаць тамоў для чытальнай залы', ru: 'Сто двадцать томов для читального зала', en: 'One hundred and twenty volumes for the reading room' },
    description: {
      be: 'Пасол урачыста перадае бібліятэцы выданні сваёй краіны; пасля цырымоніі — агляд выстаўкі.',
      ru: 'Посол торжественно передаёт библиотеке издания своей страны; после церемонии — осмотр выставки.',
      en: 'The ambassador presents publications of his country to the library; a look at the exhibition follows.',
    },
  },
  sessions: [
    {
      kind: 'ceremony',
      title: { be: 'Урачыстая перадача', ru: 'Торжественная передача', en: 'Presentation of the gift' },
      day: 0,
      at: '15:00',
      minutes: 45,
      room: 'gallery',
      languages: ['ru', 'en'],
    },
    {
      kind: 'exhibition_opening',
      title: { be: 'Адкрыццё выстаўкі', ru: 'Открытие выставки', en: 'Opening of the exhibition' },
      day: 0,
      at: '15:45',
      minutes: 45,
      room: 'gallery',
    },
  ],
};
