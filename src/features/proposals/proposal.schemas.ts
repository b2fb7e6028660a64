import { z } from 'zod';
import {
  choice,
  integerField,
  optionalChoice,
  optionalId,
  optionalLine,
  optionalParagraph,
} from '../../platform/web/fields.js';
import { LOCALES } from '../../kernel/locale.js';
import { instantOut, listOf, listQuery } from '../../platform/web/api.js';
import { FORMS } from '../registration/index.js';
import { ABSTRACT_WORDS, countWords, PROPOSAL_STATES, TALK_LANGUAGES } from './proposal.rules.js';

export const STEPS = ['draft', 'submit'] as const;

/** A draft may lack anything; what is submitted needs title, abstract and language. */
export const paperForm = z
  .strictObject({
    step: choice(STEPS),
    title: optionalLine(300),
    abstract: optionalParagraph(40_000),
    language: optionalChoice(TALK_LANGUAGES),
    strand: optionalId(),
    version: integerField({ min: 0, max: 2_000_000_000 }),
  })
  .superRefine(({ step, title, abstract, language }, ctx) => {
    const needed = { title, abstract, language };
    for (const field of ['title', 'abstract', 'language'] as const) {
      if (step === 'submit' && needed[field] === null)
        ctx.addIssue({ code: 'custom', path: [field], message: `error.proposal.${field}` });
    }
    const words = countWords(abstract ?? '');
    if (words > ABSTRACT_WORDS)
      ctx.addIssue({
        code: 'custom',
        path: ['abstract'],
        message: 'error.proposal.long',
        params: { words, max: ABSTRACT_WORDS, over: words - ABSTRACT_WORDS },
      });
  });
export type PaperInput = z.output<typeof paperForm>;

export const proposalQuery = z.strictObject({ ...listQuery.shape, state: optionalChoice(PROPOSAL_STATES) });
export const proposalOut = z
  .object({
    id: z.uuid(),
    title: z.string(),
    abstract: z.string(),
    language: z.string().nullable(),
    strand: z.object({ id: z.uuid(), code: z.string(), name: z.partialRecord(z.enum(LOCALES), z.string()) }).nullable(),
    state: z.enum(PROPOSAL_STATES),
    author: z.object({ id: z.string().meta({ description: 'Public id' }), name: z.string() }),
    registration: z.string(),
    form: z.enum(FORMS),
    updatedAt: instantOut,
    submittedAt: instantOut.nullable(),
    version: z.number(),
  })
  .meta({ id: 'Proposal' });
export const proposalList = listOf(proposalOut).meta({ id: 'ProposalList' });
