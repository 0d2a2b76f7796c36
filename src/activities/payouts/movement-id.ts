import type { MovementKind } from '../../domain/matching/expected-movements.ts';
import { purposeOfMovement } from '../../domain/matching/movement.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';

/** Key of a movement, from its ordinal among those of its kind: DEP 1 is always the payout, micro deposits follow; CHG counts by itself. */
export function movementId(connection: string, businessKey: string, kind: MovementKind, ordinal: number): string {
  const part = kind === 'micro-deposit' ? ordinal + 2 : ordinal + 1;
  return externalIdOf({ connection, purpose: purposeOfMovement(kind), businessKey, part });
}
