import { Injectable } from '@nestjs/common';
import { Jobs } from '../../platform/runtime/jobs.js';
import { Attempts } from '../../platform/web/attempts.js';
import { AccessLinks } from './access-links.service.js';
import { SignIns } from './sign-ins.service.js';

const HOUR = 3_600_000;

/** What has run out goes: sign-ins at once, links after the month in which they explain themselves, old counters. */
@Injectable()
export class AccountJobs {
  constructor(
    jobs: Jobs,
    private readonly signIns: SignIns,
    private readonly links: AccessLinks,
    private readonly attempts: Attempts,
  ) {
    jobs.every(HOUR, 'accounts: forget what has run out', () => this.forgetOld());
  }

  async forgetOld(): Promise<void> {
    await this.signIns.forgetOld();
    await this.links.forgetOld();
    await this.attempts.forgetOld();
  }
}
