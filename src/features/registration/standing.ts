import type { Registration } from './registration.entity.js';

/** One word for where a registration stands, the name of its texts: `registration.standing.<word>`. */
export function standingKey({ approval, waitlist }: Pick<Registration, 'approval' | 'waitlist'>): string {
  if (approval === 'cancelled' || approval === 'refused' || approval === 'pending') return approval;
  return waitlist === 'none' ? 'confirmed' : waitlist;
}
