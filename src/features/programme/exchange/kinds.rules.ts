import { SESSION_KINDS, type SessionKind } from '../session.rules.js';

/** What other planners call things. Whatever is not here is a presentation, the most general kind. */
const KNOWN: readonly (readonly [RegExp, SessionKind])[] = [
  [/opening|closing|адкрыццё|открытие/i, 'opening'],
  [/keynote|plenary|пленар/i, 'plenary'],
  [/round.?table|panel|кругл|круглы/i, 'round_table'],
  [/workshop|hands-on|tutorial|training|майстар|мастер/i, 'workshop'],
  [/poster|постар|постер/i, 'poster'],
  [/seminar|семінар|семинар/i, 'seminar'],
  [/section|devroom|track|секцы|секци/i, 'section'],
  [/concert|performance|music|канцэрт|концерт/i, 'concert'],
  [/ceremony|цырымонія|церемония/i, 'ceremony'],
  [/exhibition|выстав/i, 'exhibition_opening'],
  [/reception|party|social|прыём|приём|прием/i, 'reception'],
  [/lunch|dinner|breakfast|meal|buffet|repas|абед|обед/i, 'meal'],
  [/break|coffee|pause|перапын|перерыв/i, 'break'],
  [/excursion|экскурс/i, 'excursion'],
  [/\btour\b/i, 'tour'],
  [/press/i, 'press'],
];

/** The kind of session that a type in a file means. */
export function kindOf(type: string): SessionKind {
  const word = type.trim().toLowerCase();
  const own = SESSION_KINDS.find((kind) => kind === word.replaceAll(/[\s-]+/g, '_'));
  return own ?? KNOWN.find(([pattern]) => pattern.test(word))?.[1] ?? 'presentation';
}
