import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { InvalidInput, RuleViolation, Stale, TooMany, type FieldProblem } from '../../kernel/errors.js';
import { LOCALES, parseAcceptLanguage, type Locale } from '../../kernel/locale.js';
import { currentContext } from '../runtime/request-context.js';
import type { ConferenceInPath } from './access.js';
import { placeInWords } from './file-problems.js';
import type { Notice } from './flash.js';
import { emptyForm, parseForm, refusedForm, typedValues, type FormView } from './form.js';
import type { Viewer } from './viewer.js';
import type { PageOptions } from './page-options.js';
import type { WebTools } from './web-tools.js';

declare module 'fastify' {
  interface FastifyRequest {
    web: WebContext | undefined;
  }
}

interface Gone {
  readonly path: string;
  readonly notice?: Notice;
}

/** One request as a page handler sees it: language, viewer, and the ways to answer. */
export class WebContext {
  /** Where the answer leads, once that is decided. */
  private gone: Gone | undefined;

  constructor(
    private readonly tools: WebTools,
    readonly request: FastifyRequest,
    readonly reply: FastifyReply,
  ) {}

  /** From the path (`/en/…`); in the back office from the account; else from Accept-Language. */
  get locale(): Locale {
    const first = this.request.url.split(/[/?]/, 2)[1];
    const inPath = LOCALES.find((locale) => locale === first);
    return inPath ?? this.request.viewer?.locale ?? parseAcceptLanguage(this.request.headers['accept-language']);
  }

  /** The viewer that the policy let in. Only on routes that are not for anyone. */
  get viewer(): Viewer {
    if (!this.request.viewer) throw new Error('this route has no viewer');
    return this.request.viewer;
  }

  /** The conference of the path, on routes whose policy is of a conference. */
  get conference(): ConferenceInPath {
    if (!this.request.conference) throw new Error('this route has no conference');
    return this.request.conference;
  }

  t(key: string, params: Record<string, unknown> = {}): string {
    return this.tools.translator.t(this.locale, key, params);
  }

  /** A place in a file, in words. */
  placeOf(place: string): string {
    return placeInWords(this.tools.translator, this.locale, place);
  }

  /** A page of its own for this viewer: never stored by a cache ([B6]). */
  async page(template: string, model: object, options: PageOptions): Promise<string> {
    // On pages for anyone the guard has not asked; the form token is bound to the sign-in, so it must be known here.
    this.request.viewer ??= await this.tools.access.viewerOf(this.request);
    const html = await this.tools.render(this, template, model, options);
    void this.reply
      .status(options.status ?? this.reply.statusCode)
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'private, no-store');
    return html;
  }

  /** POST, redirect, GET. `notice` is a message key shown once on the next page. */
  redirect(path: string, notice?: Notice): string {
    this.gone = { path, ...(notice ? { notice } : {}) };
    if (notice) this.tools.flash.put(this.reply, notice);
    void this.reply.status(303).header('location', path).header('cache-control', 'no-store');
    return '';
  }

  /**
   * Handles a posted form: `done` gets the parsed input and answers (mostly a redirect). What the schema, a rule or a
   * service refuses, comes back through `again` with every value kept: 422 for input, 413 for a file too large, 409 for a rule or a stale write, 429
   * with Retry-After for one attempt too many. `first` is for a limit that counts forms with mistakes, too.
   */
  async form<S extends z.ZodType>(
    schema: S,
    body: unknown,
    ways: { first?: () => Promise<void>; done: (input: z.output<S>) => Promise<string>; again: (form: FormView) => Promise<string> },
  ): Promise<string> {
    try {
      await ways.first?.();
      return await ways.done(parseForm(schema, body));
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      void this.reply.status(refusal.status);
      if (error instanceof TooMany) void this.reply.header('retry-after', String(error.retryAfterSeconds));
      return ways.again(refusedForm(this.tools.translator, this.locale, typedValues(body, 'flat'), refusal.problems));
    }
  }

  /**
   * For a form that makes something. `work` makes it and ends in a redirect; the same form again (a double tap, going back and
   * sending once more) makes nothing and is led to the same place. Needs `idempotent=true` at the hidden fields of the form.
   */
  async once(body: unknown, work: () => Promise<string>): Promise<string> {
    const { _key: key, _csrf: _token, ...content } = (body ?? {}) as Record<string, unknown>;
    const { made, again } = await this.tools.sentForms.once(
      this.sending(typeof key === 'string' && key !== '' ? key : null, content),
      async () => {
        await work();
        if (!this.gone) throw new Error('a form that makes something ends in a redirect');
        return JSON.stringify(this.gone);
      },
    );
    if (!again) return '';
    const { path, notice } = JSON.parse(made) as Gone;
    return this.redirect(path, notice);
  }

  /** The same for a program, which sends its key as `Idempotency-Key`: answers the id of what was made, now or the first time. */
  async onceFor(content: unknown, make: () => Promise<string>): Promise<string> {
    const key = this.request.headers['idempotency-key'];
    const sending = this.sending(typeof key === 'string' && key !== '' ? key : null, content);
    return (await this.tools.sentForms.once(sending, make)).made;
  }

  private sending(key: string | null, content: unknown) {
    const { actor } = currentContext();
    return { key, address: this.request.url, sender: `${actor.kind} ${actor.id ?? ''}`, content };
  }

  emptyForm(values: Record<string, unknown> = {}): FormView {
    return emptyForm(values);
  }
}

function refusalOf(error: unknown): { status: number; problems: readonly FieldProblem[] } | undefined {
  if (error instanceof InvalidInput) return { status: error.status, problems: error.problems };
  if (error instanceof Stale) return { status: 409, problems: [{ field: '', code: error.code }] };
  if (error instanceof RuleViolation || error instanceof TooMany) return { status: error.status, problems: [{ field: '', code: error.code, params: error.details }] };
  return undefined;
}

/** The page handler's parameter: `@Web() web: WebContext`. */
export const Web = createParamDecorator((_: unknown, context: ExecutionContext): WebContext => {
  const { web } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!web) throw new Error('the web core is not set up');
  return web;
});
