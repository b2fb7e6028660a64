import { journalEvent } from '../../platform/journal/journal.js';

export const VenueAdded = journalEvent<{ id: string; code: string }>('VenueAdded');
export const VenueChanged = journalEvent<{ id: string; code: string }>('VenueChanged');
export const RoomAdded = journalEvent<{ id: string; venueId: string; code: string }>('RoomAdded');
export const RoomChanged = journalEvent<{ id: string; venueId: string; code: string }>('RoomChanged');
export const RoomMoved = journalEvent<{ id: string; venueId: string; from: number; to: number }>('RoomMoved');
/** Added by mistake, and taken back before anybody used it. */
export const RoomRemoved = journalEvent<{ id: string; venueId: string; code: string }>('RoomRemoved');
