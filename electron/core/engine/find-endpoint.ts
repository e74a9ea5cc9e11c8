import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { SiteforgeError } from '#shared/errors.ts';
import { digestOf } from '../files/file-digest.ts';

/** Where an engine may listen. Builders mount folders of this machine, so only engines of this machine are of use. */
export type EngineEndpoint =
  | { readonly type: 'socket'; readonly path: string }
  | { readonly type: 'tcp'; readonly host: string; readonly port: number };

export interface EndpointOptions {
  /** A context of the docker command line. */
  readonly context?: string | undefined;
  readonly environment?: NodeJS.ProcessEnv;
  readonly home?: string;
}

/**
 * Endpoints in the order in which they are tried: the named context alone; else DOCKER_HOST alone; else the current
 * context, Docker's socket, and those of rootless Docker, Docker Desktop and Podman.
 * Throws `engine-absent` for a context that does not exist and `engine-refused` for one on another machine.
 */
export function findEndpoints(options: EndpointOptions = {}): EngineEndpoint[] {
  const environment = options.environment ?? process.env;
  const home = options.home ?? homedir();
  const configuration = environment.DOCKER_CONFIG ?? join(home, '.docker');
  if (options.context !== undefined && options.context !== 'default') {
    return [parseHost(hostOfContext(configuration, options.context), `the context ${options.context}`)];
  }
  if (environment.DOCKER_HOST) return [parseHost(environment.DOCKER_HOST, 'DOCKER_HOST')];
  const runtime = environment.XDG_RUNTIME_DIR ?? `/run/user/${process.getuid?.() ?? 0}`;
  const sockets = [
    '/var/run/docker.sock',
    join(runtime, 'docker.sock'),
    join(home, '.docker/run/docker.sock'),
    join(home, '.docker/desktop/docker.sock'),
    join(runtime, 'podman/podman.sock'),
    '/run/podman/podman.sock',
  ].map((path): EngineEndpoint => ({ type: 'socket', path }));
  return [...(options.context === undefined ? currentContext(configuration) : []), ...sockets];
}

export function nameOfEndpoint(endpoint: EngineEndpoint): string {
  return endpoint.type === 'socket' ? endpoint.path : `${endpoint.host}:${endpoint.port}`;
}

function parseHost(host: string, source: string): EngineEndpoint {
  if (host.startsWith('unix://')) return { type: 'socket', path: host.slice('unix://'.length) };
  if (host.startsWith('/')) return { type: 'socket', path: host };
  const url = URL.canParse(host) ? new URL(host) : undefined;
  const local = url !== undefined && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url?.protocol === 'tcp:' && local) {
    return { type: 'tcp', host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 2375) };
  }
  throw new SiteforgeError('engine-refused', {
    where: host,
    message: `${source} names ${host}. Builders need an engine on this machine (a unix socket).`,
  });
}

const contextSchema = z.object({
  Name: z.string(),
  Endpoints: z.object({ docker: z.object({ Host: z.string() }) }),
});

/** The docker command line keeps a context under the SHA-256 of its name. */
function hostOfContext(configuration: string, name: string): string {
  const file = join(configuration, 'contexts', 'meta', digestOf(name), 'meta.json');
  const context = contextSchema.safeParse(readJson(file));
  if (context.success) return context.data.Endpoints.docker.Host;
  throw new SiteforgeError('engine-absent', {
    where: file,
    message: `There is no engine context named ${name}. "docker context ls" lists them.`,
  });
}

function currentContext(configuration: string): EngineEndpoint[] {
  const settings = z
    .object({ currentContext: z.string() })
    .safeParse(readJson(join(configuration, 'config.json')));
  if (!settings.success || settings.data.currentContext === 'default') return [];
  try {
    return [parseHost(hostOfContext(configuration, settings.data.currentContext), 'The current context')];
  } catch {
    return [];
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
