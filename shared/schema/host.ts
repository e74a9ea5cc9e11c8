import { z } from 'zod';
import { plain, stamped } from './help.ts';
import { namedDocument } from './metadata.ts';
import {
  bmcUrl,
  documentReference,
  domainName,
  interfaceName,
  kernelArgument,
  macAddress,
  secretName,
  variableName,
} from './scalars.ts';

export const hostRoles = ['ephemeral', 'control-plane', 'worker', 'storage', 'edge'] as const;
export type HostRole = (typeof hostRoles)[number];

const network = z
  .strictObject({
    ref: documentReference
      .optional()
      .meta(stamped('Name of a document in networks/, shared by several hosts.')),
    inline: z
      .record(z.string(), z.unknown())
      .optional()
      .meta(stamped('The network configuration itself, for a host that is like no other.')),
  })
  .refine(({ ref, inline }) => (ref === undefined) !== (inline === undefined), {
    error: 'Give either ref (the name of a document in networks/) or inline, not both and not neither.',
  });

const bmc = z.strictObject({
  address: bmcUrl.meta(
    plain('Address of the management controller, with its protocol.', {
      examples: ['redfish-virtualmedia+https://10.0.9.11/redfish/v1/Systems/1', 'ipmi://10.0.9.11'],
    }),
  ),
  mac: macAddress.optional().meta(plain('MAC address of the management controller.')),
  credentials: secretName
    .optional()
    .meta(plain('Name of the file in secrets/ that holds user and password.')),
});

const hostSpec = z.strictObject({
  domain: domainName
    .optional()
    .meta(stamped('Domain of the host; name and domain are its full name.', { examples: ['edge.example'] })),
  role: z
    .enum(hostRoles)
    .meta(
      plain(
        'What the host does. `ephemeral` boots from the medium and installs the others; it keeps nothing.',
      ),
    ),
  profile: documentReference.meta(
    plain('Name of a document in profiles/: what is baked into the image it boots.'),
  ),
  macs: z
    .record(interfaceName, macAddress)
    .meta(
      stamped(
        'MAC address of every network card by the name that its interface gets. Networks use them as ((mac.NAME)).',
      ),
    ),
  bmc: bmc.optional().meta(plain('Management controller, for booting over virtual media.')),
  network: network.meta(stamped('The network of the host: a shared document or its own.')),
  userData: z
    .array(documentReference)
    .max(64)
    .optional()
    .meta(stamped('Names of fragments in user-data/, merged in this order by the rules of cloud-init.')),
  variables: z
    .record(variableName, z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .meta(stamped('Values of this host alone. Networks and user-data use them as ((var.NAME)).')),
  kernelArguments: z
    .array(kernelArgument)
    .max(64)
    .optional()
    .meta(
      stamped('Kernel arguments of this host, behind those of the profile.', { examples: [['nomodeset']] }),
    ),
});

export const hostSchema = namedDocument('Host', hostSpec);
export type Host = z.infer<typeof hostSchema>;
