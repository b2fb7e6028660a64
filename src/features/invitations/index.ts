export { InvitationsModule } from './invitations.module.js';
export { Invitations, type GivenAnswer, type NewInvitation } from './invitations.service.js';
export { aboutInvitation, invitationOf } from './invitation.mails.js';
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
export * from './invitation.events.js';
