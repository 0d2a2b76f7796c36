import type { JsonObject, JsonValue } from '../../clients/netsuite/netsuite-client.ts';
import type { Purpose } from '../../domain/documents/document-kinds.ts';

/** How a document is made: on its own, or from another of ours. As which record, its kind says. */
export type PostingCall =
  | { kind: 'create'; body: JsonObject }
  /** `taken`: the lines that it takes from its source where the body names none, as a body would write them; asked for only to compare. */
  | {
      kind: 'transform';
      from: { purpose: Purpose; id: string };
      body: JsonObject;
      taken?: () => Promise<JsonValue[]>;
    };
