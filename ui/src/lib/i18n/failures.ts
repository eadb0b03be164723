import type { Code, Failure, Reason, ServiceStatus } from '$lib/backend/backend';
import { m } from '$lib/paraglide/messages.js';

/** What a person reads of a failure: one true sentence, and what to do by whom. */
export interface FailureText {
  title: string;
  help: string;
}

const TEXTS: Record<Code, [title: () => string, help: () => string]> = {
  offline: [m.f_offline, m.f_offline_help],
  serverUnreachable: [m.f_serverUnreachable, m.f_serverUnreachable_help],
  serverFailing: [m.f_serverFailing, m.f_serverFailing_help],
  throttled: [m.f_throttled, m.f_throttled_help],
  captivePortal: [m.f_captivePortal, m.f_captivePortal_help],
  tlsUntrusted: [m.f_tlsUntrusted, m.f_tlsUntrusted_help],
  proxyAuthentication: [m.f_proxyAuthentication, m.f_proxyAuthentication_help],
  signInRequired: [m.f_signInRequired, m.f_signInRequired_help],
  notConnected: [m.f_notConnected, m.f_notConnected_help],
  offByPolicy: [m.f_offByPolicy, m.f_offByPolicy_help],
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
  passwordRequired: [m.f_passwordRequired, m.f_passwordRequired_help],
  passwordRefused: [m.f_passwordRefused, m.f_passwordRefused_help],
  noCommonSignIn: [m.f_noCommonSignIn, m.f_noCommonSignIn_help],
  extendedProtection: [m.f_extendedProtection, m.f_extendedProtection_help],
  hostNotTrusted: [m.f_hostNotTrusted, m.f_hostNotTrusted_help],
  exchangeNotFound: [m.f_exchangeNotFound, m.f_exchangeNotFound_help],
  exchangeDenied: [m.f_exchangeDenied, m.f_exchangeDenied_help],
  tokenRefused: [m.f_tokenRefused, m.f_tokenRefused_help],
  ewsRetired: [m.f_ewsRetired, m.f_ewsRetired_help],
  keychainUnavailable: [m.f_keychainUnavailable, m.f_keychainUnavailable_help],
  keychainLocked: [m.f_keychainLocked, m.f_keychainLocked_help],
  cacheUnusable: [m.f_cacheUnusable, m.f_cacheUnusable_help],
  cacheNewer: [m.f_cacheNewer, m.f_cacheNewer_help],
  diskFull: [m.f_diskFull, m.f_diskFull_help],
  policyInvalid: [m.f_policyInvalid, m.f_policyInvalid_help],
  policyRefused: [m.f_policyRefused, m.f_policyRefused_help],
  policyOverruled: [m.f_policyOverruled, m.f_policyOverruled_help],
  notConfigured: [m.f_notConfigured, m.f_notConfigured_help],
  misconfigured: [m.f_misconfigured, m.f_misconfigured_help],
  linkNotAllowed: [m.f_linkNotAllowed, m.f_linkNotAllowed_help],
  notFound: [m.f_notFound, m.f_notFound_help],
  internal: [m.f_internal, m.f_internal_help],
};

/** What Microsoft's own number says, where it says more than the code. */
const REASONS: Record<Reason, [title: () => string, help: () => string]> = {
  notConsented: [m.r_notConsented, m.r_notConsented_help],
  notGranted: [m.r_notGranted, m.r_notGranted_help],
  needsApproval: [m.r_needsApproval, m.r_needsApproval_help],
  approvalRequested: [m.r_approvalRequested, m.r_approvalRequested_help],
  notAssigned: [m.r_notAssigned, m.r_notAssigned_help],
  conditionalAccess: [m.r_conditionalAccess, m.r_conditionalAccess_help],
  deviceRules: [m.r_deviceRules, m.r_deviceRules_help],
  risk: [m.r_risk, m.r_risk_help],
  moreProof: [m.r_moreProof, m.r_moreProof_help],
  wrongPlatform: [m.r_wrongPlatform, m.r_wrongPlatform_help],
  wrongPassword: [m.r_wrongPassword, m.r_wrongPassword_help],
  askedWhichApp: [m.r_askedWhichApp, m.r_askedWhichApp_help],
  expired: [m.r_expired, m.r_expired_help],
  revoked: [m.r_revoked, m.r_revoked_help],
  passwordExpired: [m.r_passwordExpired, m.r_passwordExpired_help],
  accountDisabled: [m.r_accountDisabled, m.r_accountDisabled_help],
  accountLocked: [m.r_accountLocked, m.r_accountLocked_help],
  unknownAccount: [m.r_unknownAccount, m.r_unknownAccount_help],
  foreignAccount: [m.r_foreignAccount, m.r_foreignAccount_help],
  tenantRestricted: [m.r_tenantRestricted, m.r_tenantRestricted_help],
  tenantNotFound: [m.r_tenantNotFound, m.r_tenantNotFound_help],
  otherCloud: [m.r_otherCloud, m.r_otherCloud_help],
  appNotFound: [m.r_appNotFound, m.r_appNotFound_help],
  appDisabled: [m.r_appDisabled, m.r_appDisabled_help],
  singleTenantApp: [m.r_singleTenantApp, m.r_singleTenantApp_help],
  redirectNotRegistered: [m.r_redirectNotRegistered, m.r_redirectNotRegistered_help],
  notPublicClient: [m.r_notPublicClient, m.r_notPublicClient_help],
  serviceMissing: [m.r_serviceMissing, m.r_serviceMissing_help],
  attemptOver: [m.r_attemptOver, m.r_attemptOver_help],
  busy: [m.r_busy, m.r_busy_help],
  loop: [m.r_loop, m.r_loop_help],
  programFault: [m.r_programFault, m.r_programFault_help],
  noSession: [m.r_noSession, m.r_noSession_help],
};

/** Chooses the texts by the failure's code; the core's English serves codes that are newer than this window. */
export function failureText(failure: Failure): FailureText {
  const reason = failure.reason && (REASONS as Partial<typeof REASONS>)[failure.reason];
  const texts = reason ?? (TEXTS as Partial<typeof TEXTS>)[failure.code];
  return {
    title: texts?.[0]() ?? failure.message,
    help: texts?.[1]() ?? failure.help,
  };
}

/** The same for what a service is in, where more is known than its state says. */
export function statusText(status: ServiceStatus): FailureText | null {
  const reason = (REASONS as Partial<Record<string, (typeof REASONS)[Reason]>>)[status.reason ?? ''];
  const texts = reason ?? (TEXTS as Partial<Record<string, (typeof TEXTS)[Code]>>)[status.code ?? ''];
  return texts ? { title: texts[0](), help: texts[1]() } : null;
}

/** Whatever a call rejected with, as a failure. */
export function asFailure(reason: unknown): Failure {
  if (typeof reason === 'object' && reason !== null && 'code' in reason && 'who' in reason) return reason as Failure;
  const detail = reason instanceof Error ? reason.message : String(reason);
  return { code: 'internal', message: '', help: '', who: 'helpDesk', detail };
}
