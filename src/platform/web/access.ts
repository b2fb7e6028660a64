import type { FastifyRequest } from 'fastify';
import type { Localized } from '../../kernel/locale.js';
import type { Viewer } from './viewer.js';

/** What the web core needs to know and only features can tell; accounts and conferences register themselves here. */
export interface ViewerSource {
  /** Who sends this request, from the sign-in cookie or a bearer token; null for nobody. */
  viewerOf(request: FastifyRequest): Promise<Viewer | null>;
}

/** What the web core shows of the conference that an address names. */
export interface ConferenceInPath {
  id: string;
  slug: string;
  title: Localized;
  zone: string;
  /** Its first and last day, where it has days of its own. */
  startsOn?: string;
  endsOn?: string;
}

/** Finds the conference that an address names, by slug. */
export type ConferenceResolver = (slug: string) => Promise<ConferenceInPath | null>;

export class Access {
  private source: ViewerSource = { viewerOf: () => Promise.resolve(null) };
  private resolver: ConferenceResolver = () => Promise.resolve(null);

  viewersFrom(source: ViewerSource): void {
    this.source = source;
  }

  conferencesFrom(resolver: ConferenceResolver): void {
    this.resolver = resolver;
  }

  viewerOf(request: FastifyRequest): Promise<Viewer | null> {
    return this.source.viewerOf(request);
  }

  conference(slug: string): Promise<ConferenceInPath | null> {
    return this.resolver(slug);
  }
}
