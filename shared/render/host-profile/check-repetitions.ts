import { entryOf, type SourceNode } from '../../source/source-node.ts';
import type { ProfileCheck } from './profile-check.ts';
import { type Remedy, removed } from './remedy.ts';
import { canonicalSysctlKey } from './sysctl/sysctl.ts';

export function checkRepetitions({ spec, at, contradiction }: ProfileCheck): void {
  const repeated = (
    keys: readonly string[],
    place: (index: number) => SourceNode,
    say: (key: string) => string,
    remedyOf: (index: number) => Remedy[] = () => [],
  ) => {
    const seen = new Set<string>();
    for (const [index, key] of keys.entries()) {
      if (seen.has(key)) contradiction(place(index), say(key), ...remedyOf(index));
      seen.add(key);
    }
  };
  const sysctl = Object.keys(spec.sysctl ?? {});
  repeated(
    sysctl.map(canonicalSysctlKey),
    (index) => entryOf(at('sysctl'), sysctl[index] ?? '')?.key ?? at('sysctl'),
    (key) => `The sysctl ${key.replaceAll('/', '.')} is set twice, in two spellings.`,
    (index) => [removed('sysctl', sysctl[index] ?? '')],
  );
  repeated(
    (spec.limits ?? []).map(({ domain, type, item }) => `${domain} ${type} ${item}`),
    (index) => at('limits', index),
    (key) => `The limit ${key} is set twice.`,
    (index) => [removed('limits', index)],
  );
  repeated(
    (spec.directories ?? []).map(({ path }) => path),
    (index) => at('directories', index, 'path'),
    (path) => `The folder ${path} is described twice.`,
  );
  repeated(
    (spec.permissions ?? []).map(({ path }) => path),
    (index) => at('permissions', index, 'path'),
    (path) => `The owner and mode of ${path} are set twice.`,
    (index) => [removed('permissions', index)],
  );
  repeated(
    (spec.scripts ?? []).map(({ name }) => name),
    (index) => at('scripts', index, 'name'),
    (name) => `There are two scripts of the name ${name}.`,
  );
}
