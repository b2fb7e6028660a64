import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { currentContext } from '../../../platform/runtime/request-context.js';
import { Attempts } from '../../../platform/web/attempts.js';
import type { Visit } from '../visit.entity.js';
import type { VisitLink } from './delegation-link.entity.js';
import { DelegationLinks } from './delegation-links.service.js';

/** Every page behind the secret link of a delegation comes in here. */
@Injectable()
export class DelegationDoor {
  constructor(
    private readonly attempts: Attempts,
    private readonly links: DelegationLinks,
  ) {}

  /** Throws NotFound or Gone; whoever tries many is stopped. */
  async open(token: string): Promise<{ link: VisitLink; visit: Visit }> {
    const { address } = currentContext();
    await this.attempts.check('wrong-token', address);
    try {
      return await this.links.byToken(token);
    } catch (error) {
      if (error instanceof NotFound) await this.attempts.count('wrong-token', address);
      throw error;
    }
  }
}
