import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, loadConfig } from '../../../../src/platform/config/config.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://events.example.org/',
  SECRET_KEY: 'k'.repeat(40),
  VAULT_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64url')}`,
};

function problemsOf(env: Record<string, string>): string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((problem) => problem.split(':')[0]!).sort();
  }
}

describe('configuration', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'skaryna-config-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('says everything that is wrong at once', () => {
    expect(problemsOf({ PORT: '99999', DATABASE_URL: 'postgres://x', MAIL_URL: 'carrier pigeon', LOG_LEVEL: 'loud', TRUST_PROXY: 'the load balancer' })).toEqual([
      'DATABASE_URL',
      'LOG_LEVEL',
      'MAIL_URL',
      'PORT',
      'TRUST_PROXY',
    ]);
  });

  it('[V5] refuses production without secrets and public address, and a secret that is too short', () => {
    expect(problemsOf({ NODE_ENV: 'production' })).toEqual(['PUBLIC_URL', 'SECRET_KEY', 'VAULT_KEYS']);
    expect(problemsOf({ ...PRODUCTION, SECRET_KEY: 'short' })).toEqual(['SECRET_KEY']);
    expect(problemsOf({ ...PRODUCTION, BENCH: '1' })).toEqual(['BENCH']);
  });

  it('makes secrets for development once, readable by the owner alone', () => {
    const first = loadConfig({ DATA_DIR: folder });
    const second = loadConfig({ DATA_DIR: folder });
    expect(second).toEqual(first);
    expect(readFileSync(join(folder, 'secret-key'), 'utf8').trim()).toBe(first.secretKey);
    expect(statSync(join(folder, 'vault-keys')).mode & 0o777).toBe(0o600);
  });

  it.each(['', '0', 'false'])('[B4] trusts no proxy for TRUST_PROXY=%j', (value) => {
    expect(loadConfig({ ...PRODUCTION, TRUST_PROXY: value }).trustProxy).toEqual([]);
  });

  it('names the public address without a slash at its end, and hides the demonstration in production', () => {
    expect(loadConfig(PRODUCTION)).toMatchObject({ publicUrl: 'https://events.example.org', demo: false, production: true });
  });

  it.each(['noreply@example.org', 'No reply <no-reply@example.org>', 'nobody', 'Two <a@example.org>, <b@example.org>', 'бібліятэка@example.org'])(
    '[CM4] [B04] refuses a sender whose mailbox cannot take answers: %s',
    (value) => {
      expect(problemsOf({ ...PRODUCTION, MAIL_FROM: value })).toEqual(['MAIL_FROM']);
    },
  );
});
