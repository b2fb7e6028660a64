import type { FastifyReply } from 'fastify';

export interface Download {
  /** With any letters, and its ending. */
  readonly filename: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** Names with any letters (RFC 6266, RFC 8187), and beside them one that every program takes. */
export function attachment(filename: string): string {
  const dot = filename.lastIndexOf('.');
  const ending = dot < 0 ? '' : filename.slice(dot).replace(/[^A-Za-z0-9.]/g, '');
  const plain = filename
    .slice(0, dot < 0 ? undefined : dot)
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  const encoded = encodeURIComponent(filename.replace(/\p{Cs}/gu, '')).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain || 'file'}${ending}"; filename*=UTF-8''${encoded}`;
}

/**
 * Answers with a file that is only ever saved: an attachment that no browser opens as a page of ours, and if one did, in a
 * sandbox without scripts, forms or our cookies ([F2]).
 */
export function download(reply: FastifyReply, { filename, type, bytes }: Download): Buffer {
  const policy = String(reply.raw.getHeader('content-security-policy') ?? "default-src 'none'");
  void reply
    .status(200)
    .header('content-type', type)
    .header('content-disposition', attachment(filename))
    .header('content-security-policy', `${policy};sandbox`)
    .header('cache-control', 'private, no-store');
  return bytes;
}
