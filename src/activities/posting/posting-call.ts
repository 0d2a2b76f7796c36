import type { JsonObject, JsonValue } from '../../clients/netsuite/netsuite-client.ts';
import type { Purpose } from '../../domain/documents/document-kinds.ts';
import type { Planned } from '../../domain/documents/document-plans.ts';

/** How a document is made: on its own, or from another of ours. As which record, its kind says. */
export type PostingCall =
  /** `plan`: what the body is made of, where that is looked up for each call; the document keeps that of the one by which it is posted. */
  | { kind: 'create'; body: JsonObject; plan?: Planned['plan'] }
  /** `taken`: the lines that it takes from its source where the body names none, as a body would write them; asked for only to compare. */
  | {
      kind: 'transform';
      from: { purpose: Purpose; id: string };
      body: JsonObject;
      taken?: () => Promise<JsonValue[]>;
    };
