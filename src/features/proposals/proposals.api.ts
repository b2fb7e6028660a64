import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Answers, etagOf, pageOf } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { proposalList, proposalOut, proposalQuery } from './proposal.schemas.js';
import { Proposals, type ListedProposal } from './proposals.service.js';

/** The papers of a conference for programs; only their authors write them. */
@ApiTags('proposals')
@Controller('api/v1/conferences/:conf/proposals')
export class ProposalsApi {
  constructor(private readonly proposals: Proposals) {}

  /** Drafts included. */
  @Get()
  @Staff('proposal', 'read')
  @Answers(proposalList)
  async list(
    @Web() web: WebContext,
    @Query({ schema: proposalQuery }) { limit, after, state }: z.output<typeof proposalQuery>,
  ): Promise<object> {
    const rows = await this.proposals.page(web.conference.id, { limit, after: after ?? null, state });
    const { items, next } = pageOf(rows, limit, ({ proposal }) => proposal.id);
    return { items: items.map(shown), next };
  }

  @Get(':proposal')
  @Staff('proposal', 'read')
  @Answers(proposalOut)
  async one(
    @Web() web: WebContext,
    @Param('proposal') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const found = await this.proposals.inConference(web.conference.id, id);
    void reply.header('etag', etagOf(found.proposal.version)).header('cache-control', 'private, no-store');
    return shown(found);
  }
}

function shown({ proposal, registration, author, strand }: ListedProposal): object {
  const { id, title, abstract, language, state, updatedAt, submittedAt, version } = proposal;
  return {
    id,
    title,
    abstract,
    language,
    strand: strand && { id: strand.id, code: strand.code, name: strand.name },
    state,
    author: { id: registration.person.publicId, name: author },
    registration: registration.publicId,
    form: registration.form,
    updatedAt,
    submittedAt,
    version,
  };
}
