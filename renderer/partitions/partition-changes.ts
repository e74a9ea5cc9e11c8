import { entriesPath } from '#shared/partition-form/read-partitions.ts';
import { changeDocument } from '../forms/change-document.ts';

export function removePartition(path: string, index: number): void {
  changeDocument(path, [{ type: 'remove', path: [...entriesPath, index] }]);
}

export function movePartition(path: string, index: number, to: number): void {
  changeDocument(path, [{ type: 'move', path: [...entriesPath, index], to }]);
}
