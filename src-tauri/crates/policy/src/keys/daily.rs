//! What people meet every day: sync, notifications, looks, privacy, updates, logs.

use super::comfort;
use crate::choice::{Choice, Language, LogLevel, Theme, UpdateChannel};
use crate::key::{Key, Kind};
use crate::value::DefaultValue as Default;

pub(super) const KEYS: &[Key] = &[
    comfort("sync.pastDays", Kind::Integer { min: 0, max: 730 }, Default::Integer(30))
        .titled("Days back", "Días hacia atrás")
        .meaning(
            "How many days back meetings are kept.",
            "Cuántos días hacia atrás se guardan las reuniones.",
        ),
    comfort("sync.futureDays", Kind::Integer { min: 1, max: 730 }, Default::Integer(180))
        .titled("Days ahead", "Días hacia delante")
        .meaning(
            "How many days ahead meetings are fetched.",
            "Cuántos días hacia delante se obtienen las reuniones.",
        ),
    comfort("sync.intervalMinutes", Kind::Integer { min: 1, max: 1440 }, Default::Integer(5))
        .titled("Minutes between rounds", "Minutos entre rondas")
        .meaning(
            "Minutes between two rounds of background sync.",
            "Minutos entre dos rondas de sincronización en segundo plano.",
        ),
    comfort("notifications.enabled", Kind::Bool, Default::Bool(true))
        .titled("Announce meetings", "Avisar de las reuniones")
        .meaning(
            "Whether meetings are announced. This version does not announce any yet.",
            "Si se avisa de las reuniones. Esta versión aún no avisa.",
        ),
    comfort("notifications.minutesBefore", Kind::Integer { min: 0, max: 1440 }, Default::Integer(5))
        .titled("Minutes before the start", "Minutos antes del comienzo")
        .meaning(
            "Minutes before the start at which a meeting is announced. This version does not announce any yet.",
            "Minutos antes del comienzo en que se avisa de una reunión. Esta versión aún no avisa.",
        ),
    comfort("notifications.showDetailsOnLockScreen", Kind::Bool, Default::Bool(false))
        .titled("Details on the lock screen", "Detalles en la pantalla de bloqueo")
        .meaning(
            "Whether an announcement on the lock screen shows more than that there is a meeting. This version does not announce any yet.",
            "Si un aviso en la pantalla de bloqueo muestra algo más que el hecho de que hay una reunión. Esta versión aún no avisa.",
        ),
    comfort("ui.language", Kind::Choice(Language::WORDS), Default::Text("system"))
        .titled("Language", "Idioma")
        .meaning("The app's language.", "El idioma de la aplicación."),
    comfort("ui.theme", Kind::Choice(Theme::WORDS), Default::Text("system"))
        .titled("Theme", "Tema")
        .meaning("Light, dark, or as the system.", "Claro, oscuro o como el del sistema."),
    comfort("privacy.maskPrivateMeetings", Kind::Bool, Default::Bool(true))
        .titled("Mask private meetings", "Ocultar las reuniones privadas")
        .meaning(
            "Whether private meetings are masked wherever others may look.",
            "Si las reuniones privadas se ocultan allí donde otros puedan mirar.",
        ),
    comfort("privacy.allowExport", Kind::Bool, Default::Bool(true))
        .titled("Allow export", "Permitir exportar")
        .meaning(
            "Whether people may export vCard and ICS. This version does not export yet.",
            "Si se permite exportar vCard e ICS. Esta versión aún no exporta.",
        ),
    comfort("updates.channel", Kind::Choice(UpdateChannel::WORDS), Default::Text("stable"))
        .titled("Update channel", "Canal de actualizaciones")
        .meaning(
            "Which releases the app takes. This version does not update itself yet.",
            "Qué versiones toma la aplicación. Esta versión aún no se actualiza sola.",
        ),
    comfort("logs.level", Kind::Choice(LogLevel::WORDS), Default::Text("info"))
        .titled("Level of detail", "Nivel de detalle")
        .meaning("How much the logs say.", "Cuánto dicen los registros."),
];
