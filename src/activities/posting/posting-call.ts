import type { JsonObject, JsonValue } from '../../clients/netsuite/netsuite-client.ts';

/** How the document is made: on its own, or from another record. */
export type PostingCall =
  | { kind: 'create'; type: string; body: JsonObject }
  /** `taken`: the lines that it takes from its source where the body names none, as a body would write them; asked for only to compare. */
  | {
      kind: 'transform';
      from: { type: string; id: string };
      target: string;
      body: JsonObject;
      taken?: () => Promise<JsonValue[]>;
    };
