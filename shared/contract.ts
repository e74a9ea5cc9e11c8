import { z } from 'zod';
import { failureSchema, type Job } from './job.ts';

/**
 * Every call and push between the window and main, as schemas. Main checks the sender, parses the input and answers
 * `{ok: true, value}` or `{ok: false, failure}`. The window holds ids, never paths of the machine.
 */

const siteId = z.string().min(1).max(64);
const jobId = z.string().min(1).max(64);
const artifactId = z.string().min(1).max(128);
/** A document's path inside its site: forward slashes, no way out of the folder. */
export const documentPath = z
  .string()
  .min(1)
  .max(255)
  .regex(/^(?!\.)[^\\/\0]+(\/(?!\.)[^\\/\0]+)*$/);
const text = z.string().max(8 * 1024 * 1024);
const digest = z.string().regex(/^[0-9a-f]{64}$/);

export const documentSchema = z.object({
  path: documentPath,
  text,
  digest,
  tooLarge: z.boolean().optional(),
});
export type DocumentOnDisk = z.infer<typeof documentSchema>;

/** A text that a window holds and the disk does not. `baseDigest`: of the text that it was made from; null: of none. */
export const unsavedTextSchema = z.object({ path: documentPath, text, baseDigest: digest.nullable() });
export type UnsavedText = z.infer<typeof unsavedTextSchema>;

/** What lies in a site beside its documents, of which documents may name elements and secrets. */
const otherPaths = z.array(z.string().max(255)).max(1000);

export const openedSiteSchema = z.object({
  siteId,
  name: z.string(),
  /** The folder as people write it (`~/sites/edge-berlin`): for showing, not for opening. */
  folder: z.string(),
  readOnly: z.boolean(),
  documents: z.array(documentSchema),
  otherPaths,
  /** What a window that crashed had not saved. Of a page that asks again: what it holds itself. */
  unsaved: z.array(unsavedTextSchema),
});
export type OpenedSite = z.infer<typeof openedSiteSchema>;

const recentSiteSchema = z.object({ siteId, name: z.string(), folder: z.string(), present: z.boolean() });
export type RecentSite = z.infer<typeof recentSiteSchema>;

/** Jobs are sent whole: they are small (steps, not log lines), and `shared/job.ts` reduced them already. */
const jobSchema = z.custom<Job>((value) => typeof value === 'object' && value !== null);

/** Sent as the core reads it from out/: seeds of a few KiB, and the configurations in the manifests. */
const deliveredSchema = z.custom<import('./compare/freshness.ts').Delivered>(
  (value) => typeof value === 'object' && value !== null,
);

export const engineStatusSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('ready'),
    /** "Docker 20.10.24 local" */
    label: z.string(),
    builderImage: z.enum(['present', 'missing']),
    /** What the builder's containers may do beyond an ordinary one, with the reason, for showing. */
    capabilities: z.array(z.object({ name: z.string(), why: z.string() })),
  }),
  z.object({ state: z.literal('unavailable'), failure: failureSchema }),
]);
export type EngineStatus = z.infer<typeof engineStatusSchema>;

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  editorFontSize: z.number().int().min(10).max(24),
});
export type Settings = z.infer<typeof settingsSchema>;

/** As documents name it; see `isSecretName`. */
const secretName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/);
const secretPlace = z.enum(['key-store', 'folder']);
export type SecretPlace = z.infer<typeof secretPlace>;

/** Which secrets have a value on this machine, never the values. */
export const secretListSchema = z.object({
  secrets: z.array(z.object({ name: secretName, where: secretPlace, changed: z.number() })),
  /** What speaks against secrets/ as it is; `secrets.mend` puts it right. */
  findings: z.array(
    z.object({
      code: z.enum(['secret-permissions', 'secret-not-ignored']),
      path: z.string(),
      message: z.string(),
    }),
  ),
  keyStore: z.discriminatedUnion('usable', [
    z.object({ usable: z.literal(true) }),
    z.object({ usable: z.literal(false), reason: z.string() }),
  ]),
});
export type SecretList = z.infer<typeof secretListSchema>;

