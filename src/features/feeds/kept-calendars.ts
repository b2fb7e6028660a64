import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { CalendarFile } from './calendar-files.js';

/** A calendar as it is sent: compressed once, not at every request (CF7). */
export interface KeptCalendar {
  readonly version: string;
  readonly file: CalendarFile;
  readonly gzip: Buffer;
  readonly br: Buffer;
}

const REMEMBERED = 400;

/** Calendars behind secret addresses, each as it was last rendered; the one that was not read for longest goes first. */
export class KeptCalendars {
  private readonly kept = new Map<string, KeptCalendar>();

  /** Renders only when the version, which names everything that the bytes depend on, is another. */
  of(feedId: string, version: string, render: () => CalendarFile): KeptCalendar {
    const known = this.kept.get(feedId);
    if (known?.version === version) return known;
    const file = render();
    const made = {
      version,
      file,
      gzip: gzipSync(file.body),
      br: brotliCompressSync(file.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
    };
    this.kept.delete(feedId);
    this.kept.set(feedId, made);
    if (this.kept.size > REMEMBERED) this.kept.delete(this.kept.keys().next().value!);
    return made;
  }
}
