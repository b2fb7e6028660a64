/** What software cannot see, and somebody must: before the guests come, and after they have left. */
export const CHECKS = [
  'names_sent',
  'signing_text',
  'pens',
  'flags',
  'anthem',
  'flowers',
  'wheelchair_way',
  'quote',
  'photos',
] as const;
export type Check = (typeof CHECKS)[number];

export interface ChecklistFacts {
  readonly interpreted: boolean;
  readonly signing: boolean;
  /** 1–5, of the visit. */
  readonly level: number;
  /** Somebody said a need of access; which is in the vault. */
  readonly access: boolean;
  readonly photographed: boolean;
}

/** Up to this level of guests an anthem may be played. */
const ANTHEM_LEVEL = 2;

/** What is ticked at this visit, in the order in which it comes up. */
export function checklist({ interpreted, signing, level, access, photographed }: ChecklistFacts): Check[] {
  const asked: Record<Check, boolean> = {
    names_sent: interpreted,
    signing_text: signing,
    pens: signing,
    flags: true,
    anthem: level <= ANTHEM_LEVEL,
    flowers: true,
    wheelchair_way: access,
    quote: true,
    photos: photographed,
  };
  return CHECKS.filter((check) => asked[check]);
}

/** As its line is ticked. */
export function keyOfCheck(check: Check): string {
  return `check:${check}`;
}
