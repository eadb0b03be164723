import type { ExchangeView } from '$lib/backend/backend';

/** Where every Exchange server answers EWS. */
const PATH = '/EWS/Exchange.asmx';
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/u;

/** The EWS address that a person means: a host alone gets the usual path. Null for what the core would not ask. */
export function ewsAddress(typed: string): string | null {
  const text = typed.trim();
  let url: URL;
  try {
    url = new URL(/^[a-z]+:\/\//iu.test(text) ? text : `https://${text}`);
  } catch {
    return null;
  }
  // Some browsers take a space for a part of the name.
  if (/[\s%]/u.test(url.hostname)) return null;
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (!secure || url.username || url.password || url.search || url.hash) return null;
  if (url.pathname === '/') url.pathname = PATH;
  return url.href;
}

/** The address to tell the core: null for what it knows already, so that it stays known who named it. */
export function addressToTell(typed: string, known: Pick<ExchangeView, 'url' | 'found'>): string | null {
  const address = ewsAddress(typed);
  return address === known.url && known.found !== 'person' ? null : address;
}

/** `mail.contoso.example` of an address. */
export function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}
