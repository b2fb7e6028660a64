import { journalEvent } from '../../platform/journal/journal.js';
import type { ProposalKind } from './delegation/composition.rules.js';
import type { ConsentAnswer } from './delegation/member-consent.rules.js';
import type { ReadinessKey } from './readiness.rules.js';
import type { VisitState } from './visit.rules.js';

/** Of all of them `id` is the visit's. */
export const VisitOpened = journalEvent<{ id: string; ref: string; from: string | null }>('VisitOpened');
/** Names of the fields that changed, and the days, which papers and programmes speak of. */
export const VisitChanged = journalEvent<{
  id: string;
  fields: string[];
  days: { before: StayDays; after: StayDays } | null;
}>('VisitChanged');
export const VisitStateChanged = journalEvent<{
  id: string;
  from: VisitState;
  to: VisitState;
  reason: string | null;
}>('VisitStateChanged');
export const ReadinessOverridden = journalEvent<{ id: string; key: ReadinessKey; reason: string }>(
  'ReadinessOverridden',
);
export const ReadinessRestored = journalEvent<{ id: string; key: ReadinessKey }>('ReadinessRestored');
export const VisitNamedAccount = journalEvent<{ id: string; accountId: string }>('VisitNamedAccount');
export const VisitUnnamedAccount = journalEvent<{ id: string; accountId: string }>('VisitUnnamedAccount');

export interface StayDays {
  startsOn: string | null;
  endsOn: string | null;
}

export const PaperEntered = journalEvent<{ id: string; paperId: string; kind: string; number: string | null }>(
  'PaperEntered',
);
export const PaperRemoved = journalEvent<{ id: string; paperId: string; kind: string; number: string | null }>(
  'PaperRemoved',
);
/** Members by id, never by name: names are looked up when the entry is shown. */
export const MemberAdded = journalEvent<{ id: string; memberId: string; personId: string; source: string }>(
  'MemberAdded',
);
export const MemberChanged = journalEvent<{ id: string; memberId: string; personId: string; fields: string[] }>(
  'MemberChanged',
);
export const MemberRemoved = journalEvent<{ id: string; memberId: string; personId: string }>('MemberRemoved');
export const DelegationReordered = journalEvent<{ id: string; memberIds: string[] }>('DelegationReordered');
export const MemberVerified = journalEvent<{ id: string; memberId: string; personId: string }>('MemberVerified');
/** Somebody looked at what the vault keeps of a member. */
export const MemberNeedsRead = journalEvent<{ id: string; memberId: string; personId: string }>('MemberNeedsRead');
export const MemberNeedsChanged = journalEvent<{ id: string; memberId: string; personId: string; fields: string[] }>(
  'MemberNeedsChanged',
);

/** The guest side has given what only the member may agree to, and what became of the question. */
export const ProtectedDataGiven = journalEvent<{ id: string; memberId: string; personId: string }>(
  'ProtectedDataGiven',
);
export const MemberConsentAsked = journalEvent<{ id: string; memberId: string; personId: string }>(
  'MemberConsentAsked',
);
export const MemberConsentAnswered = journalEvent<{
  id: string;
  memberId: string;
  personId: string;
  answer: ConsentAnswer;
}>('MemberConsentAnswered');

export const LegSaved = journalEvent<{ id: string; legId: string; status: string }>('LegSaved');
export const LegRemoved = journalEvent<{ id: string; legId: string }>('LegRemoved');
export const LodgingSaved = journalEvent<{ id: string; memberId: string }>('LodgingSaved');
export const LodgingRemoved = journalEvent<{ id: string; memberId: string }>('LodgingRemoved');
export const GiftSaved = journalEvent<{ id: string; giftId: string; way: string }>('GiftSaved');
export const GiftRemoved = journalEvent<{ id: string; giftId: string; way: string }>('GiftRemoved');
export const BriefingSaved = journalEvent<{ id: string }>('BriefingSaved');
export const CostSaved = journalEvent<{ id: string; costId: string; item: string }>('CostSaved');
export const CostRemoved = journalEvent<{ id: string; costId: string; item: string }>('CostRemoved');
/** `id` is the car's. */
export const CarSaved = journalEvent<{ id: string }>('CarSaved');
export const SeatingSettled = journalEvent<{ id: string; sessionId: string; shape: string }>('SeatingSettled');
/** A list was taken over; its members are entries of their own. */
export const DelegationImported = journalEvent<{ id: string; listId: string; count: number }>('DelegationImported');
/** The secret link of the guest side: made (an earlier one ends), given up, written to them, done with. */
export const DelegationLinkMade = journalEvent<{ id: string; linkId: string }>('DelegationLinkMade');
export const DelegationLinkRevoked = journalEvent<{ id: string; linkId: string }>('DelegationLinkRevoked');
export const DelegationLinkSent = journalEvent<{ id: string; linkId: string; personId: string }>('DelegationLinkSent');
export const DelegationDone = journalEvent<{ id: string; linkId: string }>('DelegationDone');
/** What the guest side asks for after the composition was confirmed, and what became of it. */
export const ProposalMade = journalEvent<{
  id: string;
  proposalId: string;
  memberId: string | null;
  kind: ProposalKind;
}>('ProposalMade');
export const ProposalTaken = journalEvent<{ id: string; proposalId: string; memberId: string | null }>('ProposalTaken');
export const ProposalRefused = journalEvent<{ id: string; proposalId: string; memberId: string | null }>(
  'ProposalRefused',
);
export const CommitmentMade = journalEvent<{ id: string; commitmentId: string; dueOn: string | null }>(
  'CommitmentMade',
);
export const CommitmentSettled = journalEvent<{ id: string; commitmentId: string; state: string }>('CommitmentSettled');
/** Never what it was: that stands with the visit. */
export const IncidentNoted = journalEvent<{ id: string; incidentId: string }>('IncidentNoted');
export const IncidentRemoved = journalEvent<{ id: string; incidentId: string }>('IncidentRemoved');
export const DayTicked = journalEvent<{ id: string; key: string; done: boolean }>('DayTicked');
