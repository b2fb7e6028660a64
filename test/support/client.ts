import type { NestFastifyApplication } from '@nestjs/platform-fastify';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  body: string;
  raw: Buffer;
  location: string | undefined;
  json<T = Record<string, unknown>>(): T;
}

export type Fields = Record<string, string | readonly string[] | undefined>;

/** A visitor: keeps cookies, fills in forms as a browser does (hidden fields included), follows redirects when told. */
export class Client {
  private readonly cookies = new Map<string, string>();
  bearer: string | undefined;

  constructor(
    private readonly app: NestFastifyApplication,
    private readonly origin: string,
  ) {}

  get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', url, undefined, headers);
  }

  head(url: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('HEAD', url, undefined, headers);
  }

  /** Opens the page, takes the hidden fields of the form with that action (or of the only one), and posts it. */
  async submit(page: string, fields: Fields, action?: string): Promise<Answer> {
    const opened = await this.get(page);
    if (opened.status !== 200) throw new Error(`${page} answered ${opened.status}`);
    return this.post(action ?? page.split('?')[0]!, { ...hiddenFields(opened.body, action), ...fields });
  }

  /** Posts a form as it is given (with our own Origin). */
  post(url: string, fields: Fields, headers: Record<string, string> = {}): Promise<Answer> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) for (const one of [value ?? []].flat()) body.append(name, one);
    return this.send('POST', url, body.toString(), { 'content-type': 'application/x-www-form-urlencoded', origin: this.origin, ...headers });
  }

  /** Posts a form with one file, as a browser does. */
  upload(url: string, fields: Fields, file: { field: string; filename: string; bytes: Buffer }): Promise<Answer> {
    const boundary = '----form-of-a-test';
    const parts = Object.entries(fields).map(([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${String(value)}\r\n`);
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="${file.field}"; filename="${file.filename}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
    const payload = Buffer.concat([Buffer.from(parts.join('') + head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
    const type = { 'content-type': `multipart/form-data; boundary=${boundary}` };
    return this.send('POST', url, payload, this.bearer ? type : { ...type, origin: this.origin });
  }

  api(method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', url: string, payload?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(method, url, payload === undefined ? undefined : JSON.stringify(payload), {
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    });
  }

  async follow(answer: Answer): Promise<Answer> {
    if (!answer.location) throw new Error(`no redirect: ${answer.status}`);
    return this.get(answer.location.replace(this.origin, ''));
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  setCookie(name: string, value: string): void {
    this.cookies.set(name, value);
  }

  /** The cookies as a browser sends them. */
  cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private async send(method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', url: string, payload: string | Buffer | undefined, headers: Record<string, string>): Promise<Answer> {
    const response = await this.app.inject({
      method,
      url: url.replace(this.origin, ''),
      ...(payload === undefined ? {} : { payload }),
      headers: {
        host: new URL(this.origin).host,
        ...(this.cookies.size > 0 ? { cookie: this.cookieHeader() } : {}),
        ...(this.bearer ? { authorization: `Bearer ${this.bearer}` } : {}),
        ...headers,
      },
    });
    for (const { name, value, maxAge } of response.cookies as { name: string; value: string; maxAge?: number; expires?: Date }[]) {
      if (value === '' || maxAge === 0) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const { location } = response.headers;
    return {
      status: response.statusCode,
      headers: response.headers,
      body: response.body,
      raw: response.rawPayload,
      location: typeof location === 'string' ? location : undefined,
      json: <T>() => JSON.parse(response.body) as T,
    };
  }
}

/** Hidden inputs of the form whose action is given, else of the first form that posts. */
export function hiddenFields(html: string, action?: string): Record<string, string> {
  const forms = html.match(/<form\b[\s\S]*?<\/form>/g) ?? [];
  const form = forms.find((one) => (action ? one.includes(`action="${action}"`) : /method="post"/i.test(one) && !/sign-out/.test(one)));
  const fields: Record<string, string> = {};
  for (const [input] of (form ?? '').matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1];
    const value = /value="([^"]*)"/.exec(input)?.[1] ?? '';
    if (name) fields[name] = unescapeHtml(value);
  }
  return fields;
}

export function unescapeHtml(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'", '#x60': '`', '#x3D': '=' };
  return text.replace(/&(amp|lt|gt|quot|#x27|#39|#x60|#x3D);/g, (_, code: string) => named[code]!);
}
