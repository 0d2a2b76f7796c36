/**
 * Which fields a record has and what each of them holds. It serves three purposes: an unknown name is dropped or
 * refused, a value is read by its kind, and a record is written back the same way.
 */
import { fields, type FieldList, type Schema, type Sublist } from './fields.ts';

const HEAD: FieldList = {
  text: 'externalId tranId memo',
  day: 'tranDate',
  currency: 'currency',
  decimal: 'exchangeRate',
  subsidiary: 'subsidiary',
  list: 'customForm',
  readOnly:
    'id links refName status createdDate lastModifiedDate total subtotal taxTotal createdFrom currencyName currencySymbol',
};
const POSTING: FieldList = { period: 'postingPeriod' };
/** On lines, and in every head but a journal's, which has none of them (recorded: `create_journal_entry_2_test`). */
const DIMENSIONS: FieldList = { department: 'department', classification: 'class', location: 'location' };
const SALE: FieldList = {
  customer: 'entity',
  text: 'otherRefNum email message source',
  day: 'dueDate shipDate salesEffectiveDate',
  list: 'terms salesRep partner leadSource shipMethod shipCarrier discountItem taxItem salesChannel',
  boolean: 'isTaxable taxDetailsOverride toBeEmailed toBePrinted toBeFaxed shipComplete',
  opaque: 'shippingAddress billingAddress taxDetails discountRate shippingCost handlingCost',
};
const ITEM_LINE = fields(DIMENSIONS, {
  lineId: 'line orderLine',
  item: 'item',
  quantity: 'quantity',
  decimal: 'rate',
  amount: 'amount',
  text: 'description',
  list: 'price taxCode units inventoryLocation',
  choice: 'commitInventory',
  boolean: 'isTaxable isClosed',
  opaque: 'inventoryDetail grossAmt',
  readOnly:
    'links quantityFulfilled quantityBilled quantityBackOrdered quantityCommitted quantityRemaining itemType itemSubType',
});
/** Of fulfilments and receipts. */
const GOODS_LINE: FieldList = {
  lineId: 'line orderLine',
  item: 'item',
  quantity: 'quantity',
  boolean: 'itemReceive',
  text: 'description',
  opaque: 'inventoryDetail',
  list: 'units',
  readOnly: 'links quantityRemaining onHand kitMemberOf itemName',
};
const items: Record<string, Sublist> = { item: { fields: ITEM_LINE, key: 'line' } };
const apply: Record<string, Sublist> = {
  apply: {
    key: 'doc',
    fields: fields({
      transaction: 'doc',
      lineId: 'line',
      amount: 'amount discAmt',
      boolean: 'apply',
      readOnly: 'links due total refNum type applyDate createdFrom currency',
    }),
  },
};
const expense: Record<string, Sublist> = {
  expense: {
    key: 'line',
    fields: fields(DIMENSIONS, {
      lineId: 'line',
      account: 'account',
      amount: 'amount',
      text: 'memo',
      customer: 'customer',
      readOnly: 'links',
    }),
  },
};
const PAYMENT: FieldList = {
  customer: 'customer',
  account: 'account arAcct',
  amount: 'payment',
  flag: 'undepFunds',
  boolean: 'autoApply',
  paymentMethod: 'paymentOption paymentMethod',
  text: 'checkNum',
  readOnly: 'applied unapplied pending balance prevDate',
};

