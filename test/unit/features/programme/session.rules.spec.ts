import { describe, expect, it } from '@jest/globals';
import {
  cancelled,
  edited,
  kindDefaults,
  MAX_SESSION_MINUTES,
  placed,
  reinstated,
  removed,
  SESSION_KINDS,
} from '../../../../src/features/programme/session.rules.js';

const start = new Date('2027-10-12T07:00:00Z');

describe('the place of a session', () => {
  it('ends so many minutes after its start', () => {
    expect(placed({ start, minutes: 90, roomId: 'r' })).toEqual({
      startsAt: start,
      endsAt: new Date('2027-10-12T08:30:00Z'),
      minutes: 90,
      roomId: 'r',
    });
  });
  it('keeps length and room in the tray', () => {
    expect(placed({ start: null, minutes: 20, roomId: 'r' })).toEqual({
      startsAt: null,
      endsAt: null,
      minutes: 20,
      roomId: 'r',
    });
  });
  it.each([0, -5, 1.5, Number.NaN, MAX_SESSION_MINUTES + 1])('refuses %p minutes', (minutes) => {
    expect(() => placed({ start, minutes, roomId: null })).toThrow('error.programme.minutes');
  });
});

it('has defaults for every kind', () => {
  for (const kind of SESSION_KINDS) expect(kindDefaults(kind).minutes).toBeGreaterThan(0);
});

describe('the life of a session', () => {
  const planned = { status: 'planned', revision: 1 } as const;
  const off = { status: 'cancelled', revision: 1 } as const;
  const gone = { status: 'removed', revision: 1 } as const;
  it('may be edited until it is removed', () => {
    expect(() => edited(planned)).not.toThrow();
    expect(() => edited(off)).not.toThrow();
    expect(() => edited(gone)).toThrow('error.programme.sessionRemoved');
  });
  it('is cancelled once', () => {
    expect(cancelled(planned)).toEqual({ status: 'cancelled' });
    expect(() => cancelled(off)).toThrow('error.programme.alreadyCancelled');
    expect(() => cancelled(gone)).toThrow('error.programme.sessionRemoved');
  });
  it('comes back from both', () => {
    expect(reinstated(off)).toEqual({ status: 'planned' });
    expect(reinstated(gone)).toEqual({ status: 'planned' });
    expect(() => reinstated(planned)).toThrow('error.programme.notCancelled');
  });
  it('is forgotten only while nobody outside has seen it', () => {
    expect(removed({ ...planned, revision: 0 })).toEqual({ forget: true });
    expect(removed(planned)).toEqual({ forget: false, status: 'removed' });
  });
});
