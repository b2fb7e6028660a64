import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { RuleViolation } from '../../../kernel/errors.js';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import type { Programme } from '../programme.entity.js';
import { Programmes } from '../programmes.service.js';
import { base, frame, sessionsCrumb } from '../staff-pages.js';
import { BoardDesk } from './board-desk.service.js';
import type { BoardCommand } from './board-steps.service.js';
import { boardAddress } from './board.pages.js';
import { BoardQueries } from './board.queries.js';
import { SEVERAL } from './board.schemas.js';
import { placeText, titleOf } from './board-words.js';

type Step = keyof typeof SEVERAL;
type Asked = Record<string, unknown>;
type Preview = Awaited<ReturnType<BoardDesk['preview']>>;

/** What a link from the board may bring along; with nothing else the form is empty and there is no preview yet. */
const BROUGHT = ['day', 'a', 'from'];

/** Shift, swap, copy a day: asked by an address, shown beforehand with the conflicts that they would make, then confirmed. */
@Controller('org/c/:conf/board')
export class SeveralPages {
  constructor(
    private readonly programmes: Programmes,
    private readonly queries: BoardQueries,
    private readonly desk: BoardDesk,
  ) {}

  @Get('shift')
  @Staff('programme', 'write')
  showShift(@Web() web: WebContext, @Query() query: Asked): Promise<string> {
    return this.ask(web, 'shift', query);
  }

  @Post('shift')
  @Staff('programme', 'write')
  shift(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return this.confirm(web, 'shift', body);
  }

  @Get('swap')
  @Staff('programme', 'write')
  showSwap(@Web() web: WebContext, @Query() query: Asked): Promise<string> {
    return this.ask(web, 'swap', query);
  }

  @Post('swap')
  @Staff('programme', 'write')
  swap(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return this.confirm(web, 'swap', body);
  }

  @Get('copy-day')
  @Staff('programme', 'write')
  showCopyDay(@Web() web: WebContext, @Query() query: Asked): Promise<string> {
    return this.ask(web, 'copy-day', query);
  }

  @Post('copy-day')
  @Staff('programme', 'write')
  copyDay(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return this.confirm(web, 'copy-day', body);
  }

  private async ask(web: WebContext, step: Step, query: Asked): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    if (Object.keys(query).every((name) => BROUGHT.includes(name)))
      return this.page(web, programme, step, web.emptyForm(query), null);
    return web.form(SEVERAL[step].asked, query, {
      done: async (asked) => {
        const preview = await this.desk.preview(web, programme, commandOf(step, asked));
        return this.page(web, programme, step, web.emptyForm(query), preview);
      },
      again: (form) => this.page(web, programme, step, form, null),
    });
  }

  private async confirm(web: WebContext, step: Step, body: unknown): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    return web.form(SEVERAL[step].confirmed, body, {
      done: async (asked) => {
        const command = commandOf(step, asked);
        const { said } = await this.desk.run(web, programme, command);
        const day = 'to' in command ? command.to : 'day' in command ? command.day : undefined;
        return web.redirect(boardAddress(web, { day }), { key: 'programme.board.notice', params: { said } });
      },
      again: (form) => this.again(web, programme, step, form),
    });
  }

  /** Somebody was faster: beside what happened stands a preview of what the step would do now, to confirm anew. */
  private async again(web: WebContext, programme: Programme, step: Step, form: FormView): Promise<string> {
    const { seen: _seen, ...typed } = form.values;
    const asked = SEVERAL[step].asked.safeParse(typed);
    const preview = asked.success ? await this.previewNow(web, programme, commandOf(step, asked.data)) : null;
    return this.page(web, programme, step, { ...form, values: typed }, preview);
  }

  private async previewNow(web: WebContext, programme: Programme, command: BoardCommand): Promise<Preview | null> {
    try {
      return await this.desk.preview(web, programme, command);
    } catch (error) {
      // By now there may be nothing left to do: then there is no preview, and the page says already what happened.
      if (error instanceof RuleViolation) return null;
      throw error;
    }
  }

  private async page(
    web: WebContext,
    programme: Programme,
    step: Step,
    form: FormView,
    preview: Preview | null,
  ): Promise<string> {
    const wording = await this.desk.wording(web, programme);
    const sessions = step === 'swap' ? await this.queries.sessions(programme.id) : [];
    const here = `${base(web)}/board/${step}`;
    const day = typeof form.values['day'] === 'string' ? form.values['day'] : undefined;
    const model = {
      step,
      here,
      back: boardAddress(web, { day }),
      zone: programme.zone,
      sessions: sessions
        .filter(({ status }) => status === 'planned')
        .map((session) => {
          const place = { start: session.startsAt, minutes: session.minutes, roomId: session.roomId };
          return { value: session.id, label: `${titleOf(wording, session)} · ${placeText(wording, place)}` };
        }),
      asked: form.values,
      preview: preview && {
        ...preview,
        seen: preview.changes.map(({ session, version }) => `${session}:${version}`),
      },
    };
    return web.page('pages/programme/board/several', model, {
      ...frame(web, web.t(`programme.board.${step}.title`), {
        form,
        crumbs: [sessionsCrumb(web), { label: web.t('programme.board.title'), href: model.back }],
      }),
    });
  }
}

function commandOf(step: Step, asked: object): BoardCommand {
  return { kind: step, ...asked } as BoardCommand;
}
