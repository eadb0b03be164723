//! An administrator's consent for the organization.

use super::ask::Connecting;
use super::leg::LegOptions;
use super::refusal;
use crate::app::App;
use crate::code::Failure;
use crate::failure;
use crate::tokens::{client_id, microsoft};
use crate::wire::snapshot::Purpose;
use convoke_auth::flow::AdminConsentRequest;
use convoke_auth::id_token::KeyCache;
use convoke_auth::loopback::page::Page;
use convoke_model::service::Service;

impl App {
    /// The organization's consent in a visit of its own, where no permission of Microsoft Graph is needed.
    pub(super) async fn consent_alone(
        &self,
        options: LegOptions,
        on_browser: &mut (dyn FnMut(&str) + Send),
    ) -> Result<(), Failure> {
        let account = self.signed_in()?;
        let running = self.begin_leg(Purpose::Connect);
        let keys = KeyCache::default();
        let deps = self.flow_deps(&running, options, &keys);
        let mut connecting = Connecting::new(&account, &running, deps, on_browser, false);
        let result = self.consent_for_organization(&mut connecting, &[]).await;
        connecting.visit.end(result.as_ref().map_or_else(refusal::page, |()| Page::Approved)).await;
        self.end_leg(&running, result.as_ref().copied());
        result
    }

    /// Asks for it, as a question of a visit.
    pub(super) async fn consent_for_organization(
        &self,
        connecting: &mut Connecting<'_>,
        wanted: &[Service],
    ) -> Result<(), Failure> {
        let policy = self.policy();
        let request = AdminConsentRequest {
            authority: microsoft(&policy)?,
            client_id: client_id(&policy)?,
            scopes: self.scopes_for_organization(wanted),
        };
        let Connecting { running, on_browser, visit, deps, .. } = connecting;
        let mut on_event = |event| self.on_the_way(running, event, *on_browser);
        let consent = visit.admin_consent(&request, deps, &mut on_event).await;
        consent.map(drop).map_err(|error| failure::of_auth(&error))
    }
}
