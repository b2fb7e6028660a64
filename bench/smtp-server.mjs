// A mail server in a process of its own that takes everything and keeps nothing, for our outbox and the reference alike.
import { SMTPServer } from 'smtp-server';

const server = new SMTPServer({
  logger: false,
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  onData(stream, _session, done) {
    stream.resume().on('end', () => done());
  },
});
server.on('error', () => undefined); // a client that goes away is no fault
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.server.address().port}\n`));
