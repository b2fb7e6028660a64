/** Who a document is for: each is cut to what its reader may see. */
export const PAPER_READERS = [
  'guest',
  'staff',
  'both',
  'principal',
  'room',
  'guard',
  'press',
  'driver',
  'hotel',
  'caterer',
  'finance',
  'management',
] as const;
export type PaperReader = (typeof PAPER_READERS)[number];

const READERS: Readonly<Record<string, PaperReader>> = {
  programme_guest: 'guest',
  programme_internal: 'staff',
  run_sheet: 'staff',
  change_sheet: 'staff',
  delegation_list: 'both',
  both_sides: 'both',
  briefing_note: 'principal',
  name_plates: 'room',
  name_plates_third: 'room',
  seating_plan: 'room',
  flag_list: 'room',
  pass_list: 'guard',
  press_list: 'press',
  transport_sheet: 'driver',
  rooming_list: 'hotel',
  catering_order: 'caterer',
  gift_sheet: 'management',
  estimate: 'finance',
  order: 'management',
  visit_report: 'management',
};

/** Of the sheet with all journeys, which the house keeps: staff. */
export function readerOf(kind: string, part: string): PaperReader {
  if (kind === 'transport_sheet' && part === '') return 'staff';
  return READERS[kind] ?? 'guest';
}
