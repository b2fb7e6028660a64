import { parseEmailAddress } from '../../../kernel/email-address.js';

/** A line of a list that somebody pasted: one address, and what stands beside it. */
export interface PastedPerson {
  readonly line: number;
  readonly email: string;
  /** For comparison. */
  readonly key: string;
  /** Null: it cannot be seen which part is which. */
  readonly name: { readonly given: string; readonly family: string } | null;
  readonly institution: string | null;
  readonly position: string | null;
}

export interface PastedProblem {
  readonly line: number;
  readonly text: string;
  readonly problem: 'noAddress' | 'badAddress' | 'twice';
}

export const MOST_LINES = 1000;

/**
 * Reads a list as people keep it: `anna@example.org`, `Anna Kowalska <anna@example.org>`, or columns with tabs or
 * semicolons (name, address, institution, position; the address may stand anywhere). Empty lines are passed over.
 */
export function readPastedList(text: string): { people: PastedPerson[]; problems: PastedProblem[] } {
  const people = new Map<string, PastedPerson>();
  const problems: PastedProblem[] = [];
  for (const [index, raw] of text.split(/\r?\n/).slice(0, MOST_LINES).entries()) {
    const typed = raw.trim();
    if (typed === '') continue;
    const refuse = (problem: PastedProblem['problem']) =>
      problems.push({ line: index + 1, text: typed.slice(0, 200), problem });
    const [address, ...words] = columnsOf(typed);
    if (address === undefined) refuse('noAddress');
    else {
      const read = parseEmailAddress(address);
      if (!read.ok) refuse('badAddress');
      else if (people.has(read.key)) refuse('twice');
      else {
        const [name = '', institution = '', position = ''] = words;
        people.set(read.key, {
          line: index + 1,
          email: read.address,
          key: read.key,
          name: clearName(name),
          institution: institution.slice(0, 300) || null,
          position: position.slice(0, 200) || null,
        });
      }
    }
  }
  return { people: [...people.values()], problems };
}

/** Two words, or a family name before a comma. Anything else somebody must look at. */
export function clearName(text: string): PastedPerson['name'] {
  const name = text
    .trim()
    .replace(/^["“«]+|["”»]+$/g, '')
    .replace(/\s+/g, ' ');
  if (name.length > 200 || !/^[\p{L}\p{M}'’.,-]+(?: [\p{L}\p{M}'’.,-]+)*$/u.test(name)) return null;
  const [before, after, ...more] = name.split(', ');
  if (before && after && more.length === 0) return { given: after, family: before };
  const words = name.split(' ');
  // Initials, and words that no language writes at the beginning of a name (`Head office`).
  if (words.length !== 2 || words.some((word) => /^\p{L}{0,2}\.$|,|^\p{Ll}/u.test(word))) return null;
  return { given: words[0]!, family: words[1]! };
}

/** The address first, then what else stands in the line, in its order. */
function columnsOf(line: string): string[] {
  const cells = /[\t;]/.test(line) ? line.split(/[\t;]/).map((cell) => cell.trim()) : null;
  if (cells) {
    const at = cells.findIndex((cell) => cell.includes('@'));
    return at < 0 ? [] : [bare(cells[at]!), ...cells.filter((_, index) => index !== at)];
  }
  const bracketed = /^(.*?)\s*<([^<>]*@[^<>]*)>$/.exec(line);
  if (bracketed) return [bracketed[2]!.trim(), bracketed[1]!];
  const words = line.split(/[\s]+/);
  const at = words.findIndex((word) => word.includes('@'));
  return at < 0 ? [] : [bare(words[at]!), words.filter((_, index) => index !== at).join(' ')];
}

function bare(cell: string): string {
  return cell.replace(/^.*<|>.*$/g, '').replace(/^[,]+|[,.]+$/g, '');
}
