import { Injectable } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import { DOCUMENT_GROUPS, type DocumentKind } from './document-kind.rules.js';

/** The kinds of documents that the house can make. Features declare theirs when they start. */
@Injectable()
export class DocumentKinds {
  private readonly kinds = new Map<string, DocumentKind>();

  declare(...kinds: readonly DocumentKind[]): void {
    for (const kind of kinds) {
      if (this.kinds.has(kind.kind)) throw new Error(`the kind of document ${kind.kind} is declared twice`);
      const twice = kind.fields.find(({ name }, at) => kind.fields.findIndex((one) => one.name === name) !== at);
      if (twice) throw new Error(`the document ${kind.kind} has two fields ${twice.name}`);
      this.kinds.set(kind.kind, kind);
    }
  }

  /** Throws NotFound. */
  one(kind: string): DocumentKind {
    const found = this.kinds.get(kind);
    if (!found) throw new NotFound();
    return found;
  }

  /** By group, in the order in which they were declared. */
  all(): DocumentKind[] {
    const order = (kind: DocumentKind) => DOCUMENT_GROUPS.indexOf(kind.group);
    return [...this.kinds.values()].toSorted((a, b) => order(a) - order(b));
  }
}
