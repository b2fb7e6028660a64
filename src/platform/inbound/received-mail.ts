import addressparser from 'nodemailer/lib/addressparser';
import { shownText } from '../../kernel/text.js';
import type { InboundMail } from './inbound-mail.entity.js';
import { allParts, fieldOf, readMailTree, textOf, type MailPart } from './mime-tree.js';

/** A mail as its readers see it. */
export interface ReceivedMail {
  readonly id: string;
  readonly receivedAt: Date;
  readonly door: string;
  /** Return-Path; empty for bounces, null where unknown. */
  readonly envelopeFrom: string | null;
  readonly envelopeTo: readonly string[];
  /** Addresses in lower case. */
  readonly from: string | null;
  readonly sender: string | null;
  /** Where an answer is wanted: Reply-To, else From. */
  readonly replyTo: string | null;
  readonly subject: string;
  readonly messageId: string | null;
  /** Message-IDs of In-Reply-To and References, the nearest first. */
  readonly answers: readonly string[];
  readonly root: MailPart;
}

/** Reads a stored mail. Throws MailLimitError. */
export async function receivedMail(row: InboundMail): Promise<ReceivedMail> {
  const { default: libmime } = await import('libmime');
  const root = await readMailTree(row.raw);
  const field = (name: string) => fieldOf(root, name);
  return {
    id: row.id,
    receivedAt: row.receivedAt,
    door: row.door,
    envelopeFrom: row.envelopeFrom ?? bare(field('return-path')),
    envelopeTo: recipientsOf(row, root),
    from: mailboxOf(field('from')),
    sender: mailboxOf(field('sender')),
    replyTo: mailboxOf(field('reply-to') ?? field('from')),
    subject: shownText(libmime.decodeWords(field('subject') ?? ''), { multiline: false, max: 400 }),
    messageId: messageIds(field('message-id'))[0] ?? null,
    answers: [...new Set([...messageIds(field('in-reply-to')), ...messageIds(field('references')).reverse()])],
    root,
  };
}

/** Markup beyond that is no letter. */
const MOST_MARKUP = 400_000;
const WORDS = { multiline: true, max: 100_000 };

/** The plain words of a mail, for people to read: of text/plain, else of the HTML without its tags; quoted answers included. */
export async function wordsOf({ root }: Pick<ReceivedMail, 'root'>): Promise<string> {
  const texts = allParts(root).filter(({ filename }) => filename === null);
  const plain = texts.find(({ type }) => type === 'text/plain');
  if (plain) return shownText(textOf(plain), WORDS);
  const html = texts.find(({ type }) => type === 'text/html');
  return html ? shownText(await withoutTags(textOf(html).slice(0, MOST_MARKUP)), WORDS) : '';
}

/**
 * Whether it was written by a program (RFC 3834): never answered, and no letter to a person. Bounces, vacation notes,
 * newsletters.
 */
export function isAutomatic({ root, envelopeFrom }: Pick<ReceivedMail, 'root' | 'envelopeFrom'>): boolean {
  const submitted = fieldOf(root, 'auto-submitted');
  return (
    envelopeFrom === '' ||
    (submitted !== null && !/^no\b/i.test(submitted)) ||
    /^(?:bulk|junk|list|auto_reply)$/i.test(fieldOf(root, 'precedence') ?? '') ||
    ['x-auto-response-suppress', 'x-autoreply', 'list-id', 'list-unsubscribe'].some(
      (name) => fieldOf(root, name) !== null,
    )
  );
}

/** The values of all fields of that name: a second From is how somebody pretends to be two. */
export function fieldsOf({ fields }: Pick<MailPart, 'fields'>, name: string): string[] {
  return fields.filter((field) => field.name === name).map(({ value }) => value);
}

/** A mailbox does not keep the envelope; what the server noted of it, or else the head, stands in for it. */
function recipientsOf({ envelopeTo }: InboundMail, root: MailPart): string[] {
  const known = envelopeTo.split('\n').filter(Boolean);
  if (known.length > 0) return known;
  const noted = ['delivered-to', 'x-original-to', 'to', 'cc'].flatMap((name) => fieldOf(root, name) ?? []);
  return noted.flatMap((field) => addressparser(field, { flatten: true })).flatMap(({ address }) => address || []);
}

function mailboxOf(field: string | null): string | null {
  if (field === null) return null;
  const all = addressparser(field, { flatten: true });
  const [only] = all;
  return all.length === 1 && only?.address ? only.address.toLowerCase() : null;
}

/** `<>` is an empty address, and says something. */
function bare(returnPath: string | null): string | null {
  return returnPath === null ? null : (/<([^<>]*)>/.exec(returnPath)?.[1] ?? returnPath).trim().toLowerCase();
}

function messageIds(field: string | null): string[] {
  return (field ?? '').match(/<[^<>\s]{3,250}>/g) ?? [];
}

async function withoutTags(html: string): Promise<string> {
  const { default: sanitizeHtml } = await import('sanitize-html');
  const broken = html.replace(/<(?:br|\/p|\/div|\/tr|\/li)\b[^<>]*>/gi, '\n$&');
  const ESCAPED: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };
  return sanitizeHtml(broken, { allowedTags: [], allowedAttributes: {} })
    .replace(/&(?:amp|lt|gt|quot);/g, (entity) => ESCAPED[entity]!)
    .replace(/[ \t\u00A0]+/g, ' ')
    .replace(/ ?\n[ \n]*\n ?/g, '\n\n')
    .trim();
}
