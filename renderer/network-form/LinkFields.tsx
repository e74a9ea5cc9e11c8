import { Pencil, Trash2 } from 'lucide-react';
import { linkSections } from '#shared/network/version-2-keys.ts';
import type { FormProblems } from '#shared/network-form/form-problems.ts';
import {
  changeOfFlag,
  changeOfItem,
  changeOfNewItem,
  changeOfText,
  changesOfRemoval,
  usesOf,
} from '#shared/network-form/network-changes.ts';
import { hasKey, type WrittenLink, type WrittenNetwork } from '#shared/network-form/read-network-form.ts';
import type { ValueChange } from '#shared/source/edit-value.ts';
import { renameSubjectFrom } from '../authoring/client.ts';
import { CheckField, ProblemLines, TextField } from '../document-forms/fields.tsx';
import { textModels } from '../editor/text-models.ts';
import { changeDocument } from '../forms/change-document.ts';
import { showNotice } from '../state/notices.ts';
import { useRenaming } from '../state/renaming.ts';
import { mayWrite } from '../workbench/change-documents.ts';
import { KindFields } from './KindFields.tsx';
import { ListField } from './ListField.tsx';
import { RouteFields } from './RouteFields.tsx';
import { formattedList } from './words.ts';

export interface LinkFieldsProps {
  readonly path: string;
  readonly network: WrittenNetwork;
  readonly link: WrittenLink;
  readonly problems: FormProblems;
  readonly isReadOnly: boolean;
}

/** The usual settings of one link. */
export function LinkFields(props: LinkFieldsProps) {
  const { path, link, problems, isReadOnly } = props;
  const change = (changes: readonly ValueChange[]) => void changeDocument(path, changes);
  const at = (...keys: string[]) => problems.at([...link.path, ...keys]);
  const others = link.others.length;
  return (
    <>
      <Heading {...props} />
      <div className="form-says small">
        <ProblemLines problems={at()} />
      </div>
      <KindFields {...props} />
      {hasKey(link.section, 'mtu') && (
        <TextField
          label="MTU"
          value={link.mtu}
          placeholder="1500"
          hint="Bytes; a VLAN cannot exceed the link below it"
          problems={at('mtu')}
          disabled={isReadOnly}
          onTake={(text) => change(changeOfText(link, ['mtu'], text))}
        />
      )}
      <Addressing {...props} />
      <RouteFields {...props} />
      <NameServers {...props} />
      <div className="form-says small">
        <ProblemLines problems={otherProblems(problems, link)} />
      </div>
      {others > 0 && (
        <p className="small muted">
          {formattedList(link.others)} {others === 1 ? 'is' : 'are'} set in the text.
        </p>
      )}
    </>
  );
}

/** About what no field is for: they must not be lost. */
function otherProblems(problems: FormProblems, link: WrittenLink) {
  const ofParameters = problems
    .under([...link.path, 'parameters'])
    .filter((each) => !problems.at([...link.path, 'parameters', 'mode']).includes(each));
  const ofOthers = link.others.flatMap((key) => problems.under([...link.path, key]));
  return [...new Set([...ofParameters, ...ofOthers])];
}

function Heading({ path, network, link, isReadOnly }: LinkFieldsProps) {
  const remove = () => {
    const uses = usesOf(network, link.id);
    if (!changeDocument(path, changesOfRemoval(network, link))) return;
    showNotice({
      tone: 'fine',
      title: `${link.id} is removed`,
      ...(uses.length === 0 ? {} : { next: removalWords(uses) }),
      action: { label: 'Put it back', run: () => textModels()?.undo(path) },
    });
  };
  return (
    <div className="link-heading">
      <h2 className="truncate">{link.id}</h2>
      <span className="muted truncate">{kindOf(link)}</span>
      <span className="status-space" />
      <button
        type="button"
        className="icon-button"
        aria-label={`Rename ${link.id}…`}
        title="Rename it here and where other links refer to it"
        disabled={isReadOnly}
        onClick={() => void rename(path, link.id)}
      >
        <Pencil size={14} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={`Remove ${link.id}`}
        title={removalTitle(network, link)}
        disabled={isReadOnly}
        onClick={remove}
      >
        <Trash2 size={14} aria-hidden />
      </button>
    </div>
  );
}

