import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import {
  grantChanges,
  levelFor,
  levelOfRole,
  MATRIX,
  mayGrant,
  ROLES,
  type Grant,
  type MatrixObject,
  type Role,
} from '../../../../src/features/accounts/access.rules.js';
import { ACCESS_OBJECTS } from '../../../../src/platform/web/viewer.js';

const HERE = '0190f000-0000-7000-8000-000000000001';
const THERE = '0190f000-0000-7000-8000-000000000002';
const held = (role: Role, conferenceId: string | null = HERE): Grant[] => [{ role, conferenceId }];

const LETTERS: Record<string, string | undefined> = { W: 'write', R: 'read', n: 'count', '·': undefined };

/** The table of docs/access.md as people read it: object → letters, in the order of ROLES. */
const TABLE = new Map(
  readFileSync('docs/access.md', 'utf8')
    .split('\n')
    .filter((row) => /^\| `\w+` \|(?: [^|]+ \|)(?: [WRn·] \|){9}$/.test(row))
    .map((row) => row.split('|').map((cell) => cell.trim()))
    .map(([, object = '', , ...letters]) => [object.replaceAll('`', ''), letters.slice(0, -1)] as const),
);

describe('the matrix of rights', () => {
  it('names every object of the web core and no other', () => {
    expect(Object.keys(MATRIX).toSorted()).toEqual([...ACCESS_OBJECTS].toSorted());
    expect([...TABLE.keys()].toSorted()).toEqual([...ACCESS_OBJECTS].toSorted());
  });

  it.each(ROLES.map((role, column) => [role, column] as const))(
    '[A2] gives a %s what the table says, and nothing else',
    (role, column) => {
      const given = Object.fromEntries(
        Object.keys(MATRIX).map((object) => [object, levelOfRole(role, object as MatrixObject)]),
      );
      const expected = Object.fromEntries([...TABLE].map(([object, letters]) => [object, LETTERS[letters[column]!]]));
      expect(given).toEqual(expected);
    },
  );

  it('[A2] holds for the conference that it was granted for, and for no other', () => {
    expect(levelFor(held('organizer'), 'registration', HERE)).toBe('write');
    expect(levelFor(held('organizer'), 'registration', THERE)).toBeUndefined();
  });

  it('holds in every conference when it was granted for everywhere', () => {
    expect(levelFor(held('readonly', null), 'registration', THERE)).toBe('read');
  });

  it('answers the best level anywhere when no conference is named', () => {
    const grants: Grant[] = [
      { role: 'readonly', conferenceId: HERE },
      { role: 'programme_editor', conferenceId: THERE },
    ];
    expect(levelFor(grants, 'programme', null)).toBe('write');
    expect(levelFor(grants, 'programme', HERE)).toBe('read');
  });

  it('gives nothing to an account without roles', () => {
    expect((Object.keys(MATRIX) as MatrixObject[]).filter((object) => levelFor([], object, null))).toEqual([]);
  });
});

describe('[A7] granting roles', () => {
  const mayGive = (grants: readonly Grant[], conferenceId: string | null) =>
    ROLES.filter((role) => mayGrant(grants, { role, conferenceId }));

  it('lets an administrator name anybody, and house roles for everywhere only', () => {
    expect(mayGive(held('admin', null), null)).toEqual([...ROLES]);
    expect(mayGive(held('admin', null), HERE)).toEqual(
      ROLES.filter((role) => role !== 'admin' && role !== 'data_officer'),
    );
  });

  it('lets an organizer give roles that go no further than their own, in their conference', () => {
    expect(mayGive(held('organizer'), HERE)).toEqual([
      'organizer',
      'programme_editor',
      'reviewer',
      'checkin',
      'readonly',
    ]);
  });

  it('gives an organizer no say in another conference, nor everywhere', () => {
    expect(mayGive(held('organizer'), THERE)).toEqual([]);
    expect(mayGive(held('organizer'), null)).toEqual([]);
  });

  it('refuses a role beyond the own rights even where further roles are held elsewhere', () => {
    const grants = [...held('organizer'), ...held('protocol_officer', THERE)];
    expect(mayGrant(grants, { role: 'protocol_officer', conferenceId: HERE })).toBe(false);
  });

  it.each(ROLES.filter((role) => role !== 'admin' && role !== 'organizer'))('lets a %s give nothing', (role) => {
    expect([...mayGive(held(role), HERE), ...mayGive(held(role, null), null)]).toEqual([]);
  });

  it('takes an administrator of one conference for none at all', () => {
    expect(mayGive(held('admin', HERE), null)).toEqual([]);
    expect(mayGrant(held('admin', HERE), { role: 'protocol_officer', conferenceId: HERE })).toBe(false);
  });
});

describe('changing roles', () => {
  it('tells what is new and what goes, each once', () => {
    const before: Grant[] = [
      { role: 'organizer', conferenceId: HERE },
      { role: 'readonly', conferenceId: null },
    ];
    const after: Grant[] = [
      { role: 'organizer', conferenceId: HERE },
      { role: 'organizer', conferenceId: THERE },
      { role: 'organizer', conferenceId: THERE },
    ];
    expect(grantChanges(before, after)).toEqual({
      granted: [{ role: 'organizer', conferenceId: THERE }],
      revoked: [{ role: 'readonly', conferenceId: null }],
    });
  });
});
