import { amountWords, styleOfAmount } from '#shared/partition-form/amounts.ts';
import { partitionsPath } from '#shared/partition-form/read-partitions.ts';
import { ChoiceField, TextField } from '../document-forms/fields.tsx';
import { changeDocument } from '../forms/change-document.ts';
import type { PartsProps } from './parts.ts';

const orderOfKeys = ['table', 'disk', 'entries'];

/** What holds for the whole disk: its size and the kind of its table. */
export function DiskFields({ path, table, problems, isReadOnly }: PartsProps) {
  const change = (key: 'disk' | 'table', text: string) => {
    const place = [...partitionsPath, key];
    changeDocument(path, [
      text === ''
        ? { type: 'remove', path: place }
        : { type: 'set', path: place, value: text, order: orderOfKeys },
    ]);
  };
  return (
    <div className="disk-fields">
      <TextField
        label="Smallest disk"
        value={table.disk}
        placeholder="not stated"
        hint={spareWords(table)}
        problems={problems.get('disk')}
        disabled={isReadOnly}
        onTake={(text) => change('disk', text)}
      />
      <ChoiceField
        label="Table"
        value={table.table === 'mbr' ? 'mbr' : 'gpt'}
        choices={[
          { value: 'gpt', title: 'GPT' },
          { value: 'mbr', title: 'MBR' },
        ]}
        hint={table.table === 'mbr' ? 'BIOS only, at most 2 TiB' : 'UEFI and BIOS, any size'}
        problems={problems.get('table')}
        disabled={isReadOnly}
        onTake={(kind) => change('table', kind)}
      />
    </div>
  );
}

/** How much of the disk is left over. */
function spareWords({ disk: text, layout }: PartsProps['table']): string | undefined {
  const { disk, placed } = layout;
  if (disk === undefined) return 'State it to see whether all fits, for example 20g or 480GB.';
  const style = styleOfAmount(text);
  const last = Math.max(0, ...placed.map(({ end = 0 }) => end));
  // What grows reaches the end, but for the copy of the table.
  const spare = disk - last;
  if (spare < 0) return `${amountWords(-spare, style)} too small`;
  return spare < 4 * 2 ** 20 ? 'All of it is used' : `${amountWords(spare, style)} free at its end`;
}
