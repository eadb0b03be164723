//! Which `iss` an ID token may carry.

use convoke_net::endpoint::same_host;
use url::Url;

/// What Entra writes for the tenant in the metadata of `common` and `organizations`.
const TEMPLATE: &str = "{tenantid}";

/// The rule for `iss`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Issuer {
    /// This very text.
    Exact(String),
    /// This text with the token's own `tid`, a GUID, in place of `{tenantid}` (protocols §1.4).
    PerTenant(String),
}

impl Issuer {
    /// The rule from Entra's metadata. `None` where the issuer is not one of `base`.
    pub(super) fn entra(base: &Url, named: &str) -> Option<Self> {
        let per_tenant = named.matches(TEMPLATE).count() == 1;
        let url = Url::parse(&named.replace(TEMPLATE, "00000000-0000-0000-0000-000000000000")).ok()?;
        let mut path = url.path_segments()?;
        let shape = path.next().is_some_and(is_guid) && path.next() == Some("v2.0") && path.next().is_none();
        if !same_host(base, &url) || !shape || url.query().is_some() || url.fragment().is_some() {
            return None;
        }
        Some(if per_tenant { Self::PerTenant(named.to_owned()) } else { Self::Exact(named.to_owned()) })
    }

    /// The rule for an OpenID provider: what we were told, letter by letter (Discovery §4.3).
    pub(super) fn exact(told: &str, named: &str) -> Option<Self> {
        (told == named).then(|| Self::Exact(named.to_owned()))
    }

    /// The issuer that a token of tenant `tid` must name; `None` where `tid` is needed and not a GUID.
    #[must_use]
    pub fn expected(&self, tid: Option<&str>) -> Option<String> {
        match self {
            Self::Exact(issuer) => Some(issuer.clone()),
            Self::PerTenant(template) => {
                tid.filter(|tid| is_guid(tid)).map(|tid| template.replace(TEMPLATE, tid))
            }
        }
    }

    /// Whether `issuer`, the `iss` parameter of a redirect (RFC 9207), can be ours.
    #[must_use]
    pub fn could_be(&self, issuer: &str) -> bool {
        match self {
            Self::Exact(expected) => expected == issuer,
            Self::PerTenant(template) => {
                let (before, after) = template.split_once(TEMPLATE).unwrap_or((template, ""));
                issuer.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)).is_some_and(is_guid)
            }
        }
    }
}

/// Whether `text` is a GUID in the usual 8-4-4-4-12 form.
#[must_use]
pub(crate) fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.char_indices().all(|(at, c)| match at {
            8 | 13 | 18 | 23 => c == '-',
            _ => c.is_ascii_hexdigit(),
        })
}
