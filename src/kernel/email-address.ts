import { cleanText } from './text.js';
import type { TextProblem } from './text.js';

export type EmailProblem =
  | TextProblem
  | 'error.email.shape'
  | 'error.email.one'
  | 'error.email.plain'
  | 'error.email.latin'
  | 'error.email.local'
  | 'error.email.domain'
  | 'error.email.long';

export type ParsedEmail =
  | {
      readonly ok: true;
      /** For the envelope and for display: local part as typed, domain in lower-case ASCII (RFC 5890 A-labels). */
      readonly address: string;
      /** For comparison and the unique index: all lower case. */
      readonly key: string;
    }
  | { readonly ok: false; readonly problem: EmailProblem; readonly params: Record<string, unknown> };

const MAX = 254;
const MAX_LOCAL = 64;
const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const DOT_ATOM = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`);
const DOMAIN_TYPED = /^[\p{L}\p{M}\p{Nd}.-]+$/u;
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const CALENDAR_MAILBOX =
  /^[A-Za-z0-9!$'*+_~-]+(?:\.[A-Za-z0-9!$'*+_~-]+)*@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/;

/**
 * Reads one address as people type it: the dot-atom form of RFC 5321 4.1.2 with a full domain, nothing else. Quoted local
 * parts, comments, groups, display names and address literals are refused, because mailers have delivered those to
 * somebody else [X7]. Linear time.
 *
 * Problems: `error.email.one` (several addresses), `error.email.plain` (a name, brackets or `mailto:` around it),
 * `error.email.latin` (local part not in ASCII), `error.email.local`, `error.email.domain`, `error.email.long` {max},
 * `error.email.shape` (no @ at all), and those of `cleanText`.
 */
export function parseEmailAddress(text: string): ParsedEmail {
  const cleaned = cleanText(text, { multiline: false, max: Number.MAX_SAFE_INTEGER });
  if (!cleaned.ok) return cleaned;
  const typed = cleaned.value;
  if (typed.length > 4 * MAX) return refused('error.email.long', { max: MAX });
  const decoration = decorated(typed);
  if (decoration) return refused(decoration);
  const at = typed.indexOf('@');
  if (at < 1 || at === typed.length - 1) return refused('error.email.shape');

  const local = typed.slice(0, at);
  if (/[^\x20-\x7e]/.test(local)) return refused('error.email.latin');
  if (local.length > MAX_LOCAL || !DOT_ATOM.test(local)) return refused('error.email.local', { max: MAX_LOCAL });
  const domain = asciiDomain(typed.slice(at + 1));
  if (domain === undefined) return refused('error.email.domain');

  const address = `${local}@${domain}`;
  if (address.length > MAX) return refused('error.email.long', { max: MAX });
  return { ok: true, address, key: address.toLowerCase() };
}

/** `a•••@example.org`: enough for the owner to recognise the mailbox, too little for anybody else. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, Math.min(1, at))}•••${address.slice(at)}`;
}

/**
 * Whether the address may stand bare in ORGANIZER or ATTENDEE (`mailto:mailbox`) [CV4]. Others get plain mail with links
 * and a PUBLISH file instead of a REQUEST.
 */
export function isCalendarMailbox(address: string): boolean {
  return address.length <= MAX && CALENDAR_MAILBOX.test(address);
}

function decorated(typed: string): EmailProblem | undefined {
  if (/[<>"()\\]|^mailto:/i.test(typed)) return 'error.email.plain';
  if (/[,;]/.test(typed) || typed.indexOf('@') !== typed.lastIndexOf('@')) return 'error.email.one';
  return undefined;
}

function asciiDomain(typed: string): string | undefined {
  const composed = typed.normalize('NFC');
  // URL would read full-width letters and lookalike digits as ASCII; people who typed them made a mistake.
  if (!DOMAIN_TYPED.test(composed) || composed.normalize('NFKC') !== composed) return undefined;
  if (!URL.canParse(`http://${composed}/`)) return undefined;
  const domain = new URL(`http://${composed}/`).hostname;
  const labels = domain.split('.');
  const whole = labels.length > 1 && labels.every((label) => label.length <= 63 && LABEL.test(label));
  // URL turns 1.2.3 into an address literal: a top level always holds a letter.
  return whole && /[a-z]/.test(labels.at(-1)!) ? domain : undefined;
}

function refused(problem: EmailProblem, params: Record<string, unknown> = {}): ParsedEmail {
  return { ok: false, problem, params };
}
