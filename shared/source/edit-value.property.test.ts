import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { isList, isMap, type Path, type PlainValue } from './edit/plain-value.ts';
import { applyReplacements } from './edit/replacement.ts';
import {
  DocumentWriter,
  type Pick,
  pathsOf,
  pickKey,
  pickScalar,
  pickValue,
} from './edit/written-document.test-support.ts';
import { editValue, editValues, type ValueChange } from './edit-value.ts';
import { parseYaml } from './parse-yaml.ts';
import { toPlain } from './source-node.ts';
import { createSourceText } from './source-text.ts';

function read(text: string): unknown {
  const sink = new DiagnosticSink();
  const root = parseYaml(createSourceText('', text), sink);
  expect(
    sink.list().filter(({ severity }) => severity === 'error'),
    text,
  ).toEqual([]);
  return root === undefined ? null : toPlain(root);
}

/** Comments that the writer made. What looks like one inside quotes has another sign before it. */
function commentsOf(text: string): string[] {
  return (text.match(/(?<=^|\s)#\d+(?=\r?$)/gm) ?? []).sort();
}

/** The same change on plain data, the plainest way. */
function changed(value: PlainValue, change: ValueChange): unknown {
  const whole = { value: structuredClone(value) as unknown };
  let holder = whole as unknown as Record<string | number, unknown>;
  let segment: string | number = 'value';
  for (const next of change.path) {
    holder = holder[segment] as Record<string | number, unknown>;
    segment = next;
  }
  if (change.type === 'set') holder[segment] = change.value;
  else if (change.type === 'insert')
    (holder as unknown as unknown[]).splice(Number(segment), 0, change.value);
  else if (change.type === 'remove')
    Array.isArray(holder) ? holder.splice(Number(segment), 1) : delete holder[segment];
  else if (change.type === 'move' && Array.isArray(holder))
    holder.splice(change.to, 0, ...holder.splice(Number(segment), 1));
  else if (change.type === 'rename') {
    const before = holder[segment];
    delete holder[segment];
    holder[change.key] = before;
  }
  return whole.value;
}

function at(value: PlainValue, path: Path): PlainValue {
  return path.reduce<PlainValue>(
    (node, segment) => (node as Record<string | number, PlainValue>)[segment] ?? null,
    value,
  );
}

function pickChange(pick: Pick, value: PlainValue): ValueChange {
  const paths = pathsOf(value);
  const path = paths[pick(paths.length)] ?? [];
  const parent = at(value, path.slice(0, -1));
  const here = at(value, path);
  const kind = pick(7);
  if (kind === 0 && isMap(here))
    return { type: 'set', path: [...path, pickKey(pick)], value: pickValue(pick, 2) };
  if (kind === 1 && isList(here))
    return { type: 'insert', path: [...path, pick(here.length + 1)], value: pickValue(pick, 2) };
  if (kind === 2 && path.length > 0) return { type: 'remove', path };
  if (kind === 3 && isList(parent) && path.length > 0) return { type: 'move', path, to: pick(parent.length) };
  if (kind === 4 && isMap(parent) && path.length > 0) {
    let key = 'new';
    while (Object.hasOwn(parent, key)) key += '-er';
    return { type: 'rename', path, key };
  }
  return { type: 'set', path, value: pick(2) === 0 ? pickScalar(pick) : pickValue(pick, 1) };
}

/** 20,000 runs find nothing, either. */
const runs = 500;

test('a change of a text is that change of its tree, and no comment beside it is lost', () => {
  fc.assert(
    fc.property(fc.gen(), (gen) => {
      const pick: Pick = (count) => gen(fc.nat, { max: count - 1 });
      const value = pickValue(pick);
      const text = new DocumentWriter(pick).write(value);
      expect(read(text), text).toEqual(value);
      const change = pickChange(pick, value);
      const result = editValue(text, change);
      const shown = `${text}\n=> ${JSON.stringify(change)}`;
      expect(result, shown).toMatchObject({ ok: true });
      if (!result.ok) return;
      expect(applyReplacements(text, result.replacements), shown).toBe(result.text);
      expect(read(result.text), `${shown}\n${result.text}`).toEqual(changed(value, change));
      const isWithin =
        change.type === 'remove' || (change.type === 'set' && typeof at(value, change.path) === 'object');
      if (!isWithin) expect(commentsOf(result.text), `${shown}\n${result.text}`).toEqual(commentsOf(text));
    }),
    { numRuns: runs },
  );
});

test('several changes after each other are one set of replacements of the text before', () => {
  fc.assert(
    fc.property(fc.gen(), (gen) => {
      const pick: Pick = (count) => gen(fc.nat, { max: count - 1 });
      let value = pickValue(pick);
      const text = new DocumentWriter(pick).write(value);
      const changes: ValueChange[] = [];
      for (let count = 0; count < 4; count++) {
        const change = pickChange(pick, value);
        changes.push(change);
        value = changed(value, change) as PlainValue;
      }
      const result = editValues(text, changes);
      // A literal block cannot be moved in front of a comment that would become a part of it.
      fc.pre(result.ok || !changes.some(({ type }) => type === 'move'));
      expect(result, `${text}\n=> ${JSON.stringify(changes)}`).toMatchObject({ ok: true });
      if (!result.ok) return;
      expect(applyReplacements(text, result.replacements)).toBe(result.text);
      expect(read(result.text)).toEqual(value);
    }),
    { numRuns: 150 },
  );
});
