/** What every document of an order is written down with; its key, its total and what else it needs stand beside it. */
export function orderIntent<Plan extends { date: string; currency: string; orderId: string }>(plan: Plan) {
  return { date: plan.date, currency: plan.currency, orderId: plan.orderId, settlementId: null, plan };
}
