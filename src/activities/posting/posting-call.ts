import type { JsonObject, JsonValue } from '../../clients/netsuite/netsuite-client.ts';
import type { RecordType } from '../../domain/documents/document-kinds.ts';
import type { Planned } from '../../domain/documents/document-plans.ts';

/** Records that documents of ours are made from: ours, and a seller's own transfer orders. */
export type SourceRecord = RecordType | 'transferOrder';

/** How a document is made: on its own, or from another one. As which record, its kind says. */
export type PostingCall =
  /** `plan`: what the body is made of, where that is looked up for each call; the document keeps that of the one by which it is posted. */
  | { kind: 'create'; body: JsonObject; plan?: Planned['plan'] }
  /** `taken`: the lines that it takes from its source where the body does not say them whole, as a body would write them; asked for only to compare. */
  | {
      kind: 'transform';
      from: { record: SourceRecord; id: string };
      body: JsonObject;
      taken?: () => Promise<JsonValue[]>;
    };

/** Thrown by what makes a call: NetSuite no longer has what the document is made of, so a person must act. */
export class Unmakeable extends Error {}
