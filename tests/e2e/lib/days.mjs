// Days of the agenda, counted from today in UTC, the zone that the window test runs in.

/** From the day `first` to the day `last`, inclusive; 0 is today. */
export function span(first = 0, last = 14, now = new Date()) {
  const day = (offset) => new Date(now.getTime() + offset * 86_400_000).toISOString().slice(0, 10);
  return { from: day(first), to: day(last) };
}
