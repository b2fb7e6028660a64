import { parseEmailAddress } from './email-address.js';

const MAX = 2_000;

/**
 * The address of a link that people gave, in its normal form (host in `xn--`), or undefined where it may not become one
 * [X2]: only `https://host`, `http://host` without a user part, and `mailto:` with one plain address. Asked on write and
 * again on render. The server never fetches it [F4].
 */
export function safeLink(link: string): string | undefined {
  if (link.length > MAX || /[\s\\\p{Cc}\p{Cs}]/u.test(link)) return undefined;
  if (/^mailto:/i.test(link)) return mailLink(link.slice('mailto:'.length));
  if (!/^https?:\/\/[^/]/i.test(link) || !URL.canParse(link)) return undefined;
  const url = new URL(link);
  const userPart = url.username !== '' || url.password !== '' || /^[^/]*\/\/[^/?#]*@/.test(link);
  return userPart || url.hostname === '' ? undefined : url.href;
}

function mailLink(address: string): string | undefined {
  const parsed = parseEmailAddress(address);
  // In a mailto: address these begin a query, a fragment or an escape (RFC 6068).
  return parsed.ok && !/[?#%&/]/.test(parsed.address) ? `mailto:${parsed.address}` : undefined;
}
