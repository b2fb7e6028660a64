import { Injectable } from '@nestjs/common';
import type { Locale, Localized } from '../../../kernel/locale.js';
import type { SubjectKey } from '../../../platform/purge/purge-rules.js';
import type { Viewer } from '../../../platform/web/viewer.js';
import type { ShownOwner } from '../../documents/index.js';
import type { VisaRequest } from './visa-request.entity.js';

export interface StayName {
  readonly kind: string;
  readonly id: string;
}

/** What somebody comes for. Visa support knows no more of it than this, so that a registration and a visit are alike to it. */
export interface Stay extends StayName {
  /** The conference that they come to, also as members of a delegation. */
  readonly conferenceId: string | null;
  readonly personId: string;
  readonly locale: Locale;
  /** What is accepted and not cancelled asks for a visa; all else does not. */
  readonly active: boolean;
  readonly title: Localized;
  /** Days `YYYY-MM-DD` on the clock of `zone`; null: not settled yet, and then it is not active. */
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly zone: string;
  /** The day from which terms count; where no last day is settled, the feature that knows the stay gives one. */
  readonly countsFrom: string;
  /** The last day on which passport data are kept, where somebody has set one; else the usual term. */
  readonly keptUntil: string | null;
  /** What a legal hold may name besides the person. */
  readonly subjects: readonly SubjectKey[];
  /** The number that people know, `C27-0042`. */
  readonly number: string;
  /** What they do there, and what they come for (`title` goes into it): message keys. */
  readonly role: string;
  readonly purpose: string;
}

export interface StaySource {
  /** By id; those that are gone are left out. */
  of(ids: readonly string[]): Promise<Stay[]>;
  /** Stays of this kind that the same person has for the same occasion: one request serves them all. */
  alike(stay: Stay): Promise<StayName[]>;
  /** Of these requests those that the viewer may read, with the page of each. */
  readable(viewer: Viewer, requests: readonly VisaRequest[]): Promise<Map<string, ShownOwner>>;
}

/** Features that know stays name them here, each kind once. */
@Injectable()
export class VisaStays {
  private readonly sources = new Map<string, StaySource>();

  from(kind: string, source: StaySource): void {
    this.sources.set(kind, source);
  }

  /** By id, of one kind. */
  async of(kind: string, ids: readonly string[]): Promise<Map<string, Stay>> {
    const found = ids.length === 0 ? [] : ((await this.sources.get(kind)?.of(ids)) ?? []);
    return new Map(found.map((stay) => [stay.id, stay]));
  }

  async one({ stayKind, stayId }: { stayKind: string; stayId: string }): Promise<Stay | null> {
    return (await this.of(stayKind, [stayId])).get(stayId) ?? null;
  }

  /** Other stays of the same person for the same occasion: a delegate of a visit who has registered for its conference. */
  async alike(stay: Stay): Promise<StayName[]> {
    const others = [...this.sources].filter(([kind]) => kind !== stay.kind);
    return (await Promise.all(others.map(([, source]) => source.alike(stay)))).flat();
  }

  /** By id, those of the requests that the viewer may read. */
  async readable(viewer: Viewer, requests: readonly VisaRequest[]): Promise<Map<string, ShownOwner>> {
    const found = new Map<string, ShownOwner>();
    for (const [kind, source] of this.sources) {
      const ofKind = requests.filter(({ stayKind }) => stayKind === kind);
      if (ofKind.length > 0) for (const [id, shown] of await source.readable(viewer, ofKind)) found.set(id, shown);
    }
    return found;
  }
}
