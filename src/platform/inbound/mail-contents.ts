import { shownText } from '../../kernel/text.js';
import { calendarsIn } from './calendar-parts.js';
import type { InboundMail } from './inbound-mail.entity.js';
import { allParts, MailLimitError, type MailLimit } from './mime-tree.js';
import { fieldsOf, receivedMail, wordsOf } from './received-mail.js';

/** Fields that say who wrote what to whom; all others are in the file. */
const SHOWN_FIELDS = ['from', 'sender', 'reply-to', 'to', 'cc', 'date'] as const;
export type ShownField = (typeof SHOWN_FIELDS)[number];

export interface MailContents {
  readonly fields: readonly { readonly name: ShownField; readonly value: string }[];
  /** Plain words: markup is never shown, and nothing is fetched. */
  readonly words: string;
  readonly wordsCut: boolean;
  readonly calendars: readonly string[];
  /** Everything else that it carries, by name and size; it is in the file only. */
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly size: number }[];
  /** Where a person is to answer: the one address of Reply-To, else of From. */
  readonly replyTo: string | null;
}

const MOST_WORDS = 100_000;
const MOST_CALENDAR = 20_000;
const FIELD_LENGTH = 1_000;

/** What a mail says, for people to read; or the limit that it breaks ([CQ1]), and then it is only a file. */
export async function contentsOf(mail: InboundMail): Promise<MailContents | MailLimit> {
  try {
    const received = await receivedMail(mail);
    const { root } = received;
    const { default: libmime } = await import('libmime');
    const shown = (value: string) => shownText(libmime.decodeWords(value), { multiline: false, max: FIELD_LENGTH });
    const words = await wordsOf(received);
    const parts = allParts(root).filter(({ parts: inside }) => inside.length === 0);
    return {
      fields: SHOWN_FIELDS.flatMap((name) =>
        fieldsOf(root, name)
          .slice(0, 3)
          .map((value) => ({ name, value: shown(value) })),
      ),
      words,
      // Cut where it was longest: nobody writes so much.
      wordsCut: [...words].length === MOST_WORDS,
      calendars: calendarsIn(root).texts.map((text) => shownText(text, { multiline: true, max: MOST_CALENDAR })),
      attachments: parts
        .filter(({ type, filename }) => filename !== null || !/^text\/(?:plain|html|calendar)$/.test(type))
        .map(({ type, filename, content }) => ({ name: shown(filename ?? ''), type, size: content.length })),
      replyTo: received.replyTo,
    };
  } catch (error) {
    if (error instanceof MailLimitError) return error.limit;
    throw error;
  }
}

/** One line, encoded words decoded. */
