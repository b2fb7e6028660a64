import { Injectable } from '@nestjs/common';
import { hashOf } from '../../../platform/runtime/ids.js';
import { Secrets } from '../../../platform/runtime/secrets.js';

type Turned = Readonly<{ id: string; tokenTurn: number }>;
type Placed = Readonly<{ id: string }>;

/** The secret links of a quota, derived anew for each mail and page, so that no row holds them ([T1]). */
@Injectable()
export class QuotaTokens {
  constructor(private readonly secrets: Secrets) {}

  /** For the focal point: all places of the institution. */
  focalPoint({ id, tokenTurn }: Turned): string {
    return this.secrets.sign('quota', `${id}:${tokenTurn}`);
  }

  /** To pass on: one place, for whoever registers alone. */
  guest({ id, tokenTurn }: Turned): string {
    return this.secrets.sign('quota-place', `${id}:${tokenTurn}`);
  }

  /** For somebody who was named: to agree, or not. */
  consent({ id }: Placed): string {
    return this.secrets.sign('quota-consent', id);
  }

  hashesOf(quota: Turned): { tokenHash: string; guestHash: string } {
    return { tokenHash: hashOf(this.focalPoint(quota)), guestHash: hashOf(this.guest(quota)) };
  }

  consentHash(place: Placed): string {
    return hashOf(this.consent(place));
  }
}
