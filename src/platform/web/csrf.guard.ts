import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { SignInNeeded } from '../../kernel/errors.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Access } from './access.js';
import { checkFormToken, checkOrigin, FROM_MAIL_PROGRAMS } from './csrf.js';
import { readUpload, UPLOAD } from './uploads.js';

/** Runs before the policy: a forged request never gets as far as asking whether a thing exists. */
@Injectable()
export class CsrfGuard implements CanActivate {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly access: Access,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (this.reflector.get<boolean | undefined>(FROM_MAIL_PROGRAMS, context.getHandler())) return true;
    await checkOrigin(request, this.config);
    if (request.method !== 'GET' && request.method !== 'HEAD') request.viewer = await this.access.viewerOf(request);
    if (request.isMultipart()) {
      if (!this.reflector.get<boolean | undefined>(UPLOAD, context.getHandler()))
        throw new UnsupportedMediaTypeException();
      if (!request.viewer) throw new SignInNeeded();
      await readUpload(request, () => checkFormToken(request));
    } else await checkFormToken(request);
    return true;
  }
}
