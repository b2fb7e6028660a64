import { pickText } from '../../../kernel/locale.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import type { StayCheck, SurroundingPart, Surroundings } from './stay.rules.js';
import type { StayChange } from './stay-releases.service.js';

/** A check in one sentence. */
export function checkText(web: WebContext, check: StayCheck, names: (personId: string) => string): string {
  switch (check.kind) {
    case 'rank':
      return web.t('visit.stay.check.rank', {
        guests: web.t(`visit.level.${check.guests}`),
        hosts: web.t(`visit.level.${check.hosts}`),
      });
    case 'interpreter_language':
      return web.t('visit.stay.check.interpreter_language', {
        name: names(check.personId),
        languages: check.languages.map((code) => web.t(`programme.language.${code}`)).join(', '),
      });
    case 'guest_day':
      return web.t(`visit.stay.check.guest_day.${check.of}`, { name: check.name });
    case 'title_language':
      return web.t('visit.stay.check.title_language', {
        languages: check.languages.map((code) => web.t(`programme.language.${code}`)).join(', '),
      });
    case 'patronymic':
      return web.t('visit.stay.check.patronymic', { name: names(check.personId) });
    default:
      return web.t(`visit.stay.check.${check.kind}`);
  }
}

/** What of the surroundings of a session is different, one text each: what it was, and what it is. */
export function partTexts(
  web: WebContext,
  { parts, was, is }: StayChange,
  names: ReadonlyMap<string, string>,
): string[] {
  return parts.map((part) =>
    web.t('visit.stay.differs', {
      part: web.t(`visit.stay.field.${part}`),
      from: partValue(web, part, was, names),
      to: partValue(web, part, is, names),
    }),
  );
}

/** What one part of the surroundings says. */
export function partValue(
  web: Pick<WebContext, 't'>,
  part: SurroundingPart,
  side: Surroundings,
  names: ReadonlyMap<string, string>,
): string {
  const none = web.t('visit.stay.nothing');
  if (part === 'shownToGuests') return web.t(side.shownToGuests ? 'common.yes' : 'common.no');
  if (part === 'leadId') return (side.leadId && names.get(side.leadId)) || web.t('visit.stay.firstHost');
  if (part === 'layout') return side.layout ? web.t(`layout.${side.layout}`) : none;
  if (part === 'setUp') return setUpText(web, side) || none;
  return side[part] || none;
}

/** Layout aside: flags, microphones, screen, in one line. */
export function setUpText(web: Pick<WebContext, 't'>, { setUp }: Pick<Surroundings, 'setUp'>): string {
  return [
    setUp.flags ? web.t('visit.stay.setUp.flags', { text: setUp.flags }) : '',
    setUp.microphones ? web.t('visit.stay.setUp.microphones', { text: setUp.microphones }) : '',
    setUp.screen ? web.t('visit.stay.setUp.screen') : '',
  ]
    .filter(Boolean)
    .join('; ');
}

/** The title, or the kind where there is none. */
export function titleText(
  web: WebContext,
  { title, kind }: { title: Parameters<typeof pickText>[0]; kind: string },
): string {
  return pickText(title, web.locale).text || web.t(`sessionKind.${kind}`);
}
