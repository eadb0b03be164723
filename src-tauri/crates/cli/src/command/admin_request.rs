//! `convokectl admin-request`.

use crate::arguments::Language;
use crate::print::Printer;
use convoke_app::App;
use convoke_app::code::Failure;
use convoke_app::wire::AdminRequestQuery;
use std::process::ExitCode;

/// Prints the text with which a person asks an administrator to approve; nobody need be signed in.
pub fn run(
    app: &App,
    language: Language,
    email: Option<String>,
    printer: &Printer,
) -> Result<ExitCode, Failure> {
    let query = AdminRequestQuery { language: language.as_str().to_owned(), email };
    let request = app.admin_request(&query)?;
    printer.result(&request, || format!("{}\n\n{}", request.subject, request.text));
    Ok(ExitCode::SUCCESS)
}
