import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read, ROOT } from './house.js';

interface Lock {
  packages: Record<
    string,
    { version?: string; resolved?: string; hasInstallScript?: boolean; optionalDependencies?: Record<string, string> }
  >;
}

const manifest = JSON.parse(read('package.json')) as Record<
  'dependencies' | 'devDependencies' | 'optionalDependencies',
  Record<string, string>
> & {
  allowScripts: Record<string, boolean>;
};
const lock = JSON.parse(read('package-lock.json')) as Lock;
const everything = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };

/** The answer of scripts/check-lock.mjs to a lock file. */
function check(changed: Lock): { status: number | null; stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), 'skaryna-lock-'));
  const file = join(folder, 'package-lock.json');
  writeFileSync(file, JSON.stringify(changed));
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/check-lock.mjs'), file], {
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  return { status, stderr };
}

const withPackage = (place: string, change: object): Lock => ({
  packages: { ...lock.packages, [place]: { ...lock.packages[place], ...change } },
});

describe('delivery', () => {
  it('installs exact versions, and of scripts only those listed by name [D1]', () => {
    expect(Object.entries(everything).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
    const scripted = Object.entries(lock.packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length));
    expect(scripted.filter((name) => !Object.hasOwn(manifest.allowScripts, name))).toEqual([]);
  });

  it('has a lock file that is complete and ties nobody to a registry [D1]', () => {
    expect(check(lock)).toMatchObject({ status: 0, stderr: '' });
    const place = 'node_modules/zod';
    expect(check(withPackage(place, { resolved: 'https://registry.example.org/zod.tgz' })).stderr).toContain(
      'carries a download address',
    );
    expect(check(withPackage(place, { optionalDependencies: { 'zod-linux-x64': '1.0.0' } }))).toMatchObject({
      status: 1,
    });
    expect(check({ packages: {} }).status).toBe(1);
  });

  it('writes down why each dependency is there [D1]', () => {
    // Scoped packages share a line: "@fastify/cookie, csrf-protection, …".
    const reasons = read('docs/decisions/006-dependencies.md');
    const named = (name: string) =>
      new RegExp(`(^|[\\s|,/])${name.replace(/[.]/g, '\\.')}($|[\\s|,(])`, 'm').test(reasons);
    const known = (name: string) =>
      named(name) ||
      (name.startsWith('@') && named(name.slice(name.indexOf('/') + 1)) && reasons.includes(name.split('/')[0]!));
    const typings = /^@types\//; // they come with the package that they describe
    expect(Object.keys(everything).filter((name) => !typings.test(name) && !known(name))).toEqual([]);
  });

  it('says where to report a weakness, and that a fix comes with its test [D3]', () => {
    const text = read('SECURITY.md');
    expect(text).toMatch(/[\w.-]+@[\w.-]+/);
    expect(text).toMatch(/test/);
  });

  it('keeps no secret among its files [V5]', () => {
    const { stdout } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const tracked = stdout
      .split('\0')
      .filter(
        (path) =>
          /\.(ts|mjs|js|json|md|hbs|yml|yaml|env|txt|sh|run)$|^\.[\w.]+$/.test(path) &&
          !path.startsWith('package-lock'),
      );
    expect(tracked.length).toBeGreaterThan(100);
    const secret =
      /-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(SECRET_KEY|VAULT_KEYS)=(?!["']?(<|\$|\.\.\.|…))[\w:+/=-]{24,}|\bAKIA[0-9A-Z]{16}\b/;
    expect(secret.test(`SECRET_KEY=${'k'.repeat(40)}`)).toBe(true);
    expect(tracked.filter((path) => secret.test(read(path)))).toEqual([]);
    expect(tracked.filter((path) => /(^|\/)(var|\.env)(\/|$)/.test(path))).toEqual([]);
  });
});
