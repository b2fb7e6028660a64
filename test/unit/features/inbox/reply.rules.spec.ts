import { describe, expect, it } from '@jest/globals';
import { referencesOf, replySubject } from '../../../../src/features/inbox/reply.rules.js';

describe('the fields of a reply', () => {
  it('name the mail that it answers, and those before it, the oldest first', () => {
    expect([
      referencesOf({ messageId: '<c@x>', answers: ['<b@x>', '<a@x>'] }),
      referencesOf({ messageId: '<a@x>', answers: [] }),
      referencesOf({ messageId: null, answers: ['<a@x>'] }),
    ]).toEqual([
      { inReplyTo: '<c@x>', references: ['<a@x>', '<b@x>', '<c@x>'] },
      { inReplyTo: '<a@x>', references: ['<a@x>'] },
      { inReplyTo: null, references: ['<a@x>'] },
    ]);
  });

  it('keep the beginning and the end of a long thread', () => {
    const answers = Array.from({ length: 60 }, (_, n) => `<${60 - n}@x>`);
    const { references } = referencesOf({ messageId: '<last@x>', answers });
    expect([references.length, references[0], references.at(-2), references.at(-1)]).toEqual([
      20,
      '<1@x>',
      '<60@x>',
      '<last@x>',
    ]);
  });

  it('say Re: once, whatever stands there', () => {
    const subjects = ['Hotel', 'Re: Hotel', 'RE: AW: Hotel', 'Re[2]: Hotel', 'На: Гасцініца', 'Regards', ''];
    expect(subjects.map(replySubject)).toEqual([
      'Re: Hotel',
      'Re: Hotel',
      'Re: Hotel',
      'Re: Hotel',
      'Re: Гасцініца',
      'Re: Regards',
      'Re:',
    ]);
  });
});
