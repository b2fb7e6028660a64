import { journalEvent } from '../../../platform/journal/journal.js';
import type { PlaceEnd, PlaceWay } from './quota.rules.js';

/** `personId`: the focal point. */
interface OfQuota {
  id: string;
  conferenceId: string;
  personId: string;
}

export const QuotaDrafted = journalEvent<OfQuota & { institutionId: string; places: number }>('QuotaDrafted');
export const QuotaEdited = journalEvent<OfQuota & { fields: string[] }>('QuotaEdited');
/** The letter was put into the outbox, for the first time or again. */
export const QuotaSent = journalEvent<OfQuota>('QuotaSent');
export const QuotaReminded = journalEvent<OfQuota & { batch: string }>('QuotaReminded');
export const QuotaDeclined = journalEvent<OfQuota>('QuotaDeclined');
export const QuotaWithdrawn = journalEvent<OfQuota>('QuotaWithdrawn');
export const QuotaBounced = journalEvent<OfQuota & { mailId: string }>('QuotaBounced');

/** `id`: the quota; `personId`: who has the place. */
interface OfPlace {
  id: string;
  conferenceId: string;
  personId: string;
  placeId: string;
}

export const QuotaPlaceTaken = journalEvent<OfPlace & { way: PlaceWay }>('QuotaPlaceTaken');
export const QuotaPlaceConfirmed = journalEvent<OfPlace>('QuotaPlaceConfirmed');
export const QuotaPlaceEnded = journalEvent<OfPlace & { ended: PlaceEnd }>('QuotaPlaceEnded');
