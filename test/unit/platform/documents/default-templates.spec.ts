import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { unzipped } from '../../../../src/platform/documents/zip-archive.js';

const { templates } = (await import(new URL('../../../../scripts/documents/build.mjs', import.meta.url).href)) as {
  templates: () => Map<string, Buffer>;
};

const FOLDER = 'templates/documents';

describe('the templates that come with the house', () => {
  it('are what scripts/documents describes, each part of each', () => {
    const described = templates();
    expect(readdirSync(FOLDER).toSorted()).toEqual([...described.keys()].toSorted());
    // Packing may differ from one machine to another; what is packed may not.
    for (const [name, bytes] of described)
      expect({ name, parts: unzipped(readFileSync(`${FOLDER}/${name}`)) }).toEqual({ name, parts: unzipped(bytes) });
  });
});
