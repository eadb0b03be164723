//! The person in a browser, whom the tenant plays too when a policy is rehearsed.

pub use convoke_tenant::person::{Browser, Page};
