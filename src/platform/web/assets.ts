import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

type Encoding = 'identity' | 'gzip' | 'br';

interface Asset {
  readonly type: string;
  readonly bodies: { identity: Buffer; gzip?: Buffer; br?: Buffer };
}

const ROOT = fileURLToPath(new URL('../../../public/', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
};
/** Below this a compressed file saves nothing. */
const SMALL = 500;
const COMPRESSED = /^(text|application)\/|^image\/svg/;

/** Every file of public/, under a name that changes with its bytes, so that browsers may keep it for ever. */
class Assets {
  private readonly urls = new Map<string, string>();
  private readonly byUrl = new Map<string, Asset>();

  constructor() {
    const names = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).map((name) => name.split(sep).join('/'));
    for (const name of names.filter((file) => extname(file) in TYPES).sort()) this.add(name);
  }

  url(name: string): string {
    const found = this.urls.get(name);
    if (found === undefined) throw new Error(`no file public/${name}`);
    return found;
  }

  find(url: string): Asset | undefined {
    return this.byUrl.get(url);
  }

  private add(name: string): string {
    const known = this.urls.get(name);
    if (known !== undefined) return known;
    const extension = extname(name);
    let bytes = readFileSync(`${ROOT}${name}`);
    if (extension === '.js') bytes = Buffer.from(this.withHashedImports(name, bytes.toString('utf8')));
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
    const url = `/assets/${name.slice(0, -extension.length)}.${hash}${extension}`;
    this.urls.set(name, url);
    this.byUrl.set(url, { type: TYPES[extension]!, bodies: { identity: bytes } });
    return url;
  }

  /** Modules import each other by file name; the browser needs the names with hashes. */
  private withHashedImports(name: string, source: string): string {
    return source.replace(/(\bfrom\s*|\bimport\s*\(?\s*)'(\.[^']+)'/g, (_all, before: string, path: string) => {
      const imported = posix.join(posix.dirname(name), path);
      return `${before}'${this.add(imported)}'`;
    });
  }
}

/** Compressed when the first reader asks for it: at start nobody has, and the best compression takes its time. */
function body({ bodies }: Asset, encoding: Encoding): Buffer {
  return (bodies[encoding] ??= compressed(bodies.identity, encoding));
}

function compressed(identity: Buffer, encoding: Encoding): Buffer {
  if (encoding === 'gzip') return gzipSync(identity, { level: 9 });
  return brotliCompressSync(identity, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_SIZE_HINT]: identity.length,
    },
  });
}

function encodingFor({ type, bodies }: Asset, accepted: string): Encoding {
  if (!COMPRESSED.test(type) || bodies.identity.length < SMALL) return 'identity';
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : 'identity';
}

let assets: Assets | undefined;
const loaded = (): Assets => (assets ??= new Assets());

/** The address of a file of public/ (`css/app.css` → `/assets/css/app.3f2a1c0d9e.css`). Throws for a name that is not there. */
export function assetUrl(name: string): string {
  return loaded().url(name);
}

/** Answers `/assets/…` from memory: immutable, compressed once; an unknown name or an old hash is the usual 404. */
export async function registerAssets(fastify: FastifyInstance): Promise<void> {
  loaded();
  fastify.get('/assets/*', (request, reply) => {
    const asset = loaded().find(request.url.split('?', 1)[0]!);
    if (asset === undefined) return reply.callNotFound();
    return send(request, reply, asset);
  });
  return Promise.resolve();
}

function send(request: FastifyRequest, reply: FastifyReply, asset: Asset): FastifyReply {
  const encoding = encodingFor(asset, String(request.headers['accept-encoding'] ?? ''));
  if (encoding !== 'identity') void reply.header('content-encoding', encoding);
  return reply
    .header('content-type', asset.type)
    .header('cache-control', 'public, max-age=31536000, immutable')
    .header('vary', 'Accept-Encoding')
    .send(body(asset, encoding));
}