async function rename(path: string, name: string): Promise<void> {
  if (!mayWrite()) return;
  const subject = await renameSubjectFrom({ kind: 'link', name, scope: path });
  if (subject !== undefined) useRenaming.setState({ subject });
}

function kindOf({ section }: WrittenLink): string {
  return (
    { ethernets: 'Ethernet', bonds: 'Bond', vlans: 'VLAN', bridges: 'Bridge' }[section as string] ??
    linkSections[section].description
  );
}

type Uses = ReturnType<typeof usesOf>;

function removalTitle(network: WrittenNetwork, { id }: WrittenLink): string {
  const uses = usesOf(network, id);
  if (uses.length === 0) return `Remove ${id}`;
  return `Remove ${id}, which ${formattedList(uses.map(({ by }) => by))} ${uses.length === 1 ? 'refers' : 'refer'} to`;
}

function removalWords(uses: Uses): string {
  const of = (as: Uses[number]['as'][]) => uses.filter((use) => as.includes(use.as)).map(({ by }) => by);
  const joined = [...new Set(of(['member', 'primary']))];
  const left = of(['carrier', 'peer']);
  return [
    ...(joined.length === 0 ? [] : [`It was taken out of ${formattedList(joined)}.`]),
    ...(left.length === 0
      ? []
      : [
          `${formattedList(left)} ${left.length === 1 ? 'lay' : 'lie'} on it and ${left.length === 1 ? 'needs' : 'need'} another link.`,
        ]),
  ].join(' ');
}

function Addressing({ path, link, problems, isReadOnly }: LinkFieldsProps) {
  const change = (changes: readonly ValueChange[]) => void changeDocument(path, changes);
  return (
    <>
      <ListField
        label="Addresses"
        one="Address"
        items={link.addresses}
        placeholder="192.0.2.10/24"
        isReadOnly={isReadOnly}
        problems={problems.at([...link.path, 'addresses'])}
        problemsAt={(item) => problems.under(item.path)}
        onChange={(index, text) => change(changeOfItem(link.addresses, index, text))}
        onAdd={(text) => change(changeOfNewItem(link, ['addresses'], link.addresses, text))}
      />
      <div className="link-checks">
        {(['dhcp4', 'dhcp6'] as const).map((key) => (
          <CheckField
            key={key}
            label={key === 'dhcp4' ? 'DHCPv4' : 'DHCPv6'}
            checked={link[key]}
            problems={problems.at([...link.path, key])}
            disabled={isReadOnly}
            onTake={(isSet) => change(changeOfFlag(link, key, isSet))}
          />
        ))}
      </div>
    </>
  );
}

function NameServers({ path, link, problems, isReadOnly }: LinkFieldsProps) {
  const change = (changes: readonly ValueChange[]) => void changeDocument(path, changes);
  const lists = [
    {
      key: 'addresses',
      label: 'Name servers',
      one: 'Name server',
      items: link.nameServers,
      placeholder: '192.0.2.53',
    },
    {
      key: 'search',
      label: 'Search domains',
      one: 'Search domain',
      items: link.search,
      placeholder: 'example.org',
    },
  ];
  return lists.map(({ key, label, one, items, placeholder }) => (
    <ListField
      key={key}
      label={label}
      one={one}
      items={items}
      placeholder={placeholder}
      isReadOnly={isReadOnly}
      problems={[
        ...problems.at([...link.path, 'nameservers', key]),
        ...(key === 'addresses' ? problems.at([...link.path, 'nameservers']) : []),
      ]}
      problemsAt={(item) => problems.under(item.path)}
      onChange={(index, text) => change(changeOfItem(items, index, text))}
      onAdd={(text) => change(changeOfNewItem(link, ['nameservers', key], items, text))}
    />
  ));
}
