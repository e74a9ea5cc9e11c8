import fc from 'fast-check';

/*
 * Every run of the tests sees the same random values: a run that fails says something about the change, not about luck.
 * New values are looked for with `SITEFORGE_SEED=random`, or a number, before the tests.
 */
const { SITEFORGE_SEED: seed = '1' } = process.env;
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });
