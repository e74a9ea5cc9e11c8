#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

/**
 * What `siteforge` starts: the program beside it, with the code that V8 compiled of it when it was built. Without that,
 * as with another version of Node, V8 compiles it again, which takes a tenth of a second.
 */
const program = join(import.meta.dirname, 'siteforge.cjs');
const codeCache = join(import.meta.dirname, 'siteforge.cache');

/**
 * V8 optimises a function after 132 KiB of executed bytecode. In a command that lives a second, the compiler takes more
 * time than its code saves: to check 500 hosts costs 1.2 s of processor with that budget and 0.7 s with this one.
 */
setFlagsFromString('--interrupt-budget=1500000');

const cachedData = contentOf(codeCache);
const script = new Script(
  `(function (require, module, exports, __filename, __dirname) {${readFileSync(program, 'utf8')}\n})`,
  { filename: program, ...(cachedData === undefined ? {} : { cachedData }) },
);
// What the build asks for: at the end, the cache holds the functions that the command needed as well.
if (process.env.SITEFORGE_WRITE_CODE_CACHE === '1')
  process.once('exit', () => writeFileSync(codeCache, script.createCachedData()));
const module = { exports: {} };
script.runInThisContext()(createRequire(program), module, module.exports, program, dirname(program));

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
