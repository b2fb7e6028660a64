/** A mailing holds text and a choice of people, never what was written to whom: that is the mail log. */
export const personalData = [
  {
    table: 'mailings',
    columns: {
      id: '-',
      conference_id: '-',
      subject: '-',
      body: '-',
      audience: '-',
      left_out: 'G',
      is_news: '-',
      state: '-',
      queued: '-',
      created_at: '-',
      queued_at: '-',
      version: '-',
    },
    term: 'G',
    erase: 'keep',
  },
  {
    table: 'mail_templates',
    columns: {
      id: '-',
      template_id: '-',
      conference_id: '-',
      name: '-',
      subject: '-',
      body: '-',
      saved_at: '-',
      version: '-',
    },
    term: '-',
    erase: 'keep',
  },
] as const;
