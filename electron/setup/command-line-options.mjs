/**
 * @typedef {object} SetUpOptions
 * @property {boolean} open whether the application is opened at the end
 * @property {readonly string[]} only names of the steps to do; empty for all
 * @property {boolean} help
 */

/**
 * @param {readonly string[]} args
 * @param {readonly string[]} stepNames
 * @returns {SetUpOptions | string} the options, or what is wrong with the arguments
 */
export function parseOptions(args, stepNames) {
  let open = true;
  let help = false;
  /** @type {string[]} */
  const only = [];
  const rest = [...args];
  while (rest.length > 0) {
    const arg = rest.shift() ?? '';
    if (arg === '--no-open') open = false;
    else if (arg === '--help' || arg === '-h') help = true;
    else if (arg === '--only' || arg.startsWith('--only=')) {
      const list = arg === '--only' ? rest.shift() : arg.slice('--only='.length);
      if (!list) return '--only needs a list of steps';
      only.push(...list.split(',').filter((name) => name !== ''));
    } else return `unknown argument ${JSON.stringify(arg)}`;
  }
  const unknown = only.find((name) => !stepNames.includes(name));
  if (unknown !== undefined) return `there is no step ${JSON.stringify(unknown)}`;
  return { open, only, help };
}

/**
 * The options of this process. Ends it with the help, or with what is wrong and status 2.
 *
 * @param {string} help
 * @param {readonly string[]} stepNames
 * @returns {SetUpOptions}
 */
export function optionsOrExit(help, stepNames) {
  const options = parseOptions(process.argv.slice(2), stepNames);
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n\n${help}`);
    process.exit(2);
  }
  if (options.help) {
    process.stdout.write(help);
    process.exit(0);
  }
  return options;
}
