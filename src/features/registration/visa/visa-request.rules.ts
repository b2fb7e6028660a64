import { RuleViolation } from '../../../kernel/errors.js';
import type { EntryOutcome } from './entry.rules.js';

export const VISA_STATES = [
  'unknown',
  'not_needed',
  'on_arrival',
  'data_requested',
  'data_received',
  'letter_drafted',
  'signed',
  'sent',
  'issued',
  'refused',
  'withdrawn',
] as const;
export type VisaState = (typeof VISA_STATES)[number];

/** What can happen to a request. */
export type VisaCommand =
  | { readonly kind: 'assess'; readonly outcome: EntryOutcome }
  | { readonly kind: 'receive' }
  | { readonly kind: 'draft' }
  | { readonly kind: 'sign' }
  | { readonly kind: 'send'; readonly mismatch: boolean }
  | { readonly kind: 'issue' }
  | { readonly kind: 'refuse' }
  | { readonly kind: 'withdraw' };

const CLOSED: readonly VisaState[] = ['issued', 'refused', 'withdrawn'];
const BEFORE_LETTER: readonly VisaState[] = ['unknown', 'not_needed', 'on_arrival', 'data_requested', 'data_received'];

const FROM: Readonly<Record<VisaCommand['kind'], readonly VisaState[]>> = {
  // Who has withdrawn may begin anew.
  assess: [...BEFORE_LETTER, 'withdrawn'],
  receive: ['data_requested', 'data_received', 'letter_drafted', 'signed', 'sent'],
  // Again while it is being signed or after it was sent: the new letter takes the place of the old one.
  draft: ['data_received', 'letter_drafted', 'signed', 'sent'],
  sign: ['letter_drafted'],
  send: ['signed'],
  issue: ['sent'],
  refuse: ['sent'],
  withdraw: VISA_STATES.filter((state) => !CLOSED.includes(state)),
};

const ASSESSED: Readonly<Record<EntryOutcome, VisaState>> = {
  not_needed: 'not_needed',
  on_arrival: 'on_arrival',
  needed: 'data_requested',
};

/** Neither issued, refused nor withdrawn. */
export function isOpen(state: VisaState): boolean {
  return !CLOSED.includes(state);
}

/** Is there something to do for the officer: data without a letter, a letter without signature, a signed one to send? */
export function waitsForOfficer(state: VisaState, mismatch: boolean): boolean {
  return mismatch || state === 'data_received' || state === 'letter_drafted' || state === 'signed';
}

export function allows(state: VisaState, kind: VisaCommand['kind']): boolean {
  return FROM[kind].includes(state);
}

/** The state after the command. Throws RuleViolation `error.visa.state` where it is not possible, `error.visa.mismatch` for a letter that no longer fits. */
export function nextState(state: VisaState, command: VisaCommand): VisaState {
  if (!allows(state, command.kind)) throw new RuleViolation('error.visa.state');
  switch (command.kind) {
    case 'assess':
      // Who has given their data and still needs a visa has not given them in vain.
      return command.outcome === 'needed' && state === 'data_received' ? state : ASSESSED[command.outcome];
    case 'receive':
      // A draft that nobody has signed says what was true before; a signed letter stays, and is compared.
      return state === 'signed' || state === 'sent' ? state : 'data_received';
    case 'draft':
      return 'letter_drafted';
    case 'sign':
      return 'signed';
    case 'send':
      if (command.mismatch) throw new RuleViolation('error.visa.mismatch');
      return 'sent';
    case 'issue':
      return 'issued';
    case 'refuse':
      return 'refused';
    case 'withdraw':
      return 'withdrawn';
  }
}

/** What a letter says that must stay true: if one of these changes, the letter no longer matches. */
export interface LetterFacts {
  readonly surname: string;
  readonly givenNames: string;
  readonly passportNumber: string;
  readonly entryOn: string;
  readonly exitOn: string;
}

/** The same text for the same facts, to be hashed with a key; how it is spaced or capitalised changes nothing. */
export function fingerprintText(facts: LetterFacts): string {
  const { surname, givenNames, passportNumber, entryOn, exitOn } = facts;
  const parts = [surname, givenNames, passportNumber.replace(/[^\p{L}\p{N}]/gu, ''), entryOn, exitOn];
  return JSON.stringify(parts.map((part) => part.toUpperCase().replace(/\s+/g, ' ').trim()));
}

/** `•••• 4821`; a value of four characters or fewer shows none of them. */
export function masked(value: string): string {
  const visible = value.length > 4 ? value.slice(-4) : '';
  return `•••• ${visible}`.trim();
}

/** Days after the departure that a passport must still be valid (Belarus). */
export const PASSPORT_MARGIN_DAYS = 90;

/** Ends it too early? Both are days `YYYY-MM-DD`. */
export function expiresTooSoon(expiresOn: string, exitOn: string): boolean {
  return Date.parse(expiresOn) - Date.parse(exitOn) < PASSPORT_MARGIN_DAYS * 86_400_000;
}

/** First and last day, `YYYY-MM-DD`; null: not settled. */
export interface StayDays {
  readonly startsOn: string | null;
  readonly endsOn: string | null;
}

/** Does a journey on these days cover the whole stay? Where the days are not settled there is nothing to cover. */
export function coversDays(
  { entryOn, exitOn }: { readonly entryOn: string | null; readonly exitOn: string | null },
  { startsOn, endsOn }: StayDays,
): boolean {
  if (startsOn === null || endsOn === null) return true;
  return entryOn !== null && exitOn !== null && entryOn <= startsOn && endsOn <= exitOn;
}
