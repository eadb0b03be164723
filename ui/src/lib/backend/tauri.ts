import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { AppEvent, Backend } from './backend';

/** The event under which the core tells of changes. */
const EVENT = 'app';

/** The core behind Tauri's commands, which carry the methods' names in snake case. */
export function tauriBackend(): Backend {
  return {
    start: () => invoke('start'),
    snapshot: () => invoke('snapshot'),
    agenda: (q) => invoke('agenda', { q }),
    meeting: (q) => invoke('meeting', { q }),
    busyDays: (q) => invoke('busy_days', { q }),
    searchMeetings: (q) => invoke('search_meetings', { q }),
    join: (q) => invoke('join', { q }),
    openInOutlook: (q) => invoke('open_in_outlook', { q }),
    contacts: (q) => invoke('contacts', { q }),
    letters: () => invoke('letters'),
    contact: (q) => invoke('contact', { q }),
    meetingsWith: (q) => invoke('meetings_with', { q }),
    searchDirectory: (q) => invoke('search_directory', { q }),
    directoryPerson: (q) => invoke('directory_person', { q }),
    mail: (q) => invoke('mail', { q }),
    call: (q) => invoke('call', { q }),
    signIn: (q) => invoke('sign_in', { q }),
    cancelSignIn: () => invoke('cancel_sign_in'),
    reopenBrowser: () => invoke('reopen_browser'),
    signInLink: () => invoke('sign_in_link'),
    connect: (q) => invoke('connect', { q }),
    dismissConnect: () => invoke('dismiss_connect'),
    checkAgain: () => invoke('check_again'),
    connectExchange: (q) => invoke('connect_exchange', { q }),
    leaveExchange: () => invoke('leave_exchange'),
    needsApproval: () => invoke('needs_approval'),
    adminRequest: (q) => invoke('admin_request', { q }),
    mailAdminRequest: (q) => invoke('mail_admin_request', { q }),
    lookUpFederation: () => invoke('look_up_federation'),
    policyPage: () => invoke('policy_page'),
    reloadPolicy: () => invoke('reload_policy'),
    sync: () => invoke('sync'),
    disconnect: () => invoke('disconnect'),
    signOut: (q) => invoke('sign_out', { q }),
    setSetting: (q) => invoke('set_setting', { q }),
    painted: () => void invoke('painted').catch(() => undefined),
    on: (listener) => subscribe(listener),
  };
}

/** `listen` answers later; the caller may have gone by then. */
function subscribe(listener: (event: AppEvent) => void): () => void {
  let active = true;
  let stop: (() => void) | null = null;
  void listen<AppEvent>(EVENT, (event) => {
    if (active) listener(event.payload);
  }).then((unlisten) => {
    stop = unlisten;
    if (!active) unlisten();
  });
  return () => {
    active = false;
    stop?.();
  };
}
