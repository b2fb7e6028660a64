/** Minor units as somebody types them into a field: `180.50`; nothing for what is not known. */
export function typedMoney(minor: number | null): string | null {
  return minor === null ? null : (minor / 100).toFixed(2);
}
