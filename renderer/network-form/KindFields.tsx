import { bondModes } from '#shared/network/bond-parameters.ts';
import { changeOfMember, changeOfText } from '#shared/network-form/network-changes.ts';
import type { WrittenLink } from '#shared/network-form/read-network-form.ts';
import type { ValueChange } from '#shared/source/edit-value.ts';
import { CheckField, ChoiceField, ProblemLines, TextField } from '../document-forms/fields.tsx';
import { changeDocument } from '../forms/change-document.ts';
import type { LinkFieldsProps } from './LinkFields.tsx';

/** What only links of one kind have. */
export function KindFields(props: LinkFieldsProps) {
  const { kind } = props.link;
  if (kind === 'physical') return <CardFields {...props} />;
  if (kind === 'vlan') return <VlanFields {...props} />;
  if (kind === 'bond' || kind === 'bridge') return <MemberFields {...props} />;
  return null;
}

function CardFields({ path, link, problems, isReadOnly }: LinkFieldsProps) {
  const change = (changes: readonly ValueChange[]) => void changeDocument(path, changes);
  const at = (...keys: string[]) => problems.at([...link.path, ...keys]);
  const fields = [
    {
      keys: ['match', 'macaddress'],
      label: 'Found by MAC address',
      value: link.matchMac,
      siblings: [link.matchName],
      placeholder: '52:54:00:12:34:56',
      hint: undefined,
    },
    {
      keys: ['match', 'name'],
      label: 'Found by the kernel’s name',
      value: link.matchName,
      siblings: [link.matchMac],
      placeholder: 'enp2*',
      hint: undefined,
    },
    {
      keys: ['set-name'],
      label: 'Name to give it',
      value: link.setName,
      siblings: [],
      placeholder: 'as it is',
      hint: 'At most 15 characters',
    },
  ];
  return (
    <>
      {fields.map(({ keys, label, value, siblings, placeholder, hint }) => (
        <TextField
          key={label}
          label={label}
          value={value}
          placeholder={placeholder}
          hint={hint}
          problems={[...at(...keys), ...(keys[1] === 'macaddress' ? at('match') : [])]}
          disabled={isReadOnly}
          onTake={(text) => change(changeOfText(link, keys, text, siblings))}
        />
      ))}
    </>
  );
}

function VlanFields({ path, network, link, problems, isReadOnly }: LinkFieldsProps) {
  const change = (changes: readonly ValueChange[]) => void changeDocument(path, changes);
  const carriers = network.links
    .filter(({ id, kind }) => id !== link.id && kind !== 'vlan')
    .map(({ id }) => id);
  const isKnown = link.below !== undefined && carriers.includes(link.below);
  return (
    <>
      <TextField
        label="VLAN ID"
        value={link.vlanId}
        placeholder="100"
        hint="1 to 4094"
        problems={problems.at([...link.path, 'id'])}
        disabled={isReadOnly}
        onTake={(text) => change(changeOfText(link, ['id'], text))}
      />
      <ChoiceField
        label="Over"
        value={link.below ?? ''}
        choices={[
          ...(isKnown ? [] : [{ value: link.below ?? '', title: link.below ?? 'no link yet' }]),
          ...carriers.map((id) => ({ value: id, title: id })),
        ]}
        problems={problems.at([...link.path, 'link'])}
        disabled={isReadOnly}
        onTake={(id) => change(changeOfText(link, ['link'], id))}
      />
    </>
  );
}

/** What people must know of the two that are used most. */
const modeWords: Readonly<Record<string, string>> = {
  '802.3ad': 'The switch must be set up for it (LACP)',
  'active-backup': 'Works with every switch',
};

function MemberFields({ path, network, link, problems, isReadOnly }: LinkFieldsProps) {
  const change = (changes: readonly ValueChange[]) => void changeDocument(path, changes);
  const members = new Set(link.members.map(({ text }) => text));
  const candidates = network.links.filter((each) => each !== link && mayJoin(each, link));
  const names = [
    ...new Set([...candidates.map(({ id }) => id), ...link.members.flatMap(({ text }) => text ?? [])]),
  ];
  const mode = link.mode ?? '';
  const modes = bondModes.some((each) => each === mode) || mode === '' ? bondModes : [...bondModes, mode];
  return (
    <>
      {link.kind === 'bond' && (
        <ChoiceField<string>
          label="Mode"
          value={mode}
          choices={[
            ...(mode === '' ? [{ value: '', title: 'balance-rr, as none is said' }] : []),
            ...modes.map((each) => ({ value: each, title: each })),
          ]}
          hint={modeWords[mode]}
          problems={problems.at([...link.path, 'parameters', 'mode'])}
          disabled={isReadOnly}
          onTake={(text) => change(changeOfText(link, ['parameters', 'mode'], text))}
        />
      )}
      <fieldset className="form-field list-field">
        <legend className="form-label">{link.kind === 'bond' ? 'Links that it joins' : 'Ports'}</legend>
        {names.length === 0 && <p className="small muted">There is no link that it could take.</p>}
        {names.map((id) => (
          <CheckField
            key={id}
            label={labelOf(id, network.links, link)}
            checked={members.has(id)}
            problems={link.members
              .filter(({ text }) => text === id)
              .flatMap((item) => problems.at(item.path))}
            disabled={isReadOnly}
            onTake={(isMember) => change(changeOfMember(link, id, isMember))}
          />
        ))}
        <div className="small">
          <ProblemLines problems={problems.at([...link.path, 'interfaces'])} />
        </div>
      </fieldset>
    </>
  );
}

/** A bond joins cards; a bridge takes nearly everything. */
function mayJoin({ kind }: WrittenLink, { kind: into }: WrittenLink): boolean {
  return into === 'bond' ? kind === 'physical' : kind !== 'bridge' && kind !== 'loopback';
}

/** Whose a link is already, as it cannot be in two. */
function labelOf(id: string, links: readonly WrittenLink[], own: WrittenLink): string {
  const other = links.find((each) => each !== own && each.members.some(({ text }) => text === id));
  return other === undefined ? id : `${id}, in ${other.id}`;
}
