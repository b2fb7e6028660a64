import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OverviewFigures } from '../conferences/index.js';
import { InvitationQueries } from './invitation.queries.js';
import { isUnanswered } from './invitation.rules.js';
import { ReplyQueries } from './replies/reply.queries.js';

/** What invitations tell the overview of a conference: how many people owe an answer, and how many answers wait for us. */
@Injectable()
export class InvitationFigures implements OnModuleInit {
  constructor(
    private readonly figures: OverviewFigures,
    private readonly queries: InvitationQueries,
    private readonly replies: ReplyQueries,
  ) {}

  onModuleInit(): void {
    this.figures.add(async ({ id, slug }) => {
      const totals = await this.queries.totals(id);
      const value = totals.filter(({ state }) => isUnanswered(state)).reduce((sum, { count }) => sum + count, 0);
      const here = `/org/c/${slug}/invitations`;
      const waiting = await this.replies.waiting(id);
      return [
        { key: 'unanswered', object: 'invitation', value, href: `${here}?state=queued` },
        ...(waiting > 0
          ? [{ key: 'replies', object: 'invitation' as const, value: waiting, href: `${here}/replies` }]
          : []),
      ];
    });
  }
}
