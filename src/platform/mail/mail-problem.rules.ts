/** A failure as people read it: the last word of a message key (`mailProblem.…`), and the code for those who look it up. */
export interface MailProblem {
  readonly key: MailProblemKey;
  readonly code: string;
}

type MailProblemKey =
  | 'complaint'
  | 'unsubscribed'
  | 'noMailbox'
  | 'noDomain'
  | 'closed'
  | 'full'
  | 'tooBig'
  | 'refused'
  | 'later'
  | 'unreachable'
  | 'other';

/** Enhanced status codes (RFC 3463) by class, subject and detail; the first that fits. */
const STATUSES: readonly (readonly [RegExp, MailProblemKey])[] = [
  [/^5\.1\.[16]$/, 'noMailbox'],
  [/^5\.1\.(?:2|10)$|^5\.4\.[14]$/, 'noDomain'],
  [/^5\.2\.1$/, 'closed'],
  [/^[45]\.2\.2$/, 'full'],
  [/^[45]\.(?:2\.3|3\.4)$/, 'tooBig'],
  [/^[45]\.7\./, 'refused'],
  [/^4\./, 'later'],
  [/^5\./, 'other'],
  // Replies of SMTP (RFC 5321 section 4.2.3).
  [/^55[13]$/, 'noMailbox'],
  [/^552$/, 'full'],
  [/^5\d\d$/, 'refused'],
  [/^4\d\d$/, 'later'],
];

/** What an address is known for: an enhanced status code, `complaint` or `unsubscribed`. */
export function problemOfStatus(status: string): MailProblem {
  if (status === 'complaint' || status === 'unsubscribed') return { key: status, code: '' };
  const known = STATUSES.find(([pattern]) => pattern.test(status));
  return { key: known?.[1] ?? 'other', code: status };
}

/** What stands at a mail that was not delivered; `stopped`: it was not even tried, for what is known of the address. */
export function problemOfMail(problem: string): MailProblem & { readonly stopped: boolean } {
  const [, stopped] = /^suppressed after (\S+)$/.exec(problem) ?? [];
  if (stopped !== undefined) return { ...problemOfStatus(stopped), stopped: true };
  const [, status] = /^(?:returned|SMTP) ([\d.]+)$/.exec(problem) ?? [];
  if (status !== undefined) return { ...problemOfStatus(status), stopped: false };
  return { key: 'unreachable', code: problem, stopped: false };
}
