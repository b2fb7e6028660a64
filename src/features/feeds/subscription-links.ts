/** The ways to one secret calendar (CF10). */
export interface SubscriptionLinks {
  readonly path: string;
  readonly address: string;
  readonly host: string;
  readonly outlook: string;
}

export function subscriptionLinks(publicUrl: string, token: string, name: string): SubscriptionLinks {
  const path = `/feed/${token}.ics`;
  const address = publicUrl + path;
  const outlook = `https://outlook.live.com/calendar/0/addfromweb?url=${encodeURIComponent(address)}&name=${encodeURIComponent(name)}`;
  return { path, address, host: new URL(publicUrl).host, outlook };
}
