import { Injectable } from '@nestjs/common';
import type { WebContext } from '../../platform/web/web-context.js';
import { People, personName } from '../people/index.js';
import type { Programme } from './programme.entity.js';
import { PeopleToTell, SignUps, type PlannedMail } from './programme.ports.js';
import { concernedIds, personView, sessionView, type Audience } from './release-views.js';
import type { DifferenceWords } from './release-words.js';
import type { Comparison } from './releases.service.js';
import { base } from './staff-pages.js';

export const VIEWS = ['sessions', 'people'] as const;
export type View = (typeof VIEWS)[number];

/** Who is concerned by differences, and how they learn of them. */
export interface Concerned extends Audience {
  readonly names: ReadonlyMap<string, string>;
  /** How often somebody has signed up for a session that changes. */
  readonly signUps: number;
}

/** Differences in the words of the reader, by session or by person: the same for all pages that show some. */
@Injectable()
export class ReleaseDesk {
  constructor(
    private readonly people: People,
    private readonly toTell: PeopleToTell,
    private readonly signUps: SignUps,
  ) {}

  /** Whom a release with these differences would reach. A fixed number of statements. */
  async concerned(
    { ownerId }: Programme,
    { changes, names }: Comparison,
    told: readonly PlannedMail[],
  ): Promise<Concerned> {
    const ids = concernedIds(changes, told);
    const unnamed = await this.people.byIds(ids.filter((id) => !names.has(id)));
    const counts = await this.signUps.count(changes.map(({ sessionId }) => sessionId));
    return {
      told,
      readers: await this.toTell.whoReads(ownerId, ids),
      names: new Map([...[...unnamed.values()].map((person) => [person.id, personName(person)] as const), ...names]),
      signUps: [...counts.values()].reduce((sum, count) => sum + count, 0),
    };
  }

  /** What a page shows of differences; `here` is the page, for the links from one view to the other. */
  model(
    web: WebContext,
    { zone }: Programme,
    { changes, names }: Comparison,
    { view, here, audience = null }: { view: View; here: string; audience?: Concerned | null },
  ) {
    const words: DifferenceWords = {
      locale: web.locale,
      t: (key, params) => web.t(key, params),
      zone,
      names: audience?.names ?? names,
    };
    const people = personView(words, changes, audience);
    const join = here.includes('?') ? '&' : '?';
    return {
      tabs: VIEWS.map((name) => ({
        name,
        href: `${here}${name === 'people' ? `${join}view=people` : ''}#changes`,
        current: name === view,
        count: name === 'people' ? people.total : changes.length,
      })),
      sessions: view === 'sessions' ? sessionView(words, changes, (id) => `${base(web)}/sessions/${id}`) : null,
      people: view === 'people' ? people : null,
      ways: audience && people.groups.map(({ way, count }) => ({ way, count })),
      signUps: audience?.signUps ?? 0,
    };
  }
}

/** The view that an address asks for: by session unless it says otherwise. */
export function viewOf(query: unknown): View {
  return query === 'people' ? 'people' : 'sessions';
}
