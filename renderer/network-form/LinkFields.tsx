import type { FormProblems } from '#shared/network-form/form-problems.ts';
import {
  changeOfFlag,
  changeOfItem,
  changeOfNewItem,
  changeOfText,
} from '#shared/network-form/network-changes.ts';
import { hasKey, type WrittenLink, type WrittenNetwork } from '#shared/network-form/read-network-form.ts';
import type { ValueChange } from '#shared/source/edit-value.ts';

import { CheckField, ProblemLines, TextField } from '../document-forms/fields.tsx';

import { changeDocument } from '../forms/change-document.ts';
import { KindChoice } from './KindChoice.tsx';
import { KindFields } from './KindFields.tsx';
import { LinkHeading } from './LinkHeading.tsx';
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
      <LinkHeading {...props} />
      <div className="form-says small">
        <ProblemLines problems={at()} />
      </div>
      <KindChoice {...props} />
      <KindFields {...props} />
      {hasKey(link.section, 'mtu') && (
        <TextField
          label="MTU"
          value={link.mtu}
          placeholder="1500"
          hint={link.kind === 'vlan' ? 'Bytes, at most as many as below it' : 'Bytes'}
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