/** What hosts are exported as. */
const exportFormats = ['table', 'airship', 'nmstate', 'netplan', 'network-data'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const nothing = z.undefined().or(z.object({}).strict());

function call<Input extends z.ZodType, Output extends z.ZodType>(input: Input, output: Output) {
  return { input, output };
}

export const calls = {
  /** Shows the folder dialog; null when it was closed without a choice. */
  'site.choose': call(nothing, openedSiteSchema.nullable()),
  'site.open-recent': call(z.object({ siteId }), openedSiteSchema),
  /** The example that travels with the application, copied to a folder that the user chooses. */
  'site.open-example': call(nothing, openedSiteSchema.nullable()),
  /** A site of one host, in an empty folder that the user chooses or makes; `folder-not-empty` in any other. */
  'site.create': call(nothing, openedSiteSchema.nullable()),
  /** The site named when the application was started, or the one of the last window. */
  'site.initial': call(nothing, openedSiteSchema.nullable()),
  'site.recent': call(nothing, z.array(recentSiteSchema)),
  'site.forget-recent': call(z.object({ siteId }), z.null()),
  'site.reload': call(z.object({ siteId }), openedSiteSchema),
  /**
   * Writes the window's texts again: into the site's own folder, where nothing that exists is written over, or as a
   * new folder inside one that the user chooses. Opens what was written; null when no folder was chosen.
   */
  'site.rescue': call(
    z.object({
      siteId,
      to: z.enum(['same-folder', 'other-folder']),
      documents: z
        .array(z.object({ path: documentPath, text }))
        .min(1)
        .max(2000),
    }),
    openedSiteSchema.nullable(),
  ),

  /**
   * Each document is written whole or not at all, and none keeps the others from the disk: `failed` tells which were
   * not written, and why (`document-changed-on-disk` when the file is not the one that was read, baseDigest).
   */
  'documents.save': call(
    z.object({
      siteId,
      documents: z
        .array(
          z.object({
            path: documentPath,
            text,
            baseDigest: digest.nullable(),
            force: z.boolean().optional(),
          }),
        )
        .min(1)
        .max(2000),
    }),
    z.object({
      saved: z.array(z.object({ path: documentPath, digest })),
      failed: z.array(z.object({ path: documentPath, failure: failureSchema })),
    }),
  ),
  /**
   * All of them or none; answers their digests by path. Refused with `document-exists` when a name is taken, also in
   * another case. Makes the folder.
   */
  'documents.create': call(
    z.object({
      siteId,
      documents: z
        .array(z.object({ path: documentPath, text }))
        .min(1)
        .max(2000),
    }),
    z.record(documentPath, digest),
  ),
  /** Within its folder. The content stays as it is; refused with `document-exists`, never written over. */
  'document.rename': call(z.object({ siteId, from: documentPath, to: documentPath }), z.null()),
  /** To the trash of the system (`trash-unavailable` where there is none), or for good, with a copy in the cache. */
  'document.remove': call(
    z.object({ siteId, path: documentPath, to: z.enum(['trash', 'nowhere']) }),
    z.null(),
  ),
  'document.show-in-folder': call(z.object({ siteId, path: documentPath }), z.null()),
  /**
   * Writes what the hosts are to other programs into a new folder inside one that the user chooses, named after site and
   * format; null when none was chosen. Only this account may read the files: netplan insists on it.
   */
  'hosts.export': call(
    z.object({
      siteId,
      as: z.enum(exportFormats),
      files: z
        .array(z.object({ name: z.string().regex(/^[a-z0-9][A-Za-z0-9.-]{0,200}$/), text }))
        .min(1)
        .max(2000),
    }),
    z.object({ folder: z.string() }).nullable(),
  ),
  /** Tells main about unsaved text, so that closing the window can ask. */
  'window.unsaved': call(z.object({ count: z.number().int().min(0).max(10_000) }), z.null()),
  /** Keeps all texts of the window that are not saved, in the place of those before, until they are or it is closed. */
  'unsaved.keep': call(z.object({ siteId, documents: z.array(unsavedTextSchema).max(2000) }), z.null()),

  'engine.status': call(nothing, engineStatusSchema),
  /** `refresh`: with packages as the mirror has them now, in spite of what the cache has. */
  'build.start': call(
    z.object({ siteId, image: z.string().min(1).max(63), refresh: z.boolean().optional() }),
    jobSchema,
  ),
  'build.cancel': call(z.object({ jobId }), z.null()),
  'jobs.list': call(z.object({ siteId }), z.array(jobSchema)),
  'job.remove': call(z.object({ jobId }), z.null()),
  /** Lines of a job's log, counted from 0; at most 2,000 at once. */
  'job.log': call(
    z.object({ jobId, from: z.number().int().min(0), count: z.number().int().min(1).max(2000) }),
    z.object({ total: z.number(), lines: z.array(z.string()) }),
  ),
  /**
   * A portion of a search in a log, from a line on: the numbers of the lines that hold the text, and the line to go on
   * from, null at the end. Who asks for no further portion has cancelled the search.
   */
  'job.search-log': call(
    z.object({
      jobId,
      text: z.string().regex(/^[^\r\n]{1,500}$/),
      ignoreCase: z.boolean(),
      from: z.number().int().min(0),
    }),
    z.object({ lines: z.array(z.number()), next: z.number().nullable(), total: z.number() }),
  ),
  'artifact.manifest': call(z.object({ artifactId }), z.object({ text: z.string() })),
  'artifact.show-in-folder': call(z.object({ artifactId }), z.null()),
  /** Stamps a host's seed into a copy of the artifact; the copy lies beside it in out/. */
  'stamp.start': call(
    z.object({ siteId, artifactId, host: z.string().min(1).max(63) }),
    z.object({
      name: z.string(),
      size: z.number(),
      milliseconds: z.number(),
      artifactId,
      /** What speaks against this host in this image, a sentence each; the copy was made all the same. */
      warnings: z.array(z.string()).optional(),
    }),
  ),
  /** What was stamped for a host last, and what was built: for comparing the text now with it. */
  'host.delivered': call(z.object({ siteId, host: z.string().min(1).max(253) }), deliveredSchema),

  'secrets.list': call(z.object({ siteId }), secretListSchema),
  /** Closes secrets/ to other accounts and tells git to leave it out. */
  'secrets.mend': call(z.object({ siteId }), secretListSchema),
  /** Takes the place of an earlier value, wherever that was kept. */
  'secret.set': call(
    z.object({
      siteId,
      name: secretName,
      where: secretPlace,
      value: z
        .string()
        .min(1)
        .max(256 * 1024),
    }),
    secretListSchema,
  ),
  /** The content of a file that the user chooses; null when the dialog was closed without a choice. */
  'secret.set-from-file': call(
    z.object({ siteId, name: secretName, where: secretPlace }),
    secretListSchema.nullable(),
  ),
  /** The value alone, wherever it lies; `secret-exists`, never written over. Documents are the window's. */
  'secret.rename': call(z.object({ siteId, from: secretName, to: secretName }), secretListSchema),
  'secret.remove': call(z.object({ siteId, name: secretName }), secretListSchema),
  /** The only call whose answer holds a value: of one secret, for the window that asks. */
  'secret.reveal': call(z.object({ siteId, name: secretName }), z.object({ value: z.string() })),

  'settings.read': call(nothing, settingsSchema),
  'settings.write': call(settingsSchema.partial(), settingsSchema),
  'clipboard.write': call(z.object({ text: z.string().max(2 * 1024 * 1024) }), z.null()),
} as const;

export type CallName = keyof typeof calls;
export type CallInput<Name extends CallName> = z.input<(typeof calls)[Name]['input']>;
export type CallOutput<Name extends CallName> = z.output<(typeof calls)[Name]['output']>;

/** Commands that menus send to the window; the palette offers the same. */
export const commandIds = [
  'site.choose',
  'site.create',
  'document.new',
  'document.save',
  'document.save-all',
  'view.site',
  'view.hosts',
  'view.images',
  'view.builds',
  'view.problems',
  'view.preview',
  'palette.show',
  'build.start',
  'theme.toggle',
] as const;

export const pushes = {
  /** Documents that changed on disk; `text: null` means removed. */
  'site.changed': z.object({
    siteId,
    /** All of them again when they changed. */
    otherPaths: otherPaths.optional(),
    changes: z.array(z.object({ path: documentPath, text: text.nullable(), digest: digest.nullable() })),
  }),
  'site.vanished': z.object({ siteId, failure: failureSchema }),
  /** At most ten a second and job. */
  'job.changed': z.object({ job: jobSchema, logLines: z.number() }),
  command: z.object({ id: z.enum(commandIds) }),
} as const;

export type PushName = keyof typeof pushes;
export type PushValue<Name extends PushName> = z.output<(typeof pushes)[Name]>;

export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: z.infer<typeof failureSchema> };

/** What the preload script puts on `window.siteforge`: two verbs, call and listen, and a dropped folder. */
export interface Bridge {
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Answer<CallOutput<Name>>>;
  listen<Name extends PushName>(name: Name, listener: (value: PushValue<Name>) => void): () => void;
  /** Opens a folder that was dropped on the window; the path never reaches the page. */
  openDropped(file: unknown): Promise<Answer<OpenedSite>>;
  readonly platform: string;
}
