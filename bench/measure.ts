/** One line of bench/results.json. `ratio` is above 1 where we are better than the reference, whatever the unit. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  reference: number | null;
  ratio: number | null;
  target: string;
}

export const ROUNDS = 5;
/** Of what the calendar rules ask for, CN1 to CN9. */
export const CALENDAR_ROUNDS = 20;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Ours and the reference in turn, so that a noisy minute of the machine meets both; the medians of all rounds. */
export async function alternating(
  ours: () => Promise<number>,
  reference: () => Promise<number>,
  rounds = ROUNDS,
): Promise<{ value: number; reference: number }> {
  const values: number[] = [];
  const references: number[] = [];
  await ours(); // what is compiled and kept on first use is not what is measured
  await reference();
  for (let round = 0; round < rounds; round++) {
    values.push(await ours());
    references.push(await reference());
  }
  return { value: median(values), reference: median(references) };
}

export async function medianOf(one: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let round = 0; round < ROUNDS; round++) values.push(await one());
  return median(values);
}

/** A rate beside the rate of the reference. */
export function rate(
  name: string,
  unit: string,
  measured: { value: number; reference: number },
  target: number,
): Figure {
  return { name, unit, ...measured, ratio: measured.value / measured.reference, target: `ratio ≥ ${target}` };
}

export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}
