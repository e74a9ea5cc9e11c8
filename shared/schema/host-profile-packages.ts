import { z } from 'zod';
import { baked } from './help.ts';
import { armouredKeyProblem } from './host-profile-key.ts';
import { httpUrl, packageName } from './scalars.ts';

/** What is installed, what is taken out again, and where it comes from. */

export const packagesSchema = z.strictObject({
  install: z.array(packageName).max(2000).default([]).meta(baked('Debian packages.')),
  purge: z
    .array(packageName)
    .max(500)
    .default([])
    .meta(
      baked('Packages taken out again with their configuration, for example what another one recommends.', {
        examples: ['unattended-upgrades', 'exim4-base'],
      }),
    ),
});

const suite = z.string().regex(/^(\.?\/|[A-Za-z0-9][A-Za-z0-9._+-]*(\/[A-Za-z0-9._+-]+)*\/?)$/, {
  error: 'A suite is a name such as bookworm, or ends with a slash in a flat repository, for example /.',
});

const pinnedPackage = z.string().regex(/^[a-z0-9*?[][a-z0-9+.*?[\]-]*$/, {
  error: 'A pin is for packages by name, with * for any text, for example kubelet or linux-*.',
});

const pin = z.strictObject({
  priority: z
    .int()
    .min(-1)
    .max(32_767)
    .meta(
      baked(
        'Priority in apt. 500 is that of any repository, 100 takes a package only when nothing else has it, above 1000 goes back to older versions, -1 never takes it (apt_preferences(5)).',
        { examples: [100, 700, 1001] },
      ),
    ),
  packages: z
    .array(pinnedPackage)
    .min(1)
    .max(200)
    .default(['*'])
    .meta(baked('Packages that the priority is for; all of the repository when left out.')),
});

const armouredKey = z
  .string()
  .max(262_144)
  .superRefine((text, context) => {
    const message = armouredKeyProblem(text);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

const repository = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, {
      error: 'A repository has a name of lower-case letters, digits and hyphens, for example kubernetes.',
    })
    .meta(baked('Name of its files in /etc/apt.')),
  uri: httpUrl.meta(baked('Address of the repository, as the build and the hosts reach it.')),
  suites: z
    .array(suite)
    .min(1)
    .max(16)
    .meta(
      baked('Suites. A flat repository has one that ends with a slash.', { examples: ['bookworm', '/'] }),
    ),
  components: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, { error: 'A component is a word such as main.' }))
    .max(16)
    .default([])
    .meta(baked('Components; a flat repository has none.', { examples: ['main', 'contrib'] })),
  key: armouredKey
    .optional()
    .meta(
      baked(
        'Public key that signs it, as armoured text. Left out, one of the distribution’s own keys must sign it.',
      ),
    ),
  packages: z
    .array(packageName)
    .max(2000)
    .default([])
    .meta(
      baked(
        'Packages in the image that are taken from here, even where another repository has a newer one.',
        {
          examples: [['dell-system-update']],
        },
      ),
    ),
  onHosts: z
    .boolean()
    .default(true)
    .meta(
      baked(
        'Whether hosts have the repository too. `false`: it is for the build alone, such as a mirror that no host reaches.',
      ),
    ),
  pin: pin.optional().meta(baked('Which packages come from here, and how strongly.')),
});

export const repositoriesSchema = z.array(repository).max(32);
