import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { fileKindOf } from '../../../platform/documents/file-kind.rules.js';
import { etagOf, versionFrom } from '../../../platform/web/api.js';
import { Attempts } from '../../../platform/web/attempts.js';
import { reading } from '../../../platform/web/file-problems.js';
import { uploadedFile } from '../../../platform/web/uploads.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import { VisaDesk, type QueueRow } from './visa-desk.service.js';
import { VisaLetters } from './visa-letters.service.js';
import type { VisaRequest } from './visa-request.entity.js';
import { VisaRequests } from './visa-requests.service.js';
import { shownMask, VisaVault } from './visa-vault.service.js';
import type { concludeInput, correctInput, decideInput, letterInput, revealInput, sendInput } from './visa.schemas.js';

/** One request of a program: what it asks, and where the answer goes. */
export interface VisaCall {
  readonly web: WebContext;
  readonly request: VisaRequest;
  readonly reply: FastifyReply;
}

/** A visa request for programs, in a conference or at a visit: masked, and each step against the version that was read. */
@Injectable()
export class VisaAnswers {
  constructor(
    private readonly attempts: Attempts,
    private readonly desk: VisaDesk,
    private readonly requests: VisaRequests,
    private readonly letters: VisaLetters,
    private readonly vault: VisaVault,
  ) {}

  async one({ request, reply }: Pick<VisaCall, 'request' | 'reply'>): Promise<object> {
    const [row, opened, letters] = await Promise.all([
      this.desk.row(request),
      this.vault.open(request.id),
      this.letters.of(request.id),
    ]);
    const { entryOn, exitOn, entries, consulate, delivery, sentAt, note, purgedAt, version } = request;
    void reply.header('etag', etagOf(version)).header('cache-control', 'private, no-store');
    const details = Object.fromEntries([...opened].map(([field, value]) => [field, shownMask(field, value)]));
    return {
      ...listed(row),
      entryOn,
      exitOn,
      entries,
      consulate,
      delivery,
      sentAt,
      note,
      purgedAt,
      details,
      letters,
      version,
    };
  }

  async reveal({ request, reply }: VisaCall, { what, reason }: z.output<typeof revealInput>): Promise<object> {
    const revealed = await this.desk.reveal(request, what, reason);
    void reply.header('cache-control', 'private, no-store');
    if ('details' in revealed) return { details: Object.fromEntries(revealed.details), file: null };
    const { filename, type, bytes } = revealed.file;
    return { details: null, file: { filename, type, base64: bytes.toString('base64') } };
  }

  correct(call: VisaCall, { cyrillicName }: z.output<typeof correctInput>): Promise<object> {
    return this.change(call, (read) => this.requests.correct(read, cyrillicName));
  }

  draft(call: VisaCall, input: z.output<typeof letterInput>): Promise<object> {
    return this.change(call, async (read) => this.letters.draft(await this.desk.stayOf(call.request), read, input));
  }

  sign(call: VisaCall): Promise<object> {
    return this.change(call, async (read) => {
      await this.attempts.count('upload', call.web.viewer.id);
      const { filename, bytes } = uploadedFile(call.web.request);
      const format = await reading(() => Promise.resolve(fileKindOf(filename, bytes)));
      return this.letters.sign(read, { format, bytes });
    });
  }

  send(call: VisaCall, { delivery }: z.output<typeof sendInput>): Promise<object> {
    return this.change(call, (read) => this.letters.send(read, delivery));
  }

  conclude(call: VisaCall, { outcome, note }: z.output<typeof concludeInput>): Promise<object> {
    return this.change(call, (read) => this.desk.conclude(read, outcome, note));
  }

  decide(call: VisaCall, { need, why }: z.output<typeof decideInput>): Promise<object> {
    return this.change(call, (read) => this.desk.decide(read, need, why));
  }

  private async change(
    { web, request, reply }: VisaCall,
    act: (read: { id: string; version: number }) => Promise<VisaRequest>,
  ): Promise<object> {
    const version = versionFrom(web.request satisfies FastifyRequest);
    return this.one({ request: await act({ id: request.id, version }), reply });
  }
}

/** A request as a queue lists it. */
export function listed({ request, stay, name, country }: QueueRow): object {
  const { publicId, state, mismatch, expiresSoon, updatedAt } = request;
  return { id: publicId, number: stay?.number ?? '', name, country, state, mismatch, expiresSoon, updatedAt };
}
