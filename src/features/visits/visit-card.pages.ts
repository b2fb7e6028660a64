import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import type { FormView } from '../../platform/web/form.js';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { NotFound } from '../../kernel/errors.js';
import { VisitPapers } from './papers/papers.service.js';
import { VisitCard } from './visit-card.js';
import { frame } from './visit-frame.js';
import { VisitQuestions } from './visit-questions.js';
import { changeVisit } from './visit-change.js';
import type { Visit } from './visit.entity.js';
import {
  decisionForm,
  emptyForm,
  namedForm,
  overrideForm,
  paperForm,
  restoreForm,
  stepForm,
} from './visits.schemas.js';
import { Visits } from './visits.service.js';

/** The card of a visit, and every small form on it. */
@ApiExcludeController()
@Controller('protocol/visits/:ref')
export class VisitCardPages {
  constructor(
    private readonly visits: Visits,
    private readonly papers: VisitPapers,
    private readonly cards: VisitCard,
    private readonly questions: VisitQuestions,
  ) {}

  @Get()
  @Staff('visit', 'count', 'any')
  async card(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    return this.cards.show(web, await this.visits.open(web.viewer, ref), web.emptyForm());
  }

  @Get('decision')
  @Staff('visit', 'count', 'any')
  async askDecision(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    const { decidedBy, decidedOn, decision } = visit;
    return this.questions.decision(web, visit, web.emptyForm({ decidedBy, decidedOn, decision }));
  }

  @Post('decision')
  @Staff('visit', 'count', 'any')
  decide(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return this.change(web, ref, decisionForm, body, {
      notice: 'decided',
      work: (visit, { version, ...changes }) => this.visits.edit({ id: visit.id, version }, changes),
      again: (visit, form) => this.questions.decision(web, visit, form),
    });
  }

  @Get('step/:to')
  @Staff('visit', 'count', 'any')
  async askStep(@Web() web: WebContext, @Param('ref') ref: string, @Param('to') to: string): Promise<string> {
    return this.questions.step(web, await this.visits.open(web.viewer, ref, 'write'), to, web.emptyForm());
  }

  @Post('step')
  @Staff('visit', 'count', 'any')
  step(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return this.change(web, ref, stepForm, body, {
      notice: 'stepped',
      work: (visit, { version, ...step }) => this.visits.step({ id: visit.id, version }, step),
      again: (visit, form) => this.questions.step(web, visit, form.values['to'], form),
    });
  }

  @Get('readiness/:key')
  @Staff('visit', 'count', 'any')
  async askOverride(@Web() web: WebContext, @Param('ref') ref: string, @Param('key') key: string): Promise<string> {
    return this.questions.override(web, await this.visits.open(web.viewer, ref, 'write'), key, web.emptyForm());
  }

  @Post('readiness')
  @Staff('visit', 'count', 'any')
  override(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return this.change(web, ref, overrideForm, body, {
      notice: 'overridden',
      work: (visit, { key, reason }) => this.visits.override(visit, key, reason),
      again: (visit, form) => this.questions.override(web, visit, form.values['key'], form),
    });
  }

  @Post('readiness/restoration')
  @Staff('visit', 'count', 'any')
  restore(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return this.change(web, ref, restoreForm, body, {
      notice: 'restored',
      work: (visit, { key }) => this.visits.restore(visit, key),
    });
  }

  @Post('named')
  @Staff('visit', 'count', 'any')
  name(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return this.change(web, ref, namedForm, body, {
      notice: 'named',
      work: (visit, { accountId }) => this.visits.name(visit, accountId),
    });
  }

  @Post('named/:account/removal')
  @Staff('visit', 'count', 'any')
  unname(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('account') account: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, emptyForm, body, {
      notice: 'unnamed',
      work: (visit) => this.visits.unname(visit, account),
    });
  }

  @Post('papers')
  @Staff('visit', 'count', 'any')
  enter(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return this.change(web, ref, paperForm, body, {
      notice: 'paperEntered',
      makes: true,
      work: (visit, input) => this.papers.enter(visit, input),
    });
  }

  /** What a letter of the file says, where it was pasted. */
  @Get('papers/:paper')
  @Staff('visit', 'count', 'any')
  async paper(@Web() web: WebContext, @Param('ref') ref: string, @Param('paper') id: string): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'inner');
    const paper = await this.papers.one(visit, id);
    if (paper.text === null) throw new NotFound();
    const { kind, number, issuedOn, text } = paper;
    const title = web.t(`visit.paper.kinds.${kind}`);
    return web.page(
      'pages/visits/paper',
      { number, issuedOn, text },
      { ...frame(web, title, visit), styles: ['css/letter.css'] },
    );
  }

  @Post('papers/:paper/removal')
  @Staff('visit', 'count', 'any')
  removePaper(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('paper') paper: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, emptyForm, body, {
      notice: 'paperRemoved',
      work: (visit) => this.papers.remove(visit, paper),
    });
  }

  /** Opens the visit for writing, does it, and goes back to the card; what is refused comes back on its page, or the card. */
  private change<S extends z.ZodType>(
    web: WebContext,
    ref: string,
    schema: S,
    body: unknown,
    ways: {
      notice: string;
      makes?: boolean;
      work: (visit: Visit, input: z.output<S>) => Promise<unknown>;
      again?: (visit: Visit, form: FormView) => Promise<string>;
    },
  ): Promise<string> {
    return changeVisit(web, this.visits, ref, {
      schema,
      body,
      again: (visit, form) => this.cards.show(web, visit, form),
      ...ways,
      room: '',
    });
  }
}
