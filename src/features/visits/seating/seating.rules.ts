/** How a table stands. */
export const TABLE_SHAPES = ['rectangle', 'u', 'rows', 'presidium'] as const;
export type TableShape = (typeof TABLE_SHAPES)[number];

export type Side = 'host' | 'guest';

/** Somebody to be seated. The lists that hold them are in order of precedence: the first is the principal. */
export interface Sitter {
  readonly id: string;
}

export interface Party {
  readonly people: readonly Sitter[];
  /** Sits behind the principal's left, or last where there is no second row; a seat of their own all the same. */
  readonly interpreters: readonly Sitter[];
}

/**
 * One chair on the plan. `x` grows to the right and `y` down, in widths of a chair; half steps are for those who sit behind
 * others. `facing` is where the person looks.
 */
export interface Seat {
  /** From 1, unique on the plan; reading order. */
  readonly no: number;
  readonly x: number;
  readonly y: number;
  readonly facing: 'up' | 'down' | 'left' | 'right';
  readonly side: Side | null;
  readonly personId: string | null;
}

type Placed = Omit<Seat, 'no'>;

/**
 * Where people around a centre sit: 0, then one to the right, one to the left, two to the right … in widths of a chair, from
 * their own point of view. So No 2 sits on the right of No 1, and No 3 on the left.
 */
export function alternating(count: number): number[] {
  return Array.from({ length: count }, (_, index) =>
    index === 0 ? 0 : Math.ceil(index / 2) * (index % 2 === 1 ? 1 : -1),
  );
}

/** Hosts and guests in turn, the hosts' principal first, as a presidium names them. */
export function inTurn(hosts: readonly Sitter[], guests: readonly Sitter[]): { person: Sitter; side: Side }[] {
  return Array.from({ length: Math.max(hosts.length, guests.length) }, (_, index) => [
    ...(hosts[index] ? [{ person: hosts[index], side: 'host' as const }] : []),
    ...(guests[index] ? [{ person: guests[index], side: 'guest' as const }] : []),
  ]).flat();
}

const PLANS: Readonly<Record<TableShape, (hosts: Party, guests: Party) => Placed[]>> = {
  rectangle: opposite,
  u: horseshoe,
  rows: inRows,
  presidium: onStage,
};

/** The proposal of the rules of precedence, which people may change seat by seat. Everybody of both parties has one chair. */
export function seatingPlan(shape: TableShape, hosts: Party, guests: Party): Seat[] {
  return numbered(PLANS[shape](hosts, guests));
}

/** Delegations opposite each other, principals in the middle and face to face. */
function opposite(hosts: Party, guests: Party): Placed[] {
  return [
    ...row(guests.people, { y: 0, facing: 'down', side: 'guest' }),
    ...row(hosts.people, { y: 2, facing: 'up', side: 'host' }),
    ...behind(guests.interpreters, { y: -1, facing: 'down', side: 'guest' }),
    ...behind(hosts.interpreters, { y: 3, facing: 'up', side: 'host' }),
  ];
}

/** A row around its middle. Who looks down has the right hand on the left of the plan. */
function row(people: readonly Sitter[], at: { y: number; facing: 'up' | 'down'; side: Side }): Placed[] {
  const toRight = at.facing === 'up' ? 1 : -1;
  return alternating(people.length).map((offset, index) => ({
    x: offset === 0 ? 0 : offset * toRight,
    y: at.y,
    facing: at.facing,
    side: at.side,
    personId: people[index]!.id,
  }));
}

/** Behind the principal's left shoulder, and further along to the left. */
function behind(people: readonly Sitter[], at: { y: number; facing: 'up' | 'down'; side: Side }): Placed[] {
  const toLeft = at.facing === 'up' ? -1 : 1;
  return people.map(({ id }, index) => ({
    x: toLeft * (index + 0.5),
    y: at.y,
    facing: at.facing,
    side: at.side,
    personId: id,
  }));
}

/** Both principals at the head, the guest on the host's right; the hosts along the left leg, the guests along the right one. */
function horseshoe(hosts: Party, guests: Party): Placed[] {
  const [host, ...otherHosts] = hosts.people;
  const [guest, ...otherGuests] = guests.people;
  // The head looks down, so that its right hand is on the left of the plan; each leg is on the side of its principal.
  const head: Placed[] = [
    ...(guest ? [seat(-0.5, 0, 'down', 'guest', guest)] : []),
    ...(host ? [seat(0.5, 0, 'down', 'host', host)] : []),
  ];
  const leg = (people: readonly Sitter[], x: number, facing: 'left' | 'right', side: Side): Placed[] =>
    people.map((person, index) => seat(x, index + 1, facing, side, person));
  return [
    ...head,
    ...leg([...otherGuests, ...guests.interpreters], -2, 'right', 'guest'),
    ...leg([...otherHosts, ...hosts.interpreters], 2, 'left', 'host'),
  ];
}

