export interface Mailbox {
  name: string;
  address: string;
}

/** Reads `Name <a@b>` or `a@b` from the configuration. Throws when there is no address in it. */
export function parseMailbox(value: string): Mailbox {
  const match = /^\s*(?:"?([^"<>]*?)"?\s*<([^<>\s]+@[^<>\s]+)>|([^<>\s]+@[^<>\s]+))\s*$/.exec(value);
  const address = match?.[2] ?? match?.[3];
  if (!address) throw new Error('MAIL_FROM must be an address such as "Skaryna <conferences@example.org>"');
  return { name: match?.[1]?.trim() ?? '', address };
}
