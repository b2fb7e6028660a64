/** `B7` of the second column in row 7. */
export function cellName(column: number, row: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${row}`;
}

const MONTHS_FIRST = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/;
const DAYS_FIRST = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4}|\d\d)$/;

const DAY_MONTH_WORD = /^(\d{1,2})\.?\s+(\p{L}{3,})\.?,?\s+(\d{4})(?:\s*(?:г|года))?\.?$/u;
const MONTH_WORD_DAY = /^(\p{L}{3,})\.?\s+(\d{1,2}),?\s+(\d{4})$/u;
/** Excel's number of a day, where a cell has lost its form: from 2000 to 2099. */
const SERIAL = /^\d{5}$/;
const FIRST_SERIAL = 36_526;
const LAST_SERIAL = 73_050;
const EPOCH = Date.UTC(1899, 11, 30);

/** The first letters of the months in Belarusian, Russian and English. */
const MONTHS = [
  ['сту', 'янв', 'jan'],
  ['лют', 'фев', 'feb'],
  ['сак', 'мар', 'mar'],
  ['кра', 'апр', 'apr'],
  ['тра', 'мая', 'май', 'may'],
  ['чэр', 'июн', 'jun'],
  ['ліп', 'июл', 'jul'],
  ['жні', 'авг', 'aug'],
  ['вер', 'сен', 'sep'],
  ['кас', 'окт', 'oct'],
  ['ліс', 'ноя', 'nov'],
  ['сне', 'дек', 'dec'],
] as const;

/**
 * `2027-05-12` of `2027-05-12`, `12.05.2027`, `12/5/27`, `12 мая 2027 г.`, `May 12, 2027` or Excel's number of that day;
 * undefined for anything else and for days that do not exist.
 */
export function readDay(text: string): string | undefined {
  const parts = partsOf(text.trim());
  if (!parts) return undefined;
  const { year, month, day } = parts;
  const shown = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${shown}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(shown) ? shown : undefined;
}

function partsOf(text: string): { year: string; month: string; day: string } | undefined {
  const iso = MONTHS_FIRST.exec(text);
  if (iso) return { year: iso[1]!, month: iso[2]!, day: iso[3]! };
  const ours = DAYS_FIRST.exec(text);
  if (ours) return { year: ours[3]!, month: ours[2]!, day: ours[1]! };
  const serial = SERIAL.test(text) ? Number(text) : 0;
  if (serial >= FIRST_SERIAL && serial <= LAST_SERIAL) {
    const [year, month, day] = new Date(EPOCH + serial * 86_400_000).toISOString().slice(0, 10).split('-');
    return { year: year!, month: month!, day: day! };
  }
  const [, day, word, year] = DAY_MONTH_WORD.exec(text) ?? swapped(MONTH_WORD_DAY.exec(text));
  const month = MONTHS.findIndex((names) => names.some((name) => word?.toLowerCase().startsWith(name)));
  return month < 0 ? undefined : { year: year!, month: String(month + 1), day: day! };
}

function swapped(found: RegExpExecArray | null): readonly (string | undefined)[] {
  return found ? [found[0], found[2], found[1], found[3]] : [];
}
