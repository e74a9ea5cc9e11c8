import type { ComponentProps } from 'react';

interface GridPartProps extends ComponentProps<'div'> {
  readonly role: 'grid' | 'row' | 'gridcell' | 'columnheader';
}

/**
 * A grid or a part of it that is no table's: rows are placed by the virtual list, which a table does not allow. Of its parts
 * none takes the focus: the grid holds it and names its active cell.
 */
export function GridPart(props: GridPartProps) {
  return <div {...props} />;
}
