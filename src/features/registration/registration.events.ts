import { journalEvent } from '../../platform/journal/journal.js';
import type { Category, Form } from './participation.rules.js';
import type { Approval, Attendance, Payment, Waitlist } from './registration.rules.js';

interface OfRegistration {
  id: string;
  conferenceId: string;
  personId: string;
}

export const RegistrationReceived = journalEvent<OfRegistration & { category: Category; form: Form; approval: Approval; waitlist: Waitlist }>('RegistrationReceived');
/** Who was registered by somebody else has agreed themselves. */
export const OwnConsentGiven = journalEvent<OfRegistration>('OwnConsentGiven');
/** They have not, in time or at all: the registration is no more. */
export const ProvisionalRemoved = journalEvent<OfRegistration>('ProvisionalRemoved');
/** Somebody filled in the form again with an address that is registered. */
export const RegistrationRepeated = journalEvent<OfRegistration>('RegistrationRepeated');
export const RegistrationApproved = journalEvent<OfRegistration & { waitlist: Waitlist }>('RegistrationApproved');
export const RegistrationDeclined = journalEvent<OfRegistration>('RegistrationDeclined');
export const RegistrationCancelled = journalEvent<OfRegistration & { offerDeclined?: boolean }>('RegistrationCancelled');
/** A list that had brought it was undone. */
export const RegistrationRemoved = journalEvent<OfRegistration>('RegistrationRemoved');
/** A freed place is kept for somebody who waits, until `until` (ISO 8601). */
export const PlaceOffered = journalEvent<OfRegistration & { until: string }>('PlaceOffered');
export const OfferAccepted = journalEvent<OfRegistration>('OfferAccepted');
export const OfferLapsed = journalEvent<OfRegistration>('OfferLapsed');
export const WaitedAgain = journalEvent<OfRegistration>('WaitedAgain');
export const ParticipationChanged = journalEvent<OfRegistration & { category: Category; form: Form; waitlist: Waitlist }>('ParticipationChanged');
export const PaymentNoted = journalEvent<OfRegistration & { payment: Payment }>('PaymentNoted');
export const AttendanceNoted = journalEvent<OfRegistration & { attendance: Attendance }>('AttendanceNoted');
/** The organizers' note was changed; its text is not repeated here. */
export const RegistrationAnnotated = journalEvent<OfRegistration>('RegistrationAnnotated');
export const SessionsChosen = journalEvent<OfRegistration & { added: string[]; removed: string[] }>('SessionsChosen');
/** Diet or access needs were written or emptied; never what they say. */
export const NeedsChanged = journalEvent<OfRegistration & { fields: string[] }>('NeedsChanged');
export const RegistrationSettingsChanged = journalEvent<{ id: string; conferenceId: string; fields: string[] }>('RegistrationSettingsChanged');
export const RegistrationsExported = journalEvent<{ id: string; conferenceId: string; rows: number; reason: string }>('RegistrationsExported');
