//! The policy: which files are in force, what is wrong with them, whether anybody may sign in.

use super::check::Check;
use super::fix;
use super::report::CheckId;
use crate::code::Code;
use crate::policy_source::sign_in_refused;
use convoke_policy::{Effective, Problem, Status};

const ID: CheckId = CheckId::Policy;

/// Problems that are named one by one.
const NAMED: usize = 5;

/// Looks at the policy files as they are now.
pub fn check(policy: &Effective) -> Check {
    let files = policy.files().join(", ");
    let faults: Vec<&Problem> = policy.problems().iter().filter(|problem| problem.is_fault()).collect();
    let mend = fix::by(fix::POLICY, "mend it; convokectl policy validate FILE names every problem.");
    if let Some(refused) = sign_in_refused(policy) {
        let blocking: Vec<&Problem> = faults.into_iter().filter(|problem| problem.blocks_sign_in).collect();
        let detail = format!("Nobody can sign in under this policy: {}", list(&blocking));
        return Check::fail(ID, Some(refused.code), &detail, &mend);
    }
    let name = "roll out a policy file that names microsoft365.tenant and microsoft365.clientId.";
    let name = fix::by(fix::POLICY, name);
    if policy.status() == Status::None {
        let detail = "This computer has no policy file, so Convoke does not know the organization.";
        return Check::fail(ID, Some(Code::NotConfigured), detail, &name);
    }
    if policy.microsoft365.client_id.is_none() {
        let detail = format!("The policy in {files} names no microsoft365.clientId, so nobody can sign in.");
        return Check::fail(ID, Some(Code::NotConfigured), &detail, &name);
    }
    if faults.is_empty() {
        return Check::ok(ID, &format!("In force: {files}."));
    }
    Check::warn(ID, &format!("In force: {files}, without what is wrong: {}", list(&faults)), &mend)
}

fn list(problems: &[&Problem]) -> String {
    let mut told: Vec<String> = problems.iter().take(NAMED).map(ToString::to_string).collect();
    if problems.len() > NAMED {
        told.push(format!("and {} more.", problems.len() - NAMED));
    }
    told.join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::report::CheckStatus;
    use super::*;
    use convoke_policy::{FileSource, effective, read};

    fn checked(text: &str) -> Check {
        check(&effective(&[read(FileSource { name: "p.json", bytes: text.as_bytes() })]))
    }

    #[test]
    fn problems_stand_with_file_line_and_column() {
        let broken = checked("{\n  \"enforced\": nonsense\n}");
        assert_eq!(
            (broken.status, broken.code),
            (CheckStatus::Fail, Some(Code::PolicyInvalid)),
            "{broken:?}"
        );
        assert!(broken.detail.contains("p.json:2:"), "{broken:?}");
        let client = r#""microsoft365": {"clientId": "11111111-2222-4333-8444-555555555555"}"#;
        let odd = checked(&format!("{{\"enforced\": {{{client}, \"sync\": {{\"pastDay\": 3}}}}}}"));
        assert_eq!(odd.status, CheckStatus::Warn, "{odd:?}");
        assert!(odd.detail.contains("p.json:1:"), "{odd:?}");
        assert_eq!(checked(&format!("{{\"enforced\": {{{client}}}}}")).status, CheckStatus::Ok);
    }

    #[test]
    fn without_an_organization_there_is_nothing_to_sign_in_to() {
        for check in [check(&Effective::default()), checked("{}")] {
            assert_eq!(
                (check.status, check.code),
                (CheckStatus::Fail, Some(Code::NotConfigured)),
                "{check:?}"
            );
        }
    }
}
