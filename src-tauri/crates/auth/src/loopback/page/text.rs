//! The words of the pages.

use super::{Language, Page};

/// Title and sentence.
pub(super) fn of(page: Page, language: Language) -> (&'static str, &'static str) {
    match language {
        Language::English => english(page),
        Language::Spanish => spanish(page),
    }
}

/// What to do with the tab. Not said where nothing was under way.
pub(super) fn close(page: Page, language: Language) -> &'static str {
    match (page, language) {
        (Page::Stranger | Page::Nothing, _) => "",
        (_, Language::English) => "You can close this tab.",
        (_, Language::Spanish) => "Puede cerrar esta pestaña.",
    }
}

fn english(page: Page) -> (&'static str, &'static str) {
    match page {
        Page::SignedIn => ("You are signed in", "Convoke has what it needs and continues in its own window."),
        Page::Connected => {
            ("Microsoft 365 is connected", "Convoke reads your meetings and contacts in its own window.")
        }
        Page::Partly => (
            "Connected in part",
            "What you may allow yourself works. Convoke shows what waits for an administrator.",
        ),
        Page::NotAll => (
            "Connected in part",
            "What you allowed works. Convoke shows what is not connected, and you can connect it there later.",
        ),
        Page::Approved => {
            ("Approved for your organization", "Everyone in your organization can now connect Convoke.")
        }
        Page::Declined => {
            ("Permission was not granted", "Nothing was shared. You can try again in Convoke at any time.")
        }
        Page::NeedsAdmin => {
            ("An administrator has to approve", "Convoke shows what your administrator needs to know.")
        }
        Page::Blocked => {
            ("Your organization does not allow this", "Convoke shows the reason that was given.")
        }
        Page::OtherAccount => (
            "That was another account",
            "Try again in Convoke and choose the account that you signed in with.",
        ),
        Page::Failed => ("The sign-in did not work", "Convoke shows what happened. You can try again there."),
        Page::Over => ("This sign-in is over", "Look at Convoke to see how it ended, or start again there."),
        Page::Stranger => {
            ("Nothing to do here", "This address only takes the answer of a sign-in that Convoke started.")
        }
        Page::Nothing => ("Nothing here", "There is no page at this address."),
    }
}

fn spanish(page: Page) -> (&'static str, &'static str) {
    match page {
        Page::SignedIn => {
            ("Ha iniciado sesión", "Convoke tiene lo que necesita y continúa en su propia ventana.")
        }
        Page::Connected => {
            ("Microsoft 365 está conectado", "Convoke lee sus reuniones y contactos en su propia ventana.")
        }
        Page::Partly => (
            "Conectado en parte",
            "Lo que usted puede permitir ya funciona. Convoke muestra lo que espera a un administrador.",
        ),
        Page::NotAll => (
            "Conectado en parte",
            "Lo que permitió ya funciona. Convoke muestra lo que no está conectado; puede conectarlo allí más tarde.",
        ),
        Page::Approved => (
            "Aprobado para su organización",
            "Todas las personas de su organización pueden conectar Convoke.",
        ),
        Page::Declined => (
            "No se concedió el permiso",
            "No se compartió nada. Puede intentarlo de nuevo en Convoke cuando quiera.",
        ),
        Page::NeedsAdmin => {
            ("Un administrador debe aprobarlo", "Convoke muestra lo que su administrador necesita saber.")
        }
        Page::Blocked => ("Su organización no lo permite", "Convoke muestra el motivo que se indicó."),
        Page::OtherAccount => (
            "Esa era otra cuenta",
            "Inténtelo de nuevo en Convoke y elija la cuenta con la que inició sesión.",
        ),
        Page::Failed => {
            ("No se pudo iniciar sesión", "Convoke muestra lo que ocurrió. Puede intentarlo de nuevo allí.")
        }
        Page::Over => (
            "Este inicio de sesión ya terminó",
            "Mire en Convoke cómo terminó, o empiece de nuevo desde allí.",
        ),
        Page::Stranger => (
            "Aquí no hay nada que hacer",
            "Esta dirección solo recibe la respuesta de un inicio de sesión que empezó Convoke.",
        ),
        Page::Nothing => ("Aquí no hay nada", "No hay ninguna página en esta dirección."),
    }
}
