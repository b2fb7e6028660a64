import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { unzipped } from '../../../../src/platform/documents/zip-archive.js';
import { zipped, zippedPieces } from '../../../../src/platform/documents/zip-writer.js';

const ENTRIES = [
  { name: 'Праграма.docx', content: Buffer.from('x'.repeat(10_000)) },
  { name: '王小明/пусты.txt', content: Buffer.alloc(0) },
];

describe('an archive', () => {
  it('gives back what was put in, with names of every script', () => {
    expect(unzipped(zipped(ENTRIES))).toEqual(ENTRIES);
  });

  it('is the same piece by piece, with one part in memory at a time', async () => {
    const order: string[] = [];
    const later = ENTRIES.map(({ name, content }) => ({ name, read: () => (order.push(`read ${name}`), content) }));
    const pieces: Buffer[] = [];
    for await (const piece of zippedPieces(later)) {
      order.push('piece');
      pieces.push(piece);
    }
    expect(Buffer.concat(pieces).equals(zipped(ENTRIES))).toBe(true);
    expect(order).toEqual([`read ${ENTRIES[0]!.name}`, 'piece', `read ${ENTRIES[1]!.name}`, 'piece', 'piece']);
  });

  it('is read by others', () => {
    const script =
      "import sys,zipfile,io; z=zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())); print(z.testzip(), '|'.join(z.namelist()))";
    const { stdout, error } = spawnSync('python3', ['-c', script], { input: zipped(ENTRIES), encoding: 'utf8' });
    if (error) return; // no Python here
    expect(stdout.trim()).toBe(`None ${ENTRIES.map(({ name }) => name).join('|')}`);
  });
});
