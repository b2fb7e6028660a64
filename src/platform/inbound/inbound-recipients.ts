import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { parseMailbox } from '../mail/mailbox.js';
import { ReturnPaths } from '../mail/return-paths.js';

/** The addresses at which mail for this house arrives: everything else is refused at the door. */
@Injectable()
export class InboundRecipients {
  private readonly local: string;
  private readonly domain: string;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly returnPaths: ReturnPaths,
  ) {
    [this.local, this.domain] = parseMailbox(config.mailFrom).address.toLowerCase().split('@') as [string, string];
  }

  /** The library's own mailbox (also with `+detail`), and return paths that we gave out ourselves. */
  accepts(address: string): boolean {
    const at = address.lastIndexOf('@');
    const local = address.slice(0, at).toLowerCase();
    const isOurDomain = address.slice(at + 1).toLowerCase() === this.domain;
    if (isOurDomain && (local === this.local || local.startsWith(`${this.local}+`))) return true;
    return this.returnPaths.mailOf(address) !== null;
  }
}
