import { describe, expect, it } from '@jest/globals';
import {
  activeKey,
  afterCommand,
  ANSWERS,
  INVITATION_STATES,
  mayAnswer,
  type InvitationCommand,
  type InvitationState,
} from '../../../../src/features/invitations/invitation.rules.js';

const NOW = new Date('2027-09-01T09:00:00.000Z');
const LATER = new Date('2027-09-01T09:00:00.001Z');

function outcome(state: InvitationState, command: InvitationCommand, deadline: Date | null = LATER): string {
  try {
    return afterCommand({ state, deadline }, command, NOW);
  } catch (error) {
    return (error as { code: string }).code.replace('error.invitation.', '!');
  }
}

const table = (command: InvitationCommand, deadline?: Date | null) =>
  Object.fromEntries(INVITATION_STATES.map((state) => [state, outcome(state, command, deadline)]));

describe('afterCommand', () => {
  it('sends drafts, and again what nobody answered', () => {
    expect(table({ kind: 'send' })).toEqual({
      draft: 'queued',
      queued: 'queued',
      accepted: '!answered',
      tentative: '!answered',
      declined: '!answered',
      substituted: '!answered',
      bounced: 'queued',
      expired: '!deadlineOver',
      withdrawn: '!withdrawn',
    });
    expect(outcome('draft', { kind: 'send' }, NOW)).toBe('!deadlineOver');
  });

  it('reminds only those who were asked and have not answered', () => {
    expect(table({ kind: 'remind' })).toEqual({
      draft: '!notSent',
      queued: 'queued',
      accepted: '!answered',
      tentative: '!answered',
      declined: '!answered',
      substituted: '!answered',
      bounced: 'bounced',
      expired: '!deadlineOver',
      withdrawn: '!withdrawn',
    });
    expect(outcome('queued', { kind: 'remind' }, NOW)).toBe('!deadlineOver');
  });

  it('marks as not delivered what waits for an answer, and nothing else', () => {
    expect(table({ kind: 'bounce' }, NOW)).toEqual({
      ...Object.fromEntries(INVITATION_STATES.map((state) => [state, state])),
      queued: 'bounced',
    });
  });

  it('takes an answer by link, and another one, until the deadline', () => {
    for (const answer of ANSWERS) {
      expect(table({ kind: 'answer', answer, channel: 'link' })).toEqual({
        draft: '!notSent',
        queued: answer,
        accepted: answer,
        tentative: answer,
        declined: answer,
        substituted: answer,
        bounced: answer,
        expired: '!deadlineOver',
        withdrawn: '!withdrawn',
      });
    }
    expect(outcome('accepted', { kind: 'answer', answer: 'declined', channel: 'link' }, NOW)).toBe('!deadlineOver');
    expect(outcome('queued', { kind: 'answer', answer: 'accepted', channel: 'link' }, null)).toBe('accepted');
  });

  it('lets staff note an answer before the letter and after the deadline', () => {
    const command = { kind: 'answer', answer: 'accepted', channel: 'staff' } as const;
    expect(outcome('draft', command)).toBe('accepted');
    expect(outcome('expired', command, NOW)).toBe('accepted');
    expect(outcome('withdrawn', command)).toBe('!withdrawn');
  });

  it('withdraws what still stands', () => {
    expect(table({ kind: 'withdraw' })).toEqual({
      draft: 'withdrawn',
      queued: 'withdrawn',
      accepted: 'withdrawn',
      tentative: 'withdrawn',
      declined: '!nothingToWithdraw',
      substituted: '!nothingToWithdraw',
      bounced: 'withdrawn',
      expired: 'withdrawn',
      withdrawn: '!withdrawn',
    });
  });

  it('expires what nobody answered in time, and nothing else', () => {
    expect(table({ kind: 'expire' }, NOW)).toMatchObject({
      draft: '!notDue',
      queued: 'expired',
      bounced: 'expired',
      accepted: '!notDue',
      tentative: '!notDue',
    });
    expect(outcome('queued', { kind: 'expire' }, LATER)).toBe('!notDue');
    expect(outcome('queued', { kind: 'expire' }, null)).toBe('!notDue');
  });
});

describe('mayAnswer', () => {
  it('agrees with the answers that are taken by link', () => {
    for (const state of INVITATION_STATES) {
      for (const deadline of [null, NOW, LATER]) {
        const taken = !outcome(state, { kind: 'answer', answer: 'accepted', channel: 'link' }, deadline).startsWith(
          '!',
        );
        expect([state, deadline, mayAnswer({ state, deadline }, NOW)]).toEqual([state, deadline, taken]);
      }
    }
  });
});

describe('activeKey', () => {
  it('keeps one open invitation per person and thing, and frees it when it is over', () => {
    const seat = { conferenceId: 'c', sessionId: 's', personId: 'p' };
    const keys = INVITATION_STATES.map((state) => [state, activeKey(seat, state)]);
    expect(Object.fromEntries(keys)).toEqual({
      draft: 's:p',
      queued: 's:p',
      accepted: 's:p',
      tentative: 's:p',
      declined: null,
      substituted: null,
      bounced: 's:p',
      expired: null,
      withdrawn: null,
    });
    expect(activeKey({ ...seat, sessionId: null }, 'draft')).toBe('c:p');
  });
});
