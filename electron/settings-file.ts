import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Settings, settingsSchema } from '#shared/contract.ts';
import { writeFileAtomically } from './core/files/atomic-write.ts';
import { fileFailure } from './core/files/file-failures.ts';

const windowBoundsSchema = z.object({
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  width: z.number().int().min(640).max(20_000),
  height: z.number().int().min(400).max(20_000),
});
export type WindowBounds = z.infer<typeof windowBoundsSchema>;

const contentSchema = z.object({
  settings: settingsSchema.catch({ theme: 'system', editorFontSize: 13 }),
  bounds: windowBoundsSchema.catch({ width: 1440, height: 900 }),
  /** Folders of the sites opened last, the newest first. */
  recentFolders: z.array(z.string().max(4096)).max(50).catch([]),
});
type Content = z.infer<typeof contentSchema>;

const recentLimit = 10;

/** What the application remembers between two starts. A file that is damaged counts as absent: nothing in it is precious. */
export class SettingsFile {
  readonly #path: string;
  #content: Content;
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, content: Content) {
    this.#path = path;
    this.#content = content;
  }

  static async read(path: string): Promise<SettingsFile> {
    const text = await readFile(path, 'utf8').catch(() => '{}');
    return new SettingsFile(path, contentSchema.parse(parsedObject(text)));
  }

  get settings(): Settings {
    return this.#content.settings;
  }

  get bounds(): WindowBounds {
    return this.#content.bounds;
  }

  get recentFolders(): readonly string[] {
    return this.#content.recentFolders;
  }

  /** Errors: `file-not-writable`, `disk-full`. The change holds until the end of the process all the same. */
  async changeSettings(change: { [Key in keyof Settings]?: Settings[Key] | undefined }): Promise<Settings> {
    const { theme = this.settings.theme, editorFontSize = this.settings.editorFontSize } = change;
    await this.#change({ settings: { theme, editorFontSize } });
    return this.settings;
  }

  /** Never fails, as `rememberFolder`: no work stops because a convenience could not be written to a full disk. */
  async rememberBounds(bounds: WindowBounds): Promise<void> {
    await this.#change({ bounds }).catch(() => undefined);
  }

  async rememberFolder(folder: string): Promise<void> {
    const others = this.recentFolders.filter((other) => other !== folder);
    const recentFolders = [folder, ...others].slice(0, recentLimit);
    await this.#change({ recentFolders }).catch(() => undefined);
  }

  async forgetFolder(folder: string): Promise<void> {
    await this.#change({ recentFolders: this.recentFolders.filter((other) => other !== folder) });
  }

  async #change(change: Partial<Content>): Promise<void> {
    this.#content = { ...this.#content, ...change };
    const text = `${JSON.stringify(this.#content, null, 2)}\n`;
    // In the order of the changes; one that failed does not take the later ones along.
    const written = this.#writing.then(() => writeFileAtomically(this.#path, Buffer.from(text)));
    this.#writing = written.catch(() => undefined);
    await written.catch((thrown: unknown) => {
      throw fileFailure(thrown, this.#path, 'write');
    });
  }
}

function parsedObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
