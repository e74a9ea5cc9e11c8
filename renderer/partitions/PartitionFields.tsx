import { amountText, type SizeKind, sizeKindOf, styleOfAmount } from '#shared/partition-form/amounts.ts';
import type { PartitionRow } from '#shared/partition-form/read-partitions.ts';
import { fileSystemTypes, partitionFlags } from '#shared/schema/host-profile-partitions.ts';
import type { PathSegment } from '#shared/source/source-node.ts';
import { CheckField, ChoiceField, ProblemLines, TextField } from '../document-forms/fields.tsx';
import { changeDocument } from '../forms/change-document.ts';
import { nameOf } from './PartitionPiece.tsx';
import type { PartsProps } from './parts.ts';

const orderOfKeys = ['name', 'size', 'start', 'end', 'flags', 'mountOrder', 'filesystem'];
const orderOfFileSystem = ['type', 'mountpoint', 'label', 'options', 'fsck', 'dump'];
const usualMountPoints = ['/', '/boot', '/boot/efi', '/var', '/var/lib', '/var/log', '/home', '/srv', '/tmp'];

const flagWords: Readonly<Record<(typeof partitionFlags)[number], string>> = {
  boot: 'boot: the active one of an MBR',
  esp: 'esp: UEFI boots from it',
  bios_grub: 'bios_grub: GRUB’s own place for BIOS on GPT',
};

interface PartitionFieldsProps extends PartsProps {
  readonly row: PartitionRow;
}

/** All that the schema has of one partition. */
export function PartitionFields({ path, table, problems, isReadOnly, row }: PartitionFieldsProps) {
  const set = (place: readonly PathSegment[], value: string | number | readonly string[], order: string[]) =>
    changeDocument(path, [{ type: 'set', path: [...row.path, ...place], value, order }]);
  const remove = (...place: string[]) =>
    changeDocument(path, [{ type: 'remove', path: [...row.path, ...place] }]);
  const take = (key: string) => (text: string) => (text === '' ? remove(key) : set([key], text, orderOfKeys));
  const takeNumber = (key: string) => (text: string) =>
    /^\d{1,9}$/.test(text) ? set([key], Number(text), orderOfKeys) : take(key)(text);
  const of = (name: string) => problems.get(`${row.index}.${name}`);
  const toggle = (flag: string, isSet: boolean) => {
    const flags = isSet ? [...row.flags, flag] : row.flags.filter((each) => each !== flag);
    if (flags.length === 0) remove('flags');
    else set(['flags'], flags, orderOfKeys);
  };
  return (
    <fieldset className="partition-fields">
      <legend>
        Partition {row.index + 1}: {nameOf(row)}
      </legend>
      <div className="partitions-problems small form-wide">
        <ProblemLines problems={problems.get(String(row.index)) ?? []} />
      </div>
      <TextField
        label="Name"
        value={row.name}
        hint="In the partition table"
        problems={of('name')}
        disabled={isReadOnly}
        onTake={take('name')}
      />
      <SizeFields path={path} table={table} problems={problems} isReadOnly={isReadOnly} row={row} />
      <FileSystemFields path={path} table={table} problems={problems} isReadOnly={isReadOnly} row={row} />
      {row.fileSystem?.mountPoint !== undefined && (
        <TextField
          label="Order of mounting"
          value={row.mountOrder}
          placeholder="by mount point"
          hint="0 to 99, / first"
          problems={of('mountOrder')}
          disabled={isReadOnly}
          onTake={takeNumber('mountOrder')}
        />
      )}
      <fieldset className="form-field form-wide partition-flags">
        <legend className="form-label">Flags</legend>
        {partitionFlags.map((flag) => (
          <CheckField
            key={flag}
            label={flagWords[flag]}
            checked={row.flags.includes(flag)}
            disabled={isReadOnly}
            onTake={(isSet) => toggle(flag, isSet)}
          />
        ))}
        <div className="small">
          <ProblemLines problems={of('flags') ?? []} />
        </div>
      </fieldset>
    </fieldset>
  );
}

function SizeFields({ path, table, problems, isReadOnly, row }: PartitionFieldsProps) {
  const of = (name: string) => problems.get(`${row.index}.${name}`);
  const set = (key: 'size' | 'start' | 'end', text: string) =>
    changeDocument(path, [
      text === ''
        ? { type: 'remove', path: [...row.path, key] }
        : {
            type: 'set',
            path: [...row.path, key],
            value: text === '-1' ? -1 : text,
            order: orderOfKeys,
          },
    ]);
  if (row.size === undefined && (row.start ?? row.end) !== undefined) {
    return (['start', 'end'] as const).map((key) => (
      <TextField
        key={key}
        label={key === 'start' ? 'From' : 'To'}
        value={row[key]}
        placeholder={key === 'start' ? '1MiB' : '100%'}
        problems={of(key)}
        disabled={isReadOnly}
        onTake={(text) => set(key, text)}
      />
    ));
  }
  const size = row.size ?? '';
  const kind = sizeKindOf(size);
  return (
    <>
      <ChoiceField<SizeKind>
        label="Size is"
        value={kind}
        choices={[
          { value: 'fixed', title: 'fixed' },
          { value: 'least', title: 'at least' },
          { value: 'share', title: 'a part of the disk', disabled: table.layout.disk === undefined },
          { value: 'rest', title: 'what is left' },
          ...(kind === 'other' ? [{ value: 'other' as const, title: 'something else' }] : []),
        ]}
        disabled={isReadOnly}
        problems={kind === 'rest' ? of('size') : undefined}
        onTake={(wanted) => set('size', sizeOfKind(wanted, row, table))}
      />
      {kind !== 'rest' && (
        <TextField
          label="Size"
          value={kind === 'least' ? size.replace(/^> ?/, '') : size}
          placeholder="10g"
          hint={kind === 'share' ? 'In percent' : '512m, 10g, 480GB'}
          problems={of('size')}
          disabled={isReadOnly}
          onTake={(text) =>
            set('size', kind === 'least' && text !== '' ? `>${text.replace(/^> ?/, '')}` : text)
          }
        />
      )}
    </>
  );
}

