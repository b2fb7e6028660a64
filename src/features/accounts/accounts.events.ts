import { journalEvent } from '../../platform/journal/journal.js';
import type { Grant } from './access.rules.js';

export const AccountCreated = journalEvent<{ id: string; grants: Grant[] }>('AccountCreated');
/** The mail with the link that sets the first password is asked for, the first time or again. */
export const AccountInvited = journalEvent<{ id: string; linkId: string }>('AccountInvited');
export const RolesChanged = journalEvent<{ id: string; conferenceId?: string; granted: Grant[]; revoked: Grant[] }>(
  'RolesChanged',
);
export const AccountDeactivated = journalEvent<{ id: string }>('AccountDeactivated');
export const AccountActivated = journalEvent<{ id: string }>('AccountActivated');
export const ProfileChanged = journalEvent<{ id: string; fields: string[] }>('ProfileChanged');
export const PasswordForgotten = journalEvent<{ id: string }>('PasswordForgotten');
export const PasswordChanged = journalEvent<{ id: string }>('PasswordChanged');
export const ApiTokenCreated = journalEvent<{ id: string; tokenId: string; scopes: string[] }>('ApiTokenCreated');
export const ApiTokenRevoked = journalEvent<{ id: string; tokenId: string }>('ApiTokenRevoked');
