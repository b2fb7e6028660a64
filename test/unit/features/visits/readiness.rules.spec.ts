import { describe, expect, it } from '@jest/globals';
import {
  inTheWay,
  NEVER_OVERRIDDEN,
  readiness,
  READINESS_KEYS,
  type ReadinessFacts,
  type ReadinessKey,
} from '../../../../src/features/visits/readiness.rules.js';
import { STAGES } from '../../../../src/features/visits/visit.rules.js';

const READY: ReadinessFacts = {
  decided: true,
  invitationLetter: true,
  members: [{ id: 'm1', name: 'Անի', role: 'head', titled: true, visaSettled: true }],
  sessions: [{ id: 's1', title: 'Перамовы', placed: true, owned: true, lacksInterpreter: false, doubleBooked: false }],
  missed: [],
  report: true,
  purgeDate: true,
};
const [member] = READY.members;
const [session] = READY.sessions;

const LACKS: Record<ReadinessKey, [Partial<ReadinessFacts>, { href: string; what: string | null }[]]> = {
  decision: [{ decided: false }, [{ href: '#decision', what: null }]],
  invitation_letter: [{ invitationLetter: false }, [{ href: '/documents', what: null }]],
  head: [{ members: [{ ...member!, role: 'member' }] }, [{ href: '/delegation', what: null }]],
  names: [{ members: [{ ...member!, titled: false }] }, [{ href: '/delegation#member-m1', what: 'Անի' }]],
  places: [{ sessions: [{ ...session!, placed: false }] }, [{ href: '/programme#session-s1', what: 'Перамовы' }]],
  owners: [{ sessions: [{ ...session!, owned: false }] }, [{ href: '/programme#session-s1', what: 'Перамовы' }]],
  double_bookings: [
    { sessions: [{ ...session!, doubleBooked: true }] },
    [{ href: '/programme#session-s1', what: 'Перамовы' }],
  ],
  interpreters: [
    { sessions: [{ ...session!, lacksInterpreter: true }] },
    [{ href: '/programme#session-s1', what: 'Перамовы' }],
  ],
  visas: [{ members: [{ ...member!, visaSettled: false }] }, [{ href: '/visa#member-m1', what: 'Անի' }]],
  report: [{ report: false }, [{ href: '#papers', what: null }]],
  purge_date: [{ purgeDate: false }, [{ href: '/edit#field-purgeOn', what: null }]],
};

describe('readiness', () => {
  it('lets a visit with everything go all the way', () => {
    const lines = readiness(READY, new Map());
    expect(lines.map(({ key, state }) => [key, state])).toEqual(READINESS_KEYS.map((key) => [key, 'done']));
    for (const stage of STAGES) expect(inTheWay(lines, stage)).toEqual([]);
  });

  it.each(READINESS_KEYS)(
    'without %s: that line alone is missing, names what, and blocks its stage but no earlier one',
    (key) => {
      const [lack, missing] = LACKS[key];
      const lines = readiness({ ...READY, ...lack }, new Map());
      expect(lines.filter(({ state }) => state !== 'done').map((line) => [line.key, line.missing])).toEqual([
        [key, missing],
      ]);
      const { guards } = lines.find((line) => line.key === key)!;
      const blocked = STAGES.filter((stage) => inTheWay(lines, stage).length > 0);
      expect(blocked).toEqual(STAGES.slice(STAGES.indexOf(guards)));
      expect([inTheWay(lines, 'cancelled'), inTheWay(lines, 'postponed'), inTheWay(lines, 'declined')]).toEqual([
        [],
        [],
        [],
      ]);
    },
  );

  it.each(READINESS_KEYS)('%s passes with a reason, unless it is a rule of privacy', (key) => {
    const [line] = readiness({ ...READY, ...LACKS[key][0] }, new Map([[key, 'we have phoned']])).filter(
      (one) => one.key === key,
    );
    const never = NEVER_OVERRIDDEN.includes(key);
    expect([line!.state, line!.reason]).toEqual(never ? ['missing', null] : ['overridden', 'we have phoned']);
    expect(inTheWay([line!], line!.guards)).toEqual(never ? [line] : []);
  });

  it('a stay without a session has no places', () => {
    const lines = readiness({ ...READY, sessions: [] }, new Map());
    expect(lines.filter(({ state }) => state === 'missing').map((line) => [line.key, line.missing])).toEqual([
      ['places', [{ href: '/programme', what: null }]],
    ]);
  });
});