/** The same size, said in another way. */
function sizeOfKind(
  kind: SizeKind,
  { index, size }: PartitionRow,
  { layout, disk }: PartsProps['table'],
): string {
  if (kind === 'rest') return '-1';
  const placed = layout.placed[index];
  const { start = 0, end = start, least = 0 } = placed ?? {};
  const bytes = Math.max(end - start, least) || 10 * 2 ** 30;
  if (kind === 'share') {
    const percent = Math.round((bytes / (layout.disk ?? bytes)) * 100);
    return `${Math.min(100, Math.max(1, percent))}%`;
  }
  const amount = amountText(wholeUnits(bytes), styleOfAmount(/[A-Za-z]$/.test(size ?? '') ? size : disk));
  return kind === 'least' ? `>${amount}` : amount;
}

/** Whole gibibytes from four on: nobody writes 19455m. */
function wholeUnits(bytes: number): number {
  return bytes >= 4 * 2 ** 30 ? Math.floor(bytes / 2 ** 30) * 2 ** 30 : bytes;
}

function FileSystemFields({ path, problems, isReadOnly, row }: PartitionFieldsProps) {
  const { fileSystem } = row;
  const place = [...row.path, 'filesystem'];
  const of = (name: string) => problems.get(`${row.index}.filesystem${name}`);
  const set = (key: string, value: string | number) =>
    changeDocument(path, [
      value === ''
        ? { type: 'remove', path: [...place, key] }
        : { type: 'set', path: [...place, key], value, order: orderOfFileSystem },
    ]);
  const setType = (type: string) => {
    if (type === '') return changeDocument(path, [{ type: 'remove', path: place }]);
    if (fileSystem === undefined)
      return changeDocument(path, [{ type: 'set', path: place, value: { type }, order: orderOfKeys }]);
    const isMounted = type === 'swap' && fileSystem.mountPoint !== undefined;
    changeDocument(path, [
      { type: 'set', path: [...place, 'type'], value: type, order: orderOfFileSystem },
      // Swap is mounted nowhere.
      ...(isMounted ? [{ type: 'remove' as const, path: [...place, 'mountpoint'] }] : []),
    ]);
  };
  const type = fileSystem?.type ?? '';
  const isUnknown = type !== '' && !fileSystemTypes.some((each) => each === type);
  return (
    <>
      <ChoiceField
        label="File system"
        value={type}
        choices={[
          { value: '', title: 'none' },
          ...fileSystemTypes.map((each) => ({ value: each as string, title: each })),
          ...(isUnknown ? [{ value: type, title: type }] : []),
        ]}
        problems={[...(of('') ?? []), ...(of('.type') ?? [])]}
        disabled={isReadOnly}
        onTake={setType}
      />
      {fileSystem !== undefined && (
        <>
          {(type !== 'swap' || fileSystem.mountPoint !== undefined) && (
            <TextField
              label="Mounted at"
              value={fileSystem.mountPoint}
              placeholder="nowhere"
              choices={usualMountPoints}
              problems={of('.mountpoint')}
              disabled={isReadOnly}
              onTake={(text) => set('mountpoint', text)}
            />
          )}
          <TextField
            label="Label"
            value={fileSystem.label}
            placeholder="none"
            problems={of('.label')}
            disabled={isReadOnly}
            onTake={(text) => set('label', text)}
          />
          <TextField
            label="Mount options"
            value={fileSystem.options}
            placeholder="defaults"
            problems={of('.options')}
            disabled={isReadOnly}
            onTake={(text) => set('options', text)}
          />
          {(['fsck', 'dump'] as const).map((key) => (
            <TextField
              key={key}
              label={key === 'fsck' ? 'Checked at boot' : 'Backed up by dump'}
              value={fileSystem[key]}
              placeholder={key === 'fsck' ? 'by mount point' : '0'}
              hint={key === 'fsck' ? '1 first, 2 after it, 0 never' : '0 or 1'}
              problems={of(`.${key}`)}
              disabled={isReadOnly}
              onTake={(text) => set(key, /^\d$/.test(text) ? Number(text) : text)}
            />
          ))}
        </>
      )}
    </>
  );
}
