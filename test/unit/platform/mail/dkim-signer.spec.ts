import { afterAll, describe, expect, it } from '@jest/globals';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, loadConfig } from '../../../../src/platform/config/config.js';
import { Translator } from '../../../../src/platform/i18n/translator.js';
import { DkimSigner } from '../../../../src/platform/mail/dkim-signer.js';
import { MessageComposer } from '../../../../src/platform/mail/mail-composer.js';
import { MailRenderer } from '../../../../src/platform/mail/mail-renderer.js';
import type { MailMessage } from '../../../../src/platform/mail/message.js';
import { UnsubscribeLinks } from '../../../../src/platform/mail/unsubscribe-links.js';
import { Secrets } from '../../../../src/platform/runtime/secrets.js';
import { checkDkim } from '../../../support/dkim-checker.js';

const folder = mkdtempSync(join(tmpdir(), 'skaryna-dkim-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const env = (changes: Record<string, string> = {}) => ({
  SECRET_KEY: 'x'.repeat(32),
  VAULT_KEYS: 'k1:x',
  MAIL_FROM: 'Congress <congress@library.example.org>',
  DKIM_DOMAIN: 'example.org',
  DKIM_SELECTOR: 's2026',
  DKIM_KEY_FILE: file('key.pem', pem),
  ...changes,
});
const message: MailMessage = {
  kind: 'test',
  cause: 'test',
  to: { address: 'anna@library.example', name: 'Ганна' },
  locale: 'be',
  subject: 'Запрашэнне на Скарынаўскія чытанні '.repeat(4),
  blocks: [{ kind: 'text', text: 'Чакаем вас.  \n\n Да сустрэчы!\t' }],
  calendar: { method: 'PUBLISH', text: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' },
  replyTo: 'secretariat@example.org',
  bulk: { list: 'congress' },
};
const problems = (changes: Record<string, string>) => {
  try {
    loadConfig(env(changes));
    return [];
  } catch (error) {
    return (error as ConfigError).problems;
  }
};

describe('the signature of a mail', () => {
  it('holds for every field that a receiver acts by, and breaks with any change of them or of the text [CI4] [CI6]', async () => {
    const config = loadConfig(env());
    const composer = new MessageComposer(
      config,
      new MailRenderer(new Translator()),
      new DkimSigner(config),
      new UnsubscribeLinks(config, new Secrets(config)),
    );
    const { mime } = await composer.compose('row', new Date('2026-09-14T08:30:00Z'), message);
    const key = createPublicKey(privateKey);
    const good = checkDkim(mime, key);
    expect(good).toMatchObject({ tags: { d: 'example.org', s: 's2026', a: 'rsa-sha256', c: 'relaxed/relaxed' } });
    const { signed } = good as { signed: string[] };
    expect(signed).toEqual(
      expect.arrayContaining([
        'from',
        'to',
        'subject',
        'date',
        'message-id',
        'reply-to',
        'auto-submitted',
        'content-type',
        'list-id',
        'list-unsubscribe',
        'list-unsubscribe-post',
      ]),
    );
    const changed = (from: string | RegExp, to: string) =>
      checkDkim(Buffer.from(mime.toString('latin1').replace(from, to), 'latin1'), key);
    expect(changed('Auto-Submitted: auto-generated', 'Auto-Submitted: no')).toEqual({ problem: 'head' });
    expect(changed('anna@library.example', 'else@library.example')).toEqual({ problem: 'head' });
    expect(changed(/QkVHSU46/, 'QkVHSU47')).toEqual({ problem: 'body' });
  });

  it('is absent without a key', async () => {
    const config = loadConfig({ SECRET_KEY: 'x'.repeat(32), VAULT_KEYS: 'k1:x' });
    expect(await new DkimSigner(config).sign(Buffer.from('a: b\r\n\r\nc'))).toEqual(Buffer.from('a: b\r\n\r\nc'));
  });

  it.each([
    ['half of the settings', { DKIM_SELECTOR: '' }, /all three or none/],
    ['no file', { DKIM_KEY_FILE: join(folder, 'nothing.pem') }, /ENOENT/],
    ['no key in the file', { DKIM_KEY_FILE: file('text.pem', 'hello') }, /private key in PEM/],
    [
      'a short key',
      {
        DKIM_KEY_FILE: file(
          'short.pem',
          generateKeyPairSync('rsa', { modulusLength: 1024 })
            .privateKey.export({ type: 'pkcs8', format: 'pem' })
            .toString(),
        ),
      },
      /2048/,
    ],
    [
      'another kind of key',
      {
        DKIM_KEY_FILE: file(
          'ed.pem',
          generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        ),
      },
      /RSA/,
    ],
    ['a domain that is not the sender’s', { DKIM_DOMAIN: 'example.com' }, /MAIL_FROM/],
    ['a domain that only ends alike', { MAIL_FROM: 'a@badexample.org' }, /MAIL_FROM/],
  ])('is refused at the start with %s', (_name, changes, problem) => {
    expect(problems(changes)).toEqual([expect.stringMatching(problem)]);
  });
});
