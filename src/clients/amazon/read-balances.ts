/** Finances API 2024-06-19: balances of `listBalances`, each with those that it is made of. */
import { z } from 'zod';
import type { Day } from '../../domain/money/instant.ts';
import type { AmazonBalance } from '../../domain/period/amazon-balance.ts';
import { amount } from './transaction-schema.ts';

interface Owner {
  accountType?: string | null | undefined;
  marketplaceId?: string | null | undefined;
}
interface Balance {
  partnerMetadata?: Owner | null | undefined;
  balanceType: string;
  amount: z.output<typeof amount>;
  asOfDate?: string | null | undefined;
  balances?: Balance[] | null | undefined;
}
const balance: z.ZodType<Balance> = z.lazy(() =>
  z.looseObject({
    partnerMetadata: z
      .looseObject({ accountType: z.string().nullish(), marketplaceId: z.string().nullish() })
      .nullish(),
    balanceType: z.string(),
    amount,
    asOfDate: z.string().nullish(),
    balances: z.array(balance).nullish(),
  }),
);

export type BalancesPage = z.output<typeof balancesPage>;
export const balancesPage = z.looseObject({
  balances: z.array(balance).nullish(),
  nextToken: z.string().nullish(),
});

export type ToldBalance = Omit<AmazonBalance, 'askedAt'>;

/** A balance and all within it, which have its account and marketplace. @param day that was asked for */
export function balancesOf(told: Balance, day: Day, above: Balance | null = null): ToldBalance[] {
  const owner = told.partnerMetadata ?? above?.partnerMetadata;
  const asOfDate = told.asOfDate ?? above?.asOfDate;
  const own: ToldBalance = {
    marketplaceId: owner?.marketplaceId ?? null,
    accountType: owner?.accountType ?? '',
    balanceType: told.balanceType,
    currency: told.amount.currency,
    amount: told.amount.minor,
    asOf: asOfDate ?? day,
  };
  const inner = { ...told, partnerMetadata: owner, asOfDate };
  return [own, ...(told.balances ?? []).flatMap((within) => balancesOf(within, day, inner))];
}
