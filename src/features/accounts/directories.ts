import { Injectable } from '@nestjs/common';
import type { Localized, Locale } from '../../kernel/locale.js';

/** Somebody with a personal page, as far as signing in needs to know. */
export interface KnownPerson {
  name: string;
  locale: Locale;
  /** Shown masked on the page of a link, so that its owner recognises the mailbox. */
  email?: string | null;
}

/** What `people` tells: it lies above, so it registers itself (ruling 17). Erased people are not known. */
export interface PersonSource {
  /** By the key (lower case) of an e-mail address. */
  byEmail(key: string): Promise<(KnownPerson & { id: string; email: string }) | null>;
  viewer(id: string): Promise<KnownPerson | null>;
}

/** What `conferences` tells, so that roles can be given and shown by the conference's title. */
export interface ConferenceSource {
  list(): Promise<readonly { id: string; title: Localized }[]>;
}

/** The two features above that accounts must ask. Without them nobody is known. */
@Injectable()
export class Directories {
  persons: PersonSource = { byEmail: () => Promise.resolve(null), viewer: () => Promise.resolve(null) };
  conferences: ConferenceSource = { list: () => Promise.resolve([]) };
}
