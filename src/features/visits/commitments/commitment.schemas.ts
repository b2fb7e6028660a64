import { z } from 'zod';
import { choice, integerField, line, optionalDate, optionalId, optionalLine } from '../../../platform/web/fields.js';
import { COMMITMENT_STATES, PROMISED_BY } from './commitment.rules.js';

const version = integerField({ min: 1, max: 2_000_000_000 });

const fields = {
  text: line(1000),
  promisedBy: choice(PROMISED_BY),
  ownerId: optionalId(),
  dueOn: optionalDate(),
  sessionId: optionalId(),
};
export const newCommitmentForm = z.strictObject(fields).meta({ id: 'CommitmentInput' });
export const commitmentForm = z.strictObject({ ...fields, version });

const settling = { to: choice(COMMITMENT_STATES), outcome: optionalLine(1000) };
export const settleForm = z.strictObject({ ...settling, version });
export const settleInput = z.strictObject(settling).meta({ id: 'CommitmentSettling' });

export const commitmentOut = z
  .object({
    id: z.uuid(),
    text: z.string(),
    promisedBy: z.enum(PROMISED_BY),
    ownerId: z.uuid().nullable(),
    dueOn: z.string().nullable(),
    sessionId: z.uuid().nullable(),
    state: z.enum(COMMITMENT_STATES),
    outcome: z.string().nullable(),
    version: z.number(),
  })
  .meta({ id: 'Commitment' });
export const commitmentsOut = z.object({ items: z.array(commitmentOut) }).meta({ id: 'Commitments' });
export const openCommitmentsOut = z
  .object({ items: z.array(commitmentOut.extend({ visit: z.string() })) })
  .meta({ id: 'OpenCommitments' });
