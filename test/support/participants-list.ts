import writeXlsxFile, { type Cell } from 'write-excel-file/node';

export const FORMULA = "=cmd|' /C calc'!A0";

/** People whom the house knows before the list comes: six of its rows may be them. */
export const KNOWN_PEOPLE = [
  { given: 'Аўгіння', family: 'Кісялёва', patronymic: 'Уладзіміраўна', institution: 'Музей гісторыі кнігі' },
  { given: 'Янка', family: 'Літвінец', institution: 'Абласная бібліятэка' },
  { given: 'Ірына', family: 'Ждановіч', phone: '+375 29 111 22 33', institution: 'Універсітэт культуры' },
  { given: 'Павел', family: 'Сцяпуржынскі', email: 'stsiapurzhynski@example.org' },
  { given: 'Anahit', family: 'Hakobyan', country: 'AM', institution: 'Matenadaran' },
  { given: 'Вольга', family: 'Шчукіна', email: 'office@library.example.org' },
] as const;

/** As the secretariat writes them: forty-one are new to the house, six may be known, three have an error. */
const FAMILIES =
  'Кавалёва Гайдук Жук Бурачонак Лабоцкая Ясюкевіч Трацяк Дзямідчык Шчур Ёсць Іваноўская Ціхановец Ракіцкая Вярбіцкая Ермаловіч Цвірка Мацюшэнка Пятрэнка Щукина Ёлкин Объедков Подъячева Крыжовников Шамшина Вяземкин Хайруллина Жигулёв Овсянникова Южаков Чайкина Пташкин Нұрланова Сәрсенбаев Қожахметова'.split(
    ' ',
  );

interface Line {
  readonly name: string;
  readonly institution?: string;
  readonly position?: string;
  readonly country?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly arrival?: Cell | string;
  readonly departure?: string;
}

const usual = FAMILIES.map((family, at): Line => ({
  name: `${family} ${'АБВГДЕЖЗІК'[at % 10]!}. ${'ЛМНОПРСТУФ'[at % 7]!}.`,
  institution: `Бібліятэка № ${at + 1}`,
  position: 'бібліятэкар',
  country: at < 18 ? 'Беларусь' : at < 31 ? 'РФ' : 'Казахстан',
  email: `person${at}@example.org`,
  arrival: at % 3 === 0 ? '12 траўня 2027 г.' : '12.05.2027',
  departure: '14.05.2027',
}));

const odd: readonly Line[] = [
  { name: 'И.П. Пташкина', country: 'Россия', email: 'ptashkina@example.org; ptashkina.i@example.net' },
  { name: 'Сідарэнка Ганна Пятроўна', institution: FORMULA, country: 'РБ', email: 'sidarenka@example.org' },
  { name: '刘文博', institution: '首都图书馆', country: 'Китай', phone: '+86 10 6735 8114' },
  { name: 'Kowalska, Anna', institution: 'Biblioteka Narodowa', country: 'Poland', email: 'kowalska@example.org' },
  { name: 'ليلى المنصوري', institution: 'مكتبة عمان', country: 'Oman', email: 'layla@example.org' },
  { name: 'Скарына', country: 'BY' },
  { name: 'Шупа Ш.', institution: 'Абласная бібліятэка' },
];

/** 41 = 34 + 7. */
export const NEW_LINES: readonly Line[] = [...usual, ...odd];

const probable: readonly Line[] = [
  { name: 'Кісялёва А. У.', institution: 'Музей гісторыі кнігі', country: 'Беларусь', email: 'kisialiova@example.org' },
  { name: 'Літвінец Янка', institution: 'Абласная бібліятэка', country: 'Беларусь' },
  { name: 'Ждановіч-Крук Ірына', phone: '+375 (29) 111-22-33', email: 'zhdanovich@example.org' },
  { name: 'Сцяпуржынскі П.', email: 'other@example.org' },
  { name: 'Հակոբյան Անահիտ', email: 'hakobyan@example.org', country: 'Арменія' },
  { name: 'Шчукін І. І.', institution: 'Абласная бібліятэка', email: 'office@library.example.org' },
];

const wrong: readonly Line[] = [
  { name: 'Памылка А. А.', email: 'pamylka@', country: 'Беларусь' },
  { name: 'Памылка Б. Б.', country: 'Атлантыда' },
  { name: 'Памылка В. В.', country: 'Беларусь', arrival: '31.02.2027' },
];

const text = (value: string | undefined, more: object = {}): Cell =>
  value === undefined || value === '' ? null : { type: String, value, ...more };

/**
 * `Спіс удзельнікаў.xlsx` as such files are: titles over merged cells, headings in the fourth row, a heading between the
 * rows, an institution merged over three rows, surnames with initials in one cell, dates as texts, two addresses in one
 * cell, a cell that looks like a formula, and a total below. Answers the number of the row of each line, too.
 */
export async function participantsList({ without = [] as readonly string[] } = {}): Promise<{
  bytes: Buffer;
  rowOf: (name: string) => number;
}> {
  const lines = [...NEW_LINES.slice(0, 18), ...probable, ...wrong, ...NEW_LINES.slice(18)].filter(
    ({ name }) => !without.includes(name),
  );
  const rows: Cell[][] = [
    [text('Нацыянальная бібліятэка', { columnSpan: 9, fontWeight: 'bold' })],
    [text('Спіс удзельнікаў кангрэса, 12–14 мая 2027', { columnSpan: 9 })],
    [],
    ['№', 'Прозвішча, ініцыялы', 'Установа', 'Пасада', 'Краіна', 'Тэл.', 'E-mail', 'Дата прыезду', 'Ад’езд'].map(
      (one) => text(one, { fontWeight: 'bold' }),
    ),
    [text('Удзельнікі з дакладамі', { columnSpan: 9 })],
  ];
  const rowOf = new Map<string, number>();
  lines.forEach((line, at) => {
    rowOf.set(line.name, rows.length + 1);
    rows.push([
      { type: Number, value: at + 1 },
      text(line.name),
      text(line.institution),
      text(line.position),
      text(line.country),
      text(line.phone),
      text(line.email),
      typeof line.arrival === 'object' ? line.arrival : text(line.arrival),
      text(line.departure),
    ]);
  });
  rows.push([], [null, text(`Усяго: ${lines.length}`)]);
  const bytes = await writeXlsxFile(rows, { sheet: 'Спіс' }).toBuffer();
  return { bytes, rowOf: (name) => rowOf.get(name)! };
}
