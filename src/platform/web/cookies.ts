import type { Config } from '../config/config.js';

/** `__Host-` and Secure wherever the public address is https; a plain name only on plain-http loopback ([T6]). */
export function cookieName(config: Config, name: string): string {
  return isSecure(config) ? `__Host-${name}` : name;
}

export function isSecure(config: Config): boolean {
  return config.publicUrl.startsWith('https:');
}
