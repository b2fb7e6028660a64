import { InvalidInput } from '../../kernel/errors.js';
import type { Locale, Localized } from '../../kernel/locale.js';
import { mergedText, parseMergeText, type MergeProblem } from './merge-fields.rules.js';

/** One letter to many people, in each language in which somebody is written to. */
export interface LetterText {
  readonly subject: Localized;
  readonly body: Localized;
}

/** Somebody who would be written to, and what a text may say of them. */
export interface LetterReader {
  readonly personId: string;
  readonly name: string;
  readonly locale: Locale;
  readonly values: Readonly<Record<string, string | null>>;
}

export interface MergedLetter<R extends LetterReader = LetterReader> {
  readonly recipient: R;
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
export function textProblems({ subject, body }: LetterText, known: readonly string[]): TextProblem[] {
  const written = ORDER.filter((locale) => subject[locale] || body[locale]);
  return written.flatMap((locale) =>
    (['subject', 'body'] as const).flatMap((part): TextProblem[] => {
      const text = (part === 'subject' ? subject : body)[locale];
      if (!text) return [{ field: `${part}.${locale}`, problem: { problem: 'missing' } }];
      return parseMergeText(text, known).problems.map((problem) => ({ field: `${part}.${locale}`, problem }));
    }),
  );
}

/** Throws InvalidInput at each text that has an unknown field, braces that are no field, or only one of its two parts. */
export function checkLetterText(text: LetterText, known: readonly string[]): void {
  const problems = textProblems(text, known);
  if (problems.length === 0) return;
  throw new InvalidInput(
    problems.map(({ field, problem }) => ({
      field,
      code: `error.mailing.${problem.problem}`,
      params: 'field' in problem ? { field: problem.field } : 'near' in problem ? { near: problem.near } : {},
    })),
  );
}

/** The letter to one recipient: in their language, else in the first that was written. */
export function merged<R extends LetterReader>(
  { subject, body }: LetterText,
  recipient: R,
  known: readonly string[],
): MergedLetter<R> {
  const locale = body[recipient.locale] ? recipient.locale : (ORDER.find((one) => body[one]) ?? recipient.locale);
  const fill = (text: string | undefined) => mergedText(parseMergeText(text ?? '', known).text, recipient.values);
  const [head, words] = [fill(subject[locale]), fill(body[locale])];
  return {
    recipient,
    locale,
    subject: head.text.replace(/\s+/g, ' ').trim(),
    body: words.text,
    missing: [...new Set([...head.missing, ...words.missing])],
  };
}

/**
 * Those first that are likeliest to look wrong: something missing, another language than theirs, an unusual script, nothing
 * known of what they are, a long name, a long text.
 */
export function worstFirst<R extends LetterReader>(letters: readonly MergedLetter<R>[]): MergedLetter<R>[] {
  const doubt = ({ missing, locale, recipient }: MergedLetter<R>) =>
    missing.length * 8 +
    Number(locale !== recipient.locale) * 4 +
    Number(/[^\p{Script=Latin}\p{Script=Cyrillic}\p{P}\p{Zs}]/u.test(recipient.name)) * 2 +
    Number(!recipient.values['position']);
  return letters.toSorted(
    (a, b) =>
      doubt(b) - doubt(a) ||
      b.recipient.name.length - a.recipient.name.length ||
      b.subject.length + b.body.length - a.subject.length - a.body.length ||
      (a.recipient.personId < b.recipient.personId ? -1 : 1),
  );
}

/** The paragraphs of a text: what stands between empty lines. */
export function paragraphsOf(text: string): string[] {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
}
