import type { ServiceName, ServiceState, ServiceStatus } from '$lib/backend/backend';
import { statusText } from './failures';
import { locale } from './locale.svelte';
import { m } from '$lib/paraglide/messages.js';

/** The services in the order in which people see them. */
export const SERVICES: readonly ServiceName[] = ['calendar', 'contacts', 'directory'];

export function serviceName(service: ServiceName): string {
  return { calendar: m.service_calendar, contacts: m.service_contacts, directory: m.service_directory }[service]();
}

/** `Calendar and Contacts`. */
export function serviceList(services: readonly ServiceName[]): string {
  return locale.format.list(services.map(serviceName));
}

/** What is read, and why. */
export function serviceWhy(service: ServiceName): string {
  return {
    calendar: m.service_calendar_why,
    contacts: m.service_contacts_why,
    directory: m.service_directory_why,
  }[service]();
}

export function stateName(state: ServiceState, organization: string | null): string {
  switch (state) {
    case 'connected':
      return m.state_connected();
    case 'notConnected':
      return m.state_notConnected();
    case 'waitingForAdmin':
      return m.state_waitingForAdmin();
    case 'declined':
      return m.state_declined();
    case 'offByPolicy':
      return organization ? m.state_offByPolicy_named({ organization }) : m.state_offByPolicy();
    case 'signInRequired':
      return m.state_signInRequired();
    case 'blocked':
      return m.state_blocked();
    case 'unavailable':
      return m.state_unavailable();
    case 'error':
      return m.state_error();
  }
}

/** What a state means and the next step, where it needs explaining: what is known of the cause, else of the state. */
export function statusHelp(status: ServiceStatus): string {
  const explained: ServiceState[] = ['signInRequired', 'blocked', 'unavailable', 'error'];
  const known = explained.includes(status.state) ? statusText(status) : null;
  return known ? `${known.title} ${known.help}` : stateHelp(status.state);
}

function stateHelp(state: ServiceState): string {
  switch (state) {
    case 'declined':
      return m.step_declined();
    case 'signInRequired':
      return m.step_signInRequired();
    case 'blocked':
      return m.step_blocked();
    case 'unavailable':
      return m.step_unavailable();
    case 'error':
      return m.step_error();
    default:
      return '';
  }
}

/**
 * Whether only an administrator brings it on: one was asked for already, or users may not consent and nothing was
 * asked yet. A renewed sign-in or a failure is no question of consent.
 */
export function needsAdmin(state: ServiceState, userConsent: boolean): boolean {
  return state === 'waitingForAdmin' || (!userConsent && (state === 'notConnected' || state === 'declined'));
}

/** Whether connecting can change anything: not where it is done, forbidden or waiting for somebody else. */
export function connectable(state: ServiceState, userConsent: boolean): boolean {
  return state !== 'connected' && state !== 'offByPolicy' && !needsAdmin(state, userConsent);
}
