//! What one visit to the browser asks for, question by question.
//!
//! Microsoft's managed consent policy, the default of new tenants, keeps calendars from users and leaves them
//! contacts and the directory (Entra, "Manage app consent policies"). One question for everything would end there on
//! a page that says "Need admin approval" and leads nowhere, with nothing connected. So what every tenant leaves to
//! its users is asked first, and what many keep for an administrator afterwards, in the same tab.

use convoke_model::service::Service;

/// One question to Microsoft 365.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The services that it is about.
    pub services: Vec<Service>,
    /// Whether it may show a page. One that may not comes back at once, with a refusal where a page was needed.
    pub shows_pages: bool,
}

/// Whether Microsoft's managed consent policy leaves the service's permission to users.
#[must_use]
pub fn is_left_to_users(service: Service) -> bool {
    service != Service::Calendar
}

/// The questions of one visit for `services`, in order. Where users may not consent (`user_consent` of the policy),
/// nobody is shown a page that can only end in "Need admin approval": each permission is asked for without one, since
/// a refusal of one would refuse the whole question, and each costs a redirect only.
#[must_use]
pub fn questions(services: &[Service], user_consent: bool) -> Vec<Question> {
    let groups: Vec<Vec<Service>> = if user_consent {
        let (first, then) = services.iter().partition(|service| is_left_to_users(**service));
        vec![first, then]
    } else {
        services.iter().map(|&service| vec![service]).collect()
    };
    let asked = groups.into_iter().filter(|services| !services.is_empty());
    asked.map(|services| Question { services, shows_pages: user_consent }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Service::{Calendar, Contacts, Directory};

    #[test]
    fn what_a_visit_asks() {
        let check = |services: &[Service], user_consent, expected: &[&[Service]]| {
            let asked = questions(services, user_consent);
            let services: Vec<&[Service]> =
                asked.iter().map(|question| question.services.as_slice()).collect();
            assert_eq!(services, expected, "{user_consent}");
            assert!(asked.iter().all(|question| question.shows_pages == user_consent));
        };
        let all = [Calendar, Contacts, Directory];
        check(&all, true, &[&[Contacts, Directory], &[Calendar]]);
        check(&all, false, &[&[Calendar], &[Contacts], &[Directory]]);
        check(&[Calendar], true, &[&[Calendar]]);
        check(&[Contacts], true, &[&[Contacts]]);
        check(&[], true, &[]);
    }
}
