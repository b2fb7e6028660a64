import { Injectable } from '@nestjs/common';
import type { Locale, Localized } from '../../../kernel/locale.js';

/** What somebody comes for. Visa support knows no more of it than this, so that a registration and a visit are alike to it. */
export interface Stay {
  readonly kind: string;
  readonly id: string;
  readonly conferenceId: string | null;
  readonly personId: string;
  readonly locale: Locale;
  /** What is accepted and not cancelled asks for a visa; all else does not. */
  readonly active: boolean;
  readonly title: Localized;
  /** Days `YYYY-MM-DD` on the clock of `zone`. */
  readonly startsOn: string;
  readonly endsOn: string;
  readonly zone: string;
  /** The number that people know, `C27-0042`, and what numbers of letters begin with, `C27`. */
  readonly number: string;
  readonly prefix: string;
  /** What they do there: a message key. */
  readonly role: string;
}

type Source = (ids: readonly string[]) => Promise<Stay[]>;

/** Features that know stays name them here, each kind once; those that are gone are left out of the answer. */
@Injectable()
export class VisaStays {
  private readonly sources = new Map<string, Source>();

  from(kind: string, source: Source): void {
    this.sources.set(kind, source);
  }

  /** By id, of one kind. */
  async of(kind: string, ids: readonly string[]): Promise<Map<string, Stay>> {
    const found = ids.length === 0 ? [] : ((await this.sources.get(kind)?.(ids)) ?? []);
    return new Map(found.map((stay) => [stay.id, stay]));
  }

  async one({ stayKind, stayId }: { stayKind: string; stayId: string }): Promise<Stay | null> {
    return (await this.of(stayKind, [stayId])).get(stayId) ?? null;
  }
}
