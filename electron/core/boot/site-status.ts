import { z } from 'zod';

const name = z.string().max(255);

const siteStatusSchema = z.object({
  host: name,
  fqdn: name.nullish(),
  addresses: z.array(z.object({ interface: name, address: z.string().max(64) })).max(1024),
  cloudInit: z.object({
    status: z.string().max(64),
    errors: z.array(z.string().max(4096)).max(256),
    datasource: z.string().max(255).nullish(),
  }),
  /** Since the kernel started. */
  seconds: z.number().min(0),
});

/** What a booted image of ours tells on its console when cloud-init is done. */
export type SiteStatus = z.infer<typeof siteStatusSchema>;

const marker = 'siteforge-status {';

/** The status in a console line; undefined for other lines, `problem` for one that was written over or is not valid. */
export function parseSiteStatus(line: string): { status: SiteStatus } | { problem: string } | undefined {
  const at = line.indexOf(marker);
  if (at < 0) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line.slice(at + marker.length - 1));
  } catch (thrown) {
    return { problem: thrown instanceof Error ? thrown.message : 'not JSON' };
  }
  const parsed = siteStatusSchema.safeParse(value);
  return parsed.success ? { status: parsed.data } : { problem: z.prettifyError(parsed.error) };
}
