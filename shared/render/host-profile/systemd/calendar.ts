/** systemd.time(7), “Calendar Events”. */
const shorthands: ReadonlySet<string> = new Set(
  'minutely hourly daily monthly weekly yearly annually quarterly semiannually semi-annually biannually bi-annually'.split(
    ' ',
  ),
);
const weekday = /^(mon|tue|wed|thu|fri|sat|sun)/i;

/** What is no time for a timer: lines of crontab, and words of people. All others are left to systemd. */
export function calendarProblem(value: string): string | undefined {
  const words = value.trim().split(/\s+/);
  const isOfCron =
    words.length === 5 && words.every((word) => /^(\*|[\d*,/-]+|[a-z]{3}(-[a-z]{3})?)$/i.test(word));
  if (isOfCron)
    return `OnCalendar= is no line of a crontab: “${value}” is not taken. Write Mon..Fri *-*-* 04:00:00, or daily.`;
  const isInWords = !/[\d*]/.test(value);
  // A time zone may stand behind it.
  if (!isInWords || shorthands.has(words[0]?.toLowerCase() ?? '') || weekday.test(value)) return undefined;
  return `OnCalendar= is a time such as *-*-* 04:00:00, or one of minutely, hourly, daily, weekly, monthly, quarterly and yearly: “${value}” is not taken.`;
}
