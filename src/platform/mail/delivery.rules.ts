/** What became of a mail, as people ask for it: the states of its row, and why it waits or went no further. */
export const DELIVERIES = [
  'held',
  'queued',
  'paused',
  'deferred',
  'sent',
  'bounced',
  'stopped',
  'unsubscribed',
  'discarded',
] as const;
export type Delivery = (typeof DELIVERIES)[number];

export interface DeliveryFacts {
  /** Of its row. */
  readonly state: 'held' | 'queued' | 'paused' | 'sent' | 'failed' | 'discarded';
  readonly attempts: number;
  readonly problem: string | null;
}

/**
 * `deferred`: their server did not take it yet, and is asked again. `bounced`: refused for good, at once or later.
 * `stopped`: not even tried, for what is known of the address; `unsubscribed`: because its owner does not want it.
 */
export function deliveryOf({ state, attempts, problem }: DeliveryFacts): Delivery {
  if (state === 'queued') return attempts > 0 ? 'deferred' : 'queued';
  if (state !== 'failed') return state;
  if (!problem?.startsWith('suppressed after ')) return 'bounced';
  return problem === 'suppressed after unsubscribed' ? 'unsubscribed' : 'stopped';
}

/** It went no further, and will not by itself. */
export function isUndelivered(delivery: Delivery): boolean {
  return delivery === 'bounced' || delivery === 'stopped';
}
