/** What the web core calls an object and a level; the same words, because rules import nothing but kernel. */
export type Level = 'count' | 'read' | 'write';

export const ROLES = [
  'admin',
  'organizer',
  'programme_editor',
  'reviewer',
  'protocol_officer',
  'responsible',
  'checkin',
  'readonly',
  'data_officer',
] as const;
export type Role = (typeof ROLES)[number];

/** A role that somebody holds, in one conference or (null) everywhere. */
export interface Grant {
  role: Role;
  conferenceId: string | null;
}

type Row = Partial<Record<Role, Level>>;

const STAFF_READS: Row = {
  admin: 'read',
  organizer: 'read',
  programme_editor: 'read',
  reviewer: 'read',
  protocol_officer: 'read',
  responsible: 'read',
  checkin: 'read',
  readonly: 'read',
  data_officer: 'read',
};

/**
 * The matrix of docs/access.md: object → role → level; what is not named is not there for that role (404).
 * A reviewer reads only the proposals assigned to them, and assignments come with the reviews: until then, none.
 */
export const MATRIX = {
  conference: { ...STAFF_READS, admin: 'write', organizer: 'write' },
  series: { ...STAFF_READS, admin: 'write' },
  programme: {
    admin: 'read',
    organizer: 'write',
    programme_editor: 'write',
    protocol_officer: 'read',
    responsible: 'read',
    readonly: 'read',
  },
  person: {
    admin: 'read',
    organizer: 'write',
    programme_editor: 'read',
    protocol_officer: 'write',
    responsible: 'write',
    readonly: 'read',
  },
  country: {
    admin: 'write',
    organizer: 'read',
    programme_editor: 'read',
    protocol_officer: 'write',
    responsible: 'write',
    readonly: 'read',
  },
  institution: {
    admin: 'read',
    organizer: 'write',
    programme_editor: 'read',
    protocol_officer: 'write',
    responsible: 'write',
    readonly: 'read',
  },
  agreement: { admin: 'read', organizer: 'read', protocol_officer: 'write', responsible: 'read', readonly: 'read' },
  registration: { admin: 'read', organizer: 'write', programme_editor: 'read', readonly: 'read' },
  attendance: { admin: 'read', organizer: 'write', checkin: 'write', readonly: 'read' },
  needs: { organizer: 'count', protocol_officer: 'write', responsible: 'write' },
  visa: { organizer: 'count', protocol_officer: 'write', responsible: 'write' },
  entry: { admin: 'read', organizer: 'read', protocol_officer: 'write', responsible: 'read', readonly: 'read' },
  proposal: { admin: 'read', organizer: 'write', programme_editor: 'read', readonly: 'read' },
  invitation: {
    admin: 'read',
    organizer: 'write',
    programme_editor: 'read',
    protocol_officer: 'write',
    responsible: 'write',
    readonly: 'read',
  },
  visit: { protocol_officer: 'write', responsible: 'count', organizer: 'count' },
  template: { admin: 'write', protocol_officer: 'write', responsible: 'read' },
  outgoing: { protocol_officer: 'read', responsible: 'read' },
  outbox: { admin: 'count', organizer: 'write', protocol_officer: 'write', responsible: 'write' },
  inbox: { admin: 'write', organizer: 'write', protocol_officer: 'write', responsible: 'write' },
  journal: { admin: 'read', organizer: 'read', protocol_officer: 'read', responsible: 'read', data_officer: 'read' },
  export: { organizer: 'write', protocol_officer: 'write', responsible: 'write' },
  venue: { ...STAFF_READS, admin: 'write' },
  account: { admin: 'write' },
  team: { admin: 'write', organizer: 'write' },
  settings: { admin: 'write', organizer: 'write' },
  privacy: { admin: 'write', data_officer: 'write' },
} as const satisfies Record<string, Row>;
export type MatrixObject = keyof typeof MATRIX;

const RANK: Record<Level, number> = { count: 1, read: 2, write: 3 };

/** What one role may do to an object; undefined is nothing at all. */
export function levelOfRole(role: Role, object: MatrixObject): Level | undefined {
  return (MATRIX[object] as Row)[role];
}

/** The best level that the grants give: in one conference, or (null) anywhere. A grant for everywhere counts in each conference. */
export function levelFor(
  grants: readonly Grant[],
  object: MatrixObject,
  conferenceId: string | null,
): Level | undefined {
  let best: Level | undefined;
  for (const grant of grants) {
    if (conferenceId !== null && grant.conferenceId !== null && grant.conferenceId !== conferenceId) continue;
    const level = levelOfRole(grant.role, object);
    if (level && (!best || RANK[level] > RANK[best])) best = level;
  }
  return best;
}

/** Does nothing that the role may do go beyond what the grants give in that conference (null: everywhere)? */
export function holdsAllOf(grants: readonly Grant[], role: Role, conferenceId: string | null): boolean {
  const reaching = conferenceId === null ? grants.filter((grant) => grant.conferenceId === null) : grants;
  return (Object.keys(MATRIX) as MatrixObject[]).every((object) => {
    const needed = levelOfRole(role, object);
    const held = levelFor(reaching, object, conferenceId);
    return needed === undefined || (held !== undefined && RANK[held] >= RANK[needed]);
  });
}

/**
 * May somebody with these grants give (or take) the role there? An administrator names anybody (ruling 16); others who
 * keep a team give no more than they hold ([A7]). Roles of the whole house are given for everywhere only.
 */
export function mayGrant(grants: readonly Grant[], wanted: Grant): boolean {
  if (HOUSE_ROLES.includes(wanted.role) && wanted.conferenceId !== null) return false;
  if (isAdmin(grants)) return true;
  return (
    levelFor(grants, 'team', wanted.conferenceId) === 'write' && holdsAllOf(grants, wanted.role, wanted.conferenceId)
  );
}

/** Roles that make no sense for one conference. */
export const HOUSE_ROLES: readonly Role[] = ['admin', 'data_officer'];

/** An administrator is one everywhere or not at all. */
export function isAdmin(grants: readonly Grant[]): boolean {
  return grants.some((grant) => grant.role === 'admin' && grant.conferenceId === null);
}

export function sameGrant(a: Grant, b: Grant): boolean {
  return a.role === b.role && a.conferenceId === b.conferenceId;
}

/** What to add and what to take away, so that `held` becomes `wanted`. */
export function grantChanges(held: readonly Grant[], wanted: readonly Grant[]): { granted: Grant[]; revoked: Grant[] } {
  const unique = wanted.filter((grant, index) => wanted.findIndex((other) => sameGrant(other, grant)) === index);
  return {
    granted: unique.filter((grant) => !held.some((other) => sameGrant(other, grant))).map(plain),
    revoked: held.filter((grant) => !unique.some((other) => sameGrant(other, grant))).map(plain),
  };
}

function plain({ role, conferenceId }: Grant): Grant {
  return { role, conferenceId };
}
