import type { DocxData } from '../../src/platform/documents/docx-data.rules.js';
import { threeOnSheet } from '../../src/features/visits/documents/papers/plate.rules.js';
import { seatingGrid, type PrintedSeat } from '../../src/features/visits/documents/papers/seating-grid.rules.js';
import { VISA_LETTER, VISIT_DOCUMENTS, type DocumentKind } from '../../src/features/documents/index.js';

/** Every kind of document that comes with templates of the house. */
export const KINDS: readonly DocumentKind[] = [VISA_LETTER, ...VISIT_DOCUMENTS];

/** Fictional people whose names are in the scripts that the house prints: Cyrillic with Ў, Armenian, Arabic, Chinese. */
export const NAMES = {
  belarusian: 'Уладзімір Ўрублеўскі',
  armenian: 'Արամ Պետրոսյան',
  arabic: 'محمد الأمين',
  chinese: '王小明',
} as const;

const HOUSE: DocxData = {
  hostName: 'Нацыянальная бібліятэка',
  hostNameSecond: 'National Library',
  hostAddress: 'пр. Незалежнасці, 116, 220114, г. Мінск',
  hostPhone: '+375 17 000 00 00',
  hostEmail: 'office@example.org',
  hostUnp: '100000000',
  signatoryTitle: 'Генеральны дырэктар',
  signatoryName: 'А. Б. Прыклад',
  contactName: 'Ганна Мацкевіч',
  contactPhone: '+375 17 000 00 01',
};

const VISIT: DocxData = {
  visitTitle: 'Візіт дэлегацыі Нацыянальнай бібліятэкі Арменіі',
  visitTitleSecond: 'Visit of the National Library of Armenia',
  visitDates: '12–14 мая 2027 г.',
  dates: '12–14 мая 2027 г.',
  datesSecond: '12–14 May 2027',
  guestInstitution: 'Нацыянальная бібліятэка Арменіі',
  guestInstitutionSecond: 'National Library of Armenia',
  guestCountry: 'Арменія',
  reference: 'V-2027-014',
  madeBy: 'Ганна Мацкевіч',
  madeAt: '10.05.2027, 16:40',
  edition: '3',
  zone: 'Мінск, UTC+3',
  zoneSecond: 'Minsk, UTC+3',
  responsible: 'Ганна Мацкевіч',
  responsiblePhone: '+375 29 000 00 02',
  day: 'аўторак, 12 мая',
  meetingTitle: 'Перамовы аб абмене выданнямі',
  meetingTitleSecond: 'Talks on the exchange of publications',
  time: '11:30–13:00',
  timeSecond: '11:30–13:00',
  place: 'Зала перамоваў, пакой 205',
  placeSecond: 'Meeting room 205',
};

const LETTER: DocxData = {
  number: '15/2027',
  date: '12 красавіка 2027 г.',
  addressee: 'Дырэктару Нацыянальнай бібліятэкі Арменіі\nспадару Араму Петрасяну',
  theirNumber: '07-14/221',
  theirDate: '2 красавіка 2027 г.',
  salutation: 'Вельмішаноўны спадар дырэктар!',
  purpose: 'абмен выданнямі і падпісанне пагаднення аб супрацоўніцтве',
};

const MEMBERS: readonly Readonly<Record<string, string>>[] = [
  {
    no: '1',
    courtesy: 'Яго Правасхадзіцельства',
    name: 'Арам Петрасян',
    nameOriginal: NAMES.armenian,
    nameSecond: 'Aram Petrosyan',
    title: 'дырэктар, кіраўнік дэлегацыі',
    titleSecond: 'Director, head of the delegation',
    role: 'кіраўнік',
    institution: 'Нацыянальная бібліятэка Арменіі',
    text: 'Гісторык кнігі, аўтар шматлікіх прац аб армянскім кнігадруку.',
  },
  {
    no: '2',
    name: 'Мухамад аль-Амін',
    nameOriginal: NAMES.arabic,
    nameSecond: 'Mohammed Al-Amin',
    title: 'дарадца',
    titleSecond: 'Adviser',
    role: 'член',
    institution: 'Міністэрства культуры',
  },
  {
    no: '3',
    name: 'Ван Сяамін',
    nameOriginal: NAMES.chinese,
    nameSecond: 'Wang Xiaoming',
    title: 'перакладчык',
    titleSecond: 'Interpreter',
    role: 'перакладчык',
    institution: '',
  },
];

