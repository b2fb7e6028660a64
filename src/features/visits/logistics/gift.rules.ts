export const GIFT_WAYS = ['given', 'received'] as const;
export type GiftWay = (typeof GIFT_WAYS)[number];

/** Up to this level of guests a gift is usual; "ready a week ahead" is the officer's own tick. */
export const GIFTS_UP_TO_LEVEL = 3;

export interface ValuedGift {
  readonly id: string;
  readonly way: GiftWay;
  /** 1–5 of whom it is for; null: not said. */
  readonly rank: number | null;
  /** Minor units; null: not known. */
  readonly value: number | null;
  readonly currency: string | null;
}

/** Gifts that are given to people of one rank and are not worth the same: their ids, rank by rank. */
export function unequalGifts(gifts: readonly ValuedGift[]): string[] {
  const byRank = new Map<string, ValuedGift[]>();
  for (const gift of gifts) {
    if (gift.way !== 'given' || gift.rank === null || gift.value === null) continue;
    const key = `${gift.rank} ${gift.currency ?? ''}`;
    byRank.set(key, [...(byRank.get(key) ?? []), gift]);
  }
  return [...byRank.values()]
    .filter((same) => new Set(same.map(({ value }) => value)).size > 1)
    .flatMap((same) => same.map(({ id }) => id));
}

/** Who gets no gift yet: ids of members of these ranks that no gift is for. */
export function withoutGift(
  members: readonly { readonly id: string; readonly level: number | null }[],
  gifts: readonly { readonly way: GiftWay; readonly memberId: string | null }[],
  upTo: number,
): string[] {
  const given = new Set(gifts.flatMap(({ way, memberId }) => (way === 'given' && memberId !== null ? [memberId] : [])));
  return members.filter(({ id, level }) => level !== null && level <= upTo && !given.has(id)).map(({ id }) => id);
}
