import { Injectable } from '@nestjs/common';

type Source = (mailIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** Which of our mails were answered by mail: told by those who read mail from outside, asked by the outbox. */
@Injectable()
export class MailAnswers {
  private source: Source = () => Promise.resolve(new Map());

  from(source: Source): void {
    this.source = source;
  }

  /** The id of the latest answer, by the id of our mail. One statement. */
  of(mailIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.source(mailIds);
  }
}
