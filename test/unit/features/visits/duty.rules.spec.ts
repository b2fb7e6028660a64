import { describe, expect, it } from '@jest/globals';
import { dutiesOf, dutyReminderDue, type DutyFacts } from '../../../../src/features/visits/after/duty.rules.js';
import { participantsOf } from '../../../../src/features/visits/after/report.rules.js';

const facts = (more: Partial<DutyFacts> = {}, visit: Partial<DutyFacts['visit']> = {}): DutyFacts => ({
  visit: { state: 'in_progress', postponedFrom: null, startsOn: '2027-03-01', endsOn: '2027-03-04', ...visit },
  thanked: false,
  reported: false,
  photographed: true,
  photosGiven: false,
  ...more,
});
const on = (today: string, more?: Partial<DutyFacts>, visit?: Partial<DutyFacts['visit']>) =>
  dutiesOf(facts(more, visit), today).map(({ duty, urgency }) => `${duty} ${urgency}`);

describe('what is owed after a visit', () => {
  it('is nothing before its last day, and then a letter of thanks, a report and the photographs within five days', () => {
    expect(on('2027-03-03')).toEqual([]);
    expect(on('2027-03-04')).toEqual(['thank_you later', 'report later', 'photos later']);
    expect(dutiesOf(facts(), '2027-03-04').map(({ dueOn }) => dueOn)).toEqual([
      '2027-03-09',
      '2027-03-09',
      '2027-03-09',
    ]);
    expect(on('2027-03-07')[0]).toBe('thank_you soon');
    expect(on('2027-03-09')[0]).toBe('thank_you soon');
    expect(on('2027-03-10')[0]).toBe('thank_you overdue');
  });

  it('is done by the papers of the file and the tick; without photographs none are owed', () => {
    expect(on('2027-03-10', { thanked: true, photosGiven: true })).toEqual([
      'thank_you done',
      'report overdue',
      'photos done',
    ]);
    expect(on('2027-03-10', { photographed: false, reported: true })).toEqual(['thank_you overdue', 'report done']);
    expect(on('2027-03-10', {}, { state: 'reported' })[1]).toBe('report done');
  });

  it.each(['enquiry', 'declined', 'cancelled', 'postponed', 'closed'] as const)(
    'is nothing of one that is %s',
    (state) => {
      expect(on('2027-03-10', {}, { state, postponedFrom: state === 'postponed' ? 'preparing' : null })).toEqual([]);
    },
  );

  it('is nothing without days', () => {
    expect(on('2027-03-10', {}, { startsOn: null, endsOn: null })).toEqual([]);
  });
});

describe('a reminder of it', () => {
  const owing = (urgency: 'later' | 'soon' | 'overdue' | 'done') =>
    ({ duty: 'report', dueOn: '2027-03-09', urgency }) as const;

  it('is written once when it comes near and once when it is late', () => {
    expect([dutyReminderDue(owing('later'), []), dutyReminderDue(owing('done'), [])]).toEqual([null, null]);
    expect([dutyReminderDue(owing('soon'), []), dutyReminderDue(owing('soon'), ['soon'])]).toEqual(['soon', null]);
    expect([dutyReminderDue(owing('overdue'), ['soon']), dutyReminderDue(owing('overdue'), ['overdue'])]).toEqual([
      'overdue',
      null,
    ]);
  });
});

describe('the participants of a visit', () => {
  it('are counted once each, by what they were', () => {
    const as = (personId: string, role: string) => ({ personId, role });
    expect(
      participantsOf(
        [{ inPerson: true }, { inPerson: true }, { inPerson: false }],
        [
          as('a', 'host'),
          as('a', 'counterpart'),
          as('b', 'host'),
          as('i', 'interpreter'),
          as('i', 'interpreter'),
          as('g', 'guest'),
        ],
      ),
    ).toEqual({ inPerson: 2, online: 1, ours: 2, interpreters: 1 });
  });
});
