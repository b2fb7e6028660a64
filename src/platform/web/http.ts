import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { HttpException, Logger } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { enterContext } from '../runtime/request-context.js';
import { Secrets } from '../runtime/secrets.js';
import { registerAssets } from './assets.js';
import { countedAddress } from './attempts.js';
import { registerCsrf } from './csrf.js';
import { ErrorFilter } from './error.filter.js';
import { PublishedAnswers } from './published-answers.js';
import { registerSlowRequests } from './slow-requests.js';
import { registerUploads } from './uploads.js';
import { WebContext } from './web-context.js';
import { WebTools } from './web-tools.js';

const CONTENT_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  workerSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

const PERMISSIONS = 'camera=(), microphone=(), geolocation=(), payment=()';

/** Fastify as the house needs it: small bodies, flat queries, slow clients cut off, proxies only by name ([B4], [B7], [R12]). */
export function httpAdapter(config: Config): FastifyAdapter {
  return new FastifyAdapter({
    trustProxy: config.trustProxy.length > 0 ? [...config.trustProxy] : false,
    bodyLimit: 100_000,
    // Bodies have limits of their own: see slow-requests.ts.
    http: { headersTimeout: 30_000 },
    connectionTimeout: 60_000,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    logger: false,
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    genReqId: () => randomUUID(),
    frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) => refuseUnreadable(reply),
  });
}

/** What comes in is checked by zod; Fastify's own compilers would be loaded at every start, and never asked. */
function noSchemas(): never {
  throw new Error('no route has a schema for Fastify');
}

/** Hooks and plug-ins around every request, in the order in which they run. */
export async function setUpHttp(app: NestFastifyApplication): Promise<void> {
  const config = app.get<Config>(CONFIG);
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const published = app.get(PublishedAnswers);
  const tools = app.get(WebTools);

  fastify.decorateRequest('viewer', null);
  fastify.decorateRequest('conference', null);
  fastify.decorateRequest('web', undefined);
  registerSlowRequests(fastify);
  const isOurs = ownHost(config);
  const answerPublished = published.hook();
  answerFirst(fastify.server, (request, response) => isOurs(request) && published.answerNow(request, response));
  fastify.addHook('onRequest', async function (request, reply) {
    if (isOurs(request)) await answerPublished.call(this, request, reply);
  });
  await fastify.register(helmet as never, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_POLICY },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: config.publicUrl.startsWith('https:') ? { maxAge: 31_536_000, includeSubDomains: true } : false,
  });
  fastify.addHook('onRequest', (_request, reply, done) => {
    void reply.header('permissions-policy', PERMISSIONS);
    done();
  });
  refuseForeignHosts(fastify, isOurs);
  // Pages of one viewer are compressed as they go; public ones are kept compressed (PublishedAnswers).
  await fastify.register(compress as never, { threshold: 1000, encodings: ['gzip', 'identity'] });
  await fastify.register(cookie as never);
  if (!config.bench) await fastify.register(rateLimit as never, floodLimit);
  await registerCsrf(fastify, config, app.get(Secrets));
  await registerUploads(fastify);
  await registerAssets(fastify);
  fastify.addHook('onRequest', (request, reply, done) => {
    request.web = new WebContext(tools, request, reply);
    enterContext({
      requestId: request.id,
      actor: { kind: 'anonymous', id: null },
      locale: request.web.locale,
      address: countedAddress(request.ip),
      userAgent: String(request.headers['user-agent'] ?? '').slice(0, 200),
    });
    done();
  });
  logRequests(fastify);
  app.useGlobalFilters(app.get(ErrorFilter));
}

/** A general brake against floods; the limits that protect sign-in and tokens are in `attempts.ts`. */
const floodLimit = {
  max: 1200,
  timeWindow: '1 minute',
  // How much is left is nobody's business, and would differ between a kept answer and a fresh one.
  addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  keyGenerator: (request: { ip: string }) => countedAddress(request.ip),
  // The plug-in's own error object would leave the exception filter as a 500.
  errorResponseBuilder: (_request: unknown, context: { statusCode: number }) => new HttpException('Too many requests', context.statusCode),
};

/** An address that cannot be decoded is refused before any hook has run, so it gets the headers of all answers here ([B2], [B3]). */
function refuseUnreadable(reply: FastifyReply): void {
  const policy = Object.entries(CONTENT_POLICY).map(([name, sources]) => `${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)} ${sources.join(' ')}`);
  void reply
    .status(400)
    .headers({
      'cache-control': 'private, no-store',
      'content-security-policy': policy.join(';'),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': PERMISSIONS,
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
    .type('text/plain; charset=utf-8')
    .send('Bad request\n');
}

/** Requests that `answer` answers never reach the framework, whose first steps take longer than many an answer. */
function answerFirst(server: Server, answer: (request: IncomingMessage, response: ServerResponse) => boolean): void {
  const framework = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    // A server that closes listens no more; the framework tells such late requests to go elsewhere.
    if (server.listening && answer(request, response)) return;
    for (const listener of framework) listener.call(server, request, response);
  });
}

function ownHost(config: Config): (request: Pick<IncomingMessage, 'headers'>) => boolean {
  const own = new Set([new URL(config.publicUrl).host, `127.0.0.1:${config.port}`, `localhost:${config.port}`, `[::1]:${config.port}`]);
  return ({ headers }) => own.has(headers.host ?? '');
}

/** Links are built from PUBLIC_URL, and a request that names another host is refused ([B4]). */
function refuseForeignHosts(fastify: FastifyInstance, isOurs: (request: Pick<IncomingMessage, 'headers'>) => boolean): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const probe = request.url === '/healthz' || request.url === '/readyz';
    if (probe || isOurs(request)) done();
    else void reply.status(400).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send('Unknown host\n');
  });
}

/** One line per request: id, route pattern, status, milliseconds, account; never an address, query, body or token ([V4]). */
function logRequests(fastify: FastifyInstance): void {
  const logger = new Logger('http');
  fastify.addHook('onResponse', (request, reply, done) => {
    const account = request.viewer?.kind === 'account' ? request.viewer.id : undefined;
    logger.debug({
      request: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      ...(account ? { account } : {}),
    });
    done();
  });
}
