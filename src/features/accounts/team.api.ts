import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { z } from 'zod';
import { NotFound } from '../../kernel/errors.js';
import { Answers } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { AccountQueries, type AccountWithGrants } from './accounts.queries.js';
import { teamForm, teamMemberOut, teamOut, teamRevocationForm } from './accounts.schemas.js';
import { Accounts } from './accounts.service.js';

/** Who holds a role in a conference, for programs, with the rules of the organizers' page. */
@ApiTags('accounts')
@Controller('api/v1/conferences/:conf/team')
export class TeamApi {
  constructor(
    private readonly accounts: Accounts,
    private readonly queries: AccountQueries,
  ) {}

  @Get()
  @Staff('team', 'read')
  @Answers(teamOut)
  async list(@Web() web: WebContext): Promise<object> {
    return { items: (await this.queries.teamOf(web.conference.id)).map(shown) };
  }

  /** Gives a role; whoever has no account yet is invited by mail. */
  @Post()
  @Staff('team', 'write')
  @Answers(teamMemberOut, { status: 201 })
  async invite(
    @Web() web: WebContext,
    @Body({ schema: teamForm }) { email, name, locale, role }: z.output<typeof teamForm>,
  ): Promise<object> {
    const grants = [{ role, conferenceId: web.conference.id }];
    return this.one(web, await this.accounts.invite(web.viewer, { email: email.address, name, locale, grants }));
  }

  /** Takes a role away. `version` is that of the account, as it was read. */
  @Post(':account/revocations')
  @HttpCode(204)
  @Staff('team', 'write')
  async revoke(
    @Web() web: WebContext,
    @Param('account') id: string,
    @Body({ schema: teamRevocationForm }) { role, version }: z.output<typeof teamRevocationForm>,
  ): Promise<void> {
    await this.member(web, id);
    await this.accounts.revoke(web.viewer, { id, version }, { role, conferenceId: web.conference.id });
  }

  /** The mail of the invitation once more, with a new link. */
  @Post(':account/invitation')
  @HttpCode(204)
  @Staff('team', 'write')
  async inviteAgain(@Web() web: WebContext, @Param('account') id: string): Promise<void> {
    await this.member(web, id);
    await this.accounts.inviteAgain(id);
  }

  private async one(web: WebContext, id: string): Promise<object> {
    return shown(await this.member(web, id));
  }

  /** An account of the path belongs to the conference of the path ([A3]). */
  private async member(web: WebContext, id: string): Promise<AccountWithGrants> {
    const found = (await this.queries.teamOf(web.conference.id)).find((account) => account.id === id);
    if (!found) throw new NotFound();
    return found;
  }
}

function shown({ id, email, name, active, passwordHash, grants, version }: AccountWithGrants): object {
  return { id, email, name, active, ready: passwordHash !== null, roles: grants.map(({ role }) => role), version };
}
