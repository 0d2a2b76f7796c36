/** What takes alerts in a test: a real HTTP server and a real SMTP server, with the troubles that such have. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** What it does with the next message; once none is left it takes them. */
export type Answer =
  | { status: number; headers?: Record<string, string>; body?: string }
  /** Takes it, and the connection ends without a word. */
  | 'lost'
  /** Takes it and says nothing. */
  | 'hangs';

export interface Posted {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** Whether it was taken, whatever the sender heard of it. */
  taken: boolean;
}

export interface HttpReceiver {
  readonly url: string;
  /** All that came, refused ones among them. */
  readonly posted: Posted[];
  /** What was taken: bodies. */
  taken(): string[];
  next(...answers: Answer[]): void;
  /** What a path answers, whatever is next. */
  readonly answering: Map<string, Answer>;
  /** Nobody listens there any more, or again. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

export async function startHttpReceiver(): Promise<HttpReceiver> {
  const posted: Posted[] = [];
  const script: Answer[] = [];
  const answering = new Map<string, Answer>();
  let port = 0;
  let server: Server;
  const up = async () => {
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const answer = answering.get(request.url ?? '') ?? script.shift() ?? { status: 200, body: 'ok' };
        const taken = typeof answer === 'string' || answer.status < 300;
        const body = Buffer.concat(parts).toString('utf8');
        posted.push({ path: request.url ?? '', headers: request.headers, body, taken });
        if (answer === 'lost') return void request.socket.destroy();
        if (answer === 'hangs') return;
        response.writeHead(answer.status, answer.headers ?? {}).end(answer.body ?? '');
      });
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  };
  const down = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  await up();
  return {
    url: `http://127.0.0.1:${port}`,
    posted,
    answering,
    taken: () => posted.flatMap(({ taken, body }) => (taken ? [body] : [])),
    next: (...answers) => void script.push(...answers),
    down,
    up,
    close: down,
  };
}

export interface Mail {
  to: string[];
  text: string;
}
export type MailAnswer =
  /** The text is refused with this reply. */
  | { code: number }
  /** This address is refused. */
  | { refuses: string }
  | 'lost'
  | 'hangs'
  /** The connection ends before the text is asked for. */
  | 'ends early';

export interface MailReceiver {
  readonly port: number;
  readonly mails: Mail[];
  next(...answers: MailAnswer[]): void;
  close(): Promise<void>;
}

/** @param auth what it wants to be signed in with; it takes everyone without */
export async function startMailReceiver(auth: { user: string; password: string } | null = null): Promise<MailReceiver> {
  const mails: Mail[] = [];
  const script: MailAnswer[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: auth === null,
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _, done) =>
      username === auth?.user && password === auth?.password ? done(null, { user: username }) : done(new Error('no')),
    onRcptTo: ({ address }, session, done) => {
      const [answer] = script;
      if (typeof answer === 'object' && 'refuses' in answer && answer.refuses === address) {
        script.shift();
        return done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
      }
      if (answer !== 'ends early') return done();
      script.shift();
      for (const connection of server.connections) if (connection.id === session.id) connection.close();
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const answer = script.shift();
        if (typeof answer === 'object' && 'code' in answer)
          return done(Object.assign(new Error('not now'), { responseCode: answer.code }));
        const to = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ to, text: Buffer.concat(parts).toString('utf8') });
        if (answer === 'hangs') return;
        if (answer === 'lost') {
          for (const connection of server.connections) if (connection.id === session.id) connection.close();
          return;
        }
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    next: (...answers) => void script.push(...answers),
    close: () =>
      new Promise((resolve) => {
        for (const connection of server.connections) connection.close();
        server.close(() => resolve());
      }),
  };
}
