import type { Code, ExchangeAsk, ServiceStatus, Snapshot } from '$lib/backend/backend';

/** The failures by which the core asks a person for something at an Exchange server. */
const CODES: Record<ExchangeAsk, readonly Code[]> = {
  server: ['exchangeNotFound'],
  trust: ['hostNotTrusted'],
  password: ['passwordRequired', 'passwordRefused'],
  browser: ['signInRequired', 'signInTimedOut', 'signInCancelled'],
};

/** What a refused attempt asks for next, where the dialog can give it. */
export function askedBy(code: Code): ExchangeAsk | null {
  const asks: ExchangeAsk[] = ['server', 'trust', 'password'];
  return asks.find((ask) => CODES[ask].includes(code)) ?? null;
}

/** Whether a service is on only after somebody gave what the Exchange server, or the search for it, asks for. */
export function waitsThere({ state, code }: ServiceStatus): boolean {
  // Microsoft 365 answered that the mailbox is not there.
  const isAsked =
    code === 'mailboxUnavailable' || Object.values(CODES).some((codes) => codes.some((one) => one === code));
  return state === 'signInRequired' || (state === 'unavailable' && isAsked);
}

/**
 * What meetings and contacts wait for at the Exchange server, and the failure that says so. Null where they don't: a
 * question may be left over from an attempt that a person gave up.
 */
export function waitingFor({ exchange, services, sync }: Snapshot): { ask: ExchangeAsk; code: Code } | null {
  const waiting = [services.calendar, services.contacts].filter(waitsThere);
  const told = [...waiting.map(({ code }) => code), sync.failure?.code];
  const ask = exchange.asks ?? (exchange.inUse && exchange.method === 'oauth' ? 'browser' : null);
  if (!ask) return null;
  const code = CODES[ask].find((one) => told.includes(one));
  if (code) return { ask, code };
  const [usual] = CODES[ask];
  return exchange.asks && usual && told.includes('mailboxUnavailable') ? { ask, code: usual } : null;
}
