const MAX = 2_000;
const HERE = 'http://here.invalid';

/**
 * A path of ours to go on to, or `/`: the value of `next` read as a browser reads it [B5]. The answer is in its resolved,
 * percent-encoded form and is never decoded again before it becomes a Location header.
 */
export function localPath(next: string | undefined): string {
  if (typeof next !== 'string' || next.length > MAX || !next.startsWith('/')) return '/';
  // Browsers drop tabs and line breaks and read a backslash as a slash, so /\host and /<tab>/host leave the site.
  if (/[\\\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(next) || !URL.canParse(next, HERE)) return '/';
  const url = new URL(next, HERE);
  if (url.origin !== HERE || url.pathname.startsWith('//')) return '/';
  return url.pathname + url.search + url.hash;
}
