import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';

type Encoding = 'identity' | 'gzip' | 'br';
type Asked = Pick<IncomingMessage, 'method' | 'headers'>;

export interface PublishedContent {
  body: string | Buffer;
  contentType: string;
  lastModified?: Date;
  headers?: Readonly<Record<string, string>>;
  /** A strong tag of the body, where its maker knows one at less cost than reading it all. */
  tag?: string;
}

interface Answer {
  version: string;
  scope: string;
  lastModified: string | undefined;
  headers: Record<string, string>;
  /** Heads as node writes them: names and values in turn, made when first needed. */
  heads: Map<string, string[]>;
  bodies: Partial<Record<Encoding, Buffer>>;
  tag: string;
  bytes: number;
}

const ROOM_BYTES = 96 * 1024 * 1024;
const CACHE_CONTROL = 'public, max-age=300, stale-while-revalidate=3600';
const SMALL = 1000;
const GUARDING = /^(content-security-policy|cross-origin-.*|origin-agent-cluster|permissions-policy|referrer-policy|strict-transport-security|x-(?!ratelimit).*)$/;

/**
 * What anonymous people may read, rendered once per released version and then answered from memory before anything else
 * of the application runs. An entry belongs to a scope (a conference) and is good while the scope's version (release
 * number, names epoch, …) is the one it was made from; so nothing must be told between processes.
 */
@Injectable()
export class PublishedAnswers {
  private readonly answers = new Map<string, Answer>();
  private readonly versions = new Map<string, { version: string; checkedAt: number }>();
  private bytes = 0;
  private versionOf: (scope: string) => Promise<string> = () => Promise.resolve('');

  /** Tells how to learn a scope's current version; asked at most once a second and scope. */
  versionsFrom(versionOf: (scope: string) => Promise<string>): void {
    this.versionOf = versionOf;
  }

  /** A release happened here: the next request asks for the version anew. */
  forget(scope: string): void {
    this.versions.delete(scope);
  }

  /**
   * Renders (or finds) the answer and sends it. For handlers of public GET routes. `address` is the canonical path and
   * query of what is shown, with nothing in it that the page does not know: so unknown parameters create no entries.
   */
  async answer(request: FastifyRequest, reply: FastifyReply, of: { scope: string; address: string }, render: () => Promise<PublishedContent>): Promise<void> {
    const { scope, address: key } = of;
    const version = await this.currentVersion(scope);
    const known = this.answers.get(key);
    const answer = known?.version === version ? known : this.keep(key, made(scope, version, await render(), guardingHeaders(reply)));
    reply.hijack();
    send(request.raw, reply.raw, answer);
  }

  /**
   * Answers what is known and was current a moment ago, else leaves the request alone and answers false. At once, without
   * a promise: this runs for every request of the house, before the framework sees it.
   */
  answerNow(request: IncomingMessage, response: ServerResponse): boolean {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const answer = this.answers.get(request.url!);
    if (!answer || answer.version !== this.freshVersion(answer.scope)) return false;
    send(request, response, answer);
    return true;
  }

  /** The same inside the framework, which has the time to ask for the version. */
  hook(): onRequestAsyncHookHandler {
    return async ({ raw }, reply) => {
      const answer = this.answers.get(raw.url!);
      if (!answer) return;
      await this.currentVersion(answer.scope);
      if (this.answerNow(raw, reply.raw)) reply.hijack();
    };
  }

  private async currentVersion(scope: string): Promise<string> {
    const fresh = this.freshVersion(scope);
    if (fresh !== undefined) return fresh;
    const checkedAt = performance.now();
    const version = await this.versionOf(scope);
    this.versions.set(scope, { version, checkedAt });
    return version;
  }

  /** The version that was asked for within the last second. */
  private freshVersion(scope: string): string | undefined {
    const known = this.versions.get(scope);
    return known && performance.now() - known.checkedAt < 1000 ? known.version : undefined;
  }

