import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import type { Visit } from '../visit.entity.js';
import { emptyForm } from '../visits.schemas.js';
import { Visits } from '../visits.service.js';
import { DelegationLinks } from './delegation-links.service.js';
import { DelegationPage, roomOf } from './delegation-page.js';
import { linkForm } from './member.schemas.js';
import { Proposals } from './proposals.service.js';

/** The officers' side of the secret link: made and shown once, written to the guests, given up; and what the guests ask for. */
@ApiExcludeController()
@Controller('protocol/visits/:ref/delegation')
export class DelegationLinkPages {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly visits: Visits,
    private readonly links: DelegationLinks,
    private readonly proposals: Proposals,
    private readonly page: DelegationPage,
  ) {}

  /** Answers with the address itself, once: afterwards nobody can look it up. */
  @Post('link')
  @Staff('visit', 'count', 'any')
  async make(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return web.form(linkForm, body, {
      done: async ({ expiresOn }) => {
        const token = await this.links.make(visit, expiresOn);
        const locale = (await this.links.focalPoint(visit))?.locale ?? web.locale;
        const secret = `${this.config.publicUrl}/${locale}/delegation/${token}`;
        return this.page.list(web, visit, web.emptyForm(), { secret });
      },
      again: (form) => this.page.list(web, visit, form),
    });
  }

  @Post('link/letter')
  @Staff('visit', 'count', 'any')
  send(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return this.change(web, ref, emptyForm, body, 'sent', (visit) => this.links.send(visit));
  }

  @Post('link/revocation')
  @Staff('visit', 'count', 'any')
  revoke(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return this.change(web, ref, emptyForm, body, 'revoked', (visit) => this.links.revoke(visit));
  }

  @Post('proposals/:proposal/acceptance')
  @Staff('visit', 'count', 'any')
  take(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('proposal') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, emptyForm, body, 'taken', (visit) => this.proposals.take(visit, id));
  }

  @Post('proposals/:proposal/refusal')
  @Staff('visit', 'count', 'any')
  refuse(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('proposal') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, emptyForm, body, 'refused', (visit) => this.proposals.refuse(visit, id));
  }

  /** Opens the visit for writing, does it, and goes back to the delegation. */
  private async change<S extends z.ZodType>(
    web: WebContext,
    ref: string,
    schema: S,
    body: unknown,
    notice: string,
    work: (visit: Visit) => Promise<unknown>,
  ): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return web.form(schema, body, {
      done: async () => {
        await work(visit);
        return web.redirect(roomOf(visit), { key: `delegation.done.${notice}` });
      },
      again: (form) => this.page.list(web, visit, form),
    });
  }
}
