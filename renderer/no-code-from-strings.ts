import { config } from 'zod';

/**
 * zod makes faster parsers out of strings where it may; the page's policy forbids that, and even the attempt is
 * reported as a violation. Imported first, because zod tries when the first schema is made.
 */
config({ jitless: true });
