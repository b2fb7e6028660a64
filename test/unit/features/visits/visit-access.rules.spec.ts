import { describe, expect, it } from '@jest/globals';
import { accessTo, type GuardedVisit, type VisitViewer } from '../../../../src/features/visits/visit-access.rules.js';

const ME = 'me';
const visit = (more: Partial<GuardedVisit> = {}): GuardedVisit => ({
  confidentiality: 'normal',
  responsibleId: null,
  deputyId: null,
  named: [],
  linked: false,
  ...more,
});
const viewer = (levels: Partial<VisitViewer>): VisitViewer => ({
  accountId: ME,
  anywhere: levels.house ?? levels.inConference,
  house: undefined,
  inConference: undefined,
  ...levels,
});

const VIEWERS: Record<string, VisitViewer> = {
  'protocol officer of the house': viewer({ house: 'write', inConference: 'write' }),
  'protocol officer of the conference': viewer({ inConference: 'write' }),
  'organizer of the conference': viewer({ inConference: 'count' }),
  'organizer of another conference': viewer({ anywhere: 'count' }),
  'somebody without a role for visits': viewer({}),
};

describe('who may do what with a visit', () => {
  it.each([
    ['protocol officer of the house', ['write', 'write', undefined, 'write']],
    ['protocol officer of the conference', [undefined, 'write', undefined, 'write']],
    ['organizer of the conference', [undefined, 'read', undefined, 'write']],
    ['organizer of another conference', [undefined, undefined, undefined, 'write']],
    ['somebody without a role for visits', [undefined, undefined, undefined, undefined]],
  ] as const)('%s: normal, linked, restricted, named for', (who, [normal, linked, restricted, named]) => {
    const by = VIEWERS[who]!;
    const notLinked = { ...by, inConference: undefined };
    expect([
      accessTo(visit(), notLinked),
      accessTo(visit({ linked: true }), by),
      accessTo(visit({ linked: true, confidentiality: 'restricted' }), by),
      accessTo(visit({ confidentiality: 'restricted', named: [ME] }), notLinked),
    ]).toEqual([normal, linked, restricted, named]);
  });

  it('responsible, deputy and named are let in alike', () => {
    const by = viewer({ anywhere: 'count' });
    for (const who of [{ responsibleId: ME }, { deputyId: ME }, { named: ['other', ME] }])
      expect(accessTo(visit({ confidentiality: 'restricted', ...who }), by)).toBe('write');
    expect(accessTo(visit({ confidentiality: 'restricted', responsibleId: 'other' }), by)).toBeUndefined();
  });
});
