import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Marionette } from './marionette.js';
import { canConnect, freePort, until } from './server-process.js';

const THUNDERBIRD = '/usr/lib/thunderbird/thunderbird-bin';

export interface Mailbox {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  /** Ports of this machine. */
  readonly imap: number;
  readonly smtp: number;
}

/** An entry of the guest's calendar. */
export interface Entry {
  readonly uid: string;
  readonly sequence: number;
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly partstat: string;
  readonly alarms: number;
}

const SETTINGS = {
  'app.update.auto': false,
  'app.use_without_mail_account': true,
  'calendar.itip.newInvitationDisplay': false,
  'calendar.itip.separateInvitationButtons': true,
  'datareporting.policy.dataSubmissionEnabled': false,
  'mail.rights.version': 1,
  'mail.spotlight.firstRunDone': true,
  'mailnews.start_page.enabled': false,
};

const MODULES = `
  const { setTimeout } = ChromeUtils.importESModule('resource://gre/modules/Timer.sys.mjs');
  const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
  const { MailUtils } = ChromeUtils.importESModule('resource:///modules/MailUtils.sys.mjs');
  const { cal } = ChromeUtils.importESModule('resource:///modules/calendar/calUtils.sys.mjs');
  const inbox = MailServices.accounts.defaultAccount?.incomingServer.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox);
  const until = async (what, check) => {
    for (const end = Date.now() + 30000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
      const found = await check();
      if (found) return found;
      if (Date.now() > end) throw new Error(what + ': not within 30 s');
    }
  };
  const shown = () => Services.wm.getMostRecentWindow('mail:messageWindow')?.messageBrowser?.contentWindow;
`;

/** A Thunderbird without a screen, with one mailbox and one calendar, used as its owner uses it. */
export class Thunderbird {
  private constructor(
    private readonly folder: string,
    private readonly child: ChildProcess,
    private readonly remote: Marionette,
  ) {}

  static async start(mailbox: Mailbox): Promise<Thunderbird> {
    const folder = await mkdtemp(join(tmpdir(), 'skaryna-thunderbird-'));
    const port = await freePort();
    const profile = join(folder, 'profile');
    await mkdir(profile);
    const settings = Object.entries({ ...SETTINGS, 'marionette.port': port });
    await writeFile(
      join(profile, 'user.js'),
      settings.map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''),
    );
    const child = spawn(
      THUNDERBIRD,
      ['--headless', '--no-remote', '--marionette', '-remote-allow-system-access', '--profile', profile],
      { stdio: 'ignore', env: { PATH: process.env['PATH'], HOME: folder, TZ: 'Europe/Minsk', LANG: 'C.UTF-8' } },
    );
    await until('Thunderbird answers', () => canConnect(port));
    const program = new Thunderbird(folder, child, await Marionette.connect(port));
    await program.setUp(mailbox);
    return program;
  }

  async stop(): Promise<void> {
    this.remote.close();
    if (this.child.exitCode === null) {
      const gone = once(this.child, 'exit');
      this.child.kill('SIGKILL');
      await gone;
    }
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  /** Fetches mail and opens the message; answers which buttons the bar above it offers. */
  open(messageId: string): Promise<string[]> {
    return this.run(
      `
      const message = await until('the message', async () => {
        await new Promise((resolve) => inbox.QueryInterface(Ci.nsIMsgImapMailFolder).updateFolderWithListener(null, {
          OnStartRunningUrl() {}, OnStopRunningUrl: resolve,
        }));
        return [...inbox.messages].find(({ messageId }) => messageId === given.messageId);
      });
      Services.wm.getMostRecentWindow('mail:messageWindow')?.close();
      await until('the window to close', () => !shown());
      MailUtils.openMessageInNewWindow(message);
      const bar = await until('the bar', () => shown()?.calImipBar?.itipItem && shown().calImipBar);
      // Others show what is there, or open a menu.
      const offers = /^imip(?:Accept|Tentative|Decline|Update|Add|Delete|Reconfirm)Button$/;
      return bar.getButtons().filter(({ id, hidden }) => !hidden && offers.test(id)).map(({ id }) => id);`,
      { messageId },
    );
  }

  /** Presses one of the buttons that are offered. */
  press(button: string): Promise<void> {
    return this.run(`shown().document.getElementById(given.button).doCommand();`, { button });
  }

  entries(): Promise<Entry[]> {
    return this.run(`
      const lists = await Promise.all(cal.manager.getCalendars().map((calendar) =>
        calendar.getItemsAsArray(Ci.calICalendar.ITEM_FILTER_ALL_ITEMS, 0, null, null)));
      const utc = (time) => new Date(time.nativeTime / 1000).toISOString();
      return lists.flat().map((item) => ({
        uid: item.id,
        sequence: Number(item.getProperty('SEQUENCE')),
        title: item.title,
        start: utc(item.startDate),
        end: utc(item.endDate),
        partstat: cal.itip.getInvitedAttendee(item)?.participationStatus,
        alarms: item.getAlarms().length,
      }));`);
  }

  private setUp(mailbox: Mailbox): Promise<void> {
    return this.run(
      `
      await until('the main window', () => Services.wm.getMostRecentWindow('mail:3pane'));
      const server = MailServices.accounts.createIncomingServer(given.email, '127.0.0.1', 'imap');
      Object.assign(server, { port: given.imap, password: given.password, socketType: Ci.nsMsgSocketType.plain, doBiff: false });
      server.authMethod = Ci.nsMsgAuthMethod.passwordCleartext;
      const outgoing = MailServices.outgoingServer.createServer('smtp').QueryInterface(Ci.nsISmtpServer);
      Object.assign(outgoing, { hostname: '127.0.0.1', port: given.smtp, socketType: Ci.nsMsgSocketType.plain });
      outgoing.authMethod = Ci.nsMsgAuthMethod.none;
      const identity = MailServices.accounts.createIdentity();
      Object.assign(identity, { email: given.email, fullName: given.name, smtpServerKey: outgoing.key, doFcc: false, valid: true });
      const account = MailServices.accounts.createAccount();
      account.addIdentity(identity);
      account.incomingServer = server;
      MailServices.accounts.defaultAccount = account;
      const calendar = cal.manager.getCalendars()[0]
        ?? cal.manager.createCalendar('storage', Services.io.newURI('moz-storage-calendar://'));
      calendar.name = 'Home';
      calendar.setProperty('disabled', false);
      calendar.setProperty('imip.identity.key', identity.key);
      if (cal.manager.getCalendars().length === 0) cal.manager.registerCalendar(calendar);`,
      mailbox,
    );
  }

  private run<T>(body: string, given: object = {}): Promise<T> {
    return this.remote.run<T>(MODULES + body, given);
  }
}
