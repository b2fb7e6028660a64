import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { AccessLevel, AccessObject } from './viewer.js';

export const TOKEN_PURPOSES = [
  'sign-in',
  'resume',
  'invitation',
  'feed',
  'staff-invitation',
  'password',
  'offer',
  'unsubscribe',
  'quota',
  'quota-place',
  'quota-consent',
  'delegation',
  'delegation-consent',
] as const;
export type TokenPurpose = (typeof TOKEN_PURPOSES)[number];

/** Who may call a route ([A1]). Every handler declares exactly one; without it the application does not start. */
export type Policy =
  | { kind: 'anyone' }
  | { kind: 'signedIn'; as: 'account' | 'person' }
  | { kind: 'staff'; object: AccessObject; level: AccessLevel; of: 'conference' | 'any' }
  | { kind: 'token'; purpose: TokenPurpose };

export const POLICY = 'skaryna:policy';

/** Public: no right is needed. */
export const Anyone = (): CustomDecorator => SetMetadata(POLICY, { kind: 'anyone' } satisfies Policy);

/** Somebody who is signed in, for their own things: the handler reads only what belongs to the viewer. */
export const SignedIn = (as: 'account' | 'person'): CustomDecorator =>
  SetMetadata(POLICY, { kind: 'signedIn', as } satisfies Policy);

/**
 * Staff with a role that gives the level for the object. `of: 'conference'` takes the conference of the path parameter
 * `conf`; `'any'` asks whether the viewer holds the level anywhere.
 */
export const Staff = (
  object: AccessObject,
  level: AccessLevel,
  of: 'conference' | 'any' = 'conference',
): CustomDecorator => SetMetadata(POLICY, { kind: 'staff', object, level, of } satisfies Policy);

/** Whoever holds a secret link of this purpose; the handler resolves the token and answers 404 for any other. */
export const ByToken = (purpose: TokenPurpose): CustomDecorator =>
  SetMetadata(POLICY, { kind: 'token', purpose } satisfies Policy);
