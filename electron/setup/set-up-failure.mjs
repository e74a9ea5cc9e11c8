/** A step that could not be done, told so that the reader knows what to do next. */
export class SetUpFailure extends Error {
  /**
   * @param {string} message what happened
   * @param {string} next what to do about it; may have several lines
   * @param {string} [output] raw output of what failed; its last lines are shown
   */
  constructor(message, next, output = '') {
    super(message);
    this.name = 'SetUpFailure';
    this.next = next;
    this.output = output;
  }
}

/** ECMA-48 control sequences. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they start with
const COLOUR = /\u001b\[[0-9;?]*[A-Za-z]/g;

/**
 * The end of a long output, which is where programs say why they gave up.
 *
 * @param {string} output
 * @param {number} [count] lines to keep
 * @returns {string}
 */
export function lastLines(output, count = 25) {
  // A progress bar overwrites its line with carriage returns: only what stood there last was ever readable.
  const lines = output
    .replace(COLOUR, '')
    .split('\n')
    .map((line) => line.replace(/\r+$/, '').split('\r').at(-1) ?? '')
    .filter((line) => line.trim() !== '');
  return lines.slice(-count).join('\n');
}
