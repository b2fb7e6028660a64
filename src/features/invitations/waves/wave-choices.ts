import { Injectable } from '@nestjs/common';
import { pickText } from '../../../kernel/locale.js';
import { Database } from '../../../platform/database/database.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import { Conferences } from '../../conferences/index.js';
import { Programme, Strand } from '../../programme/index.js';

/** What somebody may look for people by: conferences whose registrations they may read, and the strands of those. */
@Injectable()
export class WaveChoices {
  constructor(
    private readonly db: Database,
    private readonly conferences: Conferences,
  ) {}

  /** Three statements. */
  async of(web: WebContext) {
    const all = await this.conferences.list();
    const readable = all.filter(({ id }) => web.viewer.level('registration', id) !== undefined);
    const titles = new Map(readable.map(({ id, title }) => [id, pickText(title, web.locale).text]));
    const programmes = await this.db.all(Programme, { ownerId: [...titles.keys()] });
    const owners = new Map(programmes.map(({ id, ownerId }) => [id, ownerId]));
    const strands = await this.db.all(Strand, { programmeId: [...owners.keys()] });
    return {
      conferences: [...titles].map(([value, label]) => ({ value, label })),
      strands: strands
        .map(({ id, name, programmeId }) => ({
          value: id,
          label: `${pickText(name, web.locale).text} · ${titles.get(owners.get(programmeId)!)!}`,
        }))
        .sort((a, b) => a.label.localeCompare(b.label)),
    };
  }
}
