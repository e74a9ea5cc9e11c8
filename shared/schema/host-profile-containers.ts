import { z } from 'zod';
import { baked } from './help.ts';
import { httpUrl, pemCertificate } from './scalars.ts';

/** What runs containers, and the node of Kubernetes on it. */

/** Longer texts are refused before their pattern is tried (see `matching` of scalars.ts). */
const textOf = (longest: number) => z.string().max(longest, { abort: true });
/** A domain name (RFC 1035 section 2.3.4). */
const longestName = 255;
const longestValue = 4096;

const registryName = textOf(longestName)
  .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)(:\d{1,5})?$/, {
    error: 'A registry is a host name with an optional port, for example registry.edge.example:5000.',
  })
  .refine((name) => Number(/:(\d+)$/.exec(name)?.[1] ?? 1) <= 65_535, {
    error: 'A registry is a host name with an optional port of at most 65535.',
  });

const registry = z.strictObject({
  name: registryName.meta(
    baked('The registry as images name it: what stands in front of the first slash.', {
      examples: ['registry.edge.example:5000'],
    }),
  ),
  mirrors: z
    .array(httpUrl)
    .max(8)
    .default([])
    .meta(baked('Addresses that are asked in its place, in this order.')),
  insecure: z
    .boolean()
    .default(false)
    .meta(baked('Whether its certificate is not checked. Anybody between may then give you other images.')),
  certificate: pemCertificate
    .optional()
    .meta(baked('Certificate of the authority that signed the registry’s, as PEM.')),
});

const proxy = z.strictObject({
  http: httpUrl.optional().meta(baked('Proxy for pulling over http.')),
  https: httpUrl.optional().meta(baked('Proxy for pulling over https.')),
  noProxy: z
    .array(textOf(longestName).regex(/^[^\s,"\\]+$/, { error: 'One host, domain or subnet without spaces.' }))
    .max(200)
    .default([])
    .meta(baked('Hosts, domains and subnets that are reached without it.')),
});

export const containerRuntimes = ['containerd', 'docker', 'cri-o', 'none'] as const;

export const containersSchema = z.strictObject({
  runtime: z
    .enum(containerRuntimes)
    .meta(
      baked(
        'What runs containers. Debian has containerd and docker.io; cri-o comes from a repository of its own. `none` says that something else brings one.',
      ),
    ),
  configuration: z
    .string()
    .min(1)
    .max(262_144)
    .optional()
    .meta(
      baked(
        'The runtime’s own configuration in place of the one that is made from these settings: config.toml of containerd, daemon.json of docker, a part of crio.conf.d.',
      ),
    ),
  registries: z
    .array(registry)
    .max(64)
    .default([])
    .meta(baked('Registries with mirrors, or certificates of their own.')),
  proxy: proxy.optional().meta(baked('Proxy for pulling images.')),
});

const argumentExpected = 'An argument of the kubelet is written without its hyphens, for example max-pods.';

export const kubernetesSchema = z.strictObject({
  version: z
    .string()
    .regex(/^1\.\d{1,3}(\.\d{1,3})?$/, {
      error: 'A version of Kubernetes is written as "1.31" or "1.31.4", in quotes and without a v.',
    })
    .meta(
      baked(
        'Version of kubelet and kubeadm. Two numbers take the newest correction that the repository has.',
      ),
    ),
  packages: z
    .array(z.enum(['kubelet', 'kubeadm', 'kubectl', 'cri-tools', 'kubernetes-cni']))
    .max(5)
    .default(['kubelet', 'kubeadm', 'kubectl'])
    .meta(baked('Packages of this version; they are held, so that no upgrade changes them.')),
  cniVersion: z
    .string()
    .regex(/^\d{1,3}\.\d{1,3}(\.\d{1,3})?$/, {
      error: 'A version of the CNI plugins is written as "1.5" or "1.5.1", in quotes and without a v.',
    })
    .optional()
    .meta(
      baked(
        'Version of the CNI plugins (package kubernetes-cni), which is held as well. Left out, the one that the kubelet asks for.',
        { examples: ['1.5.1'] },
      ),
    ),
  kubeletArguments: z
    .record(
      textOf(longestName).regex(/^[a-z][a-z0-9-]*$/, { error: argumentExpected }),
      z
        .union([
          textOf(longestValue).regex(/^[^\s"'\\$`]*$/, { error: 'A value has no spaces and quotes.' }),
          z.number(),
          z.boolean(),
        ])
        .transform(String),
    )
    .default({})
    .meta(
      baked(
        'More arguments of the kubelet, the same on every host (KUBELET_EXTRA_ARGS). Addresses and names belong to user-data.',
        { examples: [{ 'max-pods': 250, 'cpu-manager-policy': 'static' }] },
      ),
    ),
});
