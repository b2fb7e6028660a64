import { pickText } from '../../kernel/locale.js';
import { toInstant } from '../../kernel/zones.js';
import type { PageOptions } from '../../platform/web/page-options.js';
import type { WebContext } from '../../platform/web/web-context.js';
import type { Visit } from './visit.entity.js';

/** The frame of a page below the list of visits; `visit`: of a page below its card, `room`: below one of its rooms. */
export function frame(web: WebContext, title: string, visit?: Visit, room?: VisitRoom): PageOptions {
  const above = visit
    ? [
        { label: visit.ref, href: hrefOf(visit) },
        ...(room ? [{ label: web.t(`visit.room.${room}`), href: `${hrefOf(visit)}/${room}` }] : []),
      ]
    : [];
  return {
    title,
    layout: 'staff',
    section: 'protocol',
    breadcrumbs: [
      { label: web.t('visit.overview.title'), href: '/protocol' },
      { label: web.t('visit.title'), href: '/protocol/visits' },
      ...above,
    ],
  };
}

export function hrefOf({ ref }: Pick<Visit, 'ref'>): string {
  return `/protocol/visits/${ref}`;
}

/** A visit as lists and heads show it: its days as instants, for the formatters. */
export function shownVisit(web: WebContext, visit: Visit) {
  const noon = (day: string | null) => (day === null ? null : toInstant(`${day}T12:00`, visit.zone).instant);
  const { ref, state, level, kind, country, confidentiality, startsOn, endsOn, flexible } = visit;
  return {
    href: hrefOf(visit),
    ref,
    state,
    kind,
    level,
    country,
    confidentiality,
    startsOn,
    endsOn,
    flexible,
    title: visit.title,
    name: pickText(visit.title, web.locale).text,
    firstDay: noon(startsOn),
    lastDay: noon(endsOn),
  };
}

/** The rooms of a visit's pages, for the navigation on top of each. */
export type VisitRoom =
  | 'card'
  | 'delegation'
  | 'visa'
  | 'programme'
  | 'logistics'
  | 'seating'
  | 'gifts'
  | 'commitments'
  | 'briefing'
  | 'documents'
  | 'day'
  | 'checks'
  | 'report';
const VISIT_ROOMS: readonly VisitRoom[] = [
  'card',
  'checks',
  'delegation',
  'visa',
  'programme',
  'day',
  'logistics',
  'seating',
  'gifts',
  'commitments',
  'briefing',
  'documents',
  'report',
];

/** Rooms that are not there for those who only read the visit. */
const INNER_ROOMS: readonly VisitRoom[] = ['gifts', 'briefing', 'documents'];

/** What the head of every page of a visit shows. */
export function headOf(web: WebContext, visit: Visit, room: VisitRoom, mayEdit: boolean) {
  const here = hrefOf(visit);
  return {
    ...shownVisit(web, visit),
    mayEdit,
    rooms: VISIT_ROOMS.filter((name) => mayEdit || !INNER_ROOMS.includes(name)).map((name) => ({
      name,
      href: name === 'card' ? here : `${here}/${name}`,
      current: name === room,
    })),
  };
}
