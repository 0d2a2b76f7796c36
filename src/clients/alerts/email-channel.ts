import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SmtpSettings } from '../../config/alerts.ts';
import type { AlertChannel, Delivery, OutgoingAlert } from './alert-channel.ts';

export interface EmailOptions {
  smtp: SmtpSettings;
  password: string | null;
  /** Whether a server that offers no encryption is refused. */
  requireTls: boolean;
  to: readonly string[];
  /** Of the whole conversation. */
  timeoutMs: number;
}

/**
 * Mail by SMTP. Once its text is under way and no reply has come, nobody knows whether it was taken (RFC 1047), and SMTP has no
 * word for one that comes again: it is not sent again (docs/operations/alerts.md, *What may be missed*).
 */
export function createEmailChannel(name: string, options: EmailOptions): AlertChannel {
  return { name, knowsRepeats: false, send: (alert) => sendMail(alert, options) };
}

async function sendMail(
  alert: OutgoingAlert,
  { smtp, password, requireTls, to, timeoutMs }: EmailOptions,
): Promise<Delivery> {
  const { host, port, secure, user, from } = smtp;
  const mail = new MailComposer({
    from,
    to: [...to],
    subject: alert.subject,
    text: alert.text,
    // The same when it comes again: mailboxes may show it once.
    messageId: `<${alert.id}@${senderDomain(from)}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  const text = await mail.build();
  const underWay = { text: false };
  const connection = new SMTPConnection({
    host,
    port,
    secure,
    requireTLS: requireTls,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  try {
    const info = await within(timeoutMs, (done) => {
      connection.once('error', (error: Error) => done(error));
      connection.connect((failed) => {
        if (failed) return done(failed);
        const send = () =>
          connection.send(mail.getEnvelope(), lazily(text, underWay), (refused, taken) => done(refused, taken));
        if (user === undefined) return send();
        connection.login({ user, pass: password ?? '', credentials: { user, pass: password ?? '' } }, (refused) =>
          refused ? done(refused) : send(),
        );
      });
    });
    const refused = info.rejected?.length ?? 0;
    return refused === 0
      ? { is: 'taken' }
      : { is: 'taken', problem: `the server refuses ${refused} of its ${to.length} addresses` };
  } catch (error) {
    return failed(error as SmtpError, underWay.text);
  } finally {
    connection.close();
  }
}

type SmtpError = Error & { code?: string; responseCode?: number };
interface Sent {
  rejected?: unknown[];
}

/** A reply says that it was not taken; silence only where the text had not been asked for. */
function failed({ code, responseCode, message }: SmtpError, textUnderWay: boolean): Delivery {
  const problem = `mail server: ${responseCode ?? code ?? message}`;
  return responseCode === undefined && textUnderWay
    ? { is: 'unknown', problem }
    : { is: 'not taken', problem, afterMs: null };
}

/** The bytes, and a word that somebody has asked for them: that is after the server let the text come. */
function lazily(bytes: Buffer, underWay: { text: boolean }): Readable {
  return new Readable({
    read() {
      underWay.text = true;
      this.push(bytes);
      this.push(null);
    },
  });
}

function within(ms: number, work: (done: (error?: Error | null, sent?: Sent) => void) => void): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () =>
        reject(
          Object.assign(new Error(`no answer within ${ms / 1000} s`), { code: `no answer within ${ms / 1000} s` }),
        ),
      ms,
    );
    work((error, sent) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve(sent ?? {});
    });
  });
}

/** `Tieout <tieout@example.com>` is of example.com. */
function senderDomain(from: string): string {
  return /@([\w.-]+)/.exec(from)?.[1] ?? 'tieout.invalid';
}