const OURS: readonly DocxData[] = [
  {
    name: NAMES.belarusian,
    title: 'генеральны дырэктар',
    nameSecond: 'Uladzimir Urubleuski',
    titleSecond: 'Director General',
  },
  {
    name: 'Ганна Мацкевіч',
    title: 'начальнік аддзела',
    nameSecond: 'Hanna Matskevich',
    titleSecond: 'Head of department',
  },
];

const ITEMS: readonly Readonly<Record<string, string>>[] = [
  {
    time: '09:30–10:00',
    title: 'Сустрэча каля галоўнага ўвахода',
    place: 'Галоўны ўваход',
    people: `Гаспадар: ${NAMES.belarusian}`,
    language: 'be, en',
    titleSecond: 'Welcome at the main entrance',
    placeSecond: 'Main entrance',
    peopleSecond: 'Host: Uladzimir Urubleuski',
    owner: 'Ганна Мацкевіч',
    phone: '+375 29 000 00 02',
    cars: '1234 AB-7',
    note: 'Кветкі белыя',
    planB: 'Пры спазненні — экскурсія пасля абеду',
  },
  {
    time: '11:30–13:00',
    title: 'Перамовы аб абмене выданнямі',
    place: 'Пакой 205',
    people: `${NAMES.armenian}, ${NAMES.chinese}`,
    language: 'be, hy',
    titleSecond: 'Talks on the exchange of publications',
    placeSecond: 'Room 205',
    peopleSecond: NAMES.arabic,
    owner: 'Ганна Мацкевіч',
    phone: '+375 29 000 00 02',
    cars: '',
    note: '',
    planB: '',
  },
];

const plate = (
  name: string,
  title: string,
  nameSecond: string,
  titleSecond = '',
  country = '',
  countrySecond = '',
) => ({
  name,
  title,
  nameSecond,
  titleSecond,
  country,
  countrySecond,
});
const PLATES = [
  plate('Арам Петрасян', 'дырэктар', NAMES.armenian, '', 'Арменія', 'Armenia'),
  plate('Мухамад аль-Амін', 'дарадца', NAMES.arabic),
  plate('Ван Сяамін', 'перакладчык', NAMES.chinese),
  plate(NAMES.belarusian, 'генеральны дырэктар', 'Uladzimir Urubleuski', 'Director General'),
];

/** Three of theirs above the table, two of ours below it, an interpreter behind each head. */
const CHAIRS: readonly PrintedSeat[] = [
  { no: 1, x: 0.5, y: -1, side: 'guest', name: NAMES.arabic, interprets: true },
  { no: 2, x: -1, y: 0, side: 'guest', name: 'Геворг Туманц', interprets: false },
  { no: 3, x: 0, y: 0, side: 'guest', name: NAMES.armenian, interprets: false },
  { no: 4, x: 1, y: 0, side: 'guest', name: NAMES.chinese, interprets: false },
  { no: 5, x: 0, y: 2, side: 'host', name: NAMES.belarusian, interprets: false },
  { no: 6, x: 1, y: 2, side: 'host', name: 'Ганна Мацкевіч', interprets: false },
  { no: 7, x: -0.5, y: 3, side: 'host', name: 'Марына Перакладчык', interprets: true },
];
const SEATING_WORDS = {
  table: 'стол',
  presidium: 'прэзідыум',
  hall: 'зала',
  stage: 'сцэна',
  interpreter: 'перакладчык',
};

