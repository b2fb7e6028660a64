import { hiddenFields, unescapeHtml, type Fields } from './client.js';

/** Everything that a form of the page holds, as a browser would send it unchanged. */
export function typedIn(html: string, action: string): Fields {
  const form = (html.match(/<form\b[\s\S]*?<\/form>/g) ?? []).find((one) => one.includes(`action="${action}"`));
  if (!form) throw new Error(`the page has no form for ${action}`);
  const fields: Record<string, string | string[]> = hiddenFields(html, action);
  const put = (name: string, value: string): void => {
    const before = fields[name];
    fields[name] = before === undefined ? unescapeHtml(value) : [before, unescapeHtml(value)].flat();
  };
  for (const [input] of form.matchAll(/<input\b[^>]*>/g)) {
    const of = (attribute: string) => new RegExp(`\\b${attribute}="([^"]*)"`).exec(input)?.[1];
    const [name, type] = [of('name'), of('type')];
    if (!name || type === 'hidden' || type === 'file') continue;
    if ((type === 'checkbox' || type === 'radio') && !/\schecked\b/.test(input)) continue;
    put(name, of('value') ?? '');
  }
  for (const [, name, value] of form.matchAll(/<textarea\b[^>]*\bname="([^"]*)"[^>]*>\n?([\s\S]*?)<\/textarea>/g))
    put(name!, value!);
  for (const [, name, options] of form.matchAll(/<select\b[^>]*\bname="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)) {
    const chosen = /<option value="([^"]*)" selected/.exec(options!) ?? /<option value="([^"]*)"/.exec(options!);
    put(name!, chosen?.[1] ?? '');
  }
  return fields;
}
