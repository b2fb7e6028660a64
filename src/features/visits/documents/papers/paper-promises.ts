import { Injectable } from '@nestjs/common';
import type { Locale } from '../../../../kernel/locale.js';
import { Accounts } from '../../../accounts/index.js';
import { Commitments } from '../../commitments/commitments.service.js';
import type { Visit } from '../../visit.entity.js';
import type { Line } from './paper.js';
import { PaperWords } from './paper-words.js';

/** What was promised, as documents say it. */
@Injectable()
export class PaperPromises {
  constructor(
    private readonly accounts: Accounts,
    private readonly commitments: Commitments,
    private readonly words: PaperWords,
  ) {}

  async of(visit: Visit, locale: Locale): Promise<Line[]> {
    const made = await this.commitments.of(visit.id);
    const owners = await this.accounts.byIds(made.flatMap(({ ownerId }) => ownerId ?? []));
    return made
      .filter(({ state }) => state !== 'dropped')
      .map(({ text, promisedBy, ownerId, dueOn }) => ({
        text,
        owner: owners.get(ownerId ?? '')?.name ?? this.words.t(locale, `visit.commitment.side.${promisedBy}`),
        due: dueOn ? this.words.day(locale, dueOn, visit.zone) : '',
      }));
  }
}
