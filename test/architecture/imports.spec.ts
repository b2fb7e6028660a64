import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { files, read, ROOT } from './house.js';

const { FEATURES } = (await import(`${ROOT}.dependency-cruiser.mjs`)) as { FEATURES: readonly string[] };

interface Report {
  summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string } }[] };
}

function cruise(folder: string): Report {
  const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [program, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'src'],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Report;
}

const violations = (report: Report) =>
  report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`).sort();

// A house in which everything is wrong that .dependency-cruiser.mjs forbids: one file, or pair, for each rule.
const BAD_HOUSE: Record<string, string> = {
  'src/kernel/secret.ts': "import { randomBytes } from 'node:crypto';\nexport const secret = randomBytes(4);\n",
  'src/features/people/person.rules.ts':
    "import type { Person } from './person.entity.js';\nexport const old = (p: Person) => p;\n",
  'src/features/people/person.entity.ts':
    "import type { Friend } from './friend.entity.js';\nexport class Person { friend: Friend; }\n",
  'src/features/people/friend.entity.ts':
    "import type { Person } from './person.entity.js';\nexport class Friend { of: Person; }\n",
  'src/features/people/index.ts': "export { sign } from '../accounts/index.js';\n",
  'src/features/accounts/index.ts':
    "import { Person } from '../people/person.entity.js';\nexport const sign = () => Person;\n",
  'src/features/accounts/accounts.pages.ts':
    "import { DataSource } from 'typeorm';\nexport const pages = DataSource;\n",
  'src/features/accounts/accounts.api.ts': "import { ApiTags } from '@nestjs/swagger';\nexport const tags = ApiTags;\n",
  'src/features/accounts/accounts.mails.ts':
    "import { createTransport } from 'nodemailer';\nexport const send = createTransport;\n",
  'src/features/accounts/accounts.queries.ts':
    "import { createPool } from 'mysql2/promise';\nexport const pool = createPool;\n",
  'src/platform/web/menu.ts': "import { sign } from '../../features/accounts/index.js';\nexport const menu = sign;\n",
  'src/platform/web/file.ts': "import ical from 'ical-generator';\nexport const file = ical;\n",
  'src/platform/web/word.ts':
    "import { TemplateHandler } from 'easy-template-x';\nexport const word = TemplateHandler;\n",
  'src/platform/calendar/file.ts': "import ical from 'ical-generator';\nexport const file = ical;\n",
};

const EXPECTED = [
  'controllers-use-services: src/features/accounts/accounts.pages.ts → node_modules/typeorm',
  'features-look-down: src/features/accounts/index.ts → src/features/people/person.entity.ts',
  'features-meet-at-the-front-door: src/features/accounts/index.ts → src/features/people/person.entity.ts',
  'kernel-is-pure: src/kernel/secret.ts → crypto',
  'only-calendar-touches-its-libraries: src/platform/web/file.ts → node_modules/ical-generator',
  'only-documents-touch-easy-template-x: src/platform/web/word.ts → node_modules/easy-template-x',
  'only-mail-touches-nodemailer: src/features/accounts/accounts.mails.ts → node_modules/nodemailer',
  'only-the-database-touches-mysql2: src/features/accounts/accounts.queries.ts → node_modules/mysql2',
  'only-the-web-core-touches-swagger: src/features/accounts/accounts.api.ts → node_modules/@nestjs',
  'platform-knows-no-feature: src/platform/web/menu.ts → src/features/accounts/index.ts',
  'rules-are-pure: src/features/people/person.rules.ts → src/features/people/person.entity.ts',
];

describe('imports', () => {
  it('point inward and down, as .dependency-cruiser.mjs says [CG1]', () => {
    const report = cruise(ROOT);
    expect(violations(report)).toEqual([]);
    expect(report.summary.totalCruised).toBeGreaterThan(files('src', '.ts').length);
  });

  it('are refused by each rule in a house that breaks them all, and nothing else is', () => {
    const folder = mkdtempSync(join(tmpdir(), 'skaryna-bad-house-'));
    for (const [path, text] of Object.entries({ ...BAD_HOUSE, ...circle() })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    for (const name of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json'])
      copyFileSync(join(ROOT, name), join(folder, name));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
    const found = violations(cruise(folder)).map((line) =>
      line.replace(/ → .*node_modules\/([^/]+).*/, ' → node_modules/$1'),
    );
    rmSync(folder, { recursive: true });
    expect(found.filter((line) => !line.startsWith('no-cycles'))).toEqual(EXPECTED);
    expect(found.filter((line) => line.startsWith('no-cycles')).join('\n')).toContain('src/platform/runtime/first.ts');
    expect(found.join('\n')).not.toContain('friend.entity');
    const rules = new Set(found.map((line) => line.split(':')[0]));
    expect([...rules].sort()).toEqual(ruleNames());
  });

  it('have an order for every feature that there is', () => {
    const folders = new Set(files('src/features', '.ts').map((path) => path.split('/')[2]!));
    expect([...folders].filter((name) => !FEATURES.includes(name))).toEqual([]);
  });
});

function circle(): Record<string, string> {
  return {
    'src/platform/runtime/first.ts': "import { second } from './second.js';\nexport const first = () => second;\n",
    'src/platform/runtime/second.ts': "import { first } from './first.js';\nexport const second = () => first;\n",
  };
}

function ruleNames(): string[] {
  const names = [...read('.dependency-cruiser.mjs').matchAll(/(?:name: |only\(\s*)'([a-z0-9-]+)'/g)].map(
    ([, name]) => name!,
  );
  return [...new Set(names)].sort();
}
