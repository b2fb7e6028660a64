import type { MimeNode, SplitterChunk } from '@zone-eu/mailsplit';
import { buffer } from 'node:stream/consumers';
import { TextDecoder } from 'node:util';

/** What a mail from outside may hold ([CQ1]); beyond that it is not read, and a person is asked. */
export const MAIL_LIMITS = { bytes: 2_000_000, parts: 50, depth: 20, headBytes: 64_000 } as const;

export type MailLimit = 'too-large' | 'too-many-parts' | 'too-deep' | 'head-too-large';

/** A mail that breaks a limit. */
export class MailLimitError extends Error {
  override readonly name = 'MailLimitError';

  constructor(readonly limit: MailLimit) {
    super(`the mail is ${limit}`);
  }
}

/** One part of a message (RFC 2045), its transfer encoding undone. A message inside a message is a leaf. */
export interface MailPart {
  /** Lower case, such as `text/calendar`. */
  readonly type: string;
  /** Of Content-Type, names in lower case. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly filename: string | null;
  /** Fields as they stand, unfolded, names in lower case, in their order. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** Empty for a multipart. */
  readonly content: Buffer;
  readonly parts: readonly MailPart[];
}

type Libmime = (typeof import('libmime'))['default'];

interface Growing extends MailPart {
  readonly parts: Growing[];
  content: Buffer;
}

/** Reads the bytes of a message into its tree. Throws MailLimitError; anything that mailers send is otherwise read. */
export async function readMailTree(bytes: Buffer): Promise<MailPart> {
  if (bytes.length > MAIL_LIMITS.bytes) throw new MailLimitError('too-large');
  // Few installations read mail; the others start without these packages.
  const { Splitter } = await import('@zone-eu/mailsplit');
  const { default: libmime } = await import('libmime');
  const splitter = new Splitter({ ignoreEmbedded: true, maxHeadSize: MAIL_LIMITS.headBytes });
  splitter.end(bytes);
  const parts = new Map<MimeNode, { part: Growing; depth: number; raw: Buffer[] }>();
  let root: Growing | undefined;
  let current: MimeNode | undefined;
  try {
    for await (const chunk of splitter as AsyncIterable<SplitterChunk | MimeNode>) {
      if (chunk.type === 'body' && current) parts.get(current)!.raw.push(chunk.value);
      if (chunk.type !== 'node') continue;
      current = chunk as MimeNode;
      const parent = current.parentNode ? parts.get(current.parentNode) : undefined;
      const entry = { part: partOf(current, libmime), depth: (parent?.depth ?? 0) + 1, raw: [] };
      parts.set(current, entry);
      if (parts.size > MAIL_LIMITS.parts) throw new MailLimitError('too-many-parts');
      if (entry.depth > MAIL_LIMITS.depth) throw new MailLimitError('too-deep');
      parent?.part.parts.push(entry.part);
      root ??= entry.part;
    }
  } catch (error) {
    throw (error as { code?: string }).code === 'EMAXLEN' ? new MailLimitError('head-too-large') : error;
  }
  for (const [node, { part, raw }] of parts) if (raw.length > 0) part.content = await decoded(node, Buffer.concat(raw));
  return root!;
}

/** Every part, the message itself first, in their order. */
export function allParts(part: MailPart): MailPart[] {
  return [part, ...part.parts.flatMap(allParts)];
}

/** The first field of that name, or null. */
export function fieldOf(part: Pick<MailPart, 'fields'>, name: string): string | null {
  return part.fields.find((field) => field.name === name)?.value ?? null;
}

/**
 * The content as text, in the charset that the part declares. Without one, or with one that nobody knows: UTF-8 where it
 * is that, else Windows-1252. Never throws; what is no text in its charset becomes U+FFFD.
 */
export function textOf({ content, parameters }: Pick<MailPart, 'content' | 'parameters'>): string {
  const declared = decoder(parameters['charset']);
  if (declared) return declared.decode(content);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('windows-1252').decode(content);
  }
}

function decoder(charset: string | undefined): TextDecoder | null {
  if (!charset || /^us-ascii$/i.test(charset)) return null;
  try {
    return new TextDecoder(charset);
  } catch {
    return null;
  }
}

function partOf(node: MimeNode, libmime: Libmime): Growing {
  const fields = fieldsOf(node);
  return {
    type: (node.contentType || 'text/plain').toLowerCase(),
    parameters: lowerKeys(libmime.parseHeaderValue(fieldOf({ fields }, 'content-type') ?? '').params),
    filename: node.filename || null,
    fields,
    content: Buffer.alloc(0),
    parts: [],
  };
}

/** Bytes above ASCII are UTF-8 as RFC 6532 has them; the library keeps every byte as one character. */
function fieldsOf({ headers }: MimeNode): MailPart['fields'] {
  if (!headers) return [];
  return headers.getList().map(({ key, line }) => ({
    name: key.toLowerCase(),
    value: Buffer.from(line.slice(line.indexOf(':') + 1), 'latin1')
      .toString('utf8')
      .replace(/\r?\n(?=[ \t])/g, '')
      .trim(),
  }));
}

function lowerKeys(parameters: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), value]])),
  );
}

async function decoded(node: MimeNode, raw: Buffer): Promise<Buffer> {
  const stream = node.getDecoder();
  stream.end(raw);
  return buffer(stream);
}
