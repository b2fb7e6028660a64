import { z } from 'zod';
import { InvalidInput } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import { UnreadableFile, type FileProblem } from '../documents/file-problem.rules.js';
import type { Translator } from '../i18n/translator.js';

/** Reads an uploaded file; one that cannot be read is refused beside its field, with the place where it is broken. */
export async function reading<T>(read: () => Promise<T>, field = 'file'): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const { code, params = {}, place } = error.problem;
    throw new InvalidInput([{ field, code, params, ...(place === '' ? {} : { place }) }]);
  }
}

/** A place as people say it: a line, a cell, a path as the file has it, or the file. */
export function placeInWords(translator: Translator, locale: Locale, place: string): string {
  if (place === '') return translator.t(locale, 'file.place.file');
  if (/^\d+$/.test(place)) return translator.t(locale, 'file.place.line', { line: place });
  return /^[A-Z]{1,3}\d+$/.test(place) ? translator.t(locale, 'file.place.cell', { cell: place }) : place;
}

/** One thing that is wrong inside a file that can be read. */
export const fileProblemOut = z
  .object({
    place: z.string().meta({ description: 'Line, cell or path; empty for the file as a whole' }),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'FileProblem' });

interface Wording {
  readonly locale: Locale;
  t(key: string, params?: Record<string, unknown>): string;
}

/** A problem for programs, in the language of the request. */
export function shownProblem(words: Wording, { place, code, params }: FileProblem): z.output<typeof fileProblemOut> {
  return { place, code, message: words.t(code, { ...params }) };
}
