import { allParts, fieldOf, textOf, type MailPart } from './mime-tree.js';

/** What a mail server reports of one recipient (RFC 3464 section 2.3). */
export interface DeliveryFailure {
  /** Address of Final-Recipient (or Original-Recipient), lower case; null where it is missing. */
  readonly recipient: string | null;
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /** Enhanced status code (RFC 3463), such as `5.1.1`. */
  readonly status: string;
}

export interface DeliveryReport {
  readonly kind: 'bounce';
  /** ENVID of our own DSN order, where it came back. */
  readonly envelopeId: string | null;
  readonly failures: readonly DeliveryFailure[];
  /** Message-ID of the mail that came back, from its returned head. */
  readonly messageId: string | null;
}

/** A complaint (RFC 5965): somebody pressed "spam". */
export interface AbuseReport {
  readonly kind: 'complaint';
  readonly recipient: string | null;
  readonly messageId: string | null;
}

const ACTIONS: readonly string[] = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'];

/** Reads a bounce or complaint out of a mail; null where it is neither. Broken reports without a status are neither. */
export function reportIn(root: MailPart): DeliveryReport | AbuseReport | null {
  const parts = allParts(root);
  const status = parts.find(
    ({ type }) => type === 'message/delivery-status' || type === 'message/global-delivery-status',
  );
  if (status) return deliveryReport(textOf(status), parts);
  const feedback = parts.find(({ type }) => type === 'message/feedback-report');
  if (!feedback) return null;
  const [fields] = groupsOf(textOf(feedback));
  const recipient = addressOf(fields?.get('original-rcpt-to') ?? fields?.get('removal-recipient'));
  return { kind: 'complaint', recipient, messageId: returnedMessageId(parts) };
}

/**
 * What a failure means for the address: `dead` at once (no such mailbox: 5.1.1, 5.1.10), `hard` when it happens again and
 * again, `soft` (full, delayed, 4.x.x) is only told.
 */
export function severityOf({ action, status }: DeliveryFailure): 'dead' | 'hard' | 'soft' | null {
  if (action === 'delayed') return 'soft';
  if (action !== 'failed') return null;
  if (/^5\.1\.(?:1|10)$/.test(status)) return 'dead';
  return status.startsWith('5.') ? 'hard' : 'soft';
}

function deliveryReport(text: string, parts: readonly MailPart[]): DeliveryReport {
  const [message, ...recipients] = groupsOf(text);
  const failures = [message, ...recipients].flatMap((fields): DeliveryFailure[] => {
    const action = fields?.get('action')?.toLowerCase() ?? '';
    const status = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(fields?.get('status') ?? '')?.[1];
    if (!fields || !ACTIONS.includes(action) || status === undefined) return [];
    const recipient = addressOf(fields.get('original-recipient')) ?? addressOf(fields.get('final-recipient'));
    return [{ recipient, action: action as DeliveryFailure['action'], status }];
  });
  const envelopeId = message?.get('original-envelope-id') ?? null;
  return { kind: 'bounce', envelopeId, failures, messageId: returnedMessageId(parts) };
}

/** Groups of fields, parted by empty lines. */
function groupsOf(text: string): Map<string, string>[] {
  const unfolded = text.replace(/\r\n?/g, '\n').replace(/\n[ \t]+/g, ' ');
  return unfolded
    .split(/\n{2,}/)
    .map((group) => new Map(group.split('\n').flatMap(fieldIn)))
    .filter((fields) => fields.size > 0);
}

function fieldIn(line: string): [string, string][] {
  const colon = line.indexOf(':');
  return colon < 1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
}

/** `rfc822; a@b.c` or `utf-8; …`, with or without brackets. */
function addressOf(value: string | undefined): string | null {
  const address = /^(?:[a-z0-9-]+\s*;)?\s*<?([^<>\s;]+@[^<>\s;]+)>?\s*$/i.exec(value ?? '')?.[1];
  return address?.toLowerCase() ?? null;
}

function returnedMessageId(parts: readonly MailPart[]): string | null {
  const head = parts.find(({ type }) =>
    ['message/rfc822', 'text/rfc822-headers', 'message/rfc822-headers', 'message/global-headers'].includes(type),
  );
  if (!head) return null;
  const own = groupsOf(textOf(head))[0]?.get('message-id') ?? fieldOf(head, 'x-message-id');
  return /<[^<>\s]{3,250}>/.exec(own ?? '')?.[0] ?? null;
}
