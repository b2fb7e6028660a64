import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DemoAccount } from '../greeting.js';

/** Fills an empty database with the demonstration; answers the account that may do everything, or null when nothing was empty. */
export async function seedDemo(_app: NestFastifyApplication): Promise<DemoAccount | null> {
  return null;
}
