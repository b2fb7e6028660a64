/** Minutes that a programme asks for; what it does not say is as in `DEFAULT_LIMITS`. */
export interface Limits {
  /** From one room to another in one venue. */
  readonly walk: number;
  /** From one venue to another. */
  readonly travel: number;
  /** To set up a room that stood otherwise. */
  readonly setup: number;
  /** Between arrival and the first session. */
  readonly afterArrival: number;
  /** Between the last session and departure. */
  readonly beforeDeparture: number;
  /** That one interpreter may work without a colleague. */
  readonly interpreterAlone: number;
  /** That one interpreter works on a day. */
  readonly interpreterDay: number;
}

export const DEFAULT_LIMITS: Limits = {
  walk: 15,
  travel: 45,
  setup: 30,
  afterArrival: 90,
  beforeDeparture: 120,
  interpreterAlone: 40,
  interpreterDay: 360,
};

export const LIMITS = Object.keys(DEFAULT_LIMITS) as readonly (keyof Limits)[];

/** Those that are about the time between two things: what lies further apart has nothing to do with each other. */
export const LIMITS_BETWEEN = [
  'walk',
  'travel',
  'setup',
  'afterArrival',
  'beforeDeparture',
] as const satisfies (keyof Limits)[];

/** The limits of a programme that has said some of them. */
export function limitsOf(said: Partial<Limits>): Limits {
  return { ...DEFAULT_LIMITS, ...said };
}
