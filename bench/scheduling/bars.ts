/** What the medians of five seeds must reach, by instance. The scheduler does not know these names. */
export const BARS: Readonly<Record<string, number>> = {
  '36talks-12timeslots-5rooms': 215_000,
  '72talks-12timeslots-10rooms': 775_000,
  comp01: 10,
  comp02: 110,
  comp03: 181,
  comp04: 62,
  comp06: 111,
  comp07: 85,
  'congress-80': 120,
};

/** Sessions that may move after a disturbance. */
export const MOVES: Readonly<Record<string, { readonly starts: number; readonly rooms: number }>> = {
  D2: { starts: 1, rooms: 5 },
  D3: { starts: 0, rooms: 0 },
};

/** What a disturbance costs at least. */
export const LEAST: typeof MOVES = {
  D2: { starts: 1, rooms: 4 },
  D3: { starts: 0, rooms: 0 },
};
