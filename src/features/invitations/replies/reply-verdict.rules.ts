import type { InvitationState } from '../invitation.rules.js';

export const REPLY_METHODS = ['REPLY', 'COUNTER', 'REFRESH'] as const;
export type ReplyMethod = (typeof REPLY_METHODS)[number];

export const REPLY_PARTSTATS = ['ACCEPTED', 'TENTATIVE', 'DECLINED', 'DELEGATED', 'NEEDS-ACTION'] as const;
export type ReplyPartstat = (typeof REPLY_PARTSTATS)[number];

/** What somebody's calendar program says about one event (RFC 5546 section 3.2.3 and following). */
export interface CalendarReply {
  readonly method: ReplyMethod;
  readonly uid: string;
  /** Null where the program leaves it out. */
  readonly sequence: number | null;
  readonly stamp: Date | null;
  readonly attendee: {
    /** Every address by which the attendee goes (value, EMAIL, SENT-BY), in lower case; the value first. */
    readonly addresses: readonly string[];
    readonly partstat: ReplyPartstat;
    /** Addresses of DELEGATED-TO, in lower case. */
    readonly delegatedTo: readonly string[];
  };
  readonly comment: string;
  /** Another time that is asked for: COUNTER, or the way of iOS. `start` null: it cannot be read. */
  readonly proposal: { readonly start: Date | null; readonly end: Date | null } | null;
}

/** How far the sender is known. A: they know the UID. B: and write from the invited address. C: and a server vouches. */
export const TRUSTS = ['A', 'B', 'C'] as const;
export type Trust = (typeof TRUSTS)[number];

/** What we told, and to whom. */
export interface KnownObject {
  readonly invitedAddresses: readonly string[];
  /** Null: they take part without having been invited, as a speaker for example. */
  readonly state: InvitationState | null;
  /** SEQUENCE and stamp of the revision that was told last. */
  readonly sequence: number;
  readonly stamp: Date;
  /** DTSTAMP of the newest reply that counted for this SEQUENCE; null: none. */
  readonly newestStamp: Date | null;
}

/** Who wrote the mail, as far as the mail says. Addresses in lower case. */
export interface MailOrigin {
  /** Null without a From; empty where it does not name one sender. */
  readonly from: string | null;
  readonly sender: string | null;
  /** Domains whose DKIM signature our own mail server found good. */
  readonly dkimDomains: readonly string[];
  /** Whether our own mail server vouches for From (DMARC, or ARC of a forwarder). */
  readonly vouched: boolean;
  /** Written by a program that must not be answered ([CD5]). */
  readonly automatic: boolean;
}

/** Why a person must decide. */
export const WAITING = [
  'unknown-uid',
  'no-invitation',
  'other-attendee',
  'other-sender',
  'withdrawn',
  'too-late',
  'substitute',
  'proposal',
] as const;
export type Waiting = (typeof WAITING)[number];

export type Verdict =
  | { readonly kind: 'counts'; readonly answer: 'accepted' | 'tentative' | 'declined'; readonly trust: Trust }
  | { readonly kind: 'older-version' }
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'refresh'; readonly trust: Trust }
  /** Says nothing that we could take: NEEDS-ACTION, or a request that may not be answered. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'waits'; readonly why: Waiting; readonly trust: Trust | null };

const GOOGLE = 'calendar-notification@google.com';
const ANSWERS = { ACCEPTED: 'accepted', TENTATIVE: 'tentative', DECLINED: 'declined' } as const;

/**
 * What a reply means for us ([CQ5]–[CQ9], trust). Only the invited person's own answer to the version that they were told
 * last counts by itself; everything else that says something waits for the organizer, and nothing is guessed.
 */
