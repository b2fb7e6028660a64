import { z } from 'zod';
import { LOCALES } from '../../kernel/locale.js';
import { instantOut } from '../../platform/web/api.js';
import { choice, choices, emailField, idField, integerField, line, optionalId } from '../../platform/web/fields.js';
import { ACCESS_OBJECTS } from '../../platform/web/viewer.js';
import { ROLES } from './access.rules.js';
import { nextPath } from './next-path.js';
import { PASSWORD_MAX, PASSWORD_MIN } from './passwords.js';

/** What a token may do: `registration:read`, `*:write` … */
export const SCOPES = ['*', ...ACCESS_OBJECTS].flatMap((object) => [`${object}:read`, `${object}:write`]);

/** Kept letter for letter: no trimming and no text border, it is hashed and never shown. */
const password = z
  .string({ error: 'error.required' })
  .min(1, 'error.required')
  .max(PASSWORD_MAX, 'error.accounts.passwordLong');
const newPassword = z
  .string({ error: 'error.required' })
  .max(PASSWORD_MAX, 'error.accounts.passwordLong')
  .refine((text) => [...text].length >= PASSWORD_MIN, {
    error: 'error.accounts.passwordShort',
    params: { min: PASSWORD_MIN },
  });
/** Where to go on to; what is no path of ours means home, and is never a reason to refuse ([B5]). */
const next = z
  .unknown()
  .optional()
  .transform((value) => nextPath(value));
const version = integerField({ min: 1, max: 2_000_000_000 });

export const signInForm = z.strictObject({ email: emailField(), password, next });
export const emailForm = z.strictObject({ email: emailField() });
export const emailNextForm = z.strictObject({ email: emailField(), next });
export const nextForm = z.strictObject({ next });
export const passwordForm = z.strictObject({ password: newPassword });
export const ownPasswordForm = z.strictObject({ current: password, password: newPassword });
export const codeForm = z.strictObject({
  email: emailField(),
  // Pasted codes come with spaces or a dash in the middle.
  code: line(20).transform((text, ctx) => {
    const digits = text.replace(/[\s-]/g, '');
    if (!/^\d{6}$/.test(digits)) ctx.addIssue({ code: 'custom', message: 'error.link.codeShape' });
    return digits;
  }),
  next,
});

export const profileForm = z.strictObject({ name: line(200), locale: choice(LOCALES), version });
export const emptyForm = z.strictObject({});

/** `conference` empty: everywhere. */
const grantFields = { role: choice(ROLES), conference: optionalId() };
export const grantForm = z.strictObject({ ...grantFields, version });
export const inviteForm = z.strictObject({
  email: emailField(),
  name: line(200),
  locale: choice(LOCALES),
  ...grantFields,
});
export const activityForm = z.strictObject({ version });
export const teamForm = z.strictObject({
  email: emailField(),
  name: line(200),
  locale: choice(LOCALES),
  role: choice(ROLES),
});
export const teamRevocationForm = z.strictObject({ role: choice(ROLES), version });

export const apiTokenInput = z.strictObject({
  name: line(100),
  scopes: choices(SCOPES).refine((list) => list.length > 0, 'error.accounts.scopeNeeded'),
  days: integerField({ min: 1, max: 365 }),
});
export type NewApiToken = z.output<typeof apiTokenInput>;

const grantInput = z.strictObject({ role: choice(ROLES), conferenceId: optionalId() });
export const accountInput = z.strictObject({
  email: emailField(),
  name: line(200),
  locale: choice(LOCALES),
  grants: z.array(grantInput).max(100),
});
export const accountChanges = z.strictObject({
  grants: z.array(grantInput).max(100).optional(),
  active: z.boolean().optional(),
});
export const idParams = z.strictObject({ id: idField() });

export const accountOut = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  locale: z.enum(LOCALES),
  active: z.boolean(),
  /** Has answered the invitation with a password. */
  ready: z.boolean(),
  grants: z.array(z.object({ role: z.enum(ROLES), conferenceId: z.uuid().nullable() })),
  createdAt: instantOut,
  version: z.number(),
});

export const teamMemberOut = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    active: z.boolean(),
    ready: z.boolean(),
    roles: z.array(z.enum(ROLES)),
    version: z.number(),
  })
  .meta({ id: 'TeamMember' });
export const teamOut = z.object({ items: z.array(teamMemberOut) }).meta({ id: 'Team' });

export const apiTokenOut = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  expiresAt: instantOut,
  createdAt: instantOut,
  lastUsedAt: instantOut.nullable(),
});
export const newApiTokenOut = z.object({ id: z.uuid(), token: z.string() });
