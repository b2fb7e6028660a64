import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Locale } from '../../kernel/locale.js';
import type { FormView } from './form.js';

export interface PageOptions {
  /** The page's own title, already in the page's language. */
  title: string;
  layout?: 'public' | 'staff' | 'plain';
  status?: number;
  /** The form of the page, when it has one: its failure turns the title into "Error: …". */
  form?: FormView;
  breadcrumbs?: readonly { label: string; href: string }[];
  /** Which entry of the staff navigation is current. */
  section?: string;
  robots?: 'none';
  /** Files of public/ that only this page needs. */
  styles?: readonly string[];
  scripts?: readonly string[];
}

/** What rendering needs of a request; WebContext is one. */
export interface PageRequest {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly locale: Locale;
  t(key: string, params?: Record<string, unknown>): string;
}
