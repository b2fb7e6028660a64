import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessLink } from './access-link.entity.js';
import { AccessLinks } from './access-links.service.js';
import { AccountCommands } from './account-commands.js';
import { Account } from './account.entity.js';
import { AccountsApi } from './accounts.api.js';
import { AccountJobs } from './accounts.jobs.js';
import { AccountMails } from './accounts.mails.js';
import { AdminAccountsPages } from './accounts.pages.js';
import { AccountQueries } from './accounts.queries.js';
import { Accounts } from './accounts.service.js';
import { ApiToken } from './api-token.entity.js';
import { ApiTokens } from './api-tokens.service.js';
import { Directories } from './directories.js';
import { Passwords } from './passwords.js';
import { PersonSignIn } from './person-sign-in.service.js';
import { PlaceNames } from './place-names.js';
import { ProfilePages } from './profile.pages.js';
import { RoleGrant } from './role-grant.entity.js';
import { SignIn } from './sign-in.entity.js';
import { SignInPages } from './sign-in.pages.js';
import { SignIns } from './sign-ins.service.js';
import { StaffPasswords } from './staff-passwords.service.js';
import { StaffSignInPages } from './staff-sign-in.pages.js';
import { TeamApi } from './team.api.js';
import { TeamPages } from './team.pages.js';
import { Viewers } from './viewers.js';

/** Who works here and who is signed in: staff accounts, roles, sign-ins, secret links, API tokens. */
@Module({
  imports: [TypeOrmModule.forFeature([Account, RoleGrant, SignIn, AccessLink, ApiToken])],
  controllers: [AccountsApi, AdminAccountsPages, ProfilePages, SignInPages, StaffSignInPages, TeamPages, TeamApi],
  providers: [
    AccessLinks,
    AccountCommands,
    AccountJobs,
    AccountMails,
    AccountQueries,
    Accounts,
    ApiTokens,
    Directories,
    Passwords,
    PersonSignIn,
    PlaceNames,
    SignIns,
    StaffPasswords,
    Viewers,
  ],
  exports: [AccessLinks, AccountCommands, Accounts, SignIns],
})
export class AccountsModule {}
