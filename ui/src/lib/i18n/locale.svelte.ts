import { formatOf } from '$lib/time/format';
import { overwriteGetLocale } from '$lib/paraglide/runtime.js';

/** The languages that have a complete message file. */
export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * The language of the texts and the format of times and numbers. Messages read `language`, so a change of it
 * redraws every text at once.
 */
class Locale {
  language = $state<Language>('en');
  zone = $state('UTC');
  /** The system's own locale: its region decides the habits of dates. */
  system = $state('en');

  format = $derived(formatOf(withRegion(this.language, this.system), this.zone));

  /** Takes over the user's choice; `system` follows the system where we have its language. */
  choose(setting: 'system' | Language, system: string): void {
    this.system = system;
    this.language = setting === 'system' ? languageOf(system) : setting;
  }
}

/** The language of a locale, English where we lack it. */
export function languageOf(tag: string): Language {
  const language = tag.split('-')[0]?.toLowerCase();
  return LANGUAGES.find((known) => known === language) ?? 'en';
}

/** `en` on a Spanish system is `en-ES`: English words, 24 hours, weeks from Monday. */
export function withRegion(language: Language, system: string): string {
  try {
    const locale = new Intl.Locale(system);
    const region = locale.region ?? locale.maximize().region;
    return region ? `${language}-${region}` : language;
  } catch {
    return language;
  }
}

export const locale = new Locale();
overwriteGetLocale(() => locale.language);
