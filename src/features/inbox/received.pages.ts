import { Controller, Get, Query } from '@nestjs/common';
import { pickText } from '../../kernel/locale.js';
import { INBOUND_KINDS } from '../../platform/inbound/inbound-mail.entity.js';
import { InboxQueries } from '../../platform/inbound/inbox.queries.js';
import { pageOf } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { inboxPageQuery, type InboxPageQuery } from './inbox.schemas.js';
import { MailWords } from './mail-words.js';

const PAGE = 50;

/** What came back to the mails of one conference. */
@Controller('org/c/:conf/mail/received')
export class ReceivedPages {
  constructor(
    private readonly queries: InboxQueries,
    private readonly words: MailWords,
  ) {}

  @Get()
  @Staff('inbox', 'read')
  async list(@Web() web: WebContext, @Query({ schema: inboxPageQuery }) query: InboxPageQuery): Promise<string> {
    const { show, kind, q, after } = query;
    const here = `/org/c/${web.conference.slug}/mail/received`;
    const scope = { conferenceIds: [web.conference.id], unassigned: false };
    const filter = { open: show === 'open', kind, q };
    const rows = await this.queries.list(scope, filter, { limit: PAGE, after });
    const { items, next } = pageOf(rows, PAGE, ({ id }) => id);
    const set = Object.entries({ show, kind, q }).flatMap(([name, value]): [string, string][] =>
      value ? [[name, value]] : [],
    );
    const search = new URLSearchParams(set).toString();
    const model = {
      here,
      query: { kind, q },
      kinds: INBOUND_KINDS,
      rows: await this.words.lines(web, items),
      older: next ? `${here}?${search ? `${search}&` : ''}after=${next}` : '',
      newer: after ? `${here}?${search}` : '',
      zone: web.conference.zone,
    };
    const conference = {
      label: pickText(web.conference.title, web.locale).text,
      href: `/org/c/${web.conference.slug}`,
    };
    const outbox = { label: web.t('outbox.title'), href: `/org/c/${web.conference.slug}/mail/outbox` };
    return web.page('pages/inbox/received', model, {
      title: web.t('inbox.received'),
      layout: 'staff',
      section: 'conferences',
      breadcrumbs: [conference, outbox],
    });
  }
}
