import { ownerProblem } from '../cloud-config/check-values-passed-on.ts';
import { accountsToCome, madeTooLate, namesOfOwner, ownerOf } from '../cloud-config/check-write-files.ts';
import { mergeCloudConfig } from '../cloud-config/merge.ts';
import { groupNames, itemsUnder, userEntries } from '../cloud-config/user-entries.ts';
import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { accountsOfPackage, baseAccounts } from '../render/host-profile/accounts/accounts.ts';
import { resemblesPackage } from '../render/host-profile/accounts/check-owners.ts';
import { renderHostProfile } from '../render/host-profile/render-host-profile.ts';
import { childOf, type MapNode, type SourceNode } from '../source/source-node.ts';
import type { CheckedHost } from './check-host.ts';
import { bringsElements, type LoginSources } from './check-logins.ts';
import type { SiteDocument } from './document.ts';
import { debianBases } from './known-elements.ts';
import { type Memoised, memoised } from './memo.ts';
import { readSiteSettings } from './site-settings.ts';

type Inputs = SiteDocument | undefined;

/**
 * Owners of files in `write_files` that are not there when cloud-init writes them: `util.chownbyname` then raises an error, and
 * the files after that one are not written. A fragment alone does not tell: the account may be of another fragment, of the
 * site, of the profile or of a package. Remembers its verdict for each set of documents.
 */
export class FileOwners {
  #verdicts = new Map<string, Memoised<Inputs, readonly Diagnostic[]>>();

  check(
    hosts: readonly CheckedHost[],
    { site, images, profileOf }: LoginSources,
    sink: DiagnosticSink,
  ): void {
    const verdicts = new Map<string, Memoised<Inputs, readonly Diagnostic[]>>();
    for (const host of hosts) {
      const { fragments, reading } = host;
      // A fragment that is not there yet may be the one that makes an account.
      if (fragments.length < reading.userData.length || !fragments.some(namesOwners)) continue;
      const profile = profileOf(host);
      const key = [profile, ...fragments].map((each) => each?.path).join('\n');
      if (profile === undefined || verdicts.has(key)) continue;
      const verdict =
        this.#verdicts.get(key) ??
        memoised(([ofSite, ofProfile, ...others]: readonly Inputs[]) =>
          verdictOf(ofSite, ofProfile, others.slice(0, fragments.length), others.slice(fragments.length)),
        );
      verdicts.set(key, verdict);
      const ofProfile = images.filter(({ image }) => image?.spec.profile === profile.name);
      for (const each of verdict.of([site, profile, ...fragments, ...ofProfile])) sink.report(each);
    }
    this.#verdicts = verdicts;
  }
}

const owning = new WeakMap<SiteDocument, boolean>();

function namesOwners(document: SiteDocument): boolean {
  let answer = owning.get(document);
  if (answer === undefined) {
    answer = document.source.text.includes('owner');
    owning.set(document, answer);
  }
  return answer;
}

function verdictOf(
  site: Inputs,
  profile: Inputs,
  fragments: readonly Inputs[],
  images: readonly Inputs[],
): readonly Diagnostic[] {
  const sink = new DiagnosticSink();
  const all = [site, profile, ...fragments, ...images].filter((each) => each !== undefined);
  // What cannot be read may be what makes an account.
  if (all.some((each) => each.break !== undefined || each.userDataType === 'other')) return [];
  if (all.some((each) => bringsElements(each) || isOfAnotherSystem(each))) return [];
  const merged = mergeCloudConfig(fragments.flatMap((each) => each?.root ?? []));
  const spec = profile?.profile?.spec;
  if (merged === undefined || spec === undefined || profile === undefined) return [];
  const installed = new Set([...renderHostProfile(spec).packages, ...images.flatMap(packagesOf)]);
  const baked = new Set([
    ...baseAccounts,
    ...(spec.users ?? []).flatMap(({ name, groups }) => [name, ...groups]),
  ]);
  for (const name of installed) for (const account of accountsOfPackage.get(name) ?? []) baked.add(account);
  const late = madeByUserData(merged, site);
  const madeByCommands = new Set(itemsUnder(childOf(merged, 'runcmd')).map(textOf).flatMap(wordsThatMake));
  const toCome = new Set(itemsUnder(childOf(merged, 'packages')).map(textOf));
  // The host fills a name in.
  const isOpen = [...late.keys()].some((name) => name.includes('(('));
  const isMadeElsewhere = isOpen || all.some(({ source }) => makesAccounts.test(source.text));
  const known = [...baked, ...late.keys()];
  let absences = 0;
  for (const file of itemsUnder(childOf(merged, 'write_files'))) {
    const owner = childOf(file, 'owner');
    // One that is no name is told of by the check of fragments.
    if (owner?.type !== 'scalar' || ownerProblem(String(owner.value)) !== undefined) continue;
    const isMissing = (name: string) =>
      !name.includes('((') && !baked.has(name) && !resemblesPackage(name, installed);
    // Who stands under `users` or `groups` of a fragment is told of by the check of fragments.
    const early = ownerOf(file).find((name) => isMissing(name) && late.get(name) === 'here');
    if (early !== undefined) sink.at(owner, 'warning', 'cloud-config-user', madeTooLate(early));
    const absent = namesOfOwner(file).find((name) => isMissing(name) && !late.has(name));
    if (absent === undefined) continue;
    if (madeByCommands.has(absent)) sink.at(owner, 'warning', 'cloud-config-user', madeByCommand(absent));
    else if (!isMadeElsewhere && !resemblesPackage(absent, toCome))
      reportAbsent(owner, absent, absences++ < mostSuggested ? known : [], profile.path, sink);
  }
  return sink.list();
}

