import { AsyncLocalStorage } from 'node:async_hooks';
import type { Locale } from '../../kernel/locale.js';
import type { Viewer } from '../web/viewer.js';

/** Who acts: a staff account, a person with a personal page, the system itself, or somebody unknown. */
export interface Actor {
  kind: 'account' | 'person' | 'system' | 'anonymous';
  id: string | null;
  /** What they may see; none for the system itself and for somebody unknown. */
  viewer?: Viewer;
}

export interface RequestContext {
  requestId: string;
  actor: Actor;
  locale: Locale;
  /** For rate limits and consent evidence only; never logged. */
  address: string;
  userAgent: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

const SYSTEM: RequestContext = {
  requestId: 'system',
  actor: { kind: 'system', id: null },
  locale: 'be',
  address: '',
  userAgent: '',
};

/** The context of the running request, or the system's own in jobs and on the command line. */
export function currentContext(): RequestContext {
  return storage.getStore() ?? SYSTEM;
}

export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** For hooks that are followed by the rest of the request instead of wrapping it. */
export function enterContext(context: RequestContext): void {
  storage.enterWith(context);
}

/** The account that somebody acts with; null for guests and the system itself. */
export function actingAccount(): string | null {
  const { actor } = currentContext();
  return actor.kind === 'account' ? actor.id : null;
}
