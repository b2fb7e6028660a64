import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import type { Strand } from './programme.entity.js';
import { newStrandForm, STRAND_COLOURS, strandForm, versionForm } from './programme.schemas.js';
import { Programmes } from './programmes.service.js';
import { base, frame, mayEdit } from './staff-pages.js';

@Controller('org/c/:conf/strands')
export class StrandsPages {
  constructor(private readonly programmes: Programmes) {}

  @Get()
  @Staff('programme', 'read')
  async list(@Web() web: WebContext): Promise<string> {
    const strands = await this.programmes.strands((await this.programmes.ofOwner(web.conference.id)).id);
    return web.page(
      'pages/programme/strands',
      { strands, base: base(web), mayEdit: mayEdit(web) },
      frame(web, web.t('programme.strands')),
    );
  }

  @Get('new')
  @Staff('programme', 'write')
  blank(@Web() web: WebContext): Promise<string> {
    return this.showStrand(web, null, web.emptyForm({ colour: STRAND_COLOURS[0] }));
  }

  @Post()
  @Staff('programme', 'write')
  async add(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    const { id } = await this.programmes.ofOwner(web.conference.id);
    return web.form(newStrandForm, body, {
      done: async (input) => {
        await this.programmes.addStrand(id, input);
        return web.redirect(`${base(web)}/strands`, { key: 'programme.notice.saved' });
      },
      again: (form) => this.showStrand(web, null, form),
    });
  }

  @Get(':strand')
  @Staff('programme', 'write')
  async edit(@Web() web: WebContext, @Param('strand') id: string): Promise<string> {
    const strand = await this.own(web, id);
    return this.showStrand(web, strand, web.emptyForm({ ...strand }));
  }

  @Post(':strand')
  @Staff('programme', 'write')
  async save(@Web() web: WebContext, @Param('strand') id: string, @Body() body: unknown): Promise<string> {
    const { programmeId } = await this.own(web, id);
    return web.form(strandForm, body, {
      done: async ({ version, ...changes }) => {
        await this.programmes.editStrand(programmeId, { id, version }, changes);
        return web.redirect(`${base(web)}/strands`, { key: 'programme.notice.saved' });
      },
      again: async (form) => this.showStrand(web, await this.own(web, id), form),
    });
  }

  @Post(':strand/remove')
  @Staff('programme', 'write')
  async remove(@Web() web: WebContext, @Param('strand') id: string, @Body() body: unknown): Promise<string> {
    const { programmeId } = await this.own(web, id);
    return web.form(versionForm, body, {
      done: async ({ version }) => {
        await this.programmes.removeStrand(programmeId, { id, version });
        return web.redirect(`${base(web)}/strands`, { key: 'programme.notice.strandRemoved' });
      },
      again: async (form) => {
        const strand = await this.own(web, id);
        return this.showStrand(web, strand, { ...form, values: { ...strand } });
      },
    });
  }

  private async own(web: WebContext, id: string): Promise<Strand> {
    return this.programmes.strand((await this.programmes.ofOwner(web.conference.id)).id, id);
  }

  private showStrand(web: WebContext, strand: Strand | null, form: FormView): Promise<string> {
    const strands = `${base(web)}/strands`;
    const model = {
      strand,
      strands,
      action: strand ? `${strands}/${strand.id}` : strands,
      version: strand?.version ?? '',
      stale: form.failed && web.reply.statusCode === 409,
      colours: STRAND_COLOURS,
    };
    const title = web.t(strand ? 'programme.editStrand' : 'programme.newStrand');
    return web.page(
      'pages/programme/strand',
      model,
      frame(web, title, { form, crumbs: [{ label: web.t('programme.strands'), href: strands }] }),
    );
  }
}
