import { knownZone, utcMidnight, type LocalDate } from './dates';

interface WeekInfo {
  firstDay: number;
}

/**
 * Times, days and numbers as the user writes them. The words come from `locale`'s language, the habits
 * (12 or 24 hours, first day of the week) from its region.
 */
export class Format {
  readonly hours12: boolean;
  readonly firstWeekday: number;
  readonly #time: Intl.DateTimeFormat;
  readonly #days = new Map<string, Intl.DateTimeFormat>();
  readonly #number: Intl.NumberFormat;

  constructor(
    readonly locale: string,
    readonly zone: string,
  ) {
    const habit = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hourCycle ?? 'h23';
    this.hours12 = habit === 'h12' || habit === 'h11';
    this.#time = new Intl.DateTimeFormat(locale, {
      hour: this.hours12 ? 'numeric' : '2-digit',
      minute: '2-digit',
      timeZone: knownZone(zone),
    });
    this.#number = new Intl.NumberFormat(locale);
    this.firstWeekday = firstWeekday(locale);
  }

  /** `09:41` or `9:41 AM`. */
  time(instant: string | number): string {
    return this.#time.format(typeof instant === 'string' ? Date.parse(instant) : instant);
  }

  /** `a, b and c`. */
  list(names: readonly string[]): string {
    return new Intl.ListFormat(this.locale, { type: 'conjunction' }).format(names);
  }

  /** `09:00 – 10:00`. */
  timeRange(start: string, end: string): string {
    return `${this.time(start)} – ${this.time(end)}`;
  }

  /** `Thursday, 12 March`; with the year where it isn't that of `today`. */
  day(date: LocalDate, today: LocalDate): string {
    const year = date.slice(0, 4) === today.slice(0, 4) ? undefined : 'numeric';
    return this.#date(date, { weekday: 'long', day: 'numeric', month: 'long', year });
  }

  /** `Thu 12 March`. */
  shortDay(date: LocalDate, today: LocalDate): string {
    const year = date.slice(0, 4) === today.slice(0, 4) ? undefined : 'numeric';
    return this.#date(date, { weekday: 'short', day: 'numeric', month: 'short', year });
  }

  weekday(date: LocalDate, style: 'long' | 'narrow'): string {
    return this.#date(date, { weekday: style });
  }

  month(date: LocalDate): string {
    const text = this.#date(date, { month: 'long', year: 'numeric' });
    return text.charAt(0).toLocaleUpperCase(this.locale) + text.slice(1);
  }

  /** A birthday: the year only where it is known. */
  birthday(date: LocalDate): string {
    const year = Number(date.slice(0, 4)) > 1604 ? 'numeric' : undefined;
    return this.#date(date, { day: 'numeric', month: 'long', year });
  }

  /** `1 October 2026`. */
  date(date: LocalDate): string {
    return this.#date(date, { day: 'numeric', month: 'long', year: 'numeric' });
  }

  number(value: number): string {
    return this.#number.format(value);
  }

  #date(date: LocalDate, options: Record<string, string | undefined>): string {
    const key = JSON.stringify(options);
    let formatter = this.#days.get(key);
    if (!formatter) {
      formatter = new Intl.DateTimeFormat(this.locale, { ...options, timeZone: 'UTC' } as Intl.DateTimeFormatOptions);
      this.#days.set(key, formatter);
    }
    return formatter.format(utcMidnight(date));
  }
}

const formats = new Map<string, Format>();

/** The format of a locale and zone, made once: WebKit takes tens of milliseconds for each formatter in it. */
export function formatOf(locale: string, zone: string): Format {
  const key = `${locale} ${zone}`;
  let format = formats.get(key);
  if (!format) {
    format = new Format(locale, zone);
    formats.set(key, format);
  }
  return format;
}

/** 1 is Monday, 7 Sunday. WebKit has the method, Chromium before 130 the property. */
function firstWeekday(locale: string): number {
  const info = new Intl.Locale(locale) as unknown as { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo };
  return (info.getWeekInfo?.() ?? info.weekInfo)?.firstDay ?? 1;
}
