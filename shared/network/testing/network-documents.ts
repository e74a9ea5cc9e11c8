import { type Diagnostic, DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import { parseYaml } from '../../source/parse-yaml.ts';
import { type SourceNode, toPlain } from '../../source/source-node.ts';
import { createSourceText } from '../../source/source-text.ts';
import { checkNetwork, type HostFacts } from '../check-network.ts';
import type { NetworkModel } from '../model.ts';
import { parseNetwork } from '../parse-network.ts';

export interface Verdict {
  readonly model: NetworkModel | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** `line:column severity code`, one for each diagnostic. */
  readonly findings: readonly string[];
}

/** Parses and checks a document as the application does. */
export function verdictOf(text: string, host?: HostFacts, file = 'networks/test.yaml'): Verdict {
  const sink = new DiagnosticSink();
  const node = parseYaml(createSourceText(file, text), sink);
  const model = node === undefined ? undefined : parseNetwork(node, sink);
  if (model !== undefined) checkNetwork(model, sink, host);
  const diagnostics = sink.list();
  const findings = diagnostics.map(
    ({ range, severity, code }) => `${range.start.line}:${range.start.column} ${severity} ${code}`,
  );
  return { model, diagnostics, findings };
}

/** The model of a document that is known to be fine. */
export function modelOf(text: string, file?: string): NetworkModel {
  const { model, diagnostics } = verdictOf(text, undefined, file);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (model === undefined || errors.length > 0) throw new Error(JSON.stringify(errors, undefined, 1));
  return model;
}

/** A model without its places, and with what has no order sorted by name, for comparing what two documents say. */
export function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces).sort(byName);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if ('type' in value && 'span' in value) return toPlain(value as SourceNode);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'node' && key !== 'format' && !(key === 'key' && 'name' in value))
      .map(([key, member]) => [key, withoutPlaces(member)]),
  );
}

/** Parameters have a name and passed-through settings a key; all other lists keep their order. */
function byName(a: unknown, b: unknown): number {
  const nameOf = (entry: unknown) => {
    const { name, key } = Object(entry) as { name?: unknown; key?: unknown };
    return String(name ?? key ?? '');
  };
  return nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0;
}
