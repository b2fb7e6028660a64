import type { Confidentiality } from './visit.rules.js';

/** What somebody may do with one visit; undefined: for them it is not there. */
export type VisitLevelOfAccess = 'read' | 'write';

/** The same words as the web core's, because rules import nothing but kernel. */
type Level = 'count' | 'read' | 'write' | undefined;

export interface GuardedVisit {
  readonly confidentiality: Confidentiality;
  readonly responsibleId: string | null;
  readonly deputyId: string | null;
  /** Accounts that are named for it. */
  readonly named: readonly string[];
  readonly linked: boolean;
}

export interface VisitViewer {
  readonly accountId: string;
  /** The level for visits that any role gives, anywhere. */
  readonly anywhere: Level;
  /** The level that roles for everywhere give. */
  readonly house: Level;
  /** The level in the conference that the visit is linked to. */
  readonly inConference: Level;
}

/**
 * Who is responsible, deputy or named writes, whatever the visit is. A restricted visit is there for nobody else. Protocol
 * officers write all others (those of one conference: the visits linked to it); who organizes the conference reads the
 * visits linked to it.
 */
export function accessTo(visit: GuardedVisit, viewer: VisitViewer): VisitLevelOfAccess | undefined {
  if (viewer.anywhere === undefined) return undefined;
  const { accountId } = viewer;
  if ([visit.responsibleId, visit.deputyId, ...visit.named].includes(accountId)) return 'write';
  if (visit.confidentiality === 'restricted') return undefined;
  if (viewer.house === 'write') return 'write';
  if (!visit.linked || viewer.inConference === undefined) return undefined;
  return viewer.inConference === 'write' ? 'write' : 'read';
}
