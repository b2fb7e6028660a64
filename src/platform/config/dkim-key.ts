import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface DkimKey {
  readonly domain: string;
  readonly selector: string;
  /** PEM. */
  readonly key: string;
}

interface Settings {
  readonly MAIL_FROM: string;
  readonly DKIM_DOMAIN?: string | undefined;
  readonly DKIM_SELECTOR?: string | undefined;
  readonly DKIM_KEY_FILE?: string | undefined;
}

const BITS = 2048;

/**
 * The key that signs mails: all three settings or none, an RSA key of at least 2048 bits (RFC 8301), a domain that fits the
 * sender, or the signature proves nothing to DMARC. Adds to `problems` what is wrong: the mailer would leave mails unsigned
 * without a word.
 */
export function dkimKey(settings: Settings, problems: string[]): DkimKey | null {
  const { MAIL_FROM, DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_KEY_FILE: file } = settings;
  if (domain === undefined && selector === undefined && file === undefined) return null;
  if (domain === undefined || selector === undefined || file === undefined) {
    problems.push('DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE: all three or none');
    return null;
  }
  const sender = /@([^>@\s]+)>?\s*$/.exec(MAIL_FROM)?.[1]?.toLowerCase() ?? '';
  if (sender !== domain && !sender.endsWith(`.${domain}`))
    problems.push(`DKIM_DOMAIN: MAIL_FROM must be at this domain, or below it`);
  const key = readKey(file, problems);
  return key === null ? null : { domain, selector, key };
}

function readKey(file: string, problems: string[]): string | null {
  try {
    const pem = readFileSync(file, 'utf8');
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    if (asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= BITS) return pem;
    problems.push(`DKIM_KEY_FILE: an RSA key of at least ${BITS} bits`);
  } catch (error) {
    const { code } = error as { code?: string };
    problems.push(`DKIM_KEY_FILE: a private key in PEM that can be read${code ? ` (${code})` : ''}`);
  }
  return null;
}
