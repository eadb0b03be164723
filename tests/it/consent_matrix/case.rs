//! What there is to play.

pub const SERVICES: [&str; 3] = ["calendar", "contacts", "directory"];
/// In the order in which one account meets them: nobody was asked before `never`, and once is once after that.
pub const PROMPTS: [&str; 3] = ["never", "firstSignIn", "everySignIn"];
pub const CONSENT: [&str; 6] = ["open", "microsoftManaged", "workflow", "lowImpact", "off", "granted"];
/// What the person does: grants what may be granted and goes back where an administrator is demanded; presses Cancel
/// where that can be; grants, and closes a page that demands an administrator; grants the first page of permissions
/// and presses Cancel on the next; consents as the administrator of the organization.
pub const PERSONS: [&str; 5] = ["grants", "cancels", "closes", "wavers", "administrator"];
/// What stops a visit on a page of Microsoft's from which nothing comes back.
pub const DEAD_ENDS: [&str; 4] = ["notAssigned", "conditionalAccess", "appDisabled", "redirectNotRegistered"];

/// One play: an account connects in a tenant under a policy.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    pub permissions: [&'static str; 3],
    pub consent: &'static str,
    pub user_consent: bool,
    pub outcome: &'static str,
}

impl Case {
    pub fn is_permitted(&self, service: usize) -> bool {
        self.permissions[service] != "none"
    }

    /// Whether the tenant lets users grant the service's permission.
    pub fn may_grant(&self, service: usize) -> bool {
        match self.consent {
            "open" | "granted" => true,
            "microsoftManaged" | "workflow" => SERVICES[service] != "calendar",
            _ => false,
        }
    }

    pub fn is_dead_end(&self) -> bool {
        DEAD_ENDS.contains(&self.outcome)
    }
}

pub fn all() -> Vec<Case> {
    let mut cases = Vec::new();
    for permissions in permissions() {
        let case = |consent, user_consent, outcome| Case { permissions, consent, user_consent, outcome };
        for consent in CONSENT {
            cases.extend(PERSONS.map(|person| case(consent, true, person)));
            // No page is shown, so nothing is decided on one.
            cases.push(case(consent, false, "grants"));
        }
        cases.extend(DEAD_ENDS.map(|dead_end| case("open", true, dead_end)));
    }
    // Where nothing is permitted, nobody decides anything.
    let permissions = ["none"; 3];
    cases.push(Case { permissions, consent: "open", user_consent: true, outcome: "grants" });
    cases
}

fn permissions() -> Vec<[&'static str; 3]> {
    let mut all = Vec::new();
    for calendar in ["none", "read", "readWrite"] {
        for contacts in ["none", "read"] {
            all.extend(["none", "basic"].map(|directory| [calendar, contacts, directory]));
        }
    }
    all.retain(|permissions| *permissions != ["none"; 3]);
    all
}
