import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { answering } from './answering.js';
import { board } from './board.js';
import { conflictsFull, conflictsHeatMap, conflictsWhatIf } from './conflicts.js';
import { importSchedule, scheduleJsonCold } from './exchanging.js';
import { mails } from './mails.js';
import type { Figure } from './measure.js';
import { publishing } from './publishing.js';
import { registering } from './registering.js';
import { relaying } from './relaying.js';
import { calendars } from './calendars.js';
import { congress, determinism, generality, perturbation, quality } from './scheduling/cases.js';
import { leastChanges, whyNot } from './scheduling/proofs.js';
import { serving } from './serving.js';
import { starting } from './starting.js';
import { visits } from './visits.js';

const BENCHES: Record<string, () => Promise<Figure[]> | Figure[]> = {
  starting,
  serving,
  registering,
  mails,
  relaying,
  answering,
  calendars,
  publishing,
  board,
  visits,
  'conflicts-full': conflictsFull,
  'conflicts-what-if': conflictsWhatIf,
  'conflicts-heat-map': conflictsHeatMap,
  'import-schedule': importSchedule,
  'schedule-json': scheduleJsonCold,
  'scheduling-quality': quality,
  'scheduling-generality': generality,
  'scheduling-congress': congress,
  'scheduling-perturbation': perturbation,
  'scheduling-determinism': determinism,
  'scheduling-why-not': whyNot,
  'scheduling-least-change': leastChanges,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  process.stderr.write(`No bench ${unknown.join(', ')}: there are ${Object.keys(BENCHES).join(', ')}.\n`);
  process.exit(2);
}

const figures: Figure[] = [];
for (const [name, run] of Object.entries(BENCHES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  figures.push(...(await run()));
}
const file = fileURLToPath(new URL('results.json', import.meta.url));
writeFileSync(file, `${JSON.stringify([...others(), ...figures], null, 2)}\n`);
process.stdout.write(`\n${table(figures)}\n`);

/** A run of some benches leaves the figures of the others; sizes after the comma may differ from run to run. */
function others(): Figure[] {
  if (asked.length === 0 || !existsSync(file)) return [];
  const measured = new Set(figures.map(({ name }) => subject(name)));
  const known = JSON.parse(readFileSync(file, 'utf8')) as Figure[];
  return known.filter(({ name }) => !measured.has(subject(name)));
}

function subject(name: string): string {
  return name.split(', ', 1)[0]!;
}

function table(lines: readonly Figure[]): string {
  const cells = [
    ['what', 'ours', 'reference', '', 'ratio', 'target'],
    ...lines.map(({ name, value, unit, reference, ratio, target }) => [
      name,
      short(value),
      reference === null ? '' : short(reference),
      unit,
      ratio === null ? '' : ratio.toFixed(2),
      target,
    ]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const isNumber = (column: number) => [1, 2, 4].includes(column);
  const padded = (row: string[]) =>
    row.map((cell, column) => (isNumber(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)));
  return cells.map((row) => padded(row).join('  ').trimEnd()).join('\n');
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
