import { NotFound } from '../../../kernel/errors.js';
import type { PageOptions } from '../../../platform/web/page-options.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import { base, deadlineAt, frame } from '../staff-pages.js';
import type { InvitationWave } from './wave.entity.js';
import type { PeopleQuery, waveForm } from './wave.schemas.js';
import type { WaveTerms } from './waves.service.js';
import type { z } from 'zod';

export function wavesBase(web: WebContext): string {
  return `${base(web)}/waves`;
}

export function waveHome(web: WebContext, { id }: Pick<InvitationWave, 'id'>): string {
  return `${wavesBase(web)}/${id}`;
}

/** The frame of a page of waves; `wave`: its own page stands above. */
export function waveFrame(
  web: WebContext,
  title: string,
  { list = true, wave }: { list?: boolean; wave?: InvitationWave } = {},
): PageOptions {
  const options = frame(web, title);
  const above = [
    ...(list ? [{ label: web.t('wave.title'), href: wavesBase(web) }] : []),
    ...(wave ? [{ label: wave.name, href: waveHome(web, wave) }] : []),
  ];
  return { ...options, breadcrumbs: [...(options.breadcrumbs ?? []), ...above] };
}

export function mayWriteWaves(web: WebContext): boolean {
  return web.viewer.level('invitation', web.conference.id) === 'write';
}

/** Who may look for people sees their addresses, too. */
export function mayFindPeople(web: WebContext): boolean {
  return web.viewer.level('person', web.conference.id) !== undefined;
}

/** What is asked of another conference is only answered to who may read its registrations ([A5]). Throws NotFound. */
export function checkEarlier(web: WebContext, { earlier }: Pick<PeopleQuery, 'earlier'>): void {
  if (earlier !== null && web.viewer.level('registration', earlier) === undefined) throw new NotFound();
}

/** The terms of a form, on the clock of the conference. */
export function termsOf(web: WebContext, input: Omit<z.output<typeof waveForm>, 'version'>): WaveTerms {
  const { session, deadline, ...rest } = input;
  return { ...rest, sessionId: session, deadline: deadlineAt(deadline, web.conference.zone) };
}
