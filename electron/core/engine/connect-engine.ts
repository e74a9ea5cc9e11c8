import { setTimeout as sleep } from 'node:timers/promises';
import type Dockerode from 'dockerode';
import { type Failure, SiteforgeError, toFailure } from '#shared/errors.ts';
import { errnoOf } from '../files/file-failures.ts';
import { type EndpointOptions, type EngineEndpoint, findEndpoints, nameOfEndpoint } from './find-endpoint.ts';

/** An engine that answered. Only modules of this folder look inside `docker`. */
export interface Engine {
  readonly docker: Dockerode;
  readonly endpoint: EngineEndpoint;
  /** "Docker 20.10.24 local" */
  readonly label: string;
}

/** An engine on this machine answers within milliseconds; one that is starting may take a few seconds. */
const answerMilliseconds = 5000;

/** The first endpoint that answers. Throws `engine-absent` or, when one is there but closed to us, `engine-permission`. */
export async function connectEngine(options: EndpointOptions = {}): Promise<Engine> {
  const endpoints = findEndpoints(options);
  const tried: string[] = [];
  let refused: string | undefined;
  for (const endpoint of endpoints) {
    const name = nameOfEndpoint(endpoint);
    try {
      return await connect(endpoint);
    } catch (thrown) {
      const errno = errnoOf(thrown);
      if (errno === 'EACCES' || errno === 'EPERM') refused ??= name;
      tried.push(`${name}: ${errno ?? (thrown instanceof Error ? thrown.message : String(thrown))}`);
    }
  }
  const detail = tried.join('\n');
  if (refused !== undefined) {
    const message = `This account may not open ${refused}.`;
    throw new SiteforgeError('engine-permission', { where: refused, message, detail });
  }
  throw new SiteforgeError('engine-absent', { detail });
}

/** The failure instead of a throw, for a status display. */
export async function tryConnectEngine(options: EndpointOptions = {}): Promise<Engine | Failure> {
  return connectEngine(options).catch(toFailure);
}

async function connect(endpoint: EngineEndpoint): Promise<Engine> {
  const docker = await open(endpoint);
  const version = await withinTime(docker.version());
  const product = version.Components?.[0]?.Name.startsWith('Podman') ? 'Podman' : 'Docker';
  const number = version.Version.replace(/[+~-].*$/, '');
  return { docker, endpoint, label: `${product} ${number} local` };
}

/** dockerode takes 140 ms to load: it is loaded when an engine is wanted, and not before. */
async function open(endpoint: EngineEndpoint): Promise<Dockerode> {
  const { default: Docker } = await import('dockerode');
  // An empty host keeps dockerode from taking DOCKER_HOST in its place.
  if (endpoint.type === 'socket') return new Docker({ socketPath: endpoint.path, host: '' });
  return new Docker({ host: endpoint.host, port: endpoint.port, protocol: 'http' });
}

export async function isAnswering(engine: Engine): Promise<boolean> {
  return withinTime<unknown>(engine.docker.ping()).then(
    () => true,
    () => false,
  );
}

async function withinTime<Value>(answer: Promise<Value>): Promise<Value> {
  const timer = new AbortController();
  const late = sleep(answerMilliseconds, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`no answer within ${answerMilliseconds / 1000} s`);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    late.catch(() => undefined);
    timer.abort();
  }
}
