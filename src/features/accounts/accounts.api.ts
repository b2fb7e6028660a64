import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { NotFound } from '../../kernel/errors.js';
import { Answers, etagOf, listOf, listQuery, pageOf, versionFrom } from '../../platform/web/api.js';
import { SignedIn, Staff } from '../../platform/web/policy.js';
import type { Viewer } from '../../platform/web/viewer.js';
import { AccountQueries, type AccountWithGrants } from './accounts.queries.js';
import {
  accountChanges,
  accountInput,
  accountOut,
  apiTokenInput,
  apiTokenOut,
  newApiTokenOut,
} from './accounts.schemas.js';
import { Accounts } from './accounts.service.js';
import { ApiTokens } from './api-tokens.service.js';

/** Staff accounts for programs: the same services and schemas as the pages. */
@ApiTags('accounts')
@Controller('api/v1')
export class AccountsApi {
  constructor(
    private readonly accounts: Accounts,
    private readonly queries: AccountQueries,
    private readonly tokens: ApiTokens,
  ) {}

  @Get('me')
  @SignedIn('account')
  @Answers(accountOut)
  me(@Req() request: FastifyRequest): Promise<z.input<typeof accountOut>> {
    return this.one(viewerOf(request).id);
  }

  @Get('accounts')
  @Staff('account', 'read', 'any')
  @Answers(listOf(accountOut))
  async list(@Query({ schema: listQuery }) { limit, after }: z.output<typeof listQuery>) {
    const { items, next } = pageOf(
      await this.queries.list({ limit, ...(after === undefined ? {} : { after }) }),
      limit,
      (account) => account.id,
    );
    return { items: items.map(shown), next };
  }

  @Post('accounts')
  @Staff('account', 'write', 'any')
  @HttpCode(201)
  @Answers(accountOut, { status: 201 })
  async invite(@Req() request: FastifyRequest, @Body({ schema: accountInput }) input: z.output<typeof accountInput>) {
    return this.one(await this.accounts.invite(viewerOf(request), { ...input, email: input.email.address }));
  }

  @Get('accounts/:id')
  @Staff('account', 'read', 'any')
  @Answers(accountOut)
  async get(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.tagged(id, reply);
  }

  /** Roles (all of them at once) and whether anybody may sign in to it. */
  @Patch('accounts/:id')
  @Staff('account', 'write', 'any')
  @Answers(accountOut)
  async change(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body({ schema: accountChanges }) input: z.output<typeof accountChanges>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.accounts.change(viewerOf(request), { id, version: versionFrom(request) }, input);
    return this.tagged(id, reply);
  }

  @Get('tokens')
  @SignedIn('account')
  @Answers(listOf(apiTokenOut))
  async ownTokens(@Req() request: FastifyRequest) {
    return { items: await this.tokens.of(viewerOf(request).id), next: null };
  }

  /** The token is in this answer and nowhere else. */
  @Post('tokens')
  @SignedIn('account')
  @HttpCode(201)
  @Answers(newApiTokenOut, { status: 201 })
  createToken(@Req() request: FastifyRequest, @Body({ schema: apiTokenInput }) input: z.output<typeof apiTokenInput>) {
    return this.tokens.create(viewerOf(request).id, input);
  }

  @Delete('tokens/:id')
  @SignedIn('account')
  @HttpCode(204)
  revokeToken(@Req() request: FastifyRequest, @Param('id') id: string): Promise<void> {
    return this.tokens.revoke(viewerOf(request).id, id);
  }

  private async tagged(id: string, reply: FastifyReply) {
    const account = await this.one(id);
    void reply.header('etag', etagOf(account.version));
    return account;
  }

  private async one(id: string): Promise<z.input<typeof accountOut>> {
    const [account] = await this.queries.withGrants({ id }, 1);
    if (!account) throw new NotFound();
    return shown(account);
  }
}

/** No password hash, and no key of the address, ever leaves. */
function shown({
  id,
  email,
  name,
  locale,
  active,
  passwordHash,
  grants,
  createdAt,
  version,
}: AccountWithGrants): z.input<typeof accountOut> {
  return { id, email, name, locale, active, ready: passwordHash !== null, grants, createdAt, version };
}

function viewerOf(request: FastifyRequest): Viewer {
  if (!request.viewer) throw new Error('this route has no viewer');
  return request.viewer;
}
