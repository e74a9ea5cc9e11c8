import { elementsPath, environmentPath, type ImageElements } from '#shared/elements-form/read-elements.ts';
import { changeDocument } from '../forms/change-document.ts';

export const basePath = ['spec', 'base'] as const;

/** The keys of an image in their usual order. */
const usualOrder = [
  'base',
  'release',
  'architecture',
  'profile',
  'elements',
  'environment',
  'packages',
  'outputs',
];

export function addElement(path: string, { elements = [] }: ImageElements, name: string): boolean {
  return changeDocument(path, [
    elements.length === 0
      ? { type: 'set', path: elementsPath, value: [name], order: usualOrder }
      : { type: 'insert', path: [...elementsPath, elements.length], value: name },
  ]);
}

export function removeElement(path: string, { elements = [] }: ImageElements, index: number): boolean {
  // An empty list says no more than none.
  return changeDocument(path, [
    { type: 'remove', path: elements.length === 1 ? elementsPath : [...elementsPath, index] },
  ]);
}

export function moveElement(path: string, index: number, to: number): boolean {
  return changeDocument(path, [{ type: 'move', path: [...elementsPath, index], to }]);
}

/** Sets a variable of the environment, or takes it out when the text is empty. */
export function setVariable(
  path: string,
  { environment }: ImageElements,
  name: string,
  text: string,
): boolean {
  const at = [...environmentPath, name];
  const isLast = environment.length === 1;
  if (text === '') return changeDocument(path, [{ type: 'remove', path: isLast ? environmentPath : at }]);
  return changeDocument(path, [{ type: 'set', path: at, value: text, order: usualOrder }]);
}
