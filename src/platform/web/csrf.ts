import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import csrf from '@fastify/csrf-protection';
import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { Forbidden } from '../../kernel/errors.js';
import type { Secrets } from '../runtime/secrets.js';
import { cookieName, isSecure } from './cookies.js';

export const FROM_MAIL_PROGRAMS = 'skaryna:from-mail-programs';

/**
 * A form that mail programs post for their users (RFC 8058): without cookies, origin or token. Only for what the secret in
 * the address may do by itself, and what harms nobody when somebody else does it.
 */
export const FromMailPrograms = (): CustomDecorator => SetMetadata(FROM_MAIL_PROGRAMS, true);

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Token in every form, bound to the visitor's cookie and to the sign-in ([B1]). */
export async function registerCsrf(fastify: FastifyInstance, config: Config, secrets: Secrets): Promise<void> {
  await fastify.register(csrf as never, {
    sessionPlugin: '@fastify/cookie',
    cookieKey: cookieName(config, 'form'),
    cookieOpts: { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(config) },
    csrfOpts: { hmacKey: secrets.key('csrf').toString('base64url'), userInfo: true },
    getToken: (request: FastifyRequest) => tokenOf(request),
    getUserInfo: (request: FastifyRequest) => formOwner(request),
  });
}

/** Refuses an unsafe request that does not come from our own pages; a bearer token needs no such proof. */
export async function checkOrigin(request: FastifyRequest, config: Config): Promise<void> {
  if (SAFE.has(request.method) || request.headers.authorization?.startsWith('Bearer ')) return;
  const { origin } = request.headers;
  const sameSite = request.headers['sec-fetch-site'];
  if (origin !== undefined && origin !== new URL(config.publicUrl).origin) throw new Forbidden('error.foreignForm');
  if (origin === undefined && sameSite !== undefined && sameSite !== 'same-origin')
    throw new Forbidden('error.foreignForm');
  if (origin === undefined && sameSite === undefined) throw new Forbidden('error.foreignForm');
}

/** Resolves when the form's token is good for this visitor and sign-in. Runs after the guard, which knows the viewer. */
export async function checkFormToken(request: FastifyRequest): Promise<void> {
  if (SAFE.has(request.method) || request.headers.authorization?.startsWith('Bearer ')) return;
  await new Promise<void>((resolve, reject) => {
    // The plug-in answers a bad token itself and never calls back; it gets a reply that tells us instead.
    const refusal = { send: () => reject(new Forbidden('error.formToken')) } as unknown as FastifyReply;
    request.server.csrfProtection(request, refusal, () => resolve());
  });
}

/** Whose form it is: a sign-in, or any visitor without one. The plug-in takes an empty text for a missing one. */
export function formOwner(request: FastifyRequest): string {
  return request.viewer?.signInId ?? 'visitor';
}

function tokenOf(request: FastifyRequest): string | undefined {
  const header = request.headers['x-csrf-token'];
  if (typeof header === 'string') return header;
  const field = (request.body as { _csrf?: unknown } | undefined)?._csrf;
  return typeof field === 'string' ? field : undefined;
}
