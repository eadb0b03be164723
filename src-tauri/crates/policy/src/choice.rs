//! Settings that take one of a few words. The words are written once, here, and the table of keys uses them.

/// A setting that takes one of a closed list of words.
pub trait Choice: Sized + Copy + Default {
    /// The words, in the order in which people see them.
    const WORDS: &'static [&'static str];

    /// The choice behind a word. Words are case-sensitive.
    fn from_word(word: &str) -> Option<Self>;

    /// The word of a choice.
    fn word(self) -> &'static str;
}

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)+ }

        impl Choice for $name {
            const WORDS: &'static [&'static str] = &[$($word),+];

            fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }

            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    )+};
}

choices! {
    /// Which Microsoft cloud the organization lives in (`microsoft365.cloud`).
    Cloud {
        /// The worldwide cloud, GCC included.
        #[default] Global = "global",
        /// US Government L4 (GCC High).
        UsGov = "usGov",
        /// US Government L5 (DoD).
        UsGovDod = "usGovDod",
        /// China, operated by 21Vianet.
        China = "china",
        /// Whatever `microsoft365.endpoints` names.
        Custom = "custom",
    }

    /// When to ask to integrate after SSO (`integration.prompt`).
    Prompt {
        /// Once, at the first sign-in.
        #[default] FirstSignIn = "firstSignIn",
        /// At every sign-in until everything permitted is connected.
        EverySignIn = "everySignIn",
        /// Not at all; the user can still connect by hand.
        Never = "never",
    }

    /// How to authorize (`integration.authorizeWith`).
    AuthorizeWith {
        /// Microsoft Graph, and EWS where the mailbox turns out to be on-premises and a URL is set.
        #[default] Auto = "auto",
        /// Microsoft Graph only.
        OAuth = "oauth",
        /// EWS only.
        Ews = "ews",
    }

    /// What of the calendars the app asks for (`integration.permissions.calendar`).
    CalendarPermission {
        /// Nothing.
        #[default] None = "none",
        /// Reading.
        Read = "read",
        /// Reading, and answering invitations.
        ReadWrite = "readWrite",
    }

    /// What of the contacts the app asks for (`integration.permissions.contacts`).
    ContactsPermission {
        /// Nothing.
        #[default] None = "none",
        /// Reading.
        Read = "read",
    }

    /// What of the directory the app asks for (`integration.permissions.directory`).
    DirectoryPermission {
        /// Nothing.
        #[default] None = "none",
        /// Names, addresses and photos of everybody in the organization.
        Basic = "basic",
    }

    /// A way to authenticate at an on-premises Exchange (`integration.ews.auth`).
    EwsAuth {
        /// Hybrid modern authentication.
        #[default] OAuth = "oauth",
        /// NTLM with user name and password.
        Ntlm = "ntlm",
        /// HTTP Basic with user name and password.
        Basic = "basic",
    }

    /// The language of the app (`ui.language`).
    Language {
        /// That of the operating system.
        #[default] System = "system",
        /// English.
        En = "en",
        /// Spanish.
        Es = "es",
    }

    /// Light or dark (`ui.theme`).
    Theme {
        /// That of the operating system.
        #[default] System = "system",
        /// Light.
        Light = "light",
        /// Dark.
        Dark = "dark",
    }

    /// Which releases the app takes (`updates.channel`).
    UpdateChannel {
        /// Releases.
        #[default] Stable = "stable",
        /// Previews too.
        Beta = "beta",
        /// None: the organization distributes the app.
        Off = "off",
    }

    /// How much is written to the logs (`logs.level`).
    LogLevel {
        /// Failures.
        Error = "error",
        /// And what may become one.
        Warn = "warn",
        /// And what the app does.
        #[default] Info = "info",
        /// And how.
        Debug = "debug",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_its_choice_and_its_json() {
        for word in Cloud::WORDS {
            let cloud = Cloud::from_word(word).unwrap();
            assert_eq!(cloud.word(), *word);
            assert_eq!(serde_json::to_value(cloud).unwrap(), serde_json::json!(word));
        }
        assert_eq!(Cloud::from_word("Global"), None);
    }
}
