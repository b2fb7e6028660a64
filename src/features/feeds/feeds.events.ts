import { journalEvent } from '../../platform/journal/journal.js';

export const FeedMade = journalEvent<{ id: string; personId: string }>('FeedMade');
export const FeedRevoked = journalEvent<{ id: string; personId: string }>('FeedRevoked');
