import { Inject, Injectable } from '@nestjs/common';
import { createHmac, createSecretKey, hkdfSync, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';

// A key object is prepared once; a text or bytes would be made into one at every call.
const COMPARE = createSecretKey('compare', 'utf8');

/** The one comparison of tokens, codes and signatures, in constant time ([T2]). */
export function equalSecrets(a: string, b: string): boolean {
  const x = createHmac('sha256', COMPARE).update(a).digest();
  const y = createHmac('sha256', COMPARE).update(b).digest();
  return timingSafeEqual(x, y);
}

/** Keys derived from SECRET_KEY, one per purpose (HKDF, RFC 5869), and signatures made with them. */
@Injectable()
export class Secrets {
  private readonly keys = new Map<string, Buffer>();
  private readonly signing = new Map<string, KeyObject>();

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** 32 bytes for one purpose, such as `csrf` or `calendar-uid`. */
  key(purpose: string): Buffer {
    let key = this.keys.get(purpose);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', this.config.secretKey, 'skaryna', purpose, 32));
      this.keys.set(purpose, key);
    }
    return key;
  }

  /** HMAC-SHA-256 of the text under the purpose's key, base64url. */
  sign(purpose: string, text: string): string {
    return createHmac('sha256', this.signingKey(purpose)).update(text).digest('base64url');
  }

  /** The same key, prepared for signatures. */
  signingKey(purpose: string): KeyObject {
    let key = this.signing.get(purpose);
    if (!key) this.signing.set(purpose, (key = createSecretKey(this.key(purpose))));
    return key;
  }

  /** `text.signature`, readable by `verified`. */
  signed(purpose: string, text: string): string {
    return `${Buffer.from(text).toString('base64url')}.${this.sign(purpose, text)}`;
  }

  /** The text of `signed`, or undefined when anything was changed. */
  verified(purpose: string, value: string | undefined): string | undefined {
    const [body, signature] = (value ?? '').split('.');
    if (!body || !signature) return undefined;
    const text = Buffer.from(body, 'base64url').toString('utf8');
    return equalSecrets(signature, this.sign(purpose, text)) ? text : undefined;
  }
}
