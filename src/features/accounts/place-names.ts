import { Injectable } from '@nestjs/common';
import { pickText, type Locale } from '../../kernel/locale.js';
import { Translator } from '../../platform/i18n/translator.js';
import type { Grant } from './access.rules.js';
import { Directories } from './directories.js';

/** Roles and the places where they hold, in words. */
@Injectable()
export class PlaceNames {
  constructor(
    private readonly directories: Directories,
    private readonly translator: Translator,
  ) {}

  /** Where a role may be given: everywhere (an empty value), or in one of the conferences. */
  async places(locale: Locale): Promise<{ value: string; label: string }[]> {
    const conferences = await this.directories.conferences.list();
    return [
      { value: '', label: this.translator.t(locale, 'accounts.everywhere') },
      ...conferences.map(({ id, title }) => ({ value: id, label: pickText(title, locale).text })),
    ];
  }

  async describe<G extends Grant>(
    locale: Locale,
    grants: readonly G[],
  ): Promise<(G & { roleName: string; place: string })[]> {
    const names = new Map((await this.places(locale)).map(({ value, label }) => [value, label]));
    return grants.map((grant) => ({
      ...grant,
      roleName: this.translator.t(locale, `accounts.role.${grant.role}`),
      place: names.get(grant.conferenceId ?? '') ?? this.translator.t(locale, 'accounts.oneConference'),
    }));
  }
}
