import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/web/viewer.js';

/** What a document belongs to, as the register shows it. */
export interface ShownOwner {
  readonly label: string;
  /** Where it is; empty for what has no page. */
  readonly href: string;
}

/** Tells who may know of what a document belongs to. A feature above fills it for its kind of thing. */
export interface DocumentOwnerSource {
  /** Of these rows those that the viewer may read, with how they are called. */
  readable(viewer: Viewer, ids: readonly string[]): Promise<ReadonlyMap<string, ShownOwner>>;
}

/** The kinds of things that documents belong to. What no source answers for, nobody sees in the register ([A5]). */
@Injectable()
export class DocumentOwners {
  private readonly sources = new Map<string, DocumentOwnerSource>();

  declare(kind: string, source: DocumentOwnerSource): void {
    this.sources.set(kind, source);
  }

  /** `kind:id` of what the viewer may read. One question for each kind. */
  async readable(
    viewer: Viewer,
    owners: readonly { readonly ownerKind: string; readonly ownerId: string }[],
  ): Promise<Map<string, ShownOwner>> {
    const found = new Map<string, ShownOwner>();
    for (const [kind, source] of this.sources) {
      const ids = new Set(owners.flatMap(({ ownerKind, ownerId }) => (ownerKind === kind ? [ownerId] : [])));
      if (ids.size === 0) continue;
      for (const [id, shown] of await source.readable(viewer, [...ids])) found.set(`${kind}:${id}`, shown);
    }
    return found;
  }
}
