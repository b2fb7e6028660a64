import { z } from 'zod';
import { instantOut, listOf } from '../../../platform/web/api.js';
import { idField, refuse } from '../../../platform/web/fields.js';
import { assignmentOut, findingOut, localizedOut } from '../programme.answers.js';
import type { ChosenSeat } from './roster-proposals.service.js';

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const SEAT = new RegExp(`^(${ID}):(${ID})$`);
const MAX_SEATS = 1000;

const typedSeat = z.string().transform((text, ctx): ChosenSeat => {
  const [, sessionId, personId] = SEAT.exec(text) ?? [];
  return sessionId && personId ? { sessionId, personId } : refuse(ctx, 'error.reference');
});

/** Boxes of one name: `session:person`. */
export const seatsForm = z.strictObject({
  seat: z
    .union([typedSeat.transform((one) => [one]), z.array(typedSeat).max(MAX_SEATS)])
    .optional()
    .transform((seats) => seats ?? []),
});
export const seatsInput = z
  .strictObject({
    seats: z
      .array(z.strictObject({ sessionId: idField(), personId: idField() }), { error: 'error.required' })
      .min(1, 'error.programme.chooseSeats')
      .max(MAX_SEATS),
  })
  .meta({ id: 'ProposedSeats' });

const publicIds = z.union([z.string().transform((one) => [one]), z.array(z.string())]).optional();
/** Everybody, or with `some` only those who are named. */
export const proposalQuery = z
  .object({ some: z.string().optional(), ask: publicIds })
  .catch({})
  .transform(({ some, ask = [] }): string[] | null => (some ? ask.map((id) => id.slice(0, 40)).slice(0, 200) : null));

const way = z.object({ from: z.string(), to: z.string() });
const boothOut = z.object({
  into: z.array(z.string()),
  ways: z.array(way),
  people: z.array(z.uuid()).meta({ description: '`personId` of assignments' }),
  missing: z.number(),
});
const interpretedOut = z
  .object({
    sessionId: z.uuid(),
    title: localizedOut,
    startsAt: instantOut.nullable(),
    minutes: z.number(),
    size: z.number().meta({ description: 'People that each booth wants' }),
    booths: z.array(boothOut),
    spare: z.array(z.uuid()),
    findings: z.array(findingOut),
  })
  .meta({ id: 'InterpretedSession' });
export const interpretedList = listOf(interpretedOut).meta({ id: 'InterpretedSessionList' });

const askedBooth = z.object({ sessionId: z.uuid(), into: z.array(z.string()), ways: z.array(way) });
const lackingBooth = askedBooth.extend({ missing: z.number() });
export const rosterOut = z
  .object({
    state: z.enum(['exact', 'not-proven']),
    seats: z.array(askedBooth.extend({ personId: z.uuid(), name: z.string() })),
    left: z.array(lackingBooth),
    unserved: z
      .array(z.object({ empty: z.array(lackingBooth), because: z.array(askedBooth), isMinimal: z.boolean() }))
      .meta({ description: 'What keeps booths empty; nothing where that is not proven' }),
  })
  .meta({ id: 'RosterProposal' });
export const madeOut = z.object({ assignments: z.array(assignmentOut) }).meta({ id: 'AcceptedSeats' });
