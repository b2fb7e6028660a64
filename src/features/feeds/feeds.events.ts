import { journalEvent } from '../../platform/journal/journal.js';
import type { FeedKind } from './feed.entity.js';

interface OfFeed {
  id: string;
  personId?: string;
  conferenceId?: string;
}

export const FeedMade = journalEvent<OfFeed & { kind: FeedKind }>('FeedMade');
/** The address has another secret; the old one ends. */
export const FeedRotated = journalEvent<OfFeed>('FeedRotated');
export const FeedRevoked = journalEvent<OfFeed>('FeedRevoked');