export const SCHEMAS = {
  salesOrder: { fields: fields(HEAD, DIMENSIONS, SALE, { choice: 'orderStatus' }), sublists: items },
  invoice: {
    fields: fields(HEAD, DIMENSIONS, POSTING, SALE, { account: 'account', readOnly: 'amountRemaining amountPaid' }),
    sublists: items,
  },
  returnAuthorization: { fields: fields(HEAD, DIMENSIONS, SALE, { choice: 'orderStatus' }), sublists: items },
  creditMemo: {
    fields: fields(HEAD, DIMENSIONS, POSTING, SALE, {
      account: 'account',
      boolean: 'autoApply',
      readOnly: 'applied unapplied amountRemaining amountPaid',
    }),
    sublists: { ...items, ...apply },
  },
  itemFulfillment: {
    fields: fields(HEAD, DIMENSIONS, POSTING, {
      choice: 'shipStatus',
      day: 'shippedDate packedDate pickedDate',
      list: 'shipMethod shipCarrier',
      location: 'inventoryLocation',
      opaque: 'shippingAddress',
      readOnly: 'entity orderType',
    }),
    sublists: {
      item: {
        key: 'line',
        fields: fields(DIMENSIONS, GOODS_LINE),
      },
      package: {
        key: 'line',
        fields: fields({
          lineId: 'line',
          decimal: 'packageWeight',
          text: 'packageTrackingNumber packageDescr',
          readOnly: 'links',
        }),
      },
    },
  },
  itemReceipt: {
    fields: fields(HEAD, DIMENSIONS, POSTING, { transaction: 'itemFulfillment', readOnly: 'entity' }),
    sublists: {
      item: {
        key: 'line',
        fields: fields(DIMENSIONS, GOODS_LINE, { decimal: 'unitCostOverride' }),
      },
    },
  },
  customerPayment: { fields: fields(HEAD, DIMENSIONS, POSTING, PAYMENT), sublists: apply },
  customerRefund: {
    fields: fields(HEAD, DIMENSIONS, POSTING, {
      customer: 'customer',
      account: 'account arAcct',
      paymentMethod: 'paymentOption paymentMethod',
      text: 'checkNumber',
      boolean: 'toBePrinted',
      readOnly: 'balance',
    }),
    sublists: apply,
  },
  journalEntry: {
    fields: fields(HEAD, POSTING, {
      boolean: 'approved excludeFromGLNumbering',
      choice: 'approvalStatus',
      list: 'accountingBook',
      day: 'reversalDate',
      opaque: 'reversalDefer',
      readOnly: 'isReversal reversalEntry transactionNumber void',
    }),
    sublists: {
      line: {
        key: 'line',
        fields: fields(DIMENSIONS, {
          lineId: 'line',
          account: 'account',
          amount: 'debit credit',
          text: 'memo',
          entity: 'entity',
          boolean: 'eliminate',
          readOnly: 'links cleared clearedDate totalAmount',
        }),
      },
    },
  },
  deposit: {
    fields: fields(HEAD, DIMENSIONS, POSTING, { account: 'account' }),
    sublists: {
      other: {
        key: 'line',
        fields: fields(DIMENSIONS, {
          lineId: 'line',
          account: 'account',
          amount: 'amount',
          entity: 'entity',
          text: 'memo refNum',
          paymentMethod: 'paymentMethod',
          readOnly: 'links',
        }),
      },
      payment: {
        key: 'line',
        fields: fields({ lineId: 'line', transaction: 'id', boolean: 'deposit', readOnly: 'links' }),
      },
      cashback: {
        key: 'line',
        fields: fields(DIMENSIONS, {
          lineId: 'line',
          account: 'account',
          amount: 'amount',
          text: 'memo',
          readOnly: 'links',
        }),
      },
    },
  },
  check: {
    fields: fields(HEAD, DIMENSIONS, POSTING, {
      account: 'account',
      entity: 'entity',
      boolean: 'toBePrinted',
      opaque: 'address',
    }),
    sublists: expense,
  },
  creditCardCharge: {
    fields: fields(HEAD, DIMENSIONS, POSTING, { account: 'account', entity: 'entity' }),
    sublists: expense,
  },
  inventoryAdjustment: {
    fields: fields(HEAD, DIMENSIONS, POSTING, { account: 'account', location: 'adjLocation', customer: 'customer' }),
    sublists: {
      inventory: {
        key: 'line',
        fields: fields(DIMENSIONS, {
          lineId: 'line',
          item: 'item',
          quantity: 'adjustQtyBy',
          decimal: 'unitCost',
          text: 'memo',
          opaque: 'inventoryDetail',
          list: 'units',
          readOnly: 'links newQuantity quantityOnHand currentValue',
        }),
      },
    },
  },
  inventoryTransfer: {
    fields: fields(HEAD, DIMENSIONS, POSTING, { location: 'transferLocation' }),
    sublists: {
      inventory: {
        key: 'line',
        fields: fields({
          lineId: 'line',
          item: 'item',
          quantity: 'adjustQtyBy',
          text: 'description',
          opaque: 'inventoryDetail',
          list: 'units',
          readOnly: 'links quantityOnHand',
        }),
      },
    },
  },
  transferOrder: {
    fields: fields(HEAD, DIMENSIONS, {
      location: 'transferLocation',
      text: 'otherRefNum',
      choice: 'orderStatus',
      boolean: 'useItemCostAsTransferCost firmed shipComplete',
      day: 'shipDate',
      list: 'employee incoTerm shipMethod',
      opaque: 'shippingAddress shippingCost handlingCost',
      readOnly: 'orderType source trackingNumbers transactionNumber toSubsidiary',
    }),
    sublists: {
      item: {
        key: 'line',
        fields: fields({
          lineId: 'line',
          item: 'item',
          quantity: 'quantity',
          decimal: 'rate',
          text: 'description',
          choice: 'commitInventory',
          boolean: 'isClosed',
          day: 'expectedShipDate expectedReceiptDate',
          department: 'department',
          classification: 'class',
          opaque: 'inventoryDetail',
          list: 'units',
          readOnly:
            'links amount quantityFulfilled quantityReceived quantityBackOrdered quantityCommitted quantityPicked quantityPacked lastPurchasePrice itemType location',
        }),
      },
    },
  },
} as const satisfies Record<string, Schema>;

export type RecordName = keyof typeof SCHEMAS;