const BY_KIND: Readonly<Record<string, DocxData>> = {
  visa_letter: {
    passportName: 'SITI RAHAYU',
    cyrillicName: 'СІЦІ РАХАЮ',
    sex: 'жаночы',
    birthDate: '3 сакавіка 1980 г.',
    birthPlace: 'Джакарта',
    citizenship: 'Інданезія',
    residence: 'Інданезія',
    homeAddress: 'Jalan Contoh 1, Jakarta',
    passportType: 'звычайны',
    passportNumber: 'X1234567',
    passportIssued: '1 мая 2024 г.',
    passportIssuer: 'Immigration Office, Jakarta',
    passportExpires: '1 мая 2034 г.',
    employer: 'Нацыянальная бібліятэка Інданезіі',
    position: 'бібліятэкар',
    workAddress: 'Jalan Salemba 1, Jakarta',
    workPhone: '+62 21 000 000',
    role: 'дакладчык',
    paperTitle: 'Старадаўнія рукапісы Явы',
    eventTitle: 'Бібліятэка як феномен культуры',
    eventDates: '12–14 кастрычніка 2027 г.',
    entries: 'аднаразовую',
    entryDate: '10 кастрычніка 2027 г.',
    exitDate: '16 кастрычніка 2027 г.',
    route: 'Джакарта — Стамбул — Мінск',
    stayAddress: 'гасцініца «Прыклад», г. Мінск',
    consulate: 'Джакарта',
    whoPays: 'пражыванне — прымаючы бок, праезд — удзельнік',
  },
  invitation_letter: {
    members: MEMBERS,
    topics: [{ topic: 'Абмен выданнямі на 2027–2030 гады' }, { topic: 'Сумесная выстава рукапісаў' }],
    financing: [
      { line: 'Праезд', payer: 'накіроўваючы бок' },
      { line: 'Пражыванне і харчаванне', payer: 'прымаючы бок' },
    ],
    body: `Мы ведаем і шануем працы спадара ${NAMES.armenian}.`,
    replyBy: '20 красавіка 2027 г.',
  },
  note_verbale: {
    mission: 'Пасольству Рэспублікі Арменія ў Рэспубліцы Беларусь',
    addressee: 'Пасольства Рэспублікі Арменія ў Рэспубліцы Беларусь',
    missionCity: 'г. Мінск',
    body: 'Бібліятэка з удзячнасцю прымае прапанову аб візіце дэлегацыі 12–14 мая 2027 г. і гатова прыняць яе ў поўным складзе.',
  },
  thank_you_letter: {
    body: 'Асабліва каштоўнай для нас стала перадача выданняў у фонд бібліятэкі.',
    commitments: [
      { text: 'Падрыхтаваць спіс выданняў для абмену', owner: 'аддзел камплектавання', due: 'да 1 ліпеня' },
    ],
    photos: true,
  },
  programme_guest: {
    days: [
      { day: 'Аўторак, 12 мая', daySecond: 'Tuesday, 12 May', items: ITEMS },
      { day: 'Серада, 13 мая', daySecond: 'Wednesday, 13 May', items: [ITEMS[1]!] },
    ],
  },
  programme_internal: {
    days: [
      { day: 'Аўторак, 12 мая', items: ITEMS },
      { day: 'Серада, 13 мая', items: [ITEMS[1]!] },
    ],
  },
  run_sheet: {
    items: ITEMS.map(({ time, title, place, owner, phone, note }) => ({
      time: time!,
      what: title!,
      place: place!,
      owner: owner!,
      phone: phone!,
      note: note!,
    })),
    phones: [{ name: 'Пост аховы', role: 'увод аўтамабіляў', phone: '+375 17 000 00 03' }],
  },
  change_sheet: {
    sheetNumber: '1',
    previousEdition: '2',
    changes: [
      {
        day: 'аўторак, 12 мая',
        what: 'Перамовы аб абмене выданнямі',
        was: '10:00, Вялікая зала',
        now: '11:30, пакой 205',
      },
      { day: 'серада, 13 мая', what: 'Экскурсія па музеі кнігі', was: '', now: 'дададзена: 15:00' },
    ],
    inform: [{ name: NAMES.armenian, contact: 'aram@example.org', told: '' }],
  },
  pack_contents: {
    files: [
      {
        no: '1',
        title: 'Праграма знаходжання',
        filename: '01 Праграма знаходжання.docx',
        reader: 'гасцям',
        note: '',
      },
      {
        no: '2',
        title: 'Спіс на пропуск',
        filename: '02 Спіс на пропуск.docx',
        reader: 'пасту аховы',
        note: 'на 12 мая',
      },
    ],
    warnings: [{ warning: 'Друкуецца не апошні тэкст: дзейнічае № 2, апошні адпраўлены — № 3.' }],
    missing: [{ title: 'Спіс размяшчэння', why: 'Нумары не ўпісаны.' }],
  },
  delegation_list: { members: MEMBERS },
  both_sides: {
    ours: OURS,
    theirs: MEMBERS.map(({ name, title, nameSecond, titleSecond }) => ({
      name: name!,
      title: title!,
      nameSecond: nameSecond!,
      titleSecond: titleSecond!,
    })),
  },
  briefing_note: {
    principal: 'Генеральнаму дырэктару',
    language: 'беларуская, армянская; паслядоўны пераклад',
    wants: [{ point: 'Падпісаць пагадненне аб абмене выданнямі' }, { point: 'Дамовіцца пра выставу ў 2028 годзе' }],
    facts: [
      { date: '14.03.2025', fact: 'Перададзена 120 выданняў' },
      { date: '02.02.2026', fact: 'Атрымана 80 выданняў' },
    ],
    lastMeeting: 'Лістапад 2025 года, Ерэван: дамоўлена пра абмен каталогамі.',
    theirPoints: [{ point: 'Папросяць лічбавыя копіі рукапісаў' }],
    ourLine: 'Копіі — у абмен на копіі, паводле спіса.',
    sensitive: [{ point: 'Тэрміны вяртання экспанатаў мінулай выставы' }],
    bios: MEMBERS.map(({ name, nameOriginal, title, text }) => ({
      name: `${name!} (${nameOriginal!})`,
      title: title!,
      text: text ?? '',
      photo: null,
    })),
    agreements: [{ title: 'Пагадненне аб супрацоўніцтве, 2021', standing: 'дзейнічае да 2026' }],
    execution: 'Абмен ідзе, выстава адкладзена.',
    commitments: [
      { text: 'Даслаць спіс рукапісаў', owner: NAMES.armenian, due: '01.03.2026', state: 'выканана' },
      { text: 'Падрыхтаваць лічбавыя копіі', owner: 'аддзел рэдкай кнігі', due: '', state: 'адкрыта' },
    ],
    pressLine: 'Візіт працягвае даўняе супрацоўніцтва дзвюх бібліятэк.',
  },
  name_plates: { plates: PLATES },
  name_plates_third: { sheets: threeOnSheet(PLATES) },
  seating_plan: {
    layout: 'прамавугольны стол, бакі насупраць',
    oursLabel: 'Нацыянальная бібліятэка',
    theirsLabel: 'Госці',
    plan: seatingGrid('rectangle', CHAIRS, SEATING_WORDS),
    ours: CHAIRS.filter(({ side }) => side === 'host').map(({ no, name }) => ({ no: String(no), name, title: '' })),
    theirs: CHAIRS.filter(({ side }) => side === 'guest').map(({ no, name }) => ({
      no: String(no),
      name,
      title: 'дырэктар бібліятэкі',
    })),
  },
  flag_list: {
    alphabet: 'беларускага алфавіта',
    flags: [
      { no: '1', country: 'Беларусь', countrySecond: 'Belarus', official: 'Рэспубліка Беларусь', warning: '' },
      { no: '2', country: 'Арменія', countrySecond: 'Armenia', official: '', warning: 'Файла сцяга няма' },
    ],
    places: [
      { day: 'аўторак, 12 мая', time: '11:30–13:00', title: 'Перамовы', place: 'пакой 205', what: 'настольныя, 2' },
    ],
  },
  press_list: {
    policy: 'толькі фота',
    accredited: [
      { no: '1', name: 'Тыгран Аўсепуні', title: 'прэс-сакратар', institution: NAMES.armenian },
      { no: '2', name: NAMES.chinese, title: '', institution: NAMES.arabic },
    ],
    moments: [{ day: 'серада, 13 мая', time: '10:30–11:30', title: 'Падпісанне', place: 'зала 317' }],
    refused: [{ name: NAMES.belarusian, title: 'рэстаўратар' }],
    unasked: [{ name: 'Геворг Туманц', title: '' }],
  },
  estimate: {
    members: '5 чалавек',
    costs: [
      {
        no: '1',
        line: 'Гасцініца',
        what: 'Гасцініца «Прыклад», аднамесныя нумары',
        quantity: '9',
        price: '180,00 BYN',
        sum: '1 620,00 BYN',
        payer: 'прымаючы бок',
      },
      {
        no: '2',
        line: 'Падарункі',
        what: `Факсіміле для ${NAMES.armenian}`,
        quantity: '1',
        price: '250,00 BYN',
        sum: '250,00 BYN',
        payer: 'прымаючы бок',
      },
      { no: '3', line: 'Дарога', what: '', quantity: '5', price: '310,00 EUR', sum: '1 550,00 EUR', payer: 'госці' },
    ],
    payers: [
      { payer: 'прымаючы бок', total: '1 870,00 BYN' },
      { payer: 'госці', total: '1 550,00 EUR' },
    ],
    date: '10 мая 2027 г.',
  },
  order: {
    purpose: 'абмен выданнямі і падпісанне пагаднення',
    points: [
      { point: '1. Прыняць дэлегацыю ў складзе 5 чалавек 12–14 мая 2027 г.' },
      { point: `2. Адказнай за падрыхтоўку візіту прызначыць: ${NAMES.belarusian}.` },
    ],
  },
  pass_list: {
    entrance: 'уваход № 4, з боку праспекта',
    escort: 'Ганна Мацкевіч',
    escortPhone: '+375 29 000 00 02',
    withNumbers: false,
    people: MEMBERS.map(({ no, name, nameOriginal, institution }) => ({
      no: no!,
      name: `${name!} / ${nameOriginal!}`,
      institution: institution!,
      documentNumber: '',
      time: '09:30',
    })),
    vehicles: [{ plate: '1234 AB-7', model: 'мікрааўтобус', driver: 'Пётр Кіроўца', time: '09:20' }],
  },
  transport_sheet: {
    car: 'мікрааўтобус, 1234 AB-7',
    driver: 'Пётр Кіроўца',
    driverPhone: '+375 29 000 00 04',
    legs: [
      {
        day: '12 мая',
        time: '07:40',
        zone: 'Мінск',
        from: 'аэрапорт Мінск',
        to: 'гасцініца «Прыклад»',
        flight: 'рэйс XX 123 з Ерэвана, прылёт 07:05',
        persons: `Арам Петрасян, ${NAMES.chinese}`,
        count: '3 чалавекі',
        sign: NAMES.armenian,
        greeter: 'Ганна Мацкевіч',
        greeterPhone: '+375 29 000 00 02',
        luggage: '5 месцаў',
        car: '',
        driver: '',
        note: '',
      },
    ],
  },
  rooming_list: {
    hotel: 'Гасцініца «Прыклад»',
    total: '3 нумары, 6 начэй',
    rooms: MEMBERS.map(({ no, nameSecond, nameOriginal }) => ({
      no: no!,
      name: `${nameSecond!} / ${nameOriginal!}`,
      roomType: 'аднамесны',
      arrives: '12.05.2027',
      departs: '14.05.2027',
      nights: '2',
      payer: 'прымаючы бок',
      note: '',
    })),
  },
  catering_order: {
    caterer: 'Кафэ бібліятэкі',
    listAsOf: '10 мая, 16:40',
    meals: [
      {
        day: 'Аўторак, 12 мая',
        time: '13:30',
        event: 'Афіцыйны абед',
        headcount: '12',
        place: 'Рэстаран, 22 паверх',
        serving: 'за сталом, 4 стравы',
        menu: '',
        note: '',
        diets: [
          { diet: 'без свініны', count: '2' },
          { diet: 'вегетарыянскае', count: '1' },
        ],
        plated: [{ name: NAMES.chinese, allergy: 'арахіс', seat: 'месца 7' }],
      },
    ],
  },
  gift_sheet: {
    given: [
      {
        no: '1',
        item: 'Факсіміле «Бібліі» Францыска Скарыны',
        from: 'Нацыянальная бібліятэка',
        to: NAMES.armenian,
        occasion: 'перамовы',
        value: '250 BYN',
      },
    ],
    received: [
      {
        no: '1',
        item: 'Альбом мініяцюр',
        from: NAMES.armenian,
        to: 'Нацыянальная бібліятэка',
        occasion: 'перамовы',
        value: 'не ацэнены',
        kept: 'аддзел рэдкай кнігі',
      },
    ],
  },
  visit_report: {
    members: MEMBERS.map(({ no, name, nameOriginal, title }) => ({
      no: no!,
      name: `${name!}, ${nameOriginal!}`,
      title: title!,
    })),
    meetings: [
      { day: '12 мая', time: '11:30', title: 'Перамовы', people: 'абодва бакі', outcome: 'узгоднены спіс абмену' },
    ],
    results: 'Падпісана пагадненне аб супрацоўніцтве на пяць гадоў.',
    commitments: [{ text: 'Даслаць спіс выданняў', owner: 'аддзел камплектавання', due: '01.07.2027' }],
    costs: [{ line: 'Харчаванне', planned: '900,00', spent: '870,50' }],
    lessons: 'Перакладчыка запрашаць на дзень раней.',
    date: '20 мая 2027 г.',
  },
};

/** What a document of that kind is filled with, to look at it. */
export function sampleOf(kind: string): DocxData {
  return {
    ...HOUSE,
    ...VISIT,
    ...(kind.endsWith('letter') || kind === 'note_verbale' ? LETTER : {}),
    ...BY_KIND[kind]!,
  };
}
