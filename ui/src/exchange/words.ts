import type { Code, ExchangeAsk } from '$lib/backend/backend';
import { statusText } from '$lib/i18n/failures';
import { m } from '$lib/paraglide/messages.js';

/** What is waited for, and what to do, in words. */
export function askText(ask: ExchangeAsk, code?: Code): { title: string; help: string } {
  if (ask === 'browser') return { title: m.exchange_browser(), help: m.signin_private() };
  const usual: Record<typeof ask, Code> = {
    server: 'exchangeNotFound',
    trust: 'hostNotTrusted',
    password: 'passwordRequired',
  };
  return statusText({ state: 'signInRequired', code: code ?? usual[ask] }) ?? { title: '', help: '' };
}

/** The button that gives what is waited for. */
export function askAction(ask: ExchangeAsk): string {
  return {
    server: m.exchange_enter,
    trust: m.exchange_decide,
    password: m.exchange_signin,
    browser: m.exchange_signin,
  }[ask]();
}

/** What is waited for, in a few words. */
export function askStatus(ask: ExchangeAsk): string {
  return {
    server: m.status_exchange_server,
    trust: m.status_exchange_trust,
    password: m.status_exchange,
    browser: m.status_exchange,
  }[ask]();
}
