import type { DocumentSweepActivities } from '../../contracts/documents/document-sweep.ts';
import type { Bind } from '../bind.ts';
import { sweepDocuments } from './sweep-documents.ts';

export const documentSweepActivities = (bind: Bind): DocumentSweepActivities => ({
  sweepDocuments: bind(sweepDocuments),
});
