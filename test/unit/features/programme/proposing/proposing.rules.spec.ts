import { describe, expect, it } from '@jest/globals';
import { hardFindings } from '../../../../../src/features/programme/proposing/hard-findings.rules.js';
import { aimsOf, isLost } from '../../../../../src/features/programme/proposing/scheduling-run.rules.js';
import { suggested } from '../../../../../src/features/programme/proposing/suggested.rules.js';
import { aDraft, asks, DAYS, draftSession, houseOf, on } from '../scheduler/draft/some-draft.js';

describe('what is suggested', () => {
  const [first = '', second = ''] = DAYS;
  const draft = aDraft({
    sessions: [
      draftSession('a', { start: on(first, '10:00'), languages: ['en', 'fr'], interpretation: ['be'] }),
      draftSession('w'),
    ],
  });

  it('is to fill the tray, on the days of the conference and those in use, in the buildings in use', () => {
    const { days, asked } = suggested(draft, [second, '2027-10-13'], null);
    expect(days).toEqual([first, second, '2027-10-13']);
    expect(asked).toMatchObject({
      aim: 'fill',
      days,
      rooms: ['A', 'B', 'C', 'AB', 'BC'],
      languages: ['be', 'en'],
      earliest: 540,
      latest: 1140,
      seconds: 10,
      seed: 1,
    });
  });

  it('leaves out days that are over, unless all are', () => {
    const late = { ...draft, now: on(second, '08:00') };
    expect(suggested(late, [second], null).days).toEqual([second]);
    expect(suggested({ ...draft, now: on('2028-01-01', '08:00') }, [], null).days).toEqual([first]);
  });

  it('is to repair when nothing waits, with what was asked before as far as it is still there', () => {
    const before = asks({ rooms: ['B', 'gone'], days: [first, '2026-01-01'], earliest: 600, seed: 7, seconds: 30 });
    const { asked } = suggested({ ...draft, sessions: draft.sessions.slice(0, 1) }, [], before);
    expect(asked).toMatchObject({ aim: 'repair', rooms: ['B'], days: [first], earliest: 600, seed: 8, seconds: 30 });
  });

  it('is the whole house while nothing has a room', () => {
    expect(suggested(aDraft(), [first], null).asked.rooms).toContain('M');
  });
});

describe('hard findings of a draft', () => {
  it('are those around its own placed sessions, errors or not', () => {
    const start = on(DAYS[0]!, '10:00');
    const draft = aDraft({
      sessions: [
        draftSession('a', { start, people: ['p'] }),
        draftSession('b', { start: start + 3_900_000, people: ['p'], roomId: 'B' }),
        draftSession('waits', { people: ['p'] }),
        draftSession('empty', { start, roomId: 'C', expected: 5000, interpretationMissing: true }),
      ],
      foreign: [
        { session: { ...draftSession('f', { start, roomId: 'M' }), programmeId: 'P2' }, limits: aDraft().limits },
        { session: { ...draftSession('g', { start, roomId: 'M' }), programmeId: 'P2' }, limits: aDraft().limits },
      ],
    });
    expect([...hardFindings(draft, houseOf(draft)).keys()]).toEqual(['walk-short|a|b|p']);
  });
});

describe('a run', () => {
  it('is lost when nothing was heard of it for a while', () => {
    const seenAt = new Date('2027-01-01T10:00:00Z');
    const after = (seconds: number) => new Date(seenAt.getTime() + seconds * 1000);
    expect(isLost({ state: 'running', seenAt }, after(20))).toBe(false);
    expect(isLost({ state: 'running', seenAt }, after(21))).toBe(true);
    expect(isLost({ state: 'finished', seenAt }, after(9999))).toBe(false);
  });

  it('makes three plans of a repair, else one', () => {
    expect([aimsOf('fill'), aimsOf('repair'), aimsOf('new')]).toEqual([
      ['fill-tray'],
      ['fewest-moves', 'balanced', 'best-programme'],
      ['new-programme'],
    ]);
  });
});
