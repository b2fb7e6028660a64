import { FlowNetwork } from '../scheduler/interpreters/flow.rules.js';

/** From one language into another. */
export interface Way {
  readonly from: string;
  readonly to: string;
}

/** What the people of one booth must be able to do, each of them. */
export interface BoothNeed {
  /** The languages that are heard from it. */
  readonly into: readonly string[];
  /** Empty when nobody has said in which language the session is held. */
  readonly ways: readonly Way[];
}

/**
 * The booths of a session: one for each language that it is interpreted into, from all others in which it is held. Two
 * languages of delivery that are interpreted into each other are one booth, whose people work both ways: while one of
 * the languages is spoken, only one of the ways is wanted.
 */
export function boothsOf(languages: readonly string[], interpretation: readonly string[]): BoothNeed[] {
  const [one, other, ...more] = languages;
  const areMutual =
    one !== undefined &&
    other !== undefined &&
    more.length === 0 &&
    interpretation.includes(one) &&
    interpretation.includes(other);
  const targets = interpretation.filter((into) => !areMutual || (into !== one && into !== other));
  const mutual = areMutual
    ? [
        {
          into: [one, other],
          ways: [
            { from: one, to: other },
            { from: other, to: one },
          ],
        },
      ]
    : [];
  const single = targets.flatMap((into): BoothNeed[] => {
    const ways = languages.filter((from) => from !== into).map((from) => ({ from, to: into }));
    // What is only spoken in the language itself needs nobody.
    return ways.length === 0 && languages.length > 0 ? [] : [{ into: [into], ways }];
  });
  return [...mutual, ...single];
}

/** Whether somebody who knows these directions can work in a booth. Into a language from anything, while nothing is said. */
export function canServe(known: readonly Way[], { into, ways }: BoothNeed): boolean {
  if (ways.length === 0) return known.some(({ to }) => into.includes(to));
  return ways.every(({ from, to }) => known.some((way) => way.from === from && way.to === to));
}

/** One person up to the limit for one alone, two above. */
export function teamSize(minutes: number, alone: number): number {
  return minutes > alone ? 2 : 1;
}

/** Somebody who interprets a session already. `ways`: null when nobody has recorded their languages. */
export interface Present {
  readonly personId: string;
  readonly ways: readonly Way[] | null;
}

export interface FilledBooth extends BoothNeed {
  readonly people: readonly string[];
  readonly missing: number;
}

/** A place that somebody whose languages are recorded fills counts as filled before that of somebody else. */
const KNOWN = -3;
const UNKNOWN = -2;

/**
 * Spreads those who are there over the booths so that as many places as possible are filled. `spare`: people for whom no
 * booth is left that they could serve.
 */
export function filledBooths(
  needs: readonly BoothNeed[],
  size: number,
  present: readonly Present[],
): { booths: FilledBooth[]; spare: string[] } {
  const network = new FlowNetwork();
  const [source, sink] = [network.node(), network.node()];
  const boothNodes = needs.map(() => {
    const node = network.node();
    network.edge(node, sink, size);
    return node;
  });
  const seats = present.flatMap(({ personId, ways }) => {
    const node = network.node();
    network.edge(source, node, 1);
    return needs.flatMap((need, booth) => {
      if (ways !== null && !canServe(ways, need)) return [];
      return [{ personId, booth, edge: network.edge(node, boothNodes[booth]!, 1, ways === null ? UNKNOWN : KNOWN) }];
    });
  });
  network.send(source, sink);
  const taken = seats.filter(({ edge }) => network.flowOf(edge) > 0);
  const booths = needs.map((need, booth) => {
    const people = taken.filter((seat) => seat.booth === booth).map(({ personId }) => personId);
    return { ...need, people, missing: size - people.length };
  });
  const seated = new Set(taken.map(({ personId }) => personId));
  return { booths, spare: present.map(({ personId }) => personId).filter((id) => !seated.has(id)) };
}
