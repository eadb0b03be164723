//! Whether to ask to integrate, right after a sign-in.

use convoke_model::service::ServiceState;

use crate::choice::Prompt;

/// What happened before, for this account on this device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PromptHistory {
    /// Whether the person was ever asked, whatever came of it.
    pub asked: bool,
}

/// Whether to ask now.
///
/// `services` are the states of all services. Only what the person can change counts: nobody is asked over and
/// over for what an administrator must do, what the policy leaves out, or what does not exist.
#[must_use]
pub fn decide(mode: Prompt, history: PromptHistory, services: &[ServiceState]) -> bool {
    let missing = services.iter().any(|&state| can_be_connected(state));
    match mode {
        Prompt::FirstSignIn => missing && !history.asked,
        Prompt::EverySignIn => missing,
        Prompt::Never => false,
    }
}

/// Whether to ask after a change of what the policy permits, whatever was asked before: a change asks again.
///
/// `changed` are the states of the services that lost their authorization to the change, or that it permits anew. What
/// only an administrator can give asks nobody.
#[must_use]
pub fn decide_after_change(mode: Prompt, changed: &[ServiceState]) -> bool {
    mode != Prompt::Never && changed.iter().any(|&state| can_be_connected(state))
}

/// Whether the person can bring a service in this state on.
#[must_use]
pub fn can_be_connected(state: ServiceState) -> bool {
    match state {
        ServiceState::NotConnected
        | ServiceState::Declined
        | ServiceState::SignInRequired
        | ServiceState::Error => true,
        ServiceState::Connected
        | ServiceState::WaitingForAdmin
        | ServiceState::OffByPolicy
        | ServiceState::Blocked
        | ServiceState::Unavailable => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ServiceState::{
        Blocked, Connected, Declined, NotConnected, OffByPolicy, Unavailable, WaitingForAdmin,
    };

    #[test]
    fn prompt_table() {
        let check = |mode, asked, services: &[ServiceState], expected: bool| {
            assert_eq!(
                decide(mode, PromptHistory { asked }, services),
                expected,
                "{mode:?} asked {asked} {services:?}"
            );
        };
        use Prompt::{EverySignIn, FirstSignIn, Never};
        check(FirstSignIn, false, &[NotConnected; 3], true);
        check(FirstSignIn, true, &[NotConnected; 3], false);
        check(FirstSignIn, true, &[Declined; 3], false);
        check(FirstSignIn, false, &[Connected, Connected, OffByPolicy], false);
        check(FirstSignIn, false, &[Connected, NotConnected, OffByPolicy], true);
        check(EverySignIn, false, &[NotConnected; 3], true);
        check(EverySignIn, true, &[Declined, Connected, Connected], true);
        check(EverySignIn, true, &[Connected; 3], false);
        check(EverySignIn, true, &[Connected, WaitingForAdmin, OffByPolicy], false);
        check(EverySignIn, true, &[Blocked, Unavailable, OffByPolicy], false);
        check(Never, false, &[NotConnected; 3], false);
        check(Never, true, &[NotConnected; 3], false);
        check(FirstSignIn, false, &[], false);
    }

    #[test]
    fn a_change_asks_again() {
        let check = |mode, changed: &[ServiceState], expected: bool| {
            assert_eq!(decide_after_change(mode, changed), expected, "{mode:?} {changed:?}");
        };
        use Prompt::{EverySignIn, FirstSignIn, Never};
        for mode in [FirstSignIn, EverySignIn] {
            check(mode, &[NotConnected], true);
            check(mode, &[WaitingForAdmin, NotConnected], true);
            check(mode, &[WaitingForAdmin], false);
            check(mode, &[Connected, Blocked, Unavailable, OffByPolicy], false);
            check(mode, &[], false);
        }
        check(Never, &[NotConnected; 3], false);
    }
}
