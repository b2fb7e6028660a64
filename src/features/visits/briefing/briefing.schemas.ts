import { z } from 'zod';
import { isId } from '../../../kernel/ids.js';
import { integerField, optionalLine, optionalParagraph, refuse } from '../../../platform/web/fields.js';
import { readFacts, type BriefingFact } from './briefing.rules.js';

const LONG = 8000;

const facts = optionalParagraph(LONG).transform((text, ctx): BriefingFact[] => {
  const read = readFacts(text ?? '');
  return 'wrongLine' in read ? refuse(ctx, 'error.visit.briefing.fact', { line: read.wrongLine }) : read.facts;
});

/** A text for each member who has one. */
const bios = z
  .record(z.string().refine(isId), optionalParagraph(4000))
  .default({})
  .transform((all): Record<string, string> =>
    Object.fromEntries(Object.entries(all).flatMap(([id, text]) => (text === null ? [] : [[id, text]]))),
  );

const fields = {
  principal: optionalLine(200),
  wants: optionalParagraph(LONG),
  facts,
  lastMeeting: optionalParagraph(LONG),
  theirPoints: optionalParagraph(LONG),
  ourLine: optionalParagraph(LONG),
  sensitive: optionalParagraph(LONG),
  execution: optionalParagraph(LONG),
  pressLine: optionalParagraph(LONG),
  bios,
  /** 0: nobody has written one yet. */
  version: integerField({ min: 0, max: 2_000_000_000 }),
};
export const briefingForm = z.strictObject(fields).meta({ id: 'VisitBriefingInput' });

const words = z.string().nullable();
export const briefingOut = z
  .object({
    principal: words,
    wants: words,
    facts: z.array(z.object({ date: z.string(), fact: z.string() })),
    lastMeeting: words,
    theirPoints: words,
    ourLine: words,
    sensitive: words,
    execution: words,
    pressLine: words,
    bios: z.record(z.string(), z.string()),
    version: z.number(),
  })
  .meta({ id: 'VisitBriefing' });
