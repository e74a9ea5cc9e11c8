import { occurrenceIn } from '../../refactor/occurrences.ts';
import { isDocumentSymbol } from '../../refactor/symbols.ts';
import { folderOfKind } from '../../site/document-kinds.ts';
import { nameProblem } from '../../site/document-name.ts';
import { scalarText } from '../insert-text.ts';
import { type Finding, type Fix, type FixContext, fixAt } from './fix.ts';

/** As many as a menu can hold beside the others. */
const mostNames = 4;

/** Makes the document that is named, or names one that there is. The nearest name is offered by the finding itself. */
export function unknownReferenceFixes({ document, span, diagnostic }: Finding, context: FixContext): Fix[] {
  const { documents } = context.analysis;
  const occurrence = occurrenceIn(document, span.start);
  if (occurrence === undefined || !isDocumentSymbol(occurrence.symbol.kind)) return [];
  const { source, style } = occurrence;
  const { kind, name } = occurrence.symbol;
  const folder = isDocumentSymbol(kind) ? (folderOfKind(kind) ?? '') : '';
  const paths = documents.map(({ path }) => path);
  const near = new Set(
    (diagnostic.fixes ?? []).map(({ newText }) => newText.replace(/^(["'])(.*)\1$/, '$2')),
  );
  const names = documents
    .filter((each) => each.kind === kind && !near.has(each.name))
    .map((each) => each.name)
    .slice(0, mostNames);
  const creations: Fix[] =
    nameProblem(name, folder, paths) === undefined
      ? [
          {
            title: `Make ${folder}/${name}.yaml`,
            isPreferred: false,
            documents: [],
            creates: { path: `${folder}/${name}.yaml` },
          },
        ]
      : [];
  const others = names.map((other) =>
    fixAt(`Use “${other}”`, source, occurrence.span, style === 'raw' ? other : scalarText(other)),
  );
  return [...creations, ...others];
}
