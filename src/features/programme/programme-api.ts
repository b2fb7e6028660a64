import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotFound } from '../../kernel/errors.js';
import { etagOf, versionFrom } from '../../platform/web/api.js';
import type { ConferenceInPath } from '../../platform/web/access.js';
import { readStart } from './place.rules.js';
import type { Read } from './sessions.service.js';

/** The conference of the path, which the policy has found. */
export function conferenceOf(request: FastifyRequest): ConferenceInPath {
  if (!request.conference) throw new Error('this route has no conference');
  return request.conference;
}

/** The row of the path in the version that the caller has seen. */
export function readFrom(request: FastifyRequest, id: string): Read {
  return { id, version: versionFrom(request) };
}

export function tagged<T>(reply: FastifyReply, { version }: { version: number }, answer: T): T {
  void reply.header('etag', etagOf(version));
  return answer;
}

/** A start of the API: a moment, or a local time on the programme's clock. */
export function startOf(start: Date | string | null, zone: string, field: string): Date | null {
  return start === null ? null : momentOf(start, zone, field);
}

/** The same where it must be given. */
export function momentOf(moment: Date | string, zone: string, field: string): Date {
  return typeof moment === 'string' ? readStart(moment, zone, field).instant : moment;
}

/** The number of a release in an address. Throws NotFound for anything else. */
export function releaseNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new NotFound();
  return Number(text);
}
