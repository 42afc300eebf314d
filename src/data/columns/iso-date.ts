/** A date as ISO 8601 writes it, with or without a time of day: 2024-05-01, 2024-05-01T12:30:00Z, 2024-05-01 12:30. */
const DATE =
  /^\s*(\d{4})([-/])(\d{2})\2(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?\s*$/i;

/**
 * Days since 1970-01-01, with the time of day as a fraction, of an ISO date; NaN for any other text, and for a day that no
 * calendar has. A time without a zone counts as UTC.
 */
export function daysOfIsoDate(text: string): number {
  const first = text.charCodeAt(0);
  // Digits and spaces alone start a date: cheap to rule out the rest.
  if (first > 57 || text.length < 10 || text.length > 40) return Number.NaN;
  const match = DATE.exec(text);
  if (match === null) return Number.NaN;
  const part = (index: number): number => Number(match[index] ?? 0);
  const [year, month, day] = [part(1), part(3), part(4)];
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return Number.NaN;
  const [hours, minutes, seconds] = [part(5), part(6), part(7)];
  if (hours > 24 || minutes > 59 || seconds > 60) return Number.NaN;
  const fraction = match[8] === undefined ? 0 : Number(`0.${match[8]}`);
  const ofDay = hours * 3600 + minutes * 60 + seconds + fraction - offsetSeconds(match[9]);
  return midnight.getTime() / 86_400_000 + ofDay / 86_400;
}

/** The same of the short form without hyphens: 20240501. */
export function daysOfCompactDate(text: string): number {
  const match = /^\s*(\d{4})(\d{2})(\d{2})\s*$/.exec(text);
  return match === null ? Number.NaN : daysOfIsoDate(`${match[1]}-${match[2]}-${match[3]}`);
}

function offsetSeconds(zone: string | undefined): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? "");
  if (match === null) return 0;
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60);
}

/** Month of a day since 1970-01-01, 1 … 12. */
export function monthOf(days: number): number {
  return new Date(Math.floor(days) * 86_400_000).getUTCMonth() + 1;
}

/** Day of the week of a day since 1970-01-01, 1 (Monday) … 7, as ISO 8601 counts. */
export function weekdayOf(days: number): number {
  return ((((Math.floor(days) + 3) % 7) + 7) % 7) + 1;
}

/** Time of the day in hours, 0 … 24. */
export function dayHours(days: number): number {
  return (days - Math.floor(days)) * 24;
}
