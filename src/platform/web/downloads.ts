import type { FastifyReply } from 'fastify';

export interface Download {
  /** Of our making: ASCII letters, digits, hyphens and a dot. */
  readonly filename: string;
  readonly type: string;
  readonly bytes: Buffer;
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
    .header('content-disposition', `attachment; filename="${filename}"`)
    .header('content-security-policy', `${policy};sandbox`)
    .header('cache-control', 'private, no-store');
  return bytes;
}
