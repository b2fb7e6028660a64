/** By protocol, the highest first. */
export const PROTOCOL_LEVELS = [
  'state',
  'minister',
  'ambassador',
  'deputy_minister',
  'director',
  'deputy_director',
  'other',
] as const;
export type ProtocolLevel = (typeof PROTOCOL_LEVELS)[number];

/** Somebody with a level and, by where they stand in a list, a place. */
export interface Ranked {
  readonly id: string;
  readonly level: ProtocolLevel;
}

/** The beginning of one of the words. */
const word = (...beginnings: string[]) => new RegExp(`(?<!\\p{L})(?:${beginnings.join('|')})`, 'iu');

const STATE = word(
  'прэзідэнт рэспублікі',
  'президент республики',
  'president of the republic',
  "прэм[’']ер",
  'премьер-министр',
  'prime minister',
);
const HELPS = word('памочн', 'помощник', 'дарад', 'саветн', 'советник', 'advis', 'assistant', 'secretary to');
const DEPUTY = word('намесн', 'заместител', 'зам\\.', 'віцэ', 'вице', 'deputy', 'vice', 'проректор', 'прарэктар');
const MINISTER = word('міністр(?!э)', 'министр(?!е)', 'minister');
const AMBASSADOR = word(
  'пасол',
  'пасла',
  'посол',
  'посла',
  'ambassador',
  'нунцы',
  'нунций',
  'nuncio',
  'high commissioner',
  'charg[eé]',
);
const DIRECTOR = word(
  'генеральн',
  'дырэктар',
  'директор',
  'director',
  'рэктар',
  'ректор',
  'rector',
  'старшын',
  'председател',
  'chair',
  'прэзідэнт',
  'президент',
  'president',
  'проректор',
  'прарэктар',
  'national librarian',
);

/** What a position suggests; somebody looks at it and may say otherwise. */
export function levelOf(position: string | null): ProtocolLevel {
  if (!position || HELPS.test(position)) return 'other';
  const isDeputy = DEPUTY.test(position);
  if (STATE.test(position)) return isDeputy ? 'minister' : 'state';
  if (MINISTER.test(position)) return isDeputy ? 'deputy_minister' : 'minister';
  if (AMBASSADOR.test(position)) return 'ambassador';
  if (DIRECTOR.test(position)) return isDeputy ? 'deputy_director' : 'director';
  return 'other';
}

/** By level; who has the same stays in the order that there was. */
export function byProtocol<R extends Ranked>(order: readonly R[]): R[] {
  return order.toSorted((a, b) => rank(a) - rank(b));
}

/** The newcomers take the places that their levels give them; among the others nothing moves. */
export function placed<R extends Ranked>(order: readonly R[], newcomers: readonly R[]): R[] {
  const all = [...order];
  for (const newcomer of newcomers) {
    const before = all.findIndex((one) => rank(one) > rank(newcomer));
    all.splice(before < 0 ? all.length : before, 0, newcomer);
  }
  return all;
}

/** One step up or down; at the end of the list nothing moves. */
export function moved<R extends Ranked>(order: readonly R[], id: string, by: 'up' | 'down'): R[] {
  const at = order.findIndex((one) => one.id === id);
  const to = at + (by === 'up' ? -1 : 1);
  if (at < 0 || to < 0 || to >= order.length) return [...order];
  return order.with(at, order[to]!).with(to, order[at]!);
}

/** Whoever was given another number stands there afterwards, the lowest numbers first; the others fill what is left. */
export function renumbered<R extends Ranked>(order: readonly R[], numbers: ReadonlyMap<string, number>): R[] {
  const movers = order
    .map((one, index) => ({ one, from: index + 1, to: numbers.get(one.id) ?? index + 1 }))
    .filter(({ from, to }) => from !== to)
    .sort((a, b) => a.to - b.to || a.from - b.from);
  const moving = new Set(movers.map(({ one }) => one.id));
  const all = order.filter(({ id }) => !moving.has(id));
  for (const { one, to } of movers) all.splice(Math.max(0, to - 1), 0, one);
  return all;
}

function rank({ level }: Ranked): number {
  return PROTOCOL_LEVELS.indexOf(level);
}
