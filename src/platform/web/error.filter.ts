import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AppError,
  InvalidInput,
  NotFound,
  Overtaken,
  SignInNeeded,
  Stale,
  TooMany,
  Unavailable,
} from '../../kernel/errors.js';
import { isUnavailable } from '../database/database-errors.js';
import { Translator } from '../i18n/translator.js';
import { VaultError } from '../vault/vault.js';
import { currentContext } from '../runtime/request-context.js';
import { WebContext } from './web-context.js';
import { WebTools } from './web-tools.js';

const TEMPLATES: Record<number, string> = {
  400: 'errors/bad-request',
  403: 'errors/forbidden',
  404: 'errors/not-found',
  409: 'errors/stale',
  412: 'errors/stale',
  429: 'errors/too-many',
  503: 'errors/unavailable',
};

/** What the vault cannot open. */
const UNREADABLE = 'error.vault';

/** The one place where refusals and faults become answers: a page, or an RFC 9457 problem document for the API. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  constructor(
    private readonly translator: Translator,
    private readonly tools: WebTools,
  ) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent) return;
    const error = this.classify(thrown);
    if (error.status >= 500 && !(error instanceof Unavailable)) this.logger.error(...logged(thrown));
    void reply.status(error.status);
    // Nobody waits for the rest of what is too large already.
    if (error.status === 413 && !request.raw.complete) void reply.header('connection', 'close');
    if (error instanceof TooMany || error instanceof Unavailable)
      void reply.header('retry-after', String(error.retryAfterSeconds));
    void reply.header('cache-control', 'private, no-store');
    if (wantsJson(request))
      return void (await reply.type('application/problem+json').send(this.problem(error, request)));
    if (isFile(request))
      return void (await reply.type('text/plain; charset=utf-8').send(`${this.words(error, 'en')}\n`));
    const web = request.web ?? new WebContext(this.tools, request, reply);
    if (error instanceof SignInNeeded) {
      const page = signInPage(request, web);
      return void (await reply.status(303).header('location', page).send());
    }
    void reply.type('text/html; charset=utf-8');
    await reply.send(await this.page(error, web));
  }

  private async page(error: AppError, web: WebContext): Promise<string> {
    const template =
      (error.code === UNREADABLE ? 'errors/unreadable' : TEMPLATES[error.status]) ??
      (error.status >= 500 ? 'errors/server-error' : 'errors/bad-request');
    return this.tools.render(
      web,
      `pages/${template}`,
      { message: this.words(error, web.locale), requestId: currentContext().requestId },
      { title: this.words(error, web.locale), layout: 'plain' },
    );
  }

  private words(error: AppError, locale: 'be' | 'ru' | 'en'): string {
    return this.translator.t(locale, error.code, error.details);
  }

  private problem(error: AppError, request: FastifyRequest): Record<string, unknown> {
    const { locale } = request.web ?? { locale: 'en' as const };
    return {
      type: `about:blank#${error.code}`,
      title: this.words(error, locale),
      status: error.status,
      code: error.code,
      instance: currentContext().requestId,
      ...(error instanceof InvalidInput
        ? {
            errors: error.problems.map(({ field, code, params = {}, place }) => ({
              field,
              code,
              message: this.translator.t(locale, code, params),
              ...(place ? { place } : {}),
            })),
          }
        : {}),
      ...(error instanceof Overtaken ? error.members : {}),
      ...(error instanceof Stale && error.current !== undefined
        ? { current: { version: (error.current as { version?: number } | null)?.version ?? null } }
        : {}),
    };
  }

  private classify(thrown: unknown): AppError {
    if (thrown instanceof AppError) return thrown;
    if (isUnavailable(thrown)) return new Unavailable();
    // A key is missing, or a value was moved: said in words, and logged, because somebody must bring the key back ([V1]).
    if (thrown instanceof VaultError) return new HttpRefusal(503, UNREADABLE);
    const status =
      thrown instanceof HttpException
        ? thrown.getStatus()
        : ((thrown as { statusCode?: number } | null)?.statusCode ?? 500);
    if (status === 404) return new NotFound();
    if (status === 429) return new TooMany(60);
    if (status === 403) return new HttpRefusal(403, 'error.forbidden');
    if (status === 413) return new HttpRefusal(413, 'error.tooLarge');
    if (status === 415) return new HttpRefusal(415, 'error.mediaType');
    if (status >= 400 && status < 500) return new HttpRefusal(status, 'error.badRequest');
    return new HttpRefusal(500, 'error.server');
  }
}

/** A refusal or fault that came from the framework, in our words. */
class HttpRefusal extends AppError {
  constructor(
    readonly status: number,
    code: string,
  ) {
    super(code);
  }
}

/** Class, code and stack, but never the message: it may hold what somebody typed ([V4]). */
function logged(thrown: unknown): [string, string?] {
  if (!(thrown instanceof Error)) return ['not an error object was thrown'];
  const frames = thrown.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
  const code = (thrown as { code?: string }).code;
  return [`${thrown.name}${code ? ` ${code}` : ''}`, frames];
}

function wantsJson(request: FastifyRequest): boolean {
  return request.url.startsWith('/api/') || request.headers.accept === 'application/json';
}

function isFile(request: FastifyRequest): boolean {
  return /\.(ics|json|xml|xlsx|css|js|svg)(\?|$)/.test(request.url) || request.url.startsWith('/feed/');
}

function signInPage(request: FastifyRequest, web: WebContext): string {
  const next = request.method === 'GET' ? `?next=${encodeURIComponent(request.url)}` : '';
  return /^\/(be|ru|en)\//.test(request.url) ? `/${web.locale}/sign-in${next}` : `/staff/sign-in${next}`;
}
