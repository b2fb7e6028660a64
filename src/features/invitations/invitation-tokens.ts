import { Injectable } from '@nestjs/common';
import { hashOf } from '../../platform/runtime/ids.js';
import { Secrets } from '../../platform/runtime/secrets.js';

type Turned = Readonly<{ id: string; tokenTurn: number }>;

/** The personal links of invitations: derived anew for each mail, so that a reminder repeats them and no row holds them. */
@Injectable()
export class InvitationTokens {
  constructor(private readonly secrets: Secrets) {}

  /** 256 bits, base64url. */
  of({ id, tokenTurn }: Turned): string {
    return this.secrets.sign('invitation', `${id}:${tokenTurn}`);
  }

  hash(invitation: Turned): string {
    return hashOf(this.of(invitation));
  }
}
