import { localDay } from '../../../kernel/zones.js';
import type { Visit } from '../visit.entity.js';
import type { KeptVisit } from './visit-terms.rules.js';

/** A visit as the rules of terms see it. */
export function keptVisit({ createdAt, ...visit }: Visit): KeptVisit {
  return { ...visit, openedOn: localDay(createdAt, visit.zone) };
}
