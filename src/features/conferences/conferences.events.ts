import { journalEvent } from '../../platform/journal/journal.js';

export const ConferenceCreated = journalEvent<{
  id: string;
  conferenceId: string;
  slug: string;
  kind: string;
  parentId: string | null;
}>('ConferenceCreated');
/** Names of the fields that changed, and the dates, which mails and calendars speak of. */
export const ConferenceChanged = journalEvent<{
  id: string;
  conferenceId: string;
  fields: string[];
  dates: { before: { startsOn: string; endsOn: string }; after: { startsOn: string; endsOn: string } } | null;
}>('ConferenceChanged');
export const SeriesAdded = journalEvent<{ id: string; code: string }>('SeriesAdded');
export const SeriesChanged = journalEvent<{ id: string; code: string }>('SeriesChanged');
