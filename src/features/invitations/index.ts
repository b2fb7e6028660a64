export { InvitationsModule } from './invitations.module.js';
export { Invitations, type GivenAnswer, type NewInvitation } from './invitations.service.js';
export { aboutInvitation, invitationOf } from './invitation.mails.js';
export { ReplyDesk } from './replies/reply-desk.service.js';
export { ReplyQueries } from './replies/reply.queries.js';
export { InvitationRounds } from './invitation-rounds.service.js';
export { Invitation, type NamedSubstitute } from './invitation.entity.js';
export {
  ANSWERS,
  INVITATION_STATES,
  type Answer,
  type InvitationKind,
  type InvitationState,
} from './invitation.rules.js';
export { WavesModule } from './waves/waves.module.js';
export { Waves } from './waves/waves.service.js';
export { WaveCandidates } from './waves/wave-candidates.queries.js';
export { WaveGuests } from './waves/wave-guests.service.js';
export { WaveSending } from './waves/wave-sending.service.js';
export { WaveReminders } from './waves/wave-reminders.service.js';
export { InvitationWave, WaveGuest } from './waves/wave.entity.js';
export * from './waves/wave.events.js';
export { QuotasModule } from './quotas/quotas.module.js';
export { Quotas, type NewQuotas } from './quotas/quotas.service.js';
export { QuotaPlaces, type NamedPerson } from './quotas/quota-places.service.js';
export { QuotaRounds } from './quotas/quota-rounds.service.js';
export { Quota, QuotaPlace } from './quotas/quota.entity.js';
export * from './quotas/quota.events.js';
export * from './invitation.events.js';
