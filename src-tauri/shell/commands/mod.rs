//! What the page may ask for. A command takes a typed request, calls one function, returns its answer.

mod account;
mod contacts;
mod meetings;
mod policy;
mod start;

use super::product::Product;
use convoke_app::code::Failure;
use tauri::ipc::Invoke;
use tauri::{State, Wry};

/// A command's answer.
type Answer<T> = Result<T, Failure>;

/// The product, as commands get it.
type Opened<'a> = State<'a, Product>;

/// Answers the page's requests.
pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        start::start,
        start::snapshot,
        start::set_setting,
        start::first_frame,
        start::painted,
        meetings::agenda,
        meetings::meeting,
        meetings::busy_days,
        meetings::search_meetings,
        meetings::meetings_with,
        meetings::join,
        meetings::open_in_outlook,
        contacts::contacts,
        contacts::letters,
        contacts::contact,
        contacts::search_directory,
        contacts::directory_person,
        contacts::mail,
        contacts::call,
        account::sign_in,
        account::cancel_sign_in,
        account::reopen_browser,
        account::sign_in_link,
        account::connect,
        account::dismiss_connect,
        account::check_again,
        account::connect_exchange,
        account::leave_exchange,
        account::needs_approval,
        account::admin_request,
        account::mail_admin_request,
        account::look_up_federation,
        account::sync,
        account::disconnect,
        account::sign_out,
        policy::policy_page,
        policy::reload_policy,
    ]
}
