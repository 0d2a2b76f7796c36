import { whoActs } from '../../config/who-acts.ts';
import type { Treatment } from '../../domain/tax/fee-invoices.ts';
import { sendDecision } from '../../operations/decisions/send-decision.ts';
import { withConnectionAtWork } from '../../operations/running-connection.ts';
import type { CommandIo } from '../command-io.ts';
import type { ActionOptions } from '../command-options.ts';
import { sayTaxDecided } from './decided-tax.ts';

export interface BookFeeInvoiceOptions extends ActionOptions {
  date: string;
  country: string;
  role: string;
  net: string;
  tax: string;
  treatment: Treatment;
  marketplace?: string;
}

export async function bookFeeInvoice(
  io: CommandIo,
  { number, why }: { number: string; why: string },
  options: BookFeeInvoiceOptions,
): Promise<void> {
  const by = whoActs(options.by);
  const { date, country: jurisdiction, role, net, tax, treatment, marketplace } = options;
  await withConnectionAtWork(options.connection, async (running) => {
    const result = await sendDecision(running, {
      update: 'bookFeeInvoice',
      args: {
        number,
        date,
        jurisdiction,
        role,
        net,
        tax,
        treatment,
        ...(marketplace === undefined ? {} : { marketplace }),
        by,
        why,
      },
    });
    await sayTaxDecided(io, running, result, { kind: 'book-fee-invoice', key: number, by, why }, options);
  });
}
