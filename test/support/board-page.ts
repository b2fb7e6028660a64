import type { BrowserContext, Locator, Page } from 'playwright-core';
import { STAFF, type DemoServer } from './demo-server.js';

/** A page with the scheduling board of the demonstration's congress, and hands for it. */
export class BoardPage {
  private constructor(
    readonly page: Page,
    private readonly demo: DemoServer,
  ) {}

  /** Somebody signs in. */
  static async of(context: BrowserContext, demo: DemoServer, email: string = STAFF.email): Promise<BoardPage> {
    const page = await context.newPage();
    await page.goto(`${demo.origin}/staff/sign-in`);
    await page.fill('[name=email]', email);
    await page.fill('[name=password]', STAFF.password);
    await Promise.all([page.waitForURL(/\/org/), page.click('form[action="/staff/sign-in"] button')]);
    return new BoardPage(page, demo);
  }

  get conference(): string {
    return `${this.demo.origin}/org/c/${this.demo.congress}`;
  }

  /** Opens it, ready to drag and connected. */
  async open(query = ''): Promise<void> {
    await this.page.goto(`${this.conference}/board${query}`);
    await this.page.waitForSelector('[data-board][data-ready][data-connected]');
  }

  /** A session in the tray. */
  async add(title: string, minutes: number): Promise<void> {
    await this.page.goto(`${this.conference}/sessions/new`);
    for (const language of ['be', 'en']) await this.page.fill(`[name="title.${language}"]`, title);
    await this.page.fill('[name=minutes]', String(minutes));
    await Promise.all([this.page.waitForNavigation(), this.page.click('form[action$="/sessions"] button')]);
  }

  block(title: string): Locator {
    return this.page.locator('[data-block]:not([data-continues])', { hasText: title }).first();
  }

  link(title: string): Locator {
    return this.block(title).locator('.block-link');
  }

  column(name: string): Locator {
    return this.page.locator(`[data-column][data-name="${name}"] .blocks`).first();
  }

  get status(): Locator {
    return this.page.locator('[data-status]');
  }

  said(text: RegExp): Promise<void> {
    return this.status.getByText(text).waitFor();
  }

  /** "10:00–11:00, Great Hall". */
  async place(title: string): Promise<string> {
    const clock = await this.block(title).locator('[data-clock]').innerText();
    const room = await this.block(title).evaluate((one) => one.closest('[data-column]')?.getAttribute('data-name'));
    return `${clock}, ${room ?? 'tray'}`;
  }

  /** Does something, and waits until the board shows what the server says to that step. */
  async answered(act: () => Promise<unknown>): Promise<void> {
    await Promise.all([this.page.waitForResponse((one) => /\/board\/(operations|undo|redo)$/.test(one.url())), act()]);
    await this.page.waitForSelector('[data-board]:not([data-busy])');
  }

  /** Waits until nothing scrolls any longer. */
  async still(): Promise<void> {
    await this.page.evaluate(
      `new Promise((done) => {
        let last, frames = 0;
        const look = () => {
          const now = scrollY + ' ' + document.querySelector('[data-scroll]').scrollTop;
          frames = now === last ? frames + 1 : 0;
          last = now;
          if (frames > 15) done();
          else requestAnimationFrame(look);
        };
        look();
      })`,
    );
  }

  /** Pixels of a minute. */
  scale(): Promise<number> {
    return this.page.evaluate<number>(
      "parseFloat(getComputedStyle(document.querySelector('[data-board]')).getPropertyValue('--minute'))",
    );
  }

  /** The point of a room at so many minutes after the board begins. */
  async point(room: string, minute: number): Promise<{ x: number; y: number }> {
    const { x, y } = (await this.column(room).boundingBox())!;
    return { x: x + 30, y: y + minute * (await this.scale()) + 2 };
  }

  /** Presses a block by the mouse and moves it, in steps as a hand does, without letting go. */
  async take(title: string, room: string, minute: number): Promise<void> {
    const what = this.block(title);
    await what.scrollIntoViewIfNeeded();
    const from = (await what.boundingBox())!;
    await this.page.mouse.move(from.x + 20, from.y + 4);
    await this.page.mouse.down();
    await this.page.mouse.move(from.x + 30, from.y + 14, { steps: 3 });
    const { x, y } = await this.point(room, minute);
    await this.page.mouse.move(x, y, { steps: 8 });
  }
}
