use super::*;
use crate::code::Code::{self, *};
use crate::code::Who::{self, *};
use convoke_auth::error::TokenError;

/// Every number that matters (Entra ID, "Microsoft Entra authentication and authorization error codes"), with the
/// error that it comes with: what it is to the product, and who can do something about it.
const CATALOGUE: &[(&str, &[u32], Code, Who)] = &[
    ("invalid_grant", &[65001], AdminApprovalRequired, User),
    ("access_denied", &[65004], ConsentDeclined, User),
    ("access_denied", &[90094, 90095, 90093, 900_941, 900_981], AdminApprovalRequired, Administrator),
    ("access_denied", &[50105], BlockedByOrganization, Administrator),
    ("login_required", &[50058], SignInRequired, User),
    ("interaction_required", &[50072, 50079, 50074, 50076, 50078, 50158, 50199], SignInRequired, User),
    ("invalid_grant", &[53003, 53002, 53000, 53001, 50129, 50097], BlockedByOrganization, Administrator),
    ("invalid_grant", &[50131, 530_032, 530_035, 50127, 53004], BlockedByOrganization, Administrator),
    ("invalid_grant", &[700_082, 70008, 70043, 50173, 50132, 50133], SignInRequired, User),
    ("invalid_grant", &[700_084], Misconfigured, Administrator),
    ("invalid_grant", &[50055], BlockedByOrganization, User),
    ("invalid_grant", &[50057], BlockedByOrganization, Administrator),
    ("invalid_grant", &[50053], BlockedByOrganization, HelpDesk),
    ("invalid_grant", &[50126], SignInRequired, User),
    ("invalid_grant", &[50034, 50014, 51004, 50020, 90072, 16000], AccountNotAllowed, User),
    ("access_denied", &[500_021], BlockedByOrganization, HelpDesk),
    ("invalid_request", &[90002, 90038, 90043, 50194, 50011], Misconfigured, Administrator),
    ("unauthorized_client", &[700_016, 7_000_218, 700_025], Misconfigured, Administrator),
    ("unauthorized_client", &[7_000_112], BlockedByOrganization, Administrator),
    ("invalid_resource", &[50001, 500_011, 650_052, 650_056, 650_057, 65005], Misconfigured, Administrator),
    ("invalid_grant", &[70000, 54005, 50089], SignInRequired, User),
    ("invalid_request", &[50147, 501_481, 501_491], Misconfigured, HelpDesk),
    ("invalid_scope", &[70011, 700_022], Misconfigured, HelpDesk),
    ("invalid_request", &[900_144, 90023, 9_002_313, 900_561], Misconfigured, HelpDesk),
    ("temporarily_unavailable", &[90033, 90006, 90024, 90055], Throttled, Nobody),
    ("invalid_grant", &[50196], Throttled, Nobody),
];

#[test]
fn every_number_leads_to_its_state_and_to_who_can_act() {
    for (error, numbers, code, who) in CATALOGUE {
        for number in *numbers {
            let refusal =
                TokenError { error: (*error).to_owned(), aadsts: Some(*number), ..TokenError::default() };
            let failure = crate::failure::of_auth(&refusal.classify(None));
            assert_eq!((failure.code, failure.who), (*code, *who), "AADSTS{number}");
            assert!(failure.reason.is_some(), "AADSTS{number} has no sentence of its own");
            let detail = failure.detail.unwrap_or_default();
            assert!(detail.contains(&format!("AADSTS{number}")), "{detail}");
        }
    }
}

#[test]
fn every_reason_has_a_number_in_the_catalogue_and_whole_sentences() {
    let numbers = || CATALOGUE.iter().flat_map(|(_, numbers, ..)| numbers.iter().copied());
    for reason in Reason::ALL {
        assert!(numbers().any(|number| Reason::of(number) == Some(*reason)), "{reason:?}");
        let (message, help, _) = reason.text();
        assert!(message.ends_with('.') && help.ends_with('.'), "{reason:?}");
        assert!(!reason.name().is_empty());
    }
    assert_eq!(Reason::of(1), None);
}
