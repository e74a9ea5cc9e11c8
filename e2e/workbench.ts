import { expect, type Locator, type Page } from '@playwright/test';

type PreviewTab = 'user-data' | 'network' | 'meta' | 'vendor' | 'Links';

/** The window as a person sees it: by roles and names. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The editor shows the first document of the site. */
  async ready(): Promise<void> {
    await expect(this.page.locator('.monaco-editor .view-line').first()).toBeVisible({ timeout: 20_000 });
  }

  async place(name: 'Site' | 'Hosts' | 'Images' | 'Builds'): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name }).click();
  }

  /** The tab of a document, by its path: two may have the same name. */
  tab(document: string): Locator {
    return this.page.getByTitle(document, { exact: true }).getByRole('tab');
  }

  /** Opens a document through quick open, as one does who knows its path. */
  async open(document: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await expect(this.page.getByRole('dialog')).toBeVisible();
    await this.page.keyboard.type(document);
    await expect(this.page.getByRole('dialog').getByRole('option').first()).toBeVisible();
    await this.page.keyboard.press('Enter');
    await expect(this.tab(document)).toHaveAttribute('aria-selected', 'true');
    await this.focusEditor();
  }

  /** Clicks into the text where it is in view: a click on a line as a whole would move the text to its middle. */
  async focusEditor(): Promise<void> {
    const editor = this.page.locator('.monaco-editor').first();
    await expect(editor.locator('.view-line').first()).toBeVisible();
    const { x, y, height } = (await editor.boundingBox()) ?? { x: 0, y: 0, height: 0 };
    const afterLineNumbers = 120;
    await this.page.mouse.click(x + afterLineNumbers, y + height / 2);
  }

  /** Replaces all of one text by another with the editor's own find and replace. */
  async replace(text: string, replacement: string): Promise<void> {
    await this.focusEditor();
    await this.page.keyboard.press('Control+H');
    const find = this.page.getByRole('textbox', { name: 'Find' });
    await find.fill(text);
    await this.page.getByRole('textbox', { name: 'Replace' }).fill(replacement);
    // As one looks before replacing all: what is not found is replaced without a word, and what is counted may still be
    // what was looked for before.
    const count = this.page.locator('.find-widget .matchesCount');
    await expect(count).toHaveText(/^\d+ of \d+$/);
    await expect(async () => {
      await this.page.keyboard.press('Control+Alt+Enter');
      if (!replacement.includes(text)) await expect(count).toHaveText('No results', { timeout: 1000 });
    }).toPass();
    await this.page.keyboard.press('Escape');
  }

  async caretAfter(text: string): Promise<void> {
    await this.focusEditor();
    await this.page.keyboard.press('Control+F');
    await this.page.getByRole('textbox', { name: 'Find' }).fill(text);
    await this.page.keyboard.press('Enter');
    await this.page.keyboard.press('Escape');
    await this.page.keyboard.press('ArrowRight');
  }

  async showPreview(tab: PreviewTab): Promise<void> {
    await this.page
      .getByRole('tablist', { name: 'What the host receives' })
      .getByRole('tab', { name: tab })
      .click();
  }

  /** The lines of the preview that are in view. */
  get preview(): Locator {
    return this.page.getByTestId('preview-text');
  }

  problem(text: RegExp): Locator {
    return this.page.getByRole('tabpanel', { name: 'Problems' }).getByText(text).first();
  }

  noProblems(): Locator {
    return this.page.getByText('No problems in the documents of this site.');
  }

  async quickFix(title: RegExp): Promise<void> {
    await this.page.keyboard.press('Control+.');
    await this.page
      .getByRole('option', { name: title })
      .or(this.page.locator('.action-widget').getByText(title))
      .first()
      .click();
  }
}