/** Chairs of one row of a hall, before the next one begins. */
export const CHAIRS_IN_ROW = 9;

/** A hall: all in order of precedence, hosts and guests in turn, row after row around its middle. */
function inRows(hosts: Party, guests: Party): Placed[] {
  const all = [...inTurn(hosts.people, guests.people), ...inTurn(hosts.interpreters, guests.interpreters)];
  return all.map(({ person, side }, index) => {
    const offset = alternating(CHAIRS_IN_ROW)[index % CHAIRS_IN_ROW]!;
    return seat(offset, Math.floor(index / CHAIRS_IN_ROW), 'up', side, person);
  });
}

/** One row that looks at the hall: the host in the middle, the guest of honour on the right, then in turn. */
function onStage(hosts: Party, guests: Party): Placed[] {
  const all = inTurn(hosts.people, guests.people);
  const seats = alternating(all.length).map((offset, index) =>
    seat(offset === 0 ? 0 : -offset, 0, 'down', all[index]!.side, all[index]!.person),
  );
  return [
    ...seats,
    ...behind(hosts.interpreters, { y: -1, facing: 'down', side: 'host' }),
    ...behind(guests.interpreters, { y: -1, facing: 'down', side: 'guest' }).map((one) => ({ ...one, x: -one.x })),
  ];
}

function seat(x: number, y: number, facing: Seat['facing'], side: Side, { id }: Sitter): Placed {
  return { x, y, facing, side, personId: id };
}

function numbered(seats: readonly Placed[]): Seat[] {
  return seats.toSorted((a, b) => a.y - b.y || a.x - b.x).map((one, index) => ({ no: index + 1, ...one }));
}

/** Two people change their chairs; one of the chairs may be empty. What is not on the plan changes nothing. */
export function swapped(seats: readonly Seat[], a: number, b: number): Seat[] {
  const at = (no: number) => seats.find((one) => one.no === no);
  const [first, second] = [at(a), at(b)];
  if (!first || !second) return [...seats];
  const people = new Map([
    [a, second.personId],
    [b, first.personId],
  ]);
  return seats.map((one) => (people.has(one.no) ? { ...one, personId: people.get(one.no)! } : one));
}

/**
 * The plan after the people have changed: who is not there any more leaves an empty chair, and who is new takes one of their
 * side, else the first empty one, else a chair beside the last. Nobody else is moved: people have looked at this plan.
 */
export function resettled(seats: readonly Seat[], hosts: Party, guests: Party): Seat[] {
  const sides = new Map<string, Side>([
    ...[...hosts.people, ...hosts.interpreters].map(({ id }): [string, Side] => [id, 'host']),
    ...[...guests.people, ...guests.interpreters].map(({ id }): [string, Side] => [id, 'guest']),
  ]);
  const kept = seats.map((one) =>
    one.personId !== null && sides.has(one.personId) ? one : { ...one, personId: null },
  );
  const seated = new Set(kept.map(({ personId }) => personId));
  return [...sides].reduce((plan: Seat[], [id, side]) => (seated.has(id) ? plan : taken(plan, id, side)), kept);
}

function taken(seats: readonly Seat[], personId: string, side: Side): Seat[] {
  const empty = seats.filter((one) => one.personId === null);
  const chosen = empty.find((one) => one.side === side) ?? empty[0];
  if (chosen) return seats.map((one) => (one.no === chosen.no ? { ...one, personId, side } : one));
  const last = seats.findLast((one) => one.side === side) ?? seats.at(-1);
  const added: Seat = {
    no: seats.length + 1,
    x: last ? Math.max(...seats.filter(({ y }) => y === last.y).map(({ x }) => x)) + 1 : 0,
    y: last?.y ?? 0,
    facing: last?.facing ?? 'down',
    side,
    personId,
  };
  return [...seats, added];
}

/** Is the guest of honour where everybody sees them: in the first row, or at the head? Without guests: yes. */
export function guestOfHonourInFront(shape: TableShape, seats: readonly Seat[], guests: Party): boolean {
  const honoured = guests.people[0];
  if (!honoured) return true;
  const place = seats.find(({ personId }) => personId === honoured.id);
  if (!place) return false;
  if (shape === 'rectangle') return place.y === 0 || place.y === 2;
  return place.y === 0;
}
