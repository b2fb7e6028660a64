import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { Answers } from '../../../platform/web/api.js';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import type { Visit } from '../visit.entity.js';
import { Visits } from '../visits.service.js';
import { DelegationLinks } from './delegation-links.service.js';
import { linkInput, linkOut, proposalsOut } from './member.schemas.js';
import { Proposals } from './proposals.service.js';

/** The secret link of a delegation's own side, and what it asks for, for programs. */
@ApiTags('visits')
@Controller('api/v1/visits/:ref')
export class DelegationLinkApi {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly visits: Visits,
    private readonly links: DelegationLinks,
    private readonly proposals: Proposals,
  ) {}

  /** Makes a link; an earlier one ends. */
  @Post('members/link')
  @Staff('visit', 'count', 'any')
  @Answers(linkOut, { status: 201 })
  async make(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: linkInput }) { expiresOn }: z.output<typeof linkInput>,
  ) {
    const visit = await this.writable(web, ref);
    const token = await this.links.make(visit, expiresOn);
    const { expiresAt } = (await this.links.current(visit))!;
    return { url: `${this.config.publicUrl}/${web.locale}/delegation/${token}`, expiresAt };
  }

  @Delete('members/link')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async revoke(@Web() web: WebContext, @Param('ref') ref: string): Promise<void> {
    await this.links.revoke(await this.writable(web, ref));
  }

  /** Writes the link to the focal point of the visit's institution. */
  @Post('members/link/letters')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async send(@Web() web: WebContext, @Param('ref') ref: string): Promise<void> {
    await this.links.send(await this.writable(web, ref));
  }

  /** What waits for an answer, the oldest first; the words are on the page. */
  @Get('members/proposals')
  @Staff('visit', 'count', 'any')
  @Answers(proposalsOut)
  async open(@Web() web: WebContext, @Param('ref') ref: string) {
    return { items: await this.proposals.open(await this.writable(web, ref)) };
  }

  @Post('members/proposals/:proposal/acceptance')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async take(@Web() web: WebContext, @Param('ref') ref: string, @Param('proposal') id: string): Promise<void> {
    await this.proposals.take(await this.writable(web, ref), id);
  }

  @Post('members/proposals/:proposal/refusal')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async refuse(@Web() web: WebContext, @Param('ref') ref: string, @Param('proposal') id: string): Promise<void> {
    await this.proposals.refuse(await this.writable(web, ref), id);
  }

  private writable(web: WebContext, ref: string): Promise<Visit> {
    return this.visits.open(web.viewer, ref, 'write');
  }
}
