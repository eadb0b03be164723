import type { Code, Failure } from '$lib/backend/backend';
import { m } from '$lib/paraglide/messages.js';

/** What a person reads of a failure: one true sentence, and what to do by whom. */
export interface FailureText {
  title: string;
  help: string;
}

const TEXTS: Record<Code, [title: () => string, help: () => string]> = {
  offline: [m.f_offline, m.f_offline_help],
  serverUnreachable: [m.f_serverUnreachable, m.f_serverUnreachable_help],
  throttled: [m.f_throttled, m.f_throttled_help],
  captivePortal: [m.f_captivePortal, m.f_captivePortal_help],
  tlsUntrusted: [m.f_tlsUntrusted, m.f_tlsUntrusted_help],
  proxyAuthentication: [m.f_proxyAuthentication, m.f_proxyAuthentication_help],
  signInRequired: [m.f_signInRequired, m.f_signInRequired_help],
  signInCancelled: [m.f_signInCancelled, m.f_signInCancelled_help],
  signInTimedOut: [m.f_signInTimedOut, m.f_signInTimedOut_help],
  signInRefused: [m.f_signInRefused, m.f_signInRefused_help],
  idTokenRefused: [m.f_idTokenRefused, m.f_idTokenRefused_help],
  browserNotOpened: [m.f_browserNotOpened, m.f_browserNotOpened_help],
  loopbackUnavailable: [m.f_loopbackUnavailable, m.f_loopbackUnavailable_help],
  unexpectedAnswer: [m.f_unexpectedAnswer, m.f_unexpectedAnswer_help],
  accountMismatch: [m.f_accountMismatch, m.f_accountMismatch_help],
  accountNotAllowed: [m.f_accountNotAllowed, m.f_accountNotAllowed_help],
  consentDeclined: [m.f_consentDeclined, m.f_consentDeclined_help],
  adminApprovalRequired: [m.f_adminApprovalRequired, m.f_adminApprovalRequired_help],
  blockedByOrganization: [m.f_blockedByOrganization, m.f_blockedByOrganization_help],
  mailboxUnavailable: [m.f_mailboxUnavailable, m.f_mailboxUnavailable_help],
  permissionMissing: [m.f_permissionMissing, m.f_permissionMissing_help],
  keychainUnavailable: [m.f_keychainUnavailable, m.f_keychainUnavailable_help],
  keychainLocked: [m.f_keychainLocked, m.f_keychainLocked_help],
  cacheUnusable: [m.f_cacheUnusable, m.f_cacheUnusable_help],
  cacheNewer: [m.f_cacheNewer, m.f_cacheNewer_help],
  diskFull: [m.f_diskFull, m.f_diskFull_help],
  policyInvalid: [m.f_policyInvalid, m.f_policyInvalid_help],
  policyRefused: [m.f_policyRefused, m.f_policyRefused_help],
  notConfigured: [m.f_notConfigured, m.f_notConfigured_help],
  misconfigured: [m.f_misconfigured, m.f_misconfigured_help],
  linkNotAllowed: [m.f_linkNotAllowed, m.f_linkNotAllowed_help],
  notFound: [m.f_notFound, m.f_notFound_help],
  internal: [m.f_internal, m.f_internal_help],
};

/** Chooses the texts by the failure's code; the core's English serves codes that are newer than this window. */
export function failureText(failure: Failure): FailureText {
  const texts = (TEXTS as Partial<typeof TEXTS>)[failure.code];
  return {
    title: texts?.[0]() ?? failure.message,
    help: texts?.[1]() ?? failure.help,
  };
}

/** Whatever a call rejected with, as a failure. */
export function asFailure(reason: unknown): Failure {
  if (typeof reason === 'object' && reason !== null && 'code' in reason && 'who' in reason) return reason as Failure;
  const detail = reason instanceof Error ? reason.message : String(reason);
  return { code: 'internal', message: '', help: '', who: 'helpDesk', detail };
}
