import { describe, expect, it } from '@jest/globals';
import { visaStanding } from '../../../../src/features/visits/delegation/visa-need.rules.js';

const guest = { inPerson: true, citizenship: 'AM', passportType: 'ordinary' as const };
const request = (state: string, mismatch = false) => ({ state, mismatch });

describe('the visa of a member of a delegation', () => {
  it.each([
    ['who takes part online', { ...guest, inPerson: false }, [], 'needed' as const, 'online'],
    ['with a passport of this country', { ...guest, citizenship: 'BY' }, [], 'needed' as const, 'home'],
    ['of whom nothing is known', { ...guest, citizenship: null }, [], null, 'unknown'],
    ['whom the table lets in', guest, [], 'not_needed' as const, 'settled'],
    ['who gets it on arrival', guest, [], 'on_arrival' as const, 'settled'],
    ['who needs one', guest, [], 'needed' as const, 'open'],
    ['whose visa was issued', guest, [request('issued')], 'needed' as const, 'settled'],
    ['whose letter no longer matches', guest, [request('issued', true)], 'needed' as const, 'open'],
    ['whose request is on its way, whatever the table says', guest, [request('sent')], 'not_needed' as const, 'open'],
    ['who was refused', guest, [request('refused')], 'needed' as const, 'open'],
    [
      'with one withdrawn request and one that is settled',
      guest,
      [request('withdrawn'), request('not_needed')],
      null,
      'settled',
    ],
  ])('%s', (_, member, requests, decided, standing) => {
    expect(visaStanding(member, requests, decided)).toBe(standing);
  });
});
