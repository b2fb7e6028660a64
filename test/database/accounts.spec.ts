import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessLinks, Accounts, SignIns, type Grant } from '../../src/features/accounts/index.js';
import { AppError } from '../../src/kernel/errors.js';
import { startApp, type TestApp } from '../support/app.js';
import { staff } from '../support/house.js';

const SUBJECT = '0190f000-0000-7000-8000-0000000000aa';
const CONFERENCE = '0190f000-0000-7000-8000-000000000001';

let world: TestApp;
let links: AccessLinks;
let accounts: Accounts;

beforeAll(async () => {
  world = await startApp();
  links = world.get(AccessLinks);
  accounts = world.get(Accounts);
});

afterAll(() => world.close());

/** How often each outcome came: `done`, or the code of the refusal. Anything else than a refusal of ours fails the test. */
async function outcomes(attempts: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  for (const one of await Promise.allSettled(attempts)) {
    if (one.status === 'rejected' && !(one.reason instanceof AppError)) throw one.reason;
    const outcome = one.status === 'fulfilled' ? 'done' : (one.reason as AppError).code;
    counted[outcome] = (counted[outcome] ?? 0) + 1;
  }
  return counted;
}

const times = <T>(count: number, make: (index: number) => Promise<T>): Promise<T>[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('secret links', () => {
  it('[P23] [R9] let exactly one of 20 parallel uses of a single-use link succeed', async () => {
    const { token } = await links.issue({ purpose: 'sign-in', subjectId: SUBJECT, minutes: 30 });
    expect(await outcomes(times(20, () => links.use('sign-in', token)))).toEqual({ done: 1, 'error.link.used': 19 });
  });

  it('[P23] [R9] let exactly one of 20 parallel uses of a code succeed', async () => {
    const { code } = await links.issue({
      purpose: 'sign-in',
      subjectId: SUBJECT,
      minutes: 30,
      withCode: true,
      email: 'once@example.org',
    });
    const { done, ...refused } = await outcomes(times(20, () => links.useCode('sign-in', 'once@example.org', code!)));
    expect([done, Object.values(refused).reduce((sum, n) => sum + n, 0)]).toEqual([1, 19]);
  });

  it('[T5] look at no more than five wrong codes, however many come at once', async () => {
    const { code } = await links.issue({
      purpose: 'sign-in',
      subjectId: SUBJECT,
      minutes: 30,
      withCode: true,
      email: 'guessed@example.org',
    });
    const wrong = code === '000000' ? '000001' : '000000';
    expect(await outcomes(times(20, () => links.useCode('sign-in', 'guessed@example.org', wrong)))).toEqual({
      'error.invalidInput': 5,
      'error.tooMany': 15,
    });
    await expect(links.useCode('sign-in', 'guessed@example.org', code!)).rejects.toMatchObject({
      code: 'error.tooMany',
    });
  });

  it('[T3] are not changed by looking at them', async () => {
    const { token } = await links.issue({ purpose: 'password', subjectId: SUBJECT, minutes: 30 });
    for (let i = 0; i < 3; i++)
      expect(await links.peek('password', token)).toMatchObject({ state: 'valid', subjectId: SUBJECT });
    expect(await links.use('password', token)).toBe(SUBJECT);
    expect(await links.peek('password', token)).toMatchObject({ state: 'used' });
  });

  it('[T1] are unknown under another purpose', async () => {
    const { token } = await links.issue({ purpose: 'invitation', subjectId: SUBJECT, minutes: 30 });
    expect(await links.peek('sign-in', token)).toBeNull();
    await expect(links.use('resume', token)).rejects.toMatchObject({ status: 404 });
    expect([await links.use('invitation', token), await links.use('invitation', token)]).toEqual([SUBJECT, SUBJECT]);
  });
});

describe('[A7] the last administrator', () => {
  const admin: Grant = { role: 'admin', conferenceId: null };

  it('stays when two administrators dismiss each other at the same instant', async () => {
    for (let round = 0; round < 10; round++) {
      const one = await staff(world, `one-${round}@example.org`, [admin]);
      const two = await staff(world, `two-${round}@example.org`, [admin]);
      const done = await outcomes([
        accounts.revoke({ id: one }, { id: two }, admin),
        accounts.revoke({ id: two }, { id: one }, admin),
      ]);
      const left = [...(await accounts.grantsOf(one)), ...(await accounts.grantsOf(two))];
      expect([done['done'], left]).toEqual([1, [admin]]);
      const survivor = (await accounts.grantsOf(one)).length > 0 ? one : two;
      await expect(accounts.setActive('system', { id: survivor }, false)).rejects.toMatchObject({
        code: 'error.accounts.lastAdmin',
      });
      // The next round starts from an empty house again.
      await world.db.manager.query('DELETE FROM role_grants');
    }
  });

  it('stays while the only other one has not yet set a password', async () => {
    const only = await staff(world, 'only@example.org', [admin]);
    await accounts.invite('system', { email: 'later@example.org', name: 'Later', locale: 'be', grants: [admin] });
    await expect(accounts.revoke('system', { id: only }, admin)).rejects.toMatchObject({
      code: 'error.accounts.lastAdmin',
    });
  });
});

describe('accounts', () => {
  it('are made once for one address, however it is written', async () => {
    const made = await outcomes(
      times(10, (index) =>
        accounts.create('system', {
          email: index % 2 ? 'Same@Example.org' : 'same@example.org',
          name: 'S',
          locale: 'be',
          grants: [],
        }),
      ),
    );
    expect(made).toEqual({ done: 1, 'error.invalidInput': 9 });
  });

  it('get a role once when it is given many times at once', async () => {
    const id = await staff(world, 'often@example.org', []);
    const given = await outcomes(
      times(10, () => accounts.grant('system', { id }, { role: 'organizer', conferenceId: CONFERENCE })),
    );
    expect(
      Object.keys(given)
        .toSorted()
        .filter((outcome) => outcome !== 'done' && outcome !== 'error.stale'),
    ).toEqual([]);
    expect(await accounts.grantsOf(id)).toEqual([{ role: 'organizer', conferenceId: CONFERENCE }]);
  });

  it('are found as organizers of a conference: its own first, else those of all', async () => {
    const everywhere = await staff(world, 'everywhere@example.org', [{ role: 'organizer', conferenceId: null }]);
    const other = '0190f000-0000-7000-8000-000000000009';
    expect((await accounts.organizersOf(other)).map(({ id }) => id)).toEqual([everywhere]);
    const own = await staff(world, 'own@example.org', [{ role: 'organizer', conferenceId: other }]);
    expect((await accounts.organizersOf(other)).map(({ id }) => id)).toEqual([own]);
  });
});

describe('sign-ins', () => {
  it('[T6] of one subject end together, and nobody else’s', async () => {
    const browser = () => ({ request: { cookies: {} }, reply: { setCookie: () => undefined } }) as never;
    const signIns = world.get(SignIns);
    const [mine, theirs] = [{ kind: 'person', id: SUBJECT } as const, { kind: 'account', id: SUBJECT } as const];
    await Promise.all([
      signIns.start(browser(), mine),
      signIns.start(browser(), mine),
      signIns.start(browser(), theirs),
    ]);
    await signIns.endAll(mine);
    expect([(await signIns.of(mine)).length, (await signIns.of(theirs)).length]).toEqual([0, 1]);
  });
});
