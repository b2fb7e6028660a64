/**
 * What a use case may refuse with. `code` is a message key of the translator (`error.…`), `details` its parameters.
 * Rules and services throw; one filter (platform/web) turns them into a page or RFC 9457 problem document.
 */
export abstract class AppError extends Error {
  abstract readonly status: number;

  constructor(
    readonly code: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(code);
    this.name = new.target.name;
  }
}

/** The thing does not exist, or the viewer may not know that it does (the two look the same, [A4]). */
export class NotFound extends AppError {
  readonly status = 404;
  constructor(code = 'error.notFound', details: Record<string, unknown> = {}) {
    super(code, details);
  }
}

/** The secret address existed and was given up. */
export class Gone extends AppError {
  readonly status = 410;
}

/** The viewer may see the thing but not do this to it. */
export class Forbidden extends AppError {
  readonly status = 403;
  constructor(code = 'error.forbidden', details: Record<string, unknown> = {}) {
    super(code, details);
  }
}

/** Nobody is signed in, or the sign-in has ended. */
export class SignInNeeded extends AppError {
  readonly status = 401;
  constructor() {
    super('error.signInNeeded');
  }
}

/** The state of things does not allow this command now. */
export class RuleViolation extends AppError {
  readonly status: number = 409;
}

/**
 * Somebody else did something to the thing meanwhile; the sentence names who and when. `members` say the same to programs:
 * they stand in the API's problem document (RFC 9457, 3.2).
 */
export class Overtaken extends RuleViolation {
  constructor(
    code: string,
    details: Record<string, unknown>,
    readonly members: Record<string, unknown>,
  ) {
    super(code, details);
  }
}

/** One field that was refused; `code` is a message key. `field` is a path such as `title.be`, or '' for the whole. */
export interface FieldProblem {
  field: string;
  code: string;
  params?: Record<string, unknown>;
  /** Where in a file that was sent: a line, a cell, a path. */
  place?: string;
}

/** Input that breaks a schema or a rule tied to a field. */
export class InvalidInput extends AppError {
  readonly status: number = 422;
  constructor(readonly problems: readonly FieldProblem[]) {
    super('error.invalidInput');
  }

  static at(field: string, code: string, params: Record<string, unknown> = {}): InvalidInput {
    return new InvalidInput([{ field, code, params }]);
  }
}

/** A file that is larger than what is taken, beside its field. */
export class TooLarge extends InvalidInput {
  override readonly status = 413;

  constructor(field: string, code: string, params: Record<string, unknown>) {
    super([{ field, code, params }]);
  }
}

/** A write against an older version. `current` is the state now, for the page or the API answer. */
export class Stale extends AppError {
  readonly status = 412;
  constructor(readonly current?: unknown) {
    super('error.stale');
  }
}

/** Too many attempts; `retryAfterSeconds` goes into the Retry-After header. */
export class TooMany extends AppError {
  readonly status = 429;
  constructor(
    readonly retryAfterSeconds: number,
    code = 'error.tooMany',
  ) {
    super(code, { minutes: Math.max(1, Math.ceil(retryAfterSeconds / 60)) });
  }
}

/** A part of the house does not answer now (database restart); the same request may succeed in a moment. */
export class Unavailable extends AppError {
  readonly status = 503;
  constructor(readonly retryAfterSeconds = 5) {
    super('error.unavailable');
  }
}
