import { Injectable } from '@nestjs/common';
import { codePoints } from '../../kernel/text.js';

/** OWASP's floor for Argon2id ([T6]): 19 MiB, 2 passes, one lane. The library's default algorithm is Argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The hash of a secret that nobody knows: comparing with it takes the time of a real comparison ([T5]). */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$1yL3VtJndjc6HIPB7RS+4A$9XUOvmXeh26c9uUxmo4x3+PK1vU5uNUfoFgG/ZJOO34';

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 512;

/** Twelve characters or more; nothing else is asked of a password. Lengths count code points. */
export function isLongEnough(password: string): boolean {
  return codePoints(password) >= PASSWORD_MIN;
}

/** Loaded with the first password: its binary is 5 MiB, and a worker never sees one. */
const argon2 = () => import('@node-rs/argon2');

@Injectable()
export class Passwords {
  /** PHC text. The same letters typed on another keyboard may come composed otherwise, hence NFC. */
  async hash(password: string): Promise<string> {
    const { hash } = await argon2();
    return hash(password.normalize('NFC'), COST);
  }

  /** False for a wrong password and for an account without one, in the same time. */
  async verify(stored: string | null | undefined, password: string): Promise<boolean> {
    const { verify } = await argon2();
    const right = await verify(stored ?? NOBODY, password.normalize('NFC'));
    return right && stored !== null && stored !== undefined;
  }
}
