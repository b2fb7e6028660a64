import type { LoggerService } from '@nestjs/common';
import type { Config } from '../config/config.js';

const RANKS = { debug: 10, info: 20, warn: 30, error: 40, silent: 100 } as const;
type Level = Exclude<keyof typeof RANKS, 'silent'>;

/** Control characters and line separators, which would let a value forge a second line. */
const CONTROL = /[\p{Cc}\u2028\u2029]/gu;

/** Structured lines, one per event: JSON in production, short text while developing. Control characters never pass ([V4]). */
export class AppLog implements LoggerService {
  constructor(private readonly config: Pick<Config, 'logLevel' | 'production'>) {}

  log(message: unknown, ...rest: unknown[]): void {
    // Nest tells every module and route at start; that is noise for an operator.
    if (!['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory', 'NestApplication'].includes(String(rest.at(-1)))) this.write('info', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  private write(level: Level, message: unknown, rest: unknown[]): void {
    if (RANKS[level] < RANKS[this.config.logLevel]) return;
    const context = typeof rest.at(-1) === 'string' ? String(rest.at(-1)) : 'app';
    const stack = rest.length > 1 && typeof rest[0] === 'string' ? rest[0] : undefined;
    const fields = typeof message === 'object' && message !== null ? message : { message: String(message).replace(CONTROL, ' ') };
    const line = this.config.production
      ? JSON.stringify({ time: new Date().toISOString(), level, context, ...fields, ...(stack ? { stack } : {}) })
      : `${level.padEnd(5)} ${context}: ${'message' in fields ? String(fields.message) : JSON.stringify(fields)}${stack ? `\n${stack}` : ''}`;
    (level === 'error' || level === 'warn' ? process.stderr : process.stdout).write(`${line}\n`);
  }
}
