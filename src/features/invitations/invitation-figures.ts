import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OverviewFigures } from '../conferences/index.js';
import { InvitationQueries } from './invitation.queries.js';
import { isUnanswered } from './invitation.rules.js';

/** What invitations tell the overview of a conference: how many people owe an answer. */
@Injectable()
export class InvitationFigures implements OnModuleInit {
  constructor(
    private readonly figures: OverviewFigures,
    private readonly queries: InvitationQueries,
  ) {}

  onModuleInit(): void {
    this.figures.add(async ({ id, slug }) => {
      const totals = await this.queries.totals(id);
      const value = totals.filter(({ state }) => isUnanswered(state)).reduce((sum, { count }) => sum + count, 0);
      return [{ key: 'unanswered', object: 'invitation', value, href: `/org/c/${slug}/invitations?state=queued` }];
    });
  }
}
