import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Forbidden, NotFound, SignInNeeded } from '../../kernel/errors.js';
import { currentContext } from '../runtime/request-context.js';
import { Access, type ConferenceInPath } from './access.js';
import { POLICY, type Policy } from './policy.js';
import { covers, type Viewer } from './viewer.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard on every route that is not for anyone. */
    viewer: Viewer | null;
    /** The conference of the path, once a policy of that scope let the request in. */
    conference: ConferenceInPath | null;
  }
}

/** Enforces the policy of the route: no right to see is 404, seeing without changing is 403, nobody is a sign-in ([A4]). */
@Injectable()
export class PolicyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly access: Access,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const policy = this.reflector.get<Policy | undefined>(POLICY, context.getHandler());
    if (!policy) throw new Error(`no policy: ${context.getClass().name}.${context.getHandler().name}`);
    if (policy.kind === 'anyone' || policy.kind === 'token') return true;
    const viewer = await this.access.viewerOf(request);
    if (!viewer) throw new SignInNeeded();
    request.viewer = viewer;
    currentContext().actor = { kind: viewer.kind, id: viewer.id, viewer };
    if (policy.kind === 'signedIn') {
      if (viewer.kind !== policy.as) throw new SignInNeeded();
      // No scope covers somebody's own things (their tokens, their password): a token may look at them, no more.
      if (viewer.scopes && request.method !== 'GET' && request.method !== 'HEAD')
        throw new Forbidden('error.tokenScope');
      return true;
    }
    if (viewer.kind !== 'account') throw new NotFound();
    await this.admit(request, viewer, policy);
    return true;
  }

  private async admit(request: FastifyRequest, viewer: Viewer, policy: Policy & { kind: 'staff' }): Promise<void> {
    if (policy.of === 'conference') {
      const conference = await this.access.conference((request.params as { conf: string }).conf);
      if (!conference) throw new NotFound();
      request.conference = conference;
    }
    const held = viewer.level(policy.object, request.conference?.id ?? null);
    if (!held || (held === 'count' && policy.level !== 'count')) throw new NotFound();
    if (!covers(held, policy.level)) throw new Forbidden();
    if (viewer.scopes && !grantedByScope(viewer.scopes, policy)) throw new Forbidden('error.tokenScope');
  }
}

/** A token does what its account may do, and of that only what its scopes name. */
function grantedByScope(scopes: readonly string[], policy: Policy & { kind: 'staff' }): boolean {
  const write = scopes.includes(`${policy.object}:write`) || scopes.includes('*:write');
  if (policy.level === 'write') return write;
  return write || scopes.includes(`${policy.object}:read`) || scopes.includes('*:read');
}
