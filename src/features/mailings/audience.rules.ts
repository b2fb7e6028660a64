import type { Locale, Localized } from '../../kernel/locale.js';
import { mergedText, parseMergeText, type MergeProblem } from '../../platform/mail/merge-fields.rules.js';

export const AUDIENCE_GROUPS = ['registered', 'programme', 'authors'] as const;
/** Who registered; who has a part in the programme; who offered a paper. */
export type AudienceGroup = (typeof AUDIENCE_GROUPS)[number];

/** Whom a mailing is for. What is null asks for nothing. */
export interface Audience {
  readonly group: AudienceGroup;
  readonly category: string | null;
  readonly approval: string | null;
  readonly form: string | null;
  readonly strand: string | null;
  readonly room: string | null;
  /** `YYYY-MM-DD` in the zone of the conference. */
  readonly day: string | null;
  readonly role: string | null;
  readonly locale: Locale | null;
}

/** What a text may say of its reader. */
export const MERGE_FIELDS = [
  'name',
  'given',
  'family',
  'institution',
  'position',
  'number',
  'conference',
  'sessions',
] as const;
export type MergeFieldName = (typeof MERGE_FIELDS)[number];

/** Somebody who would be written to. */
export interface Recipient {
  readonly personId: string;
  readonly publicId: string;
  readonly name: string;
  /** Null: cannot be written to. */
  readonly email: string | null;
  readonly locale: Locale;
  readonly values: Readonly<Record<MergeFieldName, string | null>>;
}

export interface MailingText {
  readonly subject: Localized;
  readonly body: Localized;
}

export interface MergedLetter {
  readonly recipient: Recipient;
  /** The language in which it is written: theirs, or the one that there is. */
  readonly locale: Locale;
  readonly subject: string;
  readonly body: string;
  /** Fields for which there is neither a value nor a fallback. */
  readonly missing: readonly string[];
}

const ORDER: readonly Locale[] = ['be', 'ru', 'en'];

export interface TextProblem {
  /** Of the form, such as `body.en`. */
  readonly field: string;
  readonly problem: MergeProblem | { readonly problem: 'missing' };
}

/** Problems of a text before it is saved, by field of the form. A language needs both parts or none. */
export function textProblems({ subject, body }: MailingText): TextProblem[] {
  const written = ORDER.filter((locale) => subject[locale] || body[locale]);
  return written.flatMap((locale) =>
    (['subject', 'body'] as const).flatMap((part): TextProblem[] => {
      const text = (part === 'subject' ? subject : body)[locale];
      if (!text) return [{ field: `${part}.${locale}`, problem: { problem: 'missing' } }];
      return parseMergeText(text, MERGE_FIELDS).problems.map((problem) => ({ field: `${part}.${locale}`, problem }));
    }),
  );
}

/** The letter to one recipient: in their language, else in the first that was written. */
export function merged({ subject, body }: MailingText, recipient: Recipient): MergedLetter {
  const locale = body[recipient.locale] ? recipient.locale : (ORDER.find((one) => body[one]) ?? recipient.locale);
  const fill = (text: string | undefined) =>
    mergedText(parseMergeText(text ?? '', MERGE_FIELDS).text, recipient.values);
  const [head, words] = [fill(subject[locale]), fill(body[locale])];
  return {
    recipient,
    locale,
    subject: head.text.replace(/\s+/g, ' ').trim(),
    body: words.text,
    missing: [...new Set([...head.missing, ...words.missing])],
  };
}

/** Those first that are likeliest to look wrong: something missing, another language than theirs, an unusual script, long. */
export function worstFirst(letters: readonly MergedLetter[]): MergedLetter[] {
  const doubt = ({ missing, locale, recipient }: MergedLetter) =>
    missing.length * 8 +
    Number(locale !== recipient.locale) * 4 +
    Number(/[^\p{Script=Latin}\p{Script=Cyrillic}\p{P}\p{Zs}]/u.test(recipient.name)) * 2;
  return letters.toSorted(
    (a, b) =>
      doubt(b) - doubt(a) ||
      b.subject.length + b.body.length - a.subject.length - a.body.length ||
      (a.recipient.personId < b.recipient.personId ? -1 : 1),
  );
}
