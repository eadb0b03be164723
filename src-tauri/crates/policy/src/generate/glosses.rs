//! What each word that a setting offers means, for lists to choose from.

use crate::key::Words;

/// The meaning of a word; `None` for a word that no setting offers.
pub fn gloss(word: &str) -> Option<Words> {
    let (en, es) = match word {
        "auto" => ("Graph, and EWS where the mailbox is on-premises", "Graph, y EWS donde el buzón es local"),
        "basic" => ("names, addresses and photos", "nombres, direcciones y fotos"),
        "beta" => ("releases to try", "versiones de prueba"),
        "china" => ("China, operated by 21Vianet", "China, operada por 21Vianet"),
        "custom" => ("the endpoints that the policy names", "los puntos de conexión que nombra la directiva"),
        "dark" => ("dark", "oscuro"),
        "debug" => ("every step", "cada paso"),
        "en" => ("English", "inglés"),
        "error" => ("only errors", "solo errores"),
        "es" => ("Spanish", "español"),
        "everySignIn" => ("at every sign-in, until connected", "en cada inicio de sesión, hasta conectar"),
        "ews" => ("EWS only", "solo EWS"),
        "firstSignIn" => ("once, at the first sign-in", "una vez, en el primer inicio de sesión"),
        "global" => ("worldwide", "mundial"),
        "info" => ("and what happens", "y lo que ocurre"),
        "light" => ("light", "claro"),
        "never" => ("not at all", "nunca"),
        "none" => ("nothing", "nada"),
        "oauth" => ("Microsoft Graph only", "solo Microsoft Graph"),
        "off" => ("no updates", "sin actualizaciones"),
        "read" => ("read", "leer"),
        "readWrite" => ("read, and answer invitations", "leer y responder a invitaciones"),
        "stable" => ("releases for everybody", "versiones para todos"),
        "system" => ("as the operating system", "como el sistema operativo"),
        "usGov" => ("US Government L4 (GCC High)", "gobierno de EE. UU., L4 (GCC High)"),
        "usGovDod" => ("US Government L5 (DoD)", "gobierno de EE. UU., L5 (DoD)"),
        "warn" => ("and warnings", "y advertencias"),
        _ => return None,
    };
    Some(Words { en, es })
}

#[cfg(test)]
mod tests {
    use super::super::names::words;
    use super::*;

    #[test]
    fn every_word_that_is_offered_has_a_meaning() {
        let missing: Vec<&str> = words().into_iter().filter(|word| gloss(word).is_none()).collect();
        assert_eq!(missing, [""; 0]);
    }
}
