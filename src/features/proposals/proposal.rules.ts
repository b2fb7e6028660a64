import { RuleViolation } from '../../kernel/errors.js';

export const PROPOSAL_STATES = ['draft', 'submitted'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** Words of an abstract. */
export const ABSTRACT_WORDS = 500;

/** Languages in which papers are given (BCP 47), those of the house first. */
export const TALK_LANGUAGES = ['be', 'ru', 'en', 'uk', 'pl', 'lt', 'lv', 'et', 'de', 'fr', 'es', 'it', 'cs', 'sr', 'bg', 'hy', 'ka', 'az', 'kk', 'ky', 'uz', 'tr', 'ar', 'fa', 'zh', 'ja', 'ko', 'vi', 'id', 'my'] as const;
export type TalkLanguage = (typeof TALK_LANGUAGES)[number];

/** Words as people count them: what stands between white space and holds a letter or digit. */
export function countWords(text: string): number {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** Why the author may not write any more, as a message key; undefined while they may. */
export function lockedBecause({ active, begun }: { active: boolean; begun: boolean }): 'error.proposal.cancelled' | 'error.proposal.begun' | undefined {
  if (!active) return 'error.proposal.cancelled';
  return begun ? 'error.proposal.begun' : undefined;
}

/** A draft stays one until it is submitted; what was submitted stays so when it is corrected. Throws RuleViolation with the reason of the lock. */
export function saved(before: ProposalState | undefined, step: 'draft' | 'submit', locked: string | undefined): ProposalState {
  if (locked) throw new RuleViolation(locked);
  return step === 'submit' || before === 'submitted' ? 'submitted' : 'draft';
}
