import { ConflictIndex } from '../conflicts/conflict-index.rules.js';
import { findingKey, type Finding } from '../conflicts/finding.rules.js';
import type { House } from '../conflicts/placed-session.rules.js';
import { momentFindings } from '../conflicts/session-checks.rules.js';
import { HARD_FINDINGS, type Draft } from '../scheduler/draft/draft.rules.js';

/** By key. */
export type HardFindings = ReadonlyMap<string, Finding>;

/** What the conflict engine has against a draft that a plan must not bring about, by key. */
export function hardFindings({ sessions, foreign }: Draft, house: House): HardFindings {
  const placed = sessions.filter(({ isPlaced }) => isPlaced);
  const own = new Set(placed.map(({ id }) => id));
  const index = new ConflictIndex(house, [...placed, ...foreign.map(({ session }) => session)]);
  const found = [
    ...index.all().filter((one) => one.sessions.some((id) => own.has(id))),
    ...placed.flatMap((session) => momentFindings(session, house)),
  ];
  return new Map(found.filter(({ rule }) => HARD_FINDINGS.includes(rule)).map((one) => [findingKey(one), one]));
}
