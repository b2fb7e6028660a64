import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { mayGrant, ROLES } from './access.rules.js';
import { stateOf } from './accounts.pages.js';
import { AccountQueries, type AccountWithGrants } from './accounts.queries.js';
import { emptyForm, teamForm, teamRevocationForm } from './accounts.schemas.js';
import { Accounts } from './accounts.service.js';

/** An organizer's own team: who holds a role in this conference. */
@Controller('org/c/:conf/team')
export class TeamPages {
  constructor(
    private readonly accounts: Accounts,
    private readonly queries: AccountQueries,
  ) {}

  @Get()
  @Staff('team', 'read')
  team(@Web() web: WebContext): Promise<string> {
    return this.show(web, web.emptyForm({ locale: web.locale }));
  }

  @Post()
  @Staff('team', 'write')
  invite(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(teamForm, body, {
      done: async ({ email, name, locale, role }) => {
        await this.accounts.invite(web.viewer, {
          email: email.address,
          name,
          locale,
          grants: [{ role, conferenceId: web.conference.id }],
        });
        return web.redirect(this.here(web), { key: 'accounts.invite.sent' });
      },
      again: (form) => this.show(web, form),
    });
  }

  @Post(':id/revocations')
  @Staff('team', 'write')
  async revoke(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    await this.member(web, id);
    return web.form(teamRevocationForm, body, {
      done: async ({ role, version }) => {
        await this.accounts.revoke(web.viewer, { id, version }, { role, conferenceId: web.conference.id });
        return web.redirect(this.here(web), { key: 'accounts.roles.saved' });
      },
      again: (form) => this.show(web, form),
    });
  }

  @Post(':id/invitation')
  @Staff('team', 'write')
  async inviteAgain(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    await this.member(web, id);
    return web.form(emptyForm, body, {
      done: async () => {
        await this.accounts.inviteAgain(id);
        return web.redirect(this.here(web), { key: 'accounts.invite.sent' });
      },
      again: (form) => this.show(web, form),
    });
  }

  /** An account of the path belongs to the conference of the path ([A3]). */
  private async member(web: WebContext, id: string): Promise<AccountWithGrants> {
    const found = (await this.queries.teamOf(web.conference.id)).find((account) => account.id === id);
    if (!found) throw new NotFound();
    return found;
  }

  private async show(web: WebContext, form: FormView): Promise<string> {
    const conferenceId = web.conference.id;
    const [team, held] = await Promise.all([this.queries.teamOf(conferenceId), this.queries.grantsOf(web.viewer.id)]);
    const may = ROLES.filter((role) => mayGrant(held, { role, conferenceId }));
    return web.page(
      'pages/accounts/team',
      {
        here: this.here(web),
        roles: may,
        team: team.map((account) => ({
          id: account.id,
          name: account.name,
          email: account.email,
          version: account.version,
          state: stateOf(account),
          grants: account.grants.map(({ role }) => ({
            role,
            removable: account.id !== web.viewer.id && may.includes(role),
          })),
        })),
      },
      {
        title: web.t('accounts.team.title'),
        layout: 'staff',
        section: 'conferences',
        form,
        breadcrumbs: [{ label: web.t('accounts.team.conference'), href: `/org/c/${web.conference.slug}` }],
      },
    );
  }

  private here(web: WebContext): string {
    return `/org/c/${web.conference.slug}/team`;
  }
}
