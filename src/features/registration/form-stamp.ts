import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { Secrets } from '../../platform/runtime/secrets.js';

const HOUR = 3_600_000;
/** Long enough for a form that is filled in over a working day, short enough that a copied one is worth little. */
const GOOD_FOR_MS = 24 * HOUR;

/**
 * The hidden key of a public form: made and signed by us, for one conference and one day. A robot that posts without
 * having opened the form has none (P27), and one key registers one person at most ([R7]).
 */
@Injectable()
export class FormStamps {
  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly secrets: Secrets,
  ) {}

  issue(conferenceId: string): string {
    return this.secrets.signed('form-stamp', `${conferenceId} ${this.clock.now().getTime()} ${this.ids.secret()}`);
  }

  /** The key when it is ours, of this conference and of the last day; else undefined. */
  accepted(conferenceId: string, key: unknown): string | undefined {
    if (typeof key !== 'string' || key.length > 500) return undefined;
    const [conference, at] = this.secrets.verified('form-stamp', key)?.split(' ') ?? [];
    const age = this.clock.now().getTime() - Number(at);
    return conference === conferenceId && age >= 0 && age <= GOOD_FOR_MS ? key : undefined;
  }
}
