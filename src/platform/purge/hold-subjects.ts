import { Injectable } from '@nestjs/common';

/** A kind of thing that a legal hold may name. */
export interface HoldSubject {
  /** The id behind what people call it; null: there is none. */
  find(text: string): Promise<string | null>;
  /** How each is called, by id: nothing but what somebody typed to name it. */
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Features declare what of theirs may be held. */
@Injectable()
export class HoldSubjects {
  private readonly sources = new Map<string, HoldSubject>();

  declare(kind: string, source: HoldSubject): void {
    this.sources.set(kind, source);
  }

  kinds(): readonly string[] {
    return [...this.sources.keys()].sort();
  }

  async find(kind: string, text: string): Promise<string | null> {
    return (await this.sources.get(kind)?.find(text)) ?? null;
  }

  /** By `kind:id`. */
  async names(
    held: readonly { readonly subjectKind: string; readonly subjectId: string }[],
  ): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    for (const [kind, source] of this.sources) {
      const ids = [...new Set(held.flatMap((one) => (one.subjectKind === kind ? [one.subjectId] : [])))];
      if (ids.length > 0) for (const [id, name] of await source.names(ids)) names.set(`${kind}:${id}`, name);
    }
    return names;
  }
}