export function verdictOf(reply: CalendarReply, known: KnownObject | null, origin: MailOrigin): Verdict {
  if (!known) return { kind: 'waits', why: 'unknown-uid', trust: null };
  const invited = new Set(known.invitedAddresses.map((address) => address.toLowerCase()));
  if (!reply.attendee.addresses.some((address) => invited.has(address)))
    return { kind: 'waits', why: 'other-attendee', trust: null };
  const trust = trustIn(invited, origin);
  if (trust === null) return { kind: 'waits', why: 'other-sender', trust: null };
  if (reply.method === 'REFRESH') return origin.automatic ? { kind: 'nothing' } : { kind: 'refresh', trust };
  if (isOlder(reply, known)) return { kind: 'older-version' };
  if (reply.proposal) return { kind: 'waits', why: 'proposal', trust };
  if (isOvertaken(reply, known)) return { kind: 'overtaken' };
  const { partstat } = reply.attendee;
  if (partstat === 'DELEGATED') return { kind: 'waits', why: 'substitute', trust };
  if (partstat === 'NEEDS-ACTION') return { kind: 'nothing' };
  if (known.state === null) return { kind: 'waits', why: 'no-invitation', trust };
  if (known.state === 'withdrawn' || known.state === 'substituted') return { kind: 'waits', why: 'withdrawn', trust };
  return { kind: 'counts', answer: ANSWERS[partstat], trust };
}

const DAY = 86_400_000;

/**
 * A reply as far as its times can be true: a DTSTAMP of tomorrow or later comes from a clock that runs wrong, and would
 * silence every later answer.
 */
export function believed(reply: CalendarReply, receivedAt: Date): CalendarReply {
  const { stamp } = reply;
  return stamp && stamp.getTime() > receivedAt.getTime() + DAY ? { ...reply, stamp: null } : reply;
}

/** Null: somebody else wrote it, and it is not the calendar that answers for its users. */
export function trustIn(
  invited: ReadonlySet<string>,
  { from, sender, dkimDomains, vouched }: MailOrigin,
): Trust | null {
  const writes = (address: string | null) => address !== null && invited.has(address);
  const signs = [...invited].some((address) => dkimDomains.includes(address.slice(address.lastIndexOf('@') + 1)));
  if (writes(from) || writes(sender)) return vouched ? 'C' : 'B';
  if (sender === GOOGLE) return signs ? 'B' : 'A';
  // No From at all: the UID is all that we have, and it was told to nobody else.
  return from === null ? 'A' : null;
}

/** Answers a version that has been replaced since ([CQ7], [B30]). */
function isOlder({ sequence, stamp }: CalendarReply, known: KnownObject): boolean {
  if (sequence !== null) return sequence < known.sequence;
  return stamp !== null && stamp < known.stamp;
}

/** A newer answer to the same version counted already: mails overtake each other. */
function isOvertaken({ stamp }: CalendarReply, { newestStamp }: KnownObject): boolean {
  return newestStamp !== null && stamp !== null && stamp < newestStamp;
}

/**
 * What our own mail server found out about a mail (RFC 8601). Fields by anybody else are not looked at, and only the
 * topmost run of ours is: what stands below could have been in the mail when it came.
 */
export function authenticationOf(
  fields: readonly { readonly name: string; readonly value: string }[],
  authservId: string | null,
): Pick<MailOrigin, 'dkimDomains' | 'vouched'> {
  if (authservId === null) return { dkimDomains: [], vouched: false };
  const own: string[] = [];
  for (const { name, value } of fields) {
    if (name === 'received' && own.length > 0) break;
    if (name === 'authentication-results' && idOf(value) === authservId) own.push(value.toLowerCase());
  }
  const methods = own.flatMap((value) => value.replace(/\([^()]*\)/g, ' ').split(';')).map((method) => method.trim());
  const signatures = methods.filter((method) => /^dkim\s*=\s*pass\b/.test(method));
  return {
    dkimDomains: signatures.flatMap((method) => SIGNING_DOMAIN.exec(method)?.[1] ?? []),
    vouched: methods.some((method) => /^(?:dmarc|arc)\s*=\s*pass\b/.test(method)),
  };
}

const SIGNING_DOMAIN = /\bheader\.(?:d|i)\s*=\s*"?(?:[^\s"@;]*@)?([a-z0-9.-]+)/;

function idOf(value: string): string | undefined {
  return /^\s*([^\s;]+)/.exec(value)?.[1]?.toLowerCase();
}
