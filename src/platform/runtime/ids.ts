import { Injectable } from '@nestjs/common';
import { createHash, randomBytes, randomFillSync, randomInt } from 'node:crypto';
import { Clock } from './clock.js';

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';
const STOCK_BYTES = 2048;

/** Makes identifiers and secrets; tests may seed it. */
@Injectable()
export class Ids {
  private millisecond = 0;
  private counter = 0;
  private readonly stock = Buffer.alloc(STOCK_BYTES);
  private used = STOCK_BYTES;

  constructor(private readonly clock: Clock) {}

  /**
   * A row id: UUIDv7 (RFC 9562, 5.7), so that new rows stand together in the index. Within one process ids only grow, also
   * inside one millisecond and when the clock runs back: a counter takes the 12 bits after the time (6.2, method 1).
   */
  next(): string {
    const now = this.clock.now().getTime();
    if (now > this.millisecond) {
      this.millisecond = now;
      this.counter = randomInt(0, 0x400);
    } else if (++this.counter > 0xfff) {
      this.millisecond++;
      this.counter = 0;
    }
    const bytes = this.randomForIds();
    bytes.writeUIntBE(this.millisecond, 0, 6);
    bytes[6] = 0x70 | (this.counter >> 8);
    bytes[7] = this.counter & 0xff;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const hex = bytes.toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  /** 16 random bytes. Each question to the system costs more than all the rest of an id; secrets ask for themselves. */
  private randomForIds(): Buffer {
    if (this.used === STOCK_BYTES) {
      randomFillSync(this.stock);
      this.used = 0;
    }
    return this.stock.subarray(this.used, (this.used += 16));
  }

  /** An opaque public id for addresses: 80 random bits, 16 letters and digits, no order to walk along (P3). */
  publicId(): string {
    return Array.from(randomBytes(16), (b) => CROCKFORD[b & 31]).join('');
  }

  /** A secret for links: 256 random bits in base64url. */
  secret(): string {
    return randomBytes(32).toString('base64url');
  }

  /** Six digits for people who read mail on another device. */
  code(): string {
    return String(randomInt(0, 1_000_000)).padStart(6, '0');
  }
}

/** What is stored of a secret ([T1]): its SHA-256 in hex. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
