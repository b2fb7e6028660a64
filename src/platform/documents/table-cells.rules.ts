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

/** `2027-05-12` of `2027-05-12`, `12.05.2027`, `12/5/27`; undefined for anything else and for days that do not exist. */
export function readDay(text: string): string | undefined {
  const iso = MONTHS_FIRST.exec(text.trim());
  const ours = DAYS_FIRST.exec(text.trim());
  const [year, month, day] = iso ? iso.slice(1) : ours ? [ours[3], ours[2], ours[1]] : [];
  if (year === undefined) return undefined;
  const shown = `${year.length === 2 ? `20${year}` : year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  const at = Date.parse(`${shown}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(shown) ? shown : undefined;
}
