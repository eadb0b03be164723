//! What to connect where nobody says which services.

use crate::app::App;
use convoke_model::service::{Service, ServiceState};
use convoke_policy::prompt::can_be_connected;

impl App {
    /// The services that somebody connects who names none: what the person can bring on, and never again what is
    /// connected; where that is nothing, what waits for an administrator; where nothing does either, none, which
    /// [`App::connect`] takes for all.
    pub async fn to_connect(&self) -> Vec<Service> {
        let Ok(account) = self.signed_in() else { return Vec::new() };
        // Why nothing can be read is for the connection to say.
        let services = self.services_now(&account).await.unwrap_or_default();
        let states = [
            (Service::Calendar, services.calendar.state),
            (Service::Contacts, services.contacts.state),
            (Service::Directory, services.directory.state),
        ];
        open(&states, self.policy().integration.user_consent)
    }
}

/// Where users may not consent no page is shown: what waits is asked for along with the rest, and costs nobody anything.
fn open(states: &[(Service, ServiceState)], user_consent: bool) -> Vec<Service> {
    let those = |of: &dyn Fn(ServiceState) -> bool| -> Vec<Service> {
        states.iter().filter(|(_, state)| of(*state)).map(|(service, _)| *service).collect()
    };
    let waits = |state| state == ServiceState::WaitingForAdmin;
    if !user_consent {
        return those(&|state| can_be_connected(state) || waits(state));
    }
    let open = those(&can_be_connected);
    if open.is_empty() { those(&waits) } else { open }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ServiceState::{Connected, Declined, NotConnected, OffByPolicy, SignInRequired, WaitingForAdmin};

    #[test]
    fn what_is_missing_comes_first() {
        use Service::{Calendar, Contacts, Directory};
        let check = |states: [ServiceState; 3], user_consent: bool, expected: &[Service]| {
            let states: Vec<_> = Service::ALL.into_iter().zip(states).collect();
            assert_eq!(open(&states, user_consent), expected, "{states:?} {user_consent}");
        };
        check([NotConnected; 3], true, &[Calendar, Contacts, Directory]);
        check([WaitingForAdmin, NotConnected, Connected], true, &[Contacts]);
        check([WaitingForAdmin, NotConnected, Connected], false, &[Calendar, Contacts]);
        check([WaitingForAdmin, Connected, Connected], true, &[Calendar]);
        check([Connected, Declined, SignInRequired], true, &[Contacts, Directory]);
        check([Connected, Connected, OffByPolicy], true, &[]);
        check([OffByPolicy; 3], true, &[]);
    }
}
