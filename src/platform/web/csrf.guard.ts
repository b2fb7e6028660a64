import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Access } from './access.js';
import { checkFormToken, checkOrigin } from './csrf.js';

/** Runs before the policy: a forged request never gets as far as asking whether a thing exists. */
@Injectable()
export class CsrfGuard implements CanActivate {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly access: Access,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    await checkOrigin(request, this.config);
    if (request.method !== 'GET' && request.method !== 'HEAD') request.viewer = await this.access.viewerOf(request);
    await checkFormToken(request);
    return true;
  }
}
