import { readFileSync } from 'node:fs';
import type { ServerProcess } from '../test/support/server-process.js';
import { autocannon, openHouse } from './house.js';
import { medianOf, ROUNDS, type Figure } from './measure.js';
import { congress } from './seed.js';

const MIB = 1024;

/** From the start of the process to the first page, its processor time, and its memory then and after a load. */
export async function starting(): Promise<Figure[]> {
  const house = await openHouse();
  try {
    const { slug } = await congress(house, 'congress', 300);
    const cpu: number[] = [];
    const memory: number[] = [];
    const wall = await medianOf(async () => {
      const from = performance.now();
      const server = await house.server();
      const answer = await fetch(`${server.origin}/en/`);
      await answer.arrayBuffer();
      const took = (performance.now() - from) / 1000;
      if (answer.status !== 200) throw new Error(`the first page answered ${answer.status}`);
      cpu.push(processorSeconds(server));
      memory.push(residentMiB(server));
      await server.end('SIGTERM');
      return took;
    });
    const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
    const server = await house.server();
    for (const path of [`/en/c/${slug}/programme`, `/c/${slug}/programme.ics`, `/be/c/${slug}`])
      await autocannon({ url: `${server.origin}${path}`, connections: 10, duration: 5 });
    return [
      figure('start to first page', wall, 's', '≤ 1.5 s'),
      figure('processor time of a start', middle(cpu), 's', '≤ 1.5 s'),
      figure('memory after start', middle(memory), 'MiB', '≤ 200 MiB'),
      figure('memory after 15 s of load', residentMiB(server), 'MiB', '≤ 400 MiB'),
    ];
  } finally {
    await house.close();
  }
}

function figure(name: string, value: number, unit: string, target: string): Figure {
  return { name, value, unit, reference: null, ratio: null, target };
}

/** Linux only, as is the figure: other systems count memory in other ways. */
function residentMiB({ pid }: ServerProcess): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
  return Number(kib) / MIB;
}

function processorSeconds({ pid }: ServerProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
