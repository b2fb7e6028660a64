import type { LightMyRequestResponse } from 'fastify';
import { PolicyCheck } from '../../src/platform/web/policy-check.js';
import { ORIGIN, type TestApp } from './app.js';
import type { Client } from './client.js';
import type { Scene } from './scene.js';

export const HOST = new URL(ORIGIN).host;
export const FORM = 'application/x-www-form-urlencoded';
export const UNKNOWN_ID = '0190f000-0000-7000-8000-00000000dead';

let visits = 0;

/** One bare request, as given: no cookies, each from an address of its own, so that no limit of a whole suite is met. */
export function send(
  { app }: Pick<TestApp, 'app'>,
  method: string,
  url: string,
  headers: Record<string, string> = {},
  payload?: string,
): Promise<LightMyRequestResponse> {
  visits++;
  return app.inject({
    method: method as 'GET',
    url,
    remoteAddress: `10.${(visits >> 16) & 255}.${(visits >> 8) & 255}.${visits & 255}`,
    headers: { host: HOST, ...headers },
    ...(payload === undefined ? {} : { payload }),
  });
}

/** The cookies that a signed-in visitor sends. */
export function cookiesOf(client: Client): string {
  return ['session', 'form']
    .flatMap((name) => (client.cookie(name) ? [`${name}=${client.cookie(name)}`] : []))
    .join('; ');
}

export function tokenIn(html: string): string {
  const token = /name="_csrf" value="([^"]+)"/.exec(html)?.[1];
  if (!token) throw new Error('the page holds no form token');
  return token;
}

/** A route's path with the ids of a conference in the places of its parameters; what nobody knows gets an unknown id. */
export function filled(
  path: string,
  { conference, registration, sessionId, talkId, assignmentId, strandId, invitationId, quotaId, waveId, person }: Scene,
  code = UNKNOWN_ID,
): string {
  return path
    .replace(':conf', conference.slug)
    .replace(':reg', registration.publicId)
    .replace(':talk', talkId)
    .replace(':assignment', assignmentId)
    .replace(':inv', invitationId)
    .replace(':quota', quotaId)
    .replace(':wave', waveId)
    .replace(':person', person.id)
    .replace(/strands\/:(id|strand)/, `strands/${strandId}`)
    .replace(/sessions\/:id/, `sessions/${sessionId}`)
    .replace(':number', '1')
    .replace(':code', code)
    .replace(/:\w+/g, UNKNOWN_ID);
}

/** A page without what differs from visit to visit: form token, key, request id. */
export function still(body: string): string {
  return body
    .replace(/(name="_(?:csrf|key)" value=")[^"]*/g, '$1')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'REQUEST');
}

/** Every address that anyone may read, in all languages, of one conference. */
export function publicAddresses({ get }: Pick<TestApp, 'get'>, of: Scene, codes: readonly string[]): string[] {
  const routes = get(PolicyCheck)
    .routes()
    .filter(({ policy, methods }) => policy.kind === 'anyone' && methods === 'GET');
  return [
    ...new Set(
      routes
        .flatMap(({ paths }) => paths)
        .flatMap((path) => (path.includes(':code') ? codes.map((code) => filled(path, of, code)) : [filled(path, of)])),
    ),
  ];
}
