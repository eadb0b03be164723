import type {
  AuthorizeWith,
  Code,
  EwsEnd,
  ExchangeAsk,
  ExchangeMethod,
  ExchangeView,
  Snapshot,
} from '$lib/backend/backend';
import { statusText } from '$lib/i18n/failures';
import { locale } from '$lib/i18n/locale.svelte';
import { m } from '$lib/paraglide/messages.js';
import { hostOf } from './address';
import { askText } from './words';

/** Where meetings and contacts come from, and why from there. */
export function routeText({ exchange, policy, services }: Snapshot): string {
  const { inUse, url, method, user, found, notInCloud } = exchange;
  if (!inUse || !url) {
    if (!notInCloud) return m.exchange_from_cloud();
    // And its own server could not be asked.
    const why = statusText(services.calendar)?.title;
    return why ? `${m.exchange_elsewhere()} ${why}` : m.exchange_elsewhere();
  }
  const sentences = [m.exchange_from({ host: hostOf(url), found: foundText(exchange, policy.authorizeWith) })];
  if (notInCloud) sentences.push(m.exchange_elsewhere());
  else if (policy.authorizeWith !== 'ews' && found !== 'person') sentences.push(m.exchange_by_choice());
  if (method === 'oauth' || (method && !user)) sentences.push(m.exchange_with({ method: methodName(method) }));
  else if (method && user) sentences.push(m.exchange_as({ method: methodName(method), user }));
  return sentences.join(' ');
}

/** What is waited for on the way, after what Microsoft 365 answered. */
export function waitText(ask: ExchangeAsk, code: Code, { exchange }: Snapshot): string {
  const { title } = askText(ask, code);
  return exchange.notInCloud && !exchange.inUse ? `${m.exchange_elsewhere()} ${title}` : title;
}

function foundText({ found, ends }: ExchangeView, authorizeWith: AuthorizeWith): string {
  switch (found) {
    case 'person':
      return m.exchange_by_person();
    case 'policy':
      return authorizeWith === 'auto' && !ends ? m.exchange_by_policy_auto() : m.exchange_by_policy();
    default:
      return m.exchange_by_autodiscover();
  }
}

function methodName(method: ExchangeMethod): string {
  return { oauth: () => 'OAuth 2.0', ntlm: () => 'NTLM', basic: m.exchange_basic }[method]();
}

/** When EWS ends in Exchange Online, and who can do what. */
export function endText({ offByDefault, switchedOff }: EwsEnd): string {
  const date = (day: string) => locale.format.date(day);
  return `${m.exchange_ends({ off: date(offByDefault), end: date(switchedOff) })} ${m.f_ewsRetired_help()}`;
}
