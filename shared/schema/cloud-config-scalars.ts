import { z } from 'zod';

/** cloud-init reads YAML 1.1, where yes and on are booleans too. */
const flagExpected = 'Write true or false.';
export const flag = z.union([z.boolean(), z.string().regex(/^(yes|no|on|off)$/i, { error: flagExpected })], {
  error: flagExpected,
});
export const words = z.union([z.string(), z.array(z.string())], {
  error: 'Write a text or a list of texts.',
});
export const argument = z.union([z.string(), z.number(), z.boolean()]);
/** A text goes through the shell, a list is run as it is (util.shellify of cloud-init). */
export const command = z.union([z.string(), z.array(argument), z.null()], {
  error: 'A command is a text for the shell, or a list of the program and its arguments.',
});
const permissionsExpected = 'Permissions are octal digits in quotes, for example "0644".';
export const octalPermissions = z.union(
  [z.string().regex(/^(0o?)?[0-7]{3,4}$/, { error: permissionsExpected }), z.int()],
  { error: permissionsExpected },
);