  private keep(key: string, answer: Answer): Answer {
    const old = this.answers.get(key);
    if (old) this.bytes -= old.bytes;
    this.answers.delete(key);
    this.answers.set(key, answer);
    this.bytes += answer.bytes;
    for (const [oldest, entry] of this.answers) {
      if (this.bytes <= ROOM_BYTES) break;
      this.answers.delete(oldest);
      this.bytes -= entry.bytes;
    }
    return answer;
  }
}

/**
 * What the hooks of every request put around an answer, the same for all visitors: kept with it, so that the next visitor
 * gets it before those hooks run.
 */
function guardingHeaders(reply: FastifyReply): Record<string, string> {
  const all = Object.entries(reply.getHeaders()).filter(([name]) => GUARDING.test(name));
  return Object.fromEntries(all.map(([name, value]) => [name, String(value)]));
}

function made(scope: string, version: string, content: PublishedContent, guarding: Record<string, string>): Answer {
  const identity = Buffer.isBuffer(content.body) ? content.body : Buffer.from(content.body, 'utf8');
  const bodies: Answer['bodies'] = { identity };
  if (identity.length > SMALL) {
    bodies.gzip = gzipSync(identity, { level: 7 });
    bodies.br = brotliCompressSync(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length } });
  }
  return {
    version,
    scope,
    lastModified: content.lastModified?.toUTCString(),
    headers: { ...guarding, 'content-type': content.contentType, 'cache-control': CACHE_CONTROL, vary: 'Accept-Encoding', ...content.headers },
    heads: new Map(),
    bodies,
    tag: content.tag ?? createHash('sha256').update(identity).digest('base64url').slice(0, 22),
    bytes: Object.values(bodies).reduce((sum, body) => sum + body.length, 0) + 500,
  };
}

/** The encodings that we keep, by preference; `Accept-Encoding` is only asked for the word. */
function encodingFor(request: Asked, answer: Answer): Encoding {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  if (answer.bodies.br && /\bbr\b/.test(accepted)) return 'br';
  if (answer.bodies.gzip && /\bgzip\b/.test(accepted)) return 'gzip';
  return 'identity';
}

function send(request: Asked, response: ServerResponse, answer: Answer): void {
  const encoding = encodingFor(request, answer);
  const fresh = isFresh(request, answer);
  response.writeHead(fresh ? 304 : 200, headOf(answer, encoding, fresh));
  response.end(fresh || request.method === 'HEAD' ? undefined : answer.bodies[encoding]);
}

function headOf(answer: Answer, encoding: Encoding, fresh: boolean): string[] {
  const key = `${encoding} ${fresh}`;
  const known = answer.heads.get(key);
  if (known) return known;
  const { 'content-type': type, ...headers } = answer.headers;
  const all = {
    ...headers,
    etag: `"${answer.tag}${encoding === 'identity' ? '' : `-${encoding}`}"`,
    ...(answer.lastModified ? { 'last-modified': answer.lastModified } : {}),
    ...(fresh ? {} : { 'content-type': type!, 'content-length': String(answer.bodies[encoding]!.length) }),
    ...(fresh || encoding === 'identity' ? {} : { 'content-encoding': encoding }),
  };
  const head = Object.entries(all).flat();
  answer.heads.set(key, head);
  return head;
}

/** If-None-Match is a list, `W/` and the encoding's suffix do not count, and it wins over If-Modified-Since ([CF5], RFC 9110 13.1). */
function isFresh(request: Asked, answer: Answer): boolean {
  return matches(request.headers['if-none-match'], request.headers['if-modified-since'], answer.tag, answer.lastModified);
}

export function matches(ifNoneMatch: string | undefined, ifModifiedSince: string | undefined, tag: string, lastModified: string | undefined): boolean {
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch.trim() === '*') return true;
    return ifNoneMatch.split(',').some((part) => part.trim().replace(/^W\//, '').replace(/^"|"$/g, '').replace(/-(gzip|br)$/, '') === tag);
  }
  if (ifModifiedSince !== undefined && lastModified !== undefined) {
    const since = Date.parse(ifModifiedSince);
    return !Number.isNaN(since) && Date.parse(lastModified) <= since;
  }
  return false;
}
