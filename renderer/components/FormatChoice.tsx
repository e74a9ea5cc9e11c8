import { takeFocus } from './take-focus.ts';

interface FormatChoiceProps<Format extends string> {
  readonly label: string;
  /** What people call each. */
  readonly formats: Readonly<Partial<Record<Format, string>>>;
  /** Undefined while none is known. */
  readonly value: Format | undefined;
  readonly onChoose: (format: Format) => void;
}

/** The first question of a dialog about documents of other programs: it has the focus. */
export function FormatChoice<Format extends string>({
  label,
  formats,
  value,
  onChoose,
}: FormatChoiceProps<Format>) {
  return (
    <label className="format-choice">
      <span>{label}</span>
      <select
        ref={takeFocus}
        className="field"
        value={value}
        onChange={({ target }) => onChoose(target.value as Format)}
      >
        {Object.entries<string | undefined>(formats).map(([id, title]) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
