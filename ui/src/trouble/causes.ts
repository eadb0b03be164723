import { m } from '$lib/paraglide/messages.js';

/** What the loopback redirect must be registered as (Entra matches any port of it). */
const REDIRECT = 'http://localhost';

/** Why a page of Microsoft's ends without telling Convoke: what it said, what to do, and who can. */
export interface Cause {
  id: string;
  said: () => string;
  todo: () => string;
  who: 'user' | 'admin';
  /** Numbers that such a page shows. */
  codes: readonly string[];
}

/** The likeliest first. */
export const CAUSES: readonly Cause[] = [
  { id: 'closed', said: m.t_closed, todo: m.t_closed_do, who: 'user', codes: [] },
  { id: 'approval', said: m.t_approval, todo: m.t_approval_do, who: 'admin', codes: ['AADSTS90094', 'AADSTS90095'] },
  { id: 'account', said: m.t_account, todo: m.t_account_do, who: 'user', codes: ['AADSTS50020', 'AADSTS50034'] },
  { id: 'assigned', said: m.t_assigned, todo: m.r_notAssigned_help, who: 'admin', codes: ['AADSTS50105'] },
  { id: 'access', said: m.t_access, todo: m.t_access_do, who: 'admin', codes: ['AADSTS53003'] },
  {
    id: 'redirect',
    said: m.t_redirect,
    todo: () => m.t_redirect_do({ uri: REDIRECT }),
    who: 'admin',
    codes: ['AADSTS50011'],
  },
  { id: 'disabled', said: m.t_disabled, todo: m.r_appDisabled_help, who: 'admin', codes: ['AADSTS7000112'] },
  { id: 'unknown', said: m.t_unknown, todo: m.r_appNotFound_help, who: 'admin', codes: ['AADSTS700016'] },
];