function isOfAnotherSystem({ image }: SiteDocument): boolean {
  if (image === undefined) return false;
  const { base, elements } = image.spec;
  return (
    !debianBases.some((each) => each === base) ||
    elements.some((each) => /^(?:devuser|local-config)$/.test(each))
  );
}

function packagesOf(image: Inputs): readonly string[] {
  return image?.image?.spec.packages ?? [];
}

/** Words that stand where accounts are made in another way than `users`. */
const makesAccounts =
  /\b(?:useradd|adduser|groupadd|addgroup|newusers|sysusers|DynamicUser|sssd|ldap|freeipa|default_user)\b/i;

/** Who tells of an account that is made after files are written: the check of fragments, or this one. */
type ToldBy = 'fragments' | 'here';

function madeByUserData(merged: MapNode, site: Inputs): ReadonlyMap<string, ToldBy> {
  const late = new Map<string, ToldBy>();
  const administrator = readSiteSettings(site?.root).adminUser;
  for (const name of administrator === undefined ? [] : [administrator.name, ...administrator.groups])
    late.set(name, 'here');
  const users = userEntries(childOf(merged, 'users'));
  // cloud.cfg of Debian names `default` where nobody else names users.
  const namesDefault = users.some(({ name }) => name.value === 'default');
  if (namesDefault || (users.length === 0 && administrator === undefined)) late.set('debian', 'here');
  for (const name of itemsUnder(childOf(merged, 'packages')).map(textOf))
    for (const account of accountsOfPackage.get(name) ?? [name]) late.set(account, 'here');
  // Groups that are not there are made with the user (`create_user` of distros).
  for (const { node } of users)
    for (const key of ['groups', 'primary_group', 'primary-group'])
      for (const { value } of groupNames(childOf(node, key))) late.set(String(value), 'here');
  for (const { value } of accountsToCome(merged)) late.set(String(value), 'fragments');
  return late;
}

/** The words of a command, or one text. */
function textOf(node: SourceNode): string {
  return node.type === 'scalar' ? String(node.value) : itemsUnder(node).map(textOf).join(' ');
}

/** Words of a command that makes accounts, their names among them. */
function wordsThatMake(command: string): readonly string[] {
  return /\b(?:useradd|adduser|groupadd|addgroup)\b/.test(command) ? command.split(/[^\w.-]+/) : [];
}

function madeByCommand(name: string): string {
  return `“${name}” is made by runcmd, which runs after all files are written: cloud-init fails here and writes none of the files after it. Describe the account under “users”, and add “defer: true”.`;
}

/** Of more than these only the number is told (`DiagnosticSink`): no near name is looked for. */
const mostSuggested = 1000;

function reportAbsent(
  owner: SourceNode,
  name: string,
  known: readonly string[],
  profile: string,
  sink: DiagnosticSink,
): void {
  const { hint, fixes } = didYouMean(owner, name, known);
  const isWhole = owner.type === 'scalar' && owner.value === name;
  const message = `Nothing makes the account or group “${name}”, neither user-data nor ${profile}: cloud-init fails here and writes none of the files after it. Describe it under “users” of the profile, or of a fragment with “defer: true” here.${hint}`;
  sink.at(owner, 'warning', 'cloud-config-user', message, isWhole ? fixes : undefined);
}
