/** The mail that is answered: its own Message-ID, and those that it answers, the nearest first. */
export interface Answered {
  readonly messageId: string | null;
  readonly answers: readonly string[];
}

export interface References {
  readonly inReplyTo: string | null;
  /** The oldest first. */
  readonly references: readonly string[];
}

/** Longer threads keep their beginning and what is nearest, as mail programs do. */
const MOST = 20;

/** In-Reply-To and References of an answer (RFC 5322 section 3.6.4). */
export function referencesOf({ messageId, answers }: Answered): References {
  const all = [...answers.toReversed(), ...(messageId === null ? [] : [messageId])];
  const references = all.length <= MOST ? all : [all[0]!, ...all.slice(-MOST + 1)];
  return { inReplyTo: messageId, references: [...new Set(references)] };
}

/** `Re: ` once, whatever the languages before it have written. */
export function replySubject(subject: string): string {
  const bare = subject.replace(/^(?:\s*(?:re|aw|sv|odp|на|адк|отв)(?:\[\d+\])?\s*:)+\s*/iu, '').trim();
  return `Re: ${bare}`.trim();
}
