import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { pickText } from '../../../kernel/locale.js';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { pairsOf, personName } from '../../people/index.js';
import { base, frame, sessionsCrumb } from '../staff-pages.js';
import { proposalQuery, seatsForm } from './interpretation.schemas.js';
import { boothLabel } from './interpretation-words.js';
import type { AskedBooth } from './roster-question.js';
import { RosterProposals, type LackingBooth, type RosterProposal } from './roster-proposals.service.js';

type Asked = z.output<typeof proposalQuery>;

/** Who could interpret where: shown as what would be added, taken over in whole or in part. */
@Controller('org/c/:conf/interpreters/proposal')
export class RosterProposalPages {
  constructor(private readonly proposals: RosterProposals) {}

  @Get()
  @Staff('programme', 'write')
  async show(@Web() web: WebContext, @Query({ schema: proposalQuery }) asked: Asked): Promise<string> {
    return this.page(web, asked, web.emptyForm());
  }

  @Post()
  @Staff('programme', 'write')
  async accept(
    @Web() web: WebContext,
    @Query({ schema: proposalQuery }) asked: Asked,
    @Body() body: unknown,
  ): Promise<string> {
    return web.form(seatsForm, body, {
      done: async ({ seat }) => {
        const made = await this.proposals.accept(web.conference.id, seat);
        return web.redirect(`${base(web)}/interpreters`, {
          key: 'programme.interpretation.accepted',
          params: { count: made.length },
        });
      },
      again: (form) => this.page(web, asked, form),
    });
  }

  private async page(web: WebContext, asked: Asked, form: FormView): Promise<string> {
    const proposal = await this.proposals.propose(web.conference.id, asked);
    const here = `${base(web)}/interpreters`;
    const lacking = (one: LackingBooth) => ({ ...shown(web, one), missing: one.missing });
    const chosen = new Set([form.values['seat'] ?? []].flat());
    const seats = proposal.seats.map(({ interpreted, booth, person }) => {
      const value = `${interpreted.session.id}:${person.id}`;
      return {
        ...shown(web, { interpreted, booth }),
        value,
        id: `seat-${interpreted.session.id}-${person.id}`,
        name: personName(person),
        checked: !form.failed || chosen.has(value),
      };
    });
    const model = {
      here,
      base: base(web),
      action: `${here}/proposal${queryOf(asked)}`,
      zone: proposal.programme.zone,
      isExact: proposal.state === 'exact',
      stale: form.failed && web.reply.statusCode === 409,
      sessions: [...Map.groupBy(seats, ({ href }) => href).values()].map((own) => ({ ...own[0]!, seats: own })),
      count: seats.length,
      groups: proposal.groups.map(({ empty, because, isMinimal }) => ({
        isMinimal,
        empty: empty.map(lacking),
        because: because.map((one) => shown(web, one)),
      })),
      left: proposal.left.map(lacking),
      candidates: candidatesOf(web, proposal),
    };
    const crumbs = [sessionsCrumb(web), { label: web.t('programme.interpretation.title'), href: here }];
    const title = web.t('programme.interpretation.proposal.title');
    return web.page(
      'pages/programme/interpretation-proposal',
      model,
      frame(web, title, { form, crumbs, styles: ['css/interpretation.css'] }),
    );
  }
}

function shown(web: WebContext, { interpreted: { session }, booth }: AskedBooth) {
  return {
    href: `${base(web)}/sessions/${session.id}`,
    title: pickText(session.title, web.locale).text,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    booth: boothLabel(web.locale, booth),
  };
}

function candidatesOf(web: WebContext, { candidates }: RosterProposal) {
  return candidates.map(({ person, profile, isAsked }) => ({
    value: person.publicId,
    name: personName(person),
    pairs: pairsOf(profile.directions),
    standing: profile.standing,
    checked: isAsked,
  }));
}

/** The people who were asked about stay asked about. */
function queryOf(asked: Asked): string {
  if (asked === null) return '';
  const query = new URLSearchParams({ some: '1' });
  for (const id of asked) query.append('ask', id);
  return `?${query.toString()}`;
}
